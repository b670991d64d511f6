"""One session with EventSub, and what is asked of Helix for it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession

from adapters.airtime import Airtime
from adapters.api import Api
from adapters.asking import Unanswered, asking
from adapters.beside import beside
from adapters.dialling import wrong_setting
from adapters.fields import first_of, number_of, object_of, roles_of, text_of
from adapters.relay import Relay
from adapters.sights import Sights
from adapters.tokens import Tokens
from adapters.twitch import wire
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, Heartbeat, StreamEvent
from livebot.errors import LoginRequired, Rejected, Unavailable
from livebot.keep.clock import monotonic, now_ms

if TYPE_CHECKING:
    from adapters.twitch import TwitchSettings

RETRY_S = 60.0


@dataclass(frozen=True, slots=True)
class Known:
    """What outlives a connection."""

    tokens: Tokens
    airtime: Airtime


class TwitchRoom:
    """To be entered before it is read. Receipts look at the chat, so send() needs somebody who iterates events()."""

    def __init__(self, settings: "TwitchSettings", known: Known, session: ClientSession, relay: Relay) -> None:
        self._settings, self._tokens, self._airtime, self._session, self._relay = settings, known.tokens, known.airtime, session, relay
        self._api = Api(session, known.tokens, settings.api_url, {"Client-Id": settings.client_id})
        self._channel = self._user = ""
        self._broadcast: str | None = None
        self._keepalive: float | None = None
        self.sights = Sights(settings.confirm)

    async def enter(self) -> None:
        """Signs in, connects and subscribes at once, since Twitch waits but ten seconds for that."""
        self._user = await self._validated()
        channels = await self._asked("GET", "/users", params={"login": self._settings.channel})
        self._channel = text_of(first_of(channels.get("data")).get("id"))
        if not self._channel:
            name = self._settings.channel
            raise wrong_setting("channel", f"Twitch 上没有 {name} 这个频道", f"there is no channel {name} on Twitch")
        welcome = wire.read(await self._relay.open(), now_ms(), self._channel)
        self._keepalive = welcome.keepalive
        for wanted in wire.subscriptions(self._channel, self._user, welcome.text):
            await self._asked("POST", "/eventsub/subscriptions", body=wanted, good=(202, 409))  # 409: it is there already
        self._broadcast = await self._listed()

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Ends when Twitch closes normally (1000, 1001); raises Unavailable or LoginRequired when the session is lost otherwise."""
        yield Heartbeat(every=self._keepalive)
        for told in self._airtime.listed(self._broadcast, monotonic()):
            yield told
        while (frame := await self._relay.recv()) is not None:
            self.sights.alive()
            for event in self._told(wire.read(frame, now_ms(), self._channel)):
                yield event
            if self._airtime.doubtful(monotonic()):
                for told in self._airtime.listed(await self._listed(), monotonic()):
                    yield told

    def _told(self, message: wire.Message) -> Sequence[StreamEvent]:
        match message.type:
            case "event":
                if isinstance(message.event, Comment) and message.event.author.id == self._user:
                    self.sights.saw(message.event.id)
                return (message.event,) if message.event else ()
            case "welcome" | "keepalive":
                self._keepalive = message.keepalive or self._keepalive
                return (Heartbeat(every=self._keepalive),)
            case "online":
                return self._airtime.began(message.text or message.id or "?")
            case "offline":
                return self._airtime.ended(message.id)
            case "reconnect":
                self._relay.move(message.text)
            case "revocation":
                raise LoginRequired(
                    f"Twitch 收回了授权（{message.text}）：请重新授权",
                    f"Twitch took its leave back ({message.text}): authorise livebot again",
                )
            case "other" | "unknown":
                pass
        return ()

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Says one text, once: "unknown" where nobody answered, "shadow" where Twitch took it and the chat went on without it."""
        if not self._settings.can_send:
            raise Rejected("这个房间设成了只读（can_send = false）", "this room is set to read only (can_send = false)")
        body = {"broadcaster_id": self._channel, "sender_id": self._user, "message": text}
        if to and not to.id.startswith("derived:"):
            body["reply_parent_message_id"] = to.id
        try:
            status, answer = await self._api.ask("POST", "/chat/messages", body=body, patience=self._settings.receipt_timeout)
        except Unanswered as error:
            return Receipt(state="unknown", reason=error.en)
        except LoginRequired as error:
            await self._relay.fail(error)
            raise Unavailable(error.zh, error.en) from error
        receipt = wire.receipt(status, answer)
        if receipt.state == "sent" and receipt.native_id and not await self.sights.shows(receipt.native_id):
            return replace(receipt, state="shadow" if self.sights.any else "unknown", reason="not shown in the chat")
        return receipt

    async def keep(self) -> None:
        """Validates the login each hour, as Twitch demands of everybody; one that is no longer good ends the session."""
        while True:
            await asyncio.sleep(self._settings.validate_every)
            try:
                await self._validated()
            except Unavailable:
                await asyncio.sleep(min(RETRY_S, self._settings.validate_every))

    async def _validated(self) -> str:
        """The account's id; a token that ends before the next time is renewed. Raises LoginRequired where the login lacks a scope."""
        answer = await self._tokens.asked(self._session, "GET", f"{self._settings.auth_url}/validate", headers={}, scheme="OAuth")
        login = object_of(answer.body)
        if answer.status != 200:
            raise _not_done(answer.status, login)
        if text_of(login.get("client_id")) != self._settings.client_id:
            raise wrong_setting("client_id", "access_token 不是用这个 client_id 申请的", "the access_token was not made for this client_id")
        wanted = {"user:read:chat", "user:write:chat"} if self._settings.can_send else {"user:read:chat"}
        if lacking := ", ".join(sorted(wanted.difference(roles_of(login.get("scopes"))))):
            zh, en = f"Twitch 授权时少了权限 {lacking}，请重新授权", f"the Twitch login lacks {lacking}: authorise livebot again"
            raise LoginRequired(zh, en)
        ends = number_of(login.get("expires_in"))
        if ends is not None and 0 < ends <= self._settings.validate_every and self._tokens.renewable:
            await self._tokens.renew(self._session, self._tokens.access)
        return text_of(login.get("user_id"))

    async def _listed(self) -> str | None:
        """The id of the channel's broadcast by Twitch's list, "" while it has none, None where it does not answer."""
        try:
            streams = await self._asked("GET", "/streams", params={"user_id": self._channel})
        except Unavailable:
            return None
        return text_of(first_of(streams.get("data")).get("id"))

    async def _asked(self, method: str, path: str, *, good: tuple[int, ...] = (200,), **request: Any) -> dict[str, Any]:
        status, body = await self._api.ask(method, path, **request)
        if status == 403:
            why = wire.complaint(status, body)
            raise LoginRequired(f"Twitch 不允许读这个频道的聊天：{why}", f"Twitch does not let us read this chat: {why}")
        if status not in good:
            raise _not_done(status, body)
        return body


def _not_done(status: int, answer: dict[str, Any]) -> Unavailable:
    why = wire.complaint(status, answer)
    return Unavailable(f"Twitch 没有照办（{why}）", f"Twitch did not do as asked ({why})")


@asynccontextmanager
async def open_room(settings: "TwitchSettings", known: Known) -> AsyncIterator[TwitchRoom]:
    url = f"{settings.eventsub_url}?keepalive_timeout_seconds={settings.keepalive}"
    async with AsyncExitStack() as sockets, asking(settings.api_url) as session:
        relay = Relay(sockets, url, lambda frame: wire.read(frame, 0, "").type == "welcome")
        room = TwitchRoom(settings, known, session, relay)
        await room.enter()
        async with beside(room.keep(), relay.run()):
            try:
                yield room
            finally:
                room.sights.close()
