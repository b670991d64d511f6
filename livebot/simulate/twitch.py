"""A Twitch to practise on: EventSub over WebSocket, Helix and id.twitch.tv on one port, playing a recording as a channel's chat."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from livebot.keep.clock import now_ms
from livebot.simulate.faults import NONE, Faults
from livebot.simulate.frames import written
from livebot.simulate.places import Site
from livebot.simulate.play import Client, Message, Play, Say, news_of
from livebot.simulate.recording import Line
from livebot.simulate.twitch_frames import Account, chat_event, dressed, instant, notification, of_channel
from livebot.simulate.twitch_http import Helix
from livebot.simulate.twitch_logins import CLIENT_ID, CLIENT_SECRET, Logins
from livebot.simulate.twitch_session import BAD_MOVE, FAILED, Session

CHAT, DELETED, ONLINE, OFFLINE = "channel.chat.message", "channel.chat.message_delete", "stream.online", "stream.offline"


class TwitchSimulator:
    """`async with TwitchSimulator(lines) as twitch:` plays from the first subscription to the chat on; what falls due while nobody is
    subscribed is lost (missed: its ids), as on Twitch. deaf: from when until when that was, Unix ms.

    speed: 1.0 is as recorded, None as fast as clients take it. echo: what is said shows as a comment. moderator: the account may say more.
    keepalive: seconds, 0: as the client asks. subscribe_within, grace: seconds to subscribe, and to move. limited_for: seconds that a 429
    tells to wait. sessions, says, ended, helix and logins are for who watches.
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
        echo: bool = True,
        moderator: bool = False,
        keepalive: float = 0.0,
        subscribe_within: float = 10.0,
        grace: float = 30.0,
        limited_for: float = 1.0,
    ) -> None:
        self.faults, self.ends, self.echo, self.moderator = faults, ends, echo, moderator
        self.channel, self.bot = Account("1001", "practice_shop", "练习小店"), Account("2002", "livebot", "livebot")
        self.accounts = (self.channel, self.bot)
        self.ended, self.closing = asyncio.Event(), asyncio.Event()
        self.sessions: dict[str, Session] = {}
        self.broadcast = ""
        self.missed: list[str] = []
        self.deaf: list[tuple[int, int]] = []
        self._nobody_since = 0
        self.closes: list[int] = []
        self.told: set[str] = set()
        self.logins = Logins(faults.expire)
        self.helix = Helix(self, limited_for)
        self.grant = self.logins.grant(self.bot)
        self._play = Play("twitch", lines, speed, faults.skew)
        self._site, self._log = Site(host, port), log
        self._keepalive, self._subscribe_within, self._grace = keepalive, subscribe_within, grace
        self.accepted = self.subscribing = self._numbers = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.get("/ws", self._serve), *self.helix.routes()])
        await self._site.open(app)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self, code: int = 1001) -> None:
        """Closes all connections with this code and stops listening."""
        self.closing.set()
        for session in list(self.sessions.values()):
            await session.close((code, b""))
        await self._site.close()

    @property
    def address(self) -> str:
        return f"ws://{self._site.place}/ws"

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that talks to this Twitch."""
        web_url = f"http://{self._site.place}"
        urls = {"eventsub_url": self.address, "api_url": f"{web_url}/helix", "auth_url": f"{web_url}/oauth2"}
        tokens = {"access_token": self.grant.access, "refresh_token": self.grant.refresh}
        own = {"moderator": self.moderator, **({} if self.echo else {"confirm": 0})}
        return {"channel": self.channel.login, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **tokens, **own, **urls}

    @property
    def says(self) -> list[Say]:
        return self._play.says

    @property
    def sent(self) -> int:
        """Different recorded comments that went out."""
        return self._play.position - len(self.missed)

    @property
    def connected(self) -> int:
        """Sockets that hear the chat."""
        return self._play.audience

    # what others do

    def push(self, line: Line) -> None:
        """A comment that the recording does not hold, at its end."""
        self._play.push(line)

    def heard(self, say: Say) -> str:
        """Keeps a text, shows it in the room where everybody sees it, and gives its id."""
        id_ = self._play.heard(say, echo=self.echo and say.outcome in ("said", "silent"))
        self.told.add(id_)
        if self._log:
            self._log(say)
        return id_

    def delete(self, comment: str) -> None:
        """A moderator takes a comment away."""
        event = {**of_channel(self.channel), "target_user_id": "", "target_user_login": "", "target_user_name": "", "message_id": comment}
        self._tell(DELETED, f"d-{comment}", event)

    def subscribed(self, session: Session, owner: str, subscription: Message) -> None:
        session.owner = owner
        self.subscribing += 1
        session.subscriptions[subscription["type"]] = subscription
        if subscription["type"] == CHAT:
            session.client = self._entered()
            session.client.news = session.news
            if not self.broadcast and not self.ended.is_set():
                self.broadcast = "b-1"
                event = {"id": "b-1", **of_channel(self.channel), "type": "live", "started_at": instant(self._now())}
                self._tell(ONLINE, "on-1", event)
        session.news.set()

    def _entered(self) -> Client:
        """A listener from now on: what fell due while nobody listened is lost."""
        before = self._play.position
        client = self._play.enter(None)
        if self._nobody_since and self._play.audience == 1:
            self.deaf.append((self._nobody_since, now_ms()))
        while before and self._play.speed is not None and not self._play.over(client) and self._play.wait_s(client) < -0.05:
            if self._play.audience == 1:
                self.missed.append(self._play.lines[client.line].id)
            client.line += 1
        self._play.position = max(self._play.position, client.line)
        return client

    def _tell(self, kind: str, id_: str, event: Message) -> None:
        for session in self.sessions.values():
            if subscription := session.subscriptions.get(kind):
                session.urgent.append(notification(id_, self._now(), subscription, event))
                session.news.set()

    def _now(self) -> int:
        return now_ms() + int(self.faults.skew * 1000)

    # one socket

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(autoping=False, timeout=1.0, compress=False)
        await socket.prepare(request)
        self.accepted += 1
        old = self._left_behind(request.query.get("reconnect_id"))
        if self.accepted <= self.faults.accept_close or ("reconnect_id" in request.query and old is None):
            await socket.close(code=FAILED[0] if self.accepted <= self.faults.accept_close else BAD_MOVE[0])
            return socket
        self._numbers += 1
        asked = request.query.get("keepalive_timeout_seconds", "10")
        keepalive = self._keepalive or float(min(max(int(asked) if asked.isdigit() else 10, 10), 600))
        assert request.transport is not None
        session = Session(
            id=f"session-{self._numbers}",
            socket=socket,
            transport=request.transport,
            keepalive=keepalive,
            closes=self.closes,
            skew_ms=int(self.faults.skew * 1000),
        )
        self.sessions[session.id] = session
        try:
            with suppress(ConnectionError):
                await session.welcome()
                if old:
                    await self._take_over(session, old)
                await self._talk(session)
        finally:
            session.transport.close()
            session.left = True
            del self.sessions[session.id]
            if session.client:
                self._play.leave(session.client)
                self._nobody_since = 0 if self._play.audience else session.gone_ms or now_ms()
        return socket

    def _left_behind(self, reconnect_id: str | None) -> Session | None:
        old = self.sessions.get(reconnect_id or "")
        return old if old and old.move_by and not old.left else None

    async def _take_over(self, session: Session, old: Session) -> None:
        """The new socket is welcome: what comes from now on goes there, what the old one has begun to say goes to its end."""
        async with old.turn:
            session.owner, session.subscriptions, session.client, old.client, old.left = (
                old.owner,
                old.subscriptions,
                old.client,
                None,
                True,
            )
            session.urgent.extend(old.urgent)
            old.urgent.clear()
        if session.client:
            session.client.news = session.news

    async def _talk(self, session: Session) -> None:
        """Until the client goes or a fault cuts it off."""
        try:
            async with asyncio.TaskGroup() as tasks:
                jobs = (self._perform(session), session.stay_alive(), session.watch(self._subscribe_within))
                others = [tasks.create_task(job) for job in jobs]
                await session.listen()
                for other in others:
                    other.cancel()
        except* ConnectionError:
            pass

    async def _perform(self, session: Session) -> None:
        while True:
            async with session.turn:
                wait = await self._turn(session)
            if wait is None or wait > 0:
                await news_of(session.news, wait)
            elif session.sent and await self._cut_off(session):
                return

    async def _turn(self, session: Session) -> float | None:
        """Sends what is next, if anything is. Seconds until there is more, None: until there is news."""
        client = session.client
        if session.urgent:
            await session.send(written(session.urgent.popleft()))
            return 0
        if client is None:
            return None
        if (echo := self._play.next_echo(client)) is not None:
            await session.send(written(self._chat(session, echo)))
            return 0
        if self._play.over(client):
            if not self.ends or self.ended.is_set():
                return None
            self._finish()
            return 0
        if (wait := self._play.wait_s(client)) > 0:
            return wait
        line = self._play.next_line(client)
        self.told.add(line["id"])
        for frame in dressed(self._chat(session, line), self.faults, line["id"]):
            await session.send(frame, split=self.faults.strikes("split", self.faults.split, line["id"]))
        session.sent += 1
        if session.sent % 64 == 0:  # a fast reader never makes a send wait, and would keep us from hearing
            await asyncio.sleep(0)
        return 0

    def _finish(self) -> None:
        self.broadcast = ""
        self._tell(OFFLINE, "off-1", of_channel(self.channel))
        self.ended.set()

    def _chat(self, session: Session, comment: Message) -> Message:
        if comment["user"]["id"] == "bot":
            comment = comment | {"user": {"id": self.bot.id, "name": self.bot.name}}
        return notification(f"n-{comment['id']}", comment["t_ms"], session.subscriptions[CHAT], chat_event(comment, self.channel))

    async def _cut_off(self, session: Session) -> bool:
        """True once this socket has had the comments after which a fault ends it."""
        faults = self.faults
        if faults.reconnect and session.sent >= faults.reconnect and not session.move_by:
            await self.move(session)
        if faults.revoke and session.sent >= faults.revoke and session.subscriptions:
            await self.revoke(session)
        if faults.stall and session.sent >= faults.stall:
            session.stalled = True
            return True
        if faults.midframe and session.sent >= faults.midframe:
            session.cut()
            return True
        if faults.drop and session.sent >= faults.drop:
            await session.close(FAILED)
            return True
        return False

    async def move(self, session: Session) -> None:
        """Tells a client to go on over another socket."""
        await session.move(self.address, self._grace)

    async def revoke(self, session: Session) -> None:
        """The account takes its leave back: the tokens are worth nothing any more, and nothing is subscribed."""
        self.logins.revoke()
        gone, session.subscriptions = session.subscriptions, {}
        for kind, subscription in gone.items():
            told = {"subscription": subscription | {"status": "authorization_revoked"}}
            about = {"subscription_type": kind, "subscription_version": "1"}
            await session.tell("revocation", told, **about)
        if session.client:
            self._play.leave(session.client)
            session.client = None
