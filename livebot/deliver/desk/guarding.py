"""What stands before every handler: Host, who asks, the table of roles, the Origin of what changes something, and errors in words."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from aiohttp import web
from loguru import logger
from pydantic import ValidationError

from livebot.deliver.desk import access
from livebot.deliver.desk.listening import hosts, is_loopback
from livebot.deliver.desk.problems import of_error, of_input, problem
from livebot.deliver.desk.routing import CALLER, Caller, language_of
from livebot.deliver.token import bears
from livebot.errors import LivebotError
from livebot.keep.sessions import OVERLAY, Sessions
from livebot.language import say

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]

SECURITY: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "livebot",
}
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
PAGES: Final = frozenset({"/", "/desk", "/issues", "/stage", "/report", "/settings"})


class Guard:
    """The one middleware. names: further Host names; local: the token of the state folder; port: where we listen, known once we do."""

    def __init__(self, sessions: Sessions, local: str, names: tuple[str, ...]) -> None:
        self._sessions, self._local, self._names = sessions, local, names
        self.port = 0

    @property
    def cookie(self) -> str:
        """Browsers keep cookies apart by host, not by port: two livebots on one computer must not share one."""
        return f"livebot-{self.port}"

    @web.middleware
    async def admit(self, request: web.Request, handler: Next) -> web.StreamResponse:
        lang = language_of(request)
        try:
            return self._refused(request, lang) or await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            kept = {name: value for name, value in error.headers.items() if name in {"Allow", "Retry-After"}}
            return problem(error.status, lang, headers=kept)
        except ValidationError as error:
            return of_input(error, lang)
        except LivebotError as error:
            return of_error(error, lang)
        except (ConnectionError, TimeoutError):
            raise  # the other side went away
        except Exception:
            logger.exception(say("网页的处理出错：{} {}", "a bug behind a page: {} {}"), request.method, request.match_info.route.resource)
            return problem(500, lang)

    def _refused(self, request: web.Request, lang: str) -> web.StreamResponse | None:
        """The answer to whoever may not; None lets the request pass, with its caller noted."""
        if not self.is_for_us(request):
            return problem(421, lang, zh="用本机的地址打开，或把这个名字写进 [desk] names", en="use our address, or add [desk] names")
        if request.match_info.http_exception is not None:
            return None  # 404 or 405, which everybody may know
        resource = request.match_info.route.resource
        assert resource is not None
        roles = access.allowed(f"{'GET' if request.method == 'HEAD' else request.method} {resource.canonical}")
        bearer = request.headers.get("Authorization")
        if bearer is not None and "Cookie" in request.headers:
            return problem(400, lang, zh="口令和 cookie 不能一起用", en="a bearer token must not come with cookies")
        caller = self.caller(request)
        if not (roles & {access.ANYONE, caller.role} or (access.HERE in roles and is_here(request))):
            return self._stranger(request, caller, lang)
        if request.method not in SAFE and caller.by != "bearer" and not self._same_origin(request):
            return problem(403, lang, zh="请求来自别的网页", en="the request comes from another page (Origin)")
        request[CALLER] = caller
        return None

    def is_for_us(self, request: web.BaseRequest) -> bool:
        own = request.transport.get_extra_info("sockname")[0] if request.transport else ""
        return request.headers.get("Host", "").lower() in hosts(self._names, own, self.port)

    def caller(self, request: web.Request) -> Caller:
        """Whoever proves to be somebody by a header, a token in the address, or the session's cookie."""
        if (header := request.headers.get("Authorization")) is not None:
            if self._local and bears(header, self._local):
                return Caller("api-token", access.PROGRAM, "bearer")
            scheme, _, secret = header.partition(" ")
            token = self._sessions.token(secret.strip()) if scheme.lower() == "bearer" else None
            return Caller(token.name, token.role, "bearer", secret.strip()) if token and token.role != OVERLAY else Caller()
        if (secret := request.query.get("token", "")) and request.method in SAFE:
            token = self._sessions.token(secret)
            return Caller(token.name, token.role, "address", secret) if token and token.role == OVERLAY else Caller()
        if secret := request.cookies.get(self.cookie, ""):
            account = self._sessions.who(secret)
            return Caller(account.name, account.role, "session", secret) if account else Caller()
        return Caller()

    def still(self, caller: Caller) -> bool:
        """Whether somebody who was let in would be again: for what stays open."""
        if caller.by == "session":
            account = self._sessions.who(caller.secret)
            return account is not None and account.role == caller.role
        token = self._sessions.token(caller.secret)
        return token is not None and token.role == caller.role

    def _same_origin(self, request: web.Request) -> bool:
        """Every browser sends Origin with what changes something; Host is known to be ours already."""
        host, origin = request.headers.get("Host", "").lower(), request.headers.get("Origin", "").lower()
        return origin in {f"http://{host}", f"https://{host}"}

    def _stranger(self, request: web.Request, caller: Caller, lang: str) -> web.StreamResponse:
        if request.path in PAGES and request.method in SAFE:
            place = "/" if caller.role else "/login?next=" + quote(request.path)
            return web.Response(status=303, headers={"Location": place})
        if not caller.role:
            zh, en = "先登录，或在请求头里带上 Authorization: Bearer 口令", "log in, or send Authorization: Bearer TOKEN"
            return problem(401, lang, zh=zh, en=en, headers={"WWW-Authenticate": 'Bearer realm="livebot"'})
        return problem(403, lang, zh=f"{caller.role} 不能做这件事", en=f"a {caller.role} may not do this")


def is_here(request: web.BaseRequest) -> bool:
    """Whether the caller is on this computer, and no proxy speaks for somebody else."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    passed_on = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"} & set(request.headers)
    return peer is not None and is_loopback(str(peer[0])) and not passed_on


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """For on_response_prepare: pages, redirects, errors, JSON alike."""
    response.headers.update(SECURITY)
