"""Errors as the API tells them: application/problem+json, in the language of whoever asked."""

import json
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web
from pydantic import BaseModel, ConfigDict, ValidationError

from livebot.errors import LivebotError, LoginRequired, Rejected, Unavailable

CONTENT_TYPE: Final = "application/problem+json"
_TITLES: Final = {
    400: ("看不懂这个请求", "this request cannot be understood"),
    401: ("要先登录", "log in first"),
    403: ("不允许", "not allowed"),
    404: ("没有这个", "there is no such thing"),
    405: ("这里不能这样做", "that cannot be done here"),
    408: ("太慢了", "too slow"),
    409: ("做不了", "refused"),
    413: ("太长了", "too long"),
    415: ("要发 JSON", "send JSON"),
    417: ("做不到所要求的", "expectation failed"),
    421: ("地址不对", "wrong Host"),
    422: ("内容不行", "what was sent will not do"),
    428: ("要再确认一次", "confirm it"),
    429: ("太频繁了，等一会儿", "too often, wait a while"),
    500: ("livebot 自己出错了", "a bug in livebot"),
    503: ("暂时做不了", "not now"),
}


class Problem(BaseModel):
    """What went wrong. title says it in a word, detail in a sentence; errors names the fields that will not do."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, str]] = []


class Refusal(Rejected):
    """Rejected, with the HTTP status that says how; a plain Rejected is 409. more: fields that the problem has besides."""

    def __init__(self, status: int, zh: str, en: str, *, retry_after: float | None = None, more: Mapping[str, Any] | None = None) -> None:
        super().__init__(zh, en)
        self.status, self.retry_after, self.more = status, retry_after, more or {}


def problem(
    status: int,
    lang: str,
    *,
    zh: str = "",
    en: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> web.Response:
    """The answer for an error."""
    title = _TITLES.get(status, _TITLES[400 if status < 500 else 500])[lang == "en"]
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": en if lang == "en" else zh, **(more or {})}
    if errors:
        body["errors"] = errors
    return web.Response(status=status, text=json.dumps(body, ensure_ascii=False) + "\n", content_type=CONTENT_TYPE, headers=headers)


def of_error(error: LivebotError, lang: str) -> web.Response:
    """The same for what a handler raised."""
    status, after = 409, getattr(error, "retry_after", None)
    if isinstance(error, Refusal):
        status = error.status
    elif isinstance(error, Unavailable):
        status, after = 503, after or 1.0
    elif isinstance(error, LoginRequired):
        status = 401
    elif not isinstance(error, Rejected):
        status = 500
    zh, en = (error.zh, error.en) if error.zh else (str(error), str(error))
    headers = {"Retry-After": str(max(1, round(after)))} if after else None
    return problem(status, lang, zh=zh, en=en, headers=headers, more=getattr(error, "more", None))


def of_input(error: ValidationError, lang: str) -> web.Response:
    """The same for input that its model refuses: which fields, and why, without repeating what was sent."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    errors = [{"field": ".".join(map(str, one["loc"]))[:200], "reason": one["msg"][:300]} for one in found[:20]]
    return problem(400, lang, zh="这些地方不对，见 errors", en="see errors for what is wrong", errors=errors)
