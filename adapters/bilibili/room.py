"""One game of the Bilibili open platform: started, kept alive by two heartbeats while its socket is read, and ended."""

import asyncio
import json
import random
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

from aiohttp import ClientSession
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK

from adapters.asking import asked, asking, checked_http_url
from adapters.beside import beside
from adapters.bilibili import wire
from adapters.dialling import dialled_any, lost, turned_away
from adapters.secrets import Secret
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, Heartbeat, StreamEvent
from livebot.errors import LivebotError, Rejected, Unavailable
from livebot.keep.clock import monotonic, now_ms

AUTH_S, END_S = 5.0, 3.0
GAME_LIVES_S = 60.0  # without a heartbeat, as the platform documents it
BANNED_S = 300.0  # after HTTP 412, its risk control


class BilibiliSettings(BaseModel):
    """[rooms.settings]: the developer's access key and app_id, the streamer's code (身份码); seconds between the two heartbeats."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    access_key_id: Annotated[str, Field(pattern=r"^[\x21-\x7e]+$")]
    access_key_secret: Secret
    app_id: Annotated[int, Field(gt=0, lt=1 << 63)]
    code: Secret
    api_url: Annotated[str, AfterValidator(checked_http_url)] = "https://live-open.biliapi.com"
    game_heartbeat: Annotated[float, Field(gt=0, le=60)] = 20.0
    socket_heartbeat: Annotated[float, Field(gt=0, le=60)] = 30.0


class BilibiliRoom:
    """One connection that was let in. pushed_at: when the game last told anything, Unix ms."""

    def __init__(self, socket: ClientConnection, url: str, game: wire.Game, heartbeat: float) -> None:
        self._socket, self._url, self._game, self._heartbeat = socket, url, game, heartbeat
        self._over = False
        self.pushed_at = now_ms()
        self._early: list[StreamEvent | wire.Told] = []  # what came along with the answer to our greeting

    async def greet(self) -> None:
        """Shows the pass that start gave us, and waits for the answer. Raises Unavailable: the next start gives another pass."""
        try:
            async with asyncio.timeout(AUTH_S):
                await self._socket.send(wire.packet(wire.AUTH, self._game.auth_body.encode("utf-8", "replace")))
                while not (codes := [one.value for one in self._early if isinstance(one, wire.Told) and one.what == "auth"]):
                    self._early += await self._next()
                if codes[0] != "0":
                    raise Unavailable(f"弹幕服务器没有接受登录（{codes[0]}）", f"the comment server refused our pass ({codes[0]})")
                await self._socket.send(wire.packet(wire.HEARTBEAT))
        except TimeoutError:
            raise Unavailable("弹幕服务器没有回应登录", "the comment server did not answer our pass") from None
        except ConnectionClosed as closed:
            raise lost(self._url, closed) from closed

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Ends when the server closes normally; raises GameClosed where nothing more is pushed, Unavailable when it is lost otherwise."""
        yield Heartbeat(every=self._heartbeat)
        found: Sequence[StreamEvent | wire.Told] = self._early
        try:
            while True:
                for event in found:
                    if not isinstance(event, wire.Told):
                        yield event
                if self._over:
                    raise wire.GameClosed("B站停止了推送，重新开始", "Bilibili stopped pushing: starting again")
                found = await self._next()
        except ConnectionClosed as closed:
            if not isinstance(closed, ConnectionClosedOK):
                raise lost(self._url, closed) from closed

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Always raises Rejected: the open platform has no way to speak."""
        raise Rejected("B站开放平台只能读，不能发弹幕", "the Bilibili open platform only reads")

    async def beat(self) -> None:
        """The socket's heartbeat; the first went out with the greeting."""
        with suppress(ConnectionClosed):  # events() tells why
            while True:
                await asyncio.sleep(self._heartbeat)
                await self._socket.send(wire.packet(wire.HEARTBEAT))

    async def _next(self) -> Sequence[StreamEvent | wire.Told]:
        found = wire.read(await self._socket.recv(decode=False), now := now_ms(), self._game.anchor)
        if any(not isinstance(one, Heartbeat) for one in found):
            self.pushed_at = now
        ends = [one.value for one in found if isinstance(one, wire.Told) and one.what == "end"]
        self._over = self._over or any(not self._game.id or game in ("", self._game.id) for game in ends)
        return found


@asynccontextmanager
async def open_room(settings: BilibiliSettings) -> AsyncIterator[BilibiliRoom]:
    """Starts a game, listens to it, and ends it however that ends, since the room refuses the next one for a minute otherwise."""
    async with asking(settings.api_url) as session:
        game = wire.game_of(await _ask(session, settings, "start", code=settings.code.get_secret_value(), app_id=settings.app_id))
        closed = not game.id
        try:
            async with dialled_any(random.sample(game.links, len(game.links))) as (url, socket):
                room = BilibiliRoom(socket, url, game, settings.socket_heartbeat)
                await room.greet()
                async with beside(room.beat(), _keep(session, settings, game, room)):
                    yield room
        except wire.GameClosed:
            closed = True
            raise
        finally:
            if not closed:
                with suppress(LivebotError):
                    await _ask(session, settings, "end", patience=END_S, app_id=settings.app_id, game_id=game.id)


async def _keep(session: ClientSession, settings: BilibiliSettings, game: wire.Game, room: BilibiliRoom) -> None:
    """The game's heartbeat. Raises what ends the game: the platform's word, or a minute in which none got through. By then it may have been
    lost since the last sign of it."""
    heard, lived, wait = monotonic(), now_ms(), settings.game_heartbeat
    while game.id:
        await asyncio.sleep(wait)
        wait = settings.game_heartbeat
        try:
            await _ask(session, settings, "heartbeat", game_id=game.id)
            heard, lived = monotonic(), now_ms()
        except wire.GameClosed as closed:
            closed.since = max(lived, room.pushed_at)
            raise
        except Unavailable as error:
            wait, left = max(wait, error.retry_after or 0.0), heard + GAME_LIVES_S - monotonic()
            if wait > left:
                await asyncio.sleep(left)
                error.since = max(lived, room.pushed_at)
                raise


async def _ask(session: ClientSession, ours: BilibiliSettings, what: str, patience: float = 10.0, **fields: Any) -> dict[str, Any]:
    """The data of one answer of the signed HTTP API. Raises GameClosed, Unavailable, LoginRequired or ConfigError."""
    body, secret, url = json.dumps(fields).encode(), ours.access_key_secret.get_secret_value(), f"{ours.api_url}/v2/app/{what}"
    headers = wire.signed(body, key_id=ours.access_key_id, secret=secret, nonce=uuid.uuid4().hex, now_s=now_ms() // 1000)
    answer = await asked(session, "POST", url, headers=headers, body=body, patience=patience)
    if answer.status == 412:
        wait = answer.retry_after or BANNED_S
        raise Unavailable("B站风控拦住了这台电脑（412）", "Bilibili's risk control turned us away (412)", retry_after=wait)
    if answer.status != 200:
        raise turned_away(url, answer.status, answer.headers)
    return wire.answered(answer.body)
