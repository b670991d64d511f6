"""A Bilibili open platform to practise on: its comment socket, beside its signed HTTP API on a port of its own."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from livebot.keep.clock import now_ms
from livebot.simulate import bilibili_packets as packets
from livebot.simulate.bilibili_games import ANCHOR, ROOM, Account, Game, Games
from livebot.simulate.faults import NONE, Faults
from livebot.simulate.places import Site, place, port_of
from livebot.simulate.play import Client, Play, Say, news_of
from livebot.simulate.recording import Line

GROUP = 20  # comments in one frame at most
LATE_S = 0.05  # a comment that fell due longer ago, while nobody listened, is gone


class BilibiliSimulator:
    """`async with BilibiliSimulator(lines) as platform:` serves the API at `address` and the socket at `socket_url`.

    speed: 1.0 is as recorded, None as fast as clients take it. ends: whether the end of the recording is a LIVE_END. compression: "zlib",
    "brotli" or "none". games: how many may be open at once (1: an interactive game, whose room refuses the next one; 5: a plug-in).
    game_ids: False for a platform that gives none and wants no heartbeat. game_lives, socket_lives: seconds without a heartbeat.
    games.calls [(path, code)], beats (heartbeats of sockets), missed (comments that fell due while nobody listened) and ended are for who
    watches.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        speed: float | None = 1.0,
        faults: Faults = NONE,
        host: str = "127.0.0.1",
        port: int = 0,
        log: Callable[[Say], None] | None = None,
        ends: bool = True,
        access_key_id: str = "practice-key",
        access_key_secret: str = "practice-secret",  # noqa: S107 - of a practice platform
        app_id: int = 1_700_000_000_001,
        code: str = "PRACTICE0001",
        compression: Literal["zlib", "brotli", "none"] = "zlib",
        games: int = 5,
        game_ids: bool = True,
        game_lives: float = 60.0,
        socket_lives: float = 60.0,
    ) -> None:
        account = Account(
            access_key_id=access_key_id,
            access_key_secret=access_key_secret,
            app_id=app_id,
            code=code,
            games=games,
            game_ids=game_ids,
            game_lives=game_lives,
        )
        self.faults, self.ends, self.compression = faults, ends, compression
        self.games = Games(account, faults)
        self.missed: list[str] = []
        self.says: list[Say] = []  # the platform cannot be spoken to
        self.beats = self.connections = 0
        self.ended = asyncio.Event()
        self._account, self._socket_lives, self._host, self._site = account, socket_lives, host, Site(host, port)
        self._play = Play("room", lines, speed, faults.skew)
        self._refused = 0
        self._server: Server | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.games.answer)
        await self._site.open(app)
        self._server = await serve(self._serve, self._host, 0, compression=None, close_timeout=1, ping_interval=None)
        self.games.socket_url = self.socket_url
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self, code: int = 1001) -> None:
        """Closes all sockets with this code and stops listening."""
        self.games.stop()
        if self._server:
            self._server.close(code=code)
            await self._server.wait_closed()
        await self._site.close()

    @property
    def address(self) -> str:
        return f"http://{self._site.place}"

    @property
    def socket_url(self) -> str:
        assert self._server is not None
        return f"ws://{place(self._host, port_of(self._server))}/sub"

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that listens here."""
        return {
            "api_url": self.address,
            "access_key_id": self._account.access_key_id,
            "access_key_secret": self._account.access_key_secret,
            "app_id": self._account.app_id,
            "code": self._account.code,
            "game_heartbeat": self._account.game_lives / 3,
            "socket_heartbeat": self._socket_lives / 2,
        }

    @property
    def sent(self) -> int:
        """Different recorded comments that went out."""
        return self._play.position - len(self.missed)

    @property
    def connected(self) -> int:
        """Clients that were let in and are still there."""
        return self._play.audience

    # ── the socket ─────────────────────────────────────────────────────────────

    async def _serve(self, socket: ServerConnection) -> None:
        self.connections += 1
        if self.connections <= self.faults.accept_close:
            return
        with suppress(ConnectionClosed, TimeoutError):
            async with asyncio.timeout(self._socket_lives):
                game = self._admitted(await socket.recv())
            await socket.send(packets.packed(packets.AUTH_REPLY, b'{"code":0}' if game else b'{"code":-101}'))
            if game is None:
                return
            first = not self._play.position and not self._play.audience
            client = self._play.enter(None)
            game.clients.append(client)
            try:
                await self._talk(socket, game, client, first)
            finally:
                game.clients.remove(client)
                self._play.leave(client)

    def _admitted(self, frame: str | bytes) -> Game | None:
        """The game whose pass a client shows; None where it shows none that is good."""
        operation, body = packets.unpacked(frame) or (0, b"")
        if self._refused < self.faults.auth:
            self._refused += 1
            return None
        return self.games.shown(packets.read_object(body)) if operation == packets.AUTH else None

    async def _talk(self, socket: ServerConnection, game: Game, client: Client, first: bool) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                pusher = tasks.create_task(self._push(socket, game, client, first))
                await self._listen(socket, client)
                pusher.cancel()
        except* ConnectionClosed:
            pass

    async def _listen(self, socket: ServerConnection, client: Client) -> None:
        """Answers heartbeats; who sends none for too long, or anything else, is cut off."""
        while True:
            try:
                async with asyncio.timeout(self._socket_lives):
                    operation, body = packets.unpacked(await socket.recv()) or (0, b"")
            except TimeoutError:
                operation, body = 0, b""
            if operation != packets.HEARTBEAT:
                await socket.close(1002 if body else 1000, "no heartbeat")
                return
            self.beats += 1
            if not client.stalled:
                await socket.send(packets.heartbeat_reply(body))

    async def _push(self, socket: ServerConnection, game: Game, client: Client, first: bool) -> None:
        if first:
            await self._send(socket, [self._event("LIVE_START")])
        else:
            self._skip(client)
        if self.faults.history:
            old = self._play.past(client, int(self.faults.history))
            await self._send(socket, [packets.spoken(message, ROOM, NONE)[1][0] for message in old])
        while not game.closed:
            if not self._play.over(client):
                await self._next_comments(socket, client)
            elif self.ends and not self.ended.is_set():
                await self._send(socket, [self._event("LIVE_END")])
                self.ended.set()
            else:
                await news_of(client.news, None)
            if client.sent and await self._cut_off(socket, game, client):
                return
        if not client.stalled:
            await self._send(socket, [packets.told("INTERACTION_END", game_id=game.id, timestamp=now_ms() // 1000)])

    def _skip(self, client: Client) -> None:
        """What fell due while nobody listened is gone: the platform repeats nothing."""
        while self._play.speed is not None and not self._play.over(client) and self._play.wait_s(client) < -LATE_S:
            if client.line == self._play.position:
                self.missed.append(self._play.next_line(client)["id"])
                client.sent -= 1
            else:
                client.line += 1

    async def _next_comments(self, socket: ServerConnection, client: Client) -> None:
        if (wait := self._play.wait_s(client)) > 0:
            await news_of(client.news, wait)
            return
        bodies: list[bytes] = []
        for _ in range(min([GROUP, *(count - client.sent for count in self._counts if count > client.sent)])):
            if self._play.over(client) or self._play.wait_s(client) > 0:
                break
            rubbish, carrying = packets.spoken(self._play.next_line(client), ROOM, self.faults)
            for frame in rubbish:
                await socket.send(frame)
            bodies += carrying
        await self._send(socket, bodies)
        await asyncio.sleep(0)  # a fast reader never makes send() wait, and would keep us from hearing

    @property
    def _counts(self) -> tuple[int, ...]:
        faults = self.faults
        return tuple(map(int, (faults.stall, faults.midframe, faults.drop, faults.game_end, faults.game_lost)))

    async def _send(self, socket: ServerConnection, bodies: Sequence[bytes]) -> None:
        """One frame with these messages; where the fault strikes, split into fragments of a few bytes."""
        frame = packets.pushed(bodies, self.compression)
        if self.faults.strikes("split", self.faults.split, self._play.position):
            third = len(frame) // 3 or 1
            await socket.send([frame[:third], frame[third:-third], frame[-third:]])
        else:
            await socket.send(frame)

    def _event(self, kind: str) -> bytes:
        stamp = now_ms() // 1000 + int(self.faults.skew)
        return packets.told(kind, room_id=ROOM, open_id=ANCHOR, union_id="", timestamp=stamp, area_name="购物", title="今晚上新")

    async def _cut_off(self, socket: ServerConnection, game: Game, client: Client) -> bool:
        """True once this connection has had the comments after which a fault ends it."""
        stall, midframe, drop, game_end, game_lost = (0 < count <= client.sent for count in self._counts)
        if game_end:
            game.close()
        elif stall or game_lost:
            client.stalled = stall
            game.closed = game.closed or game_lost
            await socket.wait_closed()
        elif midframe:
            socket.transport.write(b"\x82\x7e\x01\x00" + packets.packed(packets.PUSH, b'{"cmd":"LIVE_OPEN'))
            socket.transport.close()
        elif drop:
            await socket.close(1012, "restart")
        return stall or game_lost or midframe or drop
