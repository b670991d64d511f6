"""A route of the desk: what it takes and gives, in words and in types; handlers get input that is parsed and checked."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from livebot.deliver.desk.problems import Refusal

BODY_S: Final = 10.0  # within which a body must have come


class Model(BaseModel):
    """The base of all that is taken and given: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. by: a browser's session, a bearer token, a token in the address, or nothing at all."""

    name: str = ""
    role: str = ""
    by: Literal["session", "bearer", "address", "nothing"] = "nothing"
    secret: str = ""


CALLER: Final = web.RequestKey("caller", Caller)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, for its handler. lang: "zh" or "en", what the caller reads."""

    request: web.Request
    caller: Caller
    lang: str

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def part(self, name: str) -> str:
        """A {part} of the path."""
        return self.request.match_info[name]


Answer = BaseModel | web.StreamResponse | None
Handler = Callable[..., Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What is served under one method and path; its roles stand in access.TABLE.

    handler: `async (call: Call) -> gives`, or `async (call: Call, given: takes) -> gives` where `takes` is set: the query of a GET or
    DELETE, else the JSON body. It may return a response of its own, or None for 204. It raises Refusal (a status), Rejected (409) or
    Unavailable (503). zh, en: what it does, in a sentence, for the OpenAPI document; a page has none and is not in it.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    handler: Handler
    zh: str = ""
    en: str = ""
    takes: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def by_query(self) -> bool:
        return self.method in {"GET", "DELETE"}


def bound(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The route's handler as aiohttp calls it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        call = Call(request, request.get(CALLER, Caller()), language_of(request))
        given = [] if route.takes is None else [await _input(route, route.takes, call)]
        return _response(await route.handler(call, *given))

    return answer


async def _input(route: Route, model: type[BaseModel], call: Call) -> BaseModel:
    request = call.request
    if route.by_query:
        fields: dict[str, Any] = {name: request.query.getall(name) for name in request.query if name != "token"}
        many = {name for name, field in model.model_fields.items() if "list" in str(field.annotation) or "tuple" in str(field.annotation)}
        return model.model_validate({name: values if name in many else values[-1] for name, values in fields.items()})
    if call.caller.by != "bearer" and request.content_type != "application/json":
        raise Refusal(415, "要发 application/json", "send application/json")
    try:
        async with asyncio.timeout(BODY_S):
            body = await request.read()
    except TimeoutError:
        raise Refusal(408, "等了太久", "the body did not come") from None
    return model.model_validate_json(body)


def _response(answer: Answer) -> web.StreamResponse:
    if isinstance(answer, web.StreamResponse):
        return answer
    if answer is None:
        return web.Response(status=204)
    return web.Response(text=answer.model_dump_json() + "\n", content_type="application/json")


def language_of(request: web.BaseRequest) -> str:
    """ "zh" or "en": whichever Accept-Language wants more; Chinese where it wants neither."""
    wanted: list[tuple[float, int, str]] = []
    for n, part in enumerate(request.headers.get("Accept-Language", "")[:200].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            share = float(weight or 1)
        except ValueError:
            share = 0.0
        if tag[:2].lower() in {"zh", "en"} and share > 0:
            wanted.append((-share, n, tag[:2].lower()))
    return min(wanted)[2] if wanted else "zh"
