"""The HTTP side of the practice Twitch: id.twitch.tv and Helix, as strict as the real ones."""

import asyncio
import json
import math
from collections import deque
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from aiohttp import web

from livebot.keep.clock import monotonic, now_ms
from livebot.simulate.patience import Patience
from livebot.simulate.play import Message, Say
from livebot.simulate.twitch_frames import Account, instant
from livebot.simulate.twitch_logins import CLIENT_ID, CLIENT_SECRET, Grant

if TYPE_CHECKING:
    from livebot.simulate.twitch import TwitchSimulator

Handler = Callable[[web.Request, Grant], Awaitable[web.Response]]
KINDS = {
    "channel.chat.message": ("broadcaster_user_id", "user_id"),
    "channel.chat.message_delete": ("broadcaster_user_id", "user_id"),
    "stream.online": ("broadcaster_user_id",),
    "stream.offline": ("broadcaster_user_id",),
}
LONGEST_TEXT, SAME_AGAIN_S, PACE_S = 500, 30.0, 30.0
TRANSPORTS, SUBSCRIPTIONS = 3, 300


class Helix:
    """limited_for: seconds that a 429 tells to wait. patience is for who watches."""

    def __init__(self, twitch: "TwitchSimulator", limited_for: float) -> None:
        self.patience = Patience()
        self._twitch, self._limited_for = twitch, limited_for
        self._requests = 0
        self._said: deque[tuple[float, str]] = deque()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth2/validate", self._validate),
            web.post("/oauth2/token", self._token),
            web.get("/helix/users", self._helix(self._users)),
            web.get("/helix/streams", self._helix(self._streams)),
            web.post("/helix/eventsub/subscriptions", self._helix(self._subscribe)),
            web.post("/helix/chat/messages", self._helix(self._say)),
        ]

    # id.twitch.tv

    async def _validate(self, request: web.Request) -> web.Response:
        grant = self._twitch.logins.of(request.headers.get("Authorization", ""), "OAuth")
        if grant is None:
            return _json(401, {"status": 401, "message": "invalid access token"})
        self._twitch.logins.asked += 1
        ends = 0 if grant.until in (None, math.inf) else max(1, int((grant.until or 0) - monotonic()))
        account = {"login": grant.account.login, "user_id": grant.account.id}
        return _json(200, {"client_id": CLIENT_ID, **account, "scopes": list(grant.scopes), "expires_in": ends or 14_000})

    async def _token(self, request: web.Request) -> web.Response:
        form = {**request.query, **await request.post()}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _json(403, {"status": 403, "message": "invalid client secret"})
        if form.get("grant_type") != "refresh_token" or not (grant := self._twitch.logins.renew(str(form.get("refresh_token")))):
            return _json(400, {"error": "Bad Request", "status": 400, "message": "Invalid refresh token"})
        tokens = {"access_token": grant.access, "refresh_token": grant.refresh}
        return _json(
            200, {**tokens, "expires_in": int(self._twitch.logins.expire) or 14_000, "scope": grant.scopes, "token_type": "bearer"}
        )

    # Helix

    def _helix(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            await asyncio.sleep(self._twitch.faults.slow)
            return self._stamped(await self._admitted(request, handler))

        return handle

    async def _admitted(self, request: web.Request, handler: Handler) -> web.Response:
        grant, headers, faults = self._twitch.logins.of(request.headers.get("Authorization", "")), request.headers, self._twitch.faults
        if "Authorization" not in headers:
            return _error(401, "OAuth token is missing")
        if grant is None:
            return _error(401, "Invalid OAuth token")
        if headers.get("Client-Id") != CLIENT_ID:
            return _error(401, "Client ID and OAuth token do not match")
        self._requests += 1
        if self.patience.tried():
            return _error(429, "Too many requests")
        if faults.strikes("limit", faults.limit, self._requests):
            self.patience.told(self._limited_for)
            return _error(429, "Too many requests")
        if faults.strikes("failing", faults.failing, self._requests):
            return _error(503, "Service unavailable")
        return await handler(request, grant)

    def _stamped(self, response: web.Response) -> web.Response:
        """With the headers that tell the pace, by the platform's own clock."""
        clock = now_ms() / 1000 + self._twitch.faults.skew
        wait = self.patience.left
        response.headers["Ratelimit-Limit"] = "800"
        response.headers["Ratelimit-Remaining"] = "0" if wait else "799"
        response.headers["Ratelimit-Reset"] = str(math.ceil(clock + wait))
        response.headers["Date"] = formatdate(clock, usegmt=True)
        if response.status == 429 and self.patience.limited % 2:  # Twitch documents the one, and servers before it send the other
            response.headers["Retry-After"] = str(math.ceil(wait))
        return response

    async def _users(self, request: web.Request, grant: Grant) -> web.Response:
        logins, ids = set(request.query.getall("login", [])), set(request.query.getall("id", []))
        found = [one for one in self._twitch.accounts if one.login in logins or one.id in ids] if logins or ids else [grant.account]
        return _json(200, {"data": [_user(one) for one in found]})

    async def _streams(self, request: web.Request, grant: Grant) -> web.Response:
        channel, id_ = self._twitch.channel, self._twitch.broadcast
        stream = {"id": id_, "user_id": channel.id, "user_login": channel.login, "type": "live", "title": "", "viewer_count": 1}
        wanted = request.query.get("user_id") == channel.id or request.query.get("user_login") == channel.login
        return _json(200, {"data": [stream] if id_ and wanted else [], "pagination": {}})

    async def _subscribe(self, request: web.Request, grant: Grant) -> web.Response:
        wanted = await _body(request)
        kind, condition, transport = wanted.get("type"), wanted.get("condition"), wanted.get("transport")
        if kind not in KINDS or wanted.get("version") != "1":
            return _error(400, "The combination of values in the type and version fields is not valid")
        if not isinstance(condition, dict) or not isinstance(transport, dict) or set(KINDS[kind]) != set(condition):
            return _error(400, "The condition or the transport is not valid")
        session = self._twitch.sessions.get(str(transport.get("session_id")))
        if transport.get("method") != "websocket" or session is None or session.left:
            return _error(400, "The session does not exist or has disconnected")
        if "user_id" in KINDS[kind] and (condition["user_id"] != grant.account.id or "user:read:chat" not in grant.scopes):
            return _error(403, "subscription missing proper authorization")
        if condition["broadcaster_user_id"] != self._twitch.channel.id:
            return _error(400, "there is no such broadcaster")
        if session.owner not in ("", grant.account.id):
            return _error(400, "websocket transport cannot have subscriptions created by different users")
        if kind in session.subscriptions:
            return _error(409, "subscription already exists")
        others = [one for one in self._twitch.sessions.values() if one.owner == grant.account.id and one is not session and not one.left]
        if len(others) >= TRANSPORTS or len(session.subscriptions) >= SUBSCRIPTIONS:
            return _error(429, "number of websocket transports limit exceeded")
        made = {"id": f"s-{kind}-{session.id}", "status": "enabled", "type": kind, "version": "1", "condition": condition, "cost": 0}
        made |= {"created_at": instant(now_ms()), "transport": {**transport, "connected_at": instant(session.connected_ms)}}
        self._twitch.subscribed(session, grant.account.id, made)
        return _json(202, {"data": [made], "total": 1, "total_cost": 0, "max_total_cost": 10})

    async def _say(self, request: web.Request, grant: Grant) -> web.Response:
        asked = {**request.query, **await _body(request)}
        text, to = str(asked.get("message", "")), asked.get("reply_parent_message_id")
        if "user:write:chat" not in grant.scopes:
            return _error(401, "Missing scope: user:write:chat")
        if asked.get("sender_id") != grant.account.id:
            return _error(401, "The ID in sender_id must match the user ID found in the request's OAuth token")
        if asked.get("broadcaster_id") != self._twitch.channel.id or not text.strip():
            return _error(400, "The broadcaster_id or the message is not valid")
        if len(text) > LONGEST_TEXT:
            return _error(422, "The message is too large")
        if to is not None and to not in self._twitch.told:
            return _error(400, "The request's input was not valid. Message cannot be replied to.")
        return await self._judged(text, to, self._drop_reason(text))

    async def _judged(self, text: str, to: str | None, reason: tuple[str, str] | None) -> web.Response:
        faults, nth = self._twitch.faults, f"{text}/{len(self._twitch.says)}"
        fates = (("refuse", faults.refuse, "refused"), ("shadow", faults.shadow, "shadow"), ("silent", faults.silent, "silent"))
        outcome = next((name for fault, share, name in fates if faults.strikes(fault, share, nth)), "said")
        if reason or outcome == "refused":
            outcome, reason = "refused", reason or ("msg_rejected", "Your message is being checked by mods and has not been sent.")
        id_ = self._twitch.heard(Say(room="twitch", key="", text=text, to=to, at_ms=now_ms(), outcome=outcome))
        if outcome == "silent":
            await self._twitch.closing.wait()
        if faults.late:
            await asyncio.sleep(faults.late)
        if reason:
            code, message = reason
            return _json(200, {"data": [{"message_id": "", "is_sent": False, "drop_reason": {"code": code, "message": message}}]})
        return _json(200, {"data": [{"message_id": id_, "is_sent": True, "drop_reason": None}]})

    def _drop_reason(self, text: str) -> tuple[str, str] | None:
        now, allowed = monotonic(), 100 if self._twitch.moderator else 20
        while self._said and self._said[0][0] <= now - PACE_S:
            self._said.popleft()
        if len(self._said) >= allowed:
            return "msg_ratelimit", "Your message was not sent because you are sending messages too quickly."
        if not self._twitch.moderator and any(said == text for _, said in self._said):
            return (
                "msg_duplicate",
                "Your message was not sent because it is identical to the previous one you sent, less than 30 seconds ago.",
            )
        self._said.append((now, text))
        return None


def _user(account: Account) -> Message:
    return {
        "id": account.id,
        "login": account.login,
        "display_name": account.name,
        "type": "",
        "broadcaster_type": "",
        "description": "",
    } | {"profile_image_url": "", "offline_image_url": "", "view_count": 0, "created_at": instant(0)}


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        value = json.loads(await request.read() or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _json(status: int, value: Message) -> web.Response:
    return web.json_response(value, status=status)


def _error(status: int, message: str) -> web.Response:
    names = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 409: "Conflict", 422: "Unprocessable Entity"}
    names |= {429: "Too Many Requests", 503: "Service Unavailable"}
    return _json(status, {"error": names[status], "status": status, "message": message})
