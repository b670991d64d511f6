"""One room's play: which comment is due when, what was said into it, and where a client that comes back goes on."""

import asyncio
import json
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livebot.keep.clock import monotonic, now_ms
from livebot.simulate.recording import Line

Message = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One `say` as the platform heard it; `outcome` is what it made of it. The same key twice is two of these."""

    room: str
    key: str
    text: str
    to: str | None
    at_ms: int
    outcome: str


@dataclass(slots=True, kw_only=True)
class Client:
    """How far one connection has come: lines sent, echoes sent, and messages that go out before the next comment."""

    line: int
    echo: int
    sent: int = 0
    stalled: bool = False
    urgent: deque[Message] = field(default_factory=deque)
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Play:
    """Lines of the recording and echoes of what was said, in one order that all connections of the room share.

    The play starts with the first hello and goes on while nobody listens: what was due is delivered on resume.
    """

    def __init__(self, room: str, lines: Sequence[Line], speed: float | None, skew: float) -> None:
        self.room, self.lines, self.speed = room, lines, speed
        self.position = 0
        self.says: list[Say] = []
        self._skew_ms = int(skew * 1000)
        self._started_ms, self._started = 0, 0.0
        self._stamps = array("q")
        self._echoes: list[tuple[int, Message]] = []
        self._echo_by_id: dict[str, int] = {}
        self._line_by_id: dict[str, int] = {}
        self._clients: list[Client] = []
        self._undelivered: deque[Message] = deque()

    def enter(self, after: str | None) -> Client:
        """A client behind the comment `after`; without one (or with one unknown here) it gets what is new from now on."""
        if not self._started_ms:
            self._started_ms, self._started = now_ms(), monotonic()
        client = Client(line=self.position, echo=len(self._echoes))
        if after is not None and (index := self._echo_by_id.get(after)) is not None:
            client.line, client.echo = self._echoes[index][0], index + 1
        elif after is not None and (line := self._index_of(after)) is not None:
            client.line = line + 1
            client.echo = next((i for i, (at, _) in enumerate(self._echoes) if at > line), len(self._echoes))
        client.urgent.extend(self._undelivered)
        self._undelivered.clear()
        self._clients.append(client)
        return client

    def leave(self, client: Client) -> None:
        self._clients.remove(client)
        self._undelivered.extend(client.urgent)

    @property
    def audience(self) -> int:
        return len(self._clients)

    def over(self, client: Client) -> bool:
        return client.line >= len(self.lines)

    def wait_s(self, client: Client) -> float:
        """Seconds until this client's next line is due; 0 or less: now."""
        if self.speed is None:
            return 0.0
        return self._started + self.lines[client.line].t_ms / 1000 / self.speed - monotonic()

    def next_echo(self, client: Client) -> Message | None:
        """What was said before this client's next line, if it has not had it yet."""
        if client.echo < len(self._echoes) and self._echoes[client.echo][0] <= client.line:
            client.echo += 1
            return self._echoes[client.echo - 1][1]
        return None

    def next_line(self, client: Client) -> Message:
        """The client's next recorded comment as a message; the same message each time it is asked for."""
        line, index = self.lines[client.line], client.line
        while len(self._stamps) <= index:
            self._stamps.append(now_ms() if self.speed is None else self._started_ms + int(self.lines[len(self._stamps)].t_ms / self.speed))
        client.line += 1
        client.sent += 1
        self.position = max(self.position, client.line)
        return comment(line, self._stamps[index] + self._skew_ms)

    def past(self, client: Client, count: int) -> list[Message]:
        """Up to `count` comments from before this client's place; at the very start, ones from an hour before the stream."""
        if client.line:
            first = max(0, client.line - count)
            return [self.next_line(Client(line=i, echo=0)) for i in range(first, client.line)]
        an_hour_ago = self._started_ms - 3_600_000
        return [comment(line, an_hour_ago + i) | {"id": f"old-{line.id}"} for i, line in enumerate(self.lines[:count])]

    def heard(self, say: Say, *, echo: bool) -> str:
        """Keeps a say, shows it in the room if `echo`, and gives the id that the platform has for it."""
        self.says.append(say)
        native_id = f"bot-{len(self.says)}"
        if echo:
            message: Message = {"type": "comment", "id": native_id, "text": say.text, "user": {"id": "bot", "name": "livebot"}}
            message["t_ms"] = say.at_ms + self._skew_ms
            self._echo_by_id[native_id] = len(self._echoes)
            self._echoes.append((self.position, message | ({"reply_to": say.to} if say.to else {})))
            self._ring()
        return native_id

    def post(self, message: Message) -> None:
        """A message for whoever is connected; kept for the next client where nobody is."""
        if not self._clients:
            self._undelivered.append(message)
        for client in self._clients:
            client.urgent.append(message)
        self._ring()

    def push(self, line: Line) -> None:
        """A comment that the recording does not hold, at its end."""
        if not isinstance(self.lines, _Growing):
            self.lines = _Growing(self.lines)
        self.lines.append(line)
        self._line_by_id.clear()
        self._ring()

    def _ring(self) -> None:
        for client in self._clients:
            client.news.set()

    def _index_of(self, line_id: str) -> int | None:
        if not self._line_by_id:
            self._line_by_id = {line.id: i for i, line in enumerate(self.lines)}
        return self._line_by_id.get(line_id)


class _Growing(list[Line]):
    """This play's own copy of its lines."""


def comment(line: Line, t_ms: int) -> Message:
    message: Message = {"type": "comment", "id": line.id, "text": line.text, "user": {"id": line.user, "name": line.name}, "t_ms": t_ms}
    if line.reply_to:
        message["reply_to"] = line.reply_to
    if line.product:
        message["product"] = line.product
    return message


def say_log(path: Path) -> Callable[[Say], None]:
    """Appends each Say to a file, one JSON object a line, whole lines only."""

    def append(say: Say) -> None:
        line = {"room": say.room, "key": say.key, "text": say.text, "to": say.to, "at_ms": say.at_ms, "outcome": say.outcome}
        with path.open("ab") as file:
            file.write(json.dumps(line, ensure_ascii=False).encode(errors="backslashreplace") + b"\n")

    return append


async def news_of(news: asyncio.Event, wait: float | None) -> None:
    """Returns once there are news, or after so many seconds."""
    timer = None if wait is None else asyncio.get_running_loop().call_later(wait, news.set)
    try:
        await news.wait()
    finally:
        if timer:
            timer.cancel()
    news.clear()
