"""One room of Douyin's official push: the tasks are started, what is pushed is judged, and the tasks are stopped at the end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession
from loguru import logger

from adapters.asking import asked, asking
from adapters.douyin_push import wire
from adapters.fields import whole_of
from adapters.listening import listening
from adapters.pushed import Push, PushedRoom, Refused
from livebot.decide.events import StreamEvent
from livebot.errors import ConfigError, LivebotError, LoginRequired, Problem, Unavailable
from livebot.keep.clock import monotonic
from livebot.language import say

BAD_TOKEN, BAD_PARAMETERS, NOT_MOUNTED = 40022, 40023, 5003019
EARLY_S = 300.0  # a token is renewed so long before its end
STOP_S = 3.0
THANKS = b'{"err_no":0,"err_msg":"ok"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a connection needs; secrets in clear, never shown. window: seconds that a push's own time may be off."""

    listen: str
    path: str
    app_id: str
    app_secret: str
    push_secret: str
    room_id: str
    api_url: str
    token_url: str
    window: float


class Tasks:
    """The platform's API for one room; the token is fetched when it is needed and renewed when it is refused."""

    def __init__(self, session: ClientSession, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self._token, self._until = "", 0.0

    async def call(self, name: str) -> None:
        """`start` or `stop` for comments. Raises LoginRequired, ConfigError or Unavailable."""
        code, message = await self._called(name, await self._valid_token(renew=False))
        if code == BAD_TOKEN:
            code, message = await self._called(name, await self._valid_token(renew=True))
        if code:
            raise _failed(code, message)

    async def _called(self, name: str, token: str) -> tuple[int, str]:
        url, own = f"{self._settings.api_url}/api/live_data/task/{name}", self._settings
        headers = {"access-token": token, "content-type": "application/json"}
        answer = await asked(self._session, "POST", url, headers=headers, body=wire.task(own.room_id, own.app_id, wire.COMMENTS))
        code, message, _ = wire.told(answer.body)
        if answer.status >= 500 or answer.status == 429 or code is None:
            raise Unavailable(
                f"抖音接口暂时不可用（HTTP {answer.status}）",
                f"Douyin is not available (HTTP {answer.status})",
                retry_after=answer.retry_after,
            )
        return code, message

    async def _valid_token(self, *, renew: bool) -> str:
        if renew or monotonic() > self._until:
            own = self._settings
            body, headers = wire.token_request(own.app_id, own.app_secret), {"content-type": "application/json"}
            answer = await asked(self._session, "POST", own.token_url, headers=headers, body=body)
            code, message, data = wire.told(answer.body)
            token, seconds = data.get("access_token"), whole_of(data.get("expires_in")) or 0
            if answer.status >= 500 or answer.status == 429 or code in (None, -1):
                raise Unavailable("抖音暂时不给 token", "Douyin gives no token just now", retry_after=answer.retry_after)
            if code or not isinstance(token, str) or not token:
                zh, en = f"抖音不给 token（{code} {message}）：请检查", f"Douyin gives no token ({code} {message}): check"
                raise LoginRequired(f"{zh} app_id 和 app_secret", f"{en} app_id and app_secret")
            self._token, self._until = token, monotonic() + max(0.0, seconds - EARLY_S)
        return self._token


@asynccontextmanager
async def open_room(settings: Settings) -> AsyncIterator[PushedRoom]:
    """The ear hears before the task starts, so that nothing is lost in between."""
    room = PushedRoom(judge=lambda push, now: _judge(settings, push, now), thanks=THANKS)
    async with asking(settings.api_url) as session, listening(settings.listen, settings.path, room):
        tasks = Tasks(session, settings)
        await tasks.call("start")
        try:
            yield room
        finally:
            await _stop(tasks)


async def _stop(tasks: Tasks) -> None:
    """As good as it can be done now: a task that is left ends with the broadcast."""
    try:
        async with asyncio.timeout(STOP_S):
            await tasks.call("stop")
    except (LivebotError, TimeoutError) as error:
        logger.warning(say("抖音推送任务没能停下来：{}", "the push task of Douyin could not be stopped: {}"), error)


def _judge(settings: Settings, push: Push, now: int) -> Sequence[StreamEvent] | None:
    """Whose it is, then whether it is theirs, then whether it is of now; what is signed is never refused for what it holds."""
    if push.headers.get("x-roomid", "") != settings.room_id:
        return None
    if not wire.is_signed(push.headers, push.body, settings.push_secret):
        raise Refused(401, "签名不对：请检查 push_secret", "the signature is wrong: check push_secret")
    off = wire.seconds_off(push.headers, now)
    if off is None or off > settings.window:
        seconds = "?" if off is None else f"{off:.0f}"
        raise Refused(
            401, f"时间差了 {seconds} 秒：是重放，或者这台电脑的时钟不准", f"it is {seconds} s off: a replay, or this clock is wrong"
        )
    return wire.read(push.headers.get("x-msg-type", ""), push.body, now)


def _failed(code: int, message: str) -> LivebotError:
    if code == BAD_TOKEN:
        return LoginRequired(
            f"抖音不认刚换的 token（{message}）：请检查 app_id 和 app_secret",
            f"Douyin refuses a new token ({message}): check app_id and app_secret",
        )
    if code == BAD_PARAMETERS:
        zh, en = (
            f"抖音说参数不对（{message}）：请检查 room_id 和 app_id",
            f"Douyin refuses the parameters ({message}): check room_id and app_id",
        )
        return ConfigError([Problem(file="config.toml", table="rooms.settings", field="room_id", zh=zh, en=en)])
    if code == NOT_MOUNTED:
        return Unavailable(
            "这个直播间还没有挂载小玩法，或还没开播", "the room has not mounted the app, or is not live yet", retry_after=10.0
        )
    return Unavailable(f"抖音没有开始推送（{code} {message}）", f"Douyin did not start to push ({code} {message})")
