"""The pages: each is the same empty frame of HTML with its own module, which fills it by the API; and the files that they are made of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from livebot.deliver.desk import access
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Handler, Route

STATIC: Final = Path(__file__).parent / "static"
#: path → its module in static/. The roles stand in access.TABLE, the names in static/shell.js.
PAGES: Final[Mapping[str, str]] = {
    "/login": "page-login.js",
    "/setup": "page-setup.js",
    "/desk": "page-desk.js",
    "/issues": "page-issues.js",
    "/stage": "page-stage.js",
    "/report": "page-report.js",
    "/settings": "page-settings.js",
    "/overlay": "page-overlay.js",
}
FIRST: Final[Mapping[str, str]] = {
    "viewer": "/report", "streamer": "/stage", "moderator": "/desk", "after-sales": "/issues", "supervisor": "/report", "admin": "/desk",
}  # fmt: skip
TYPES: Final[Mapping[str, str]] = {
    ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wav": "audio/wav", ".txt": "text/plain",
}  # fmt: skip
HTML: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>livebot</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
{own}<script type="module" src="/static/{module}"></script>
</head>
<body class="{name}">
<noscript>{noscript}</noscript>
</body>
</html>
"""


def routes() -> list[Route]:
    return [
        Route(method="GET", path="/", handler=_first),
        Route(method="GET", path="/static/{name}", handler=_file),
        *(Route(method="GET", path=path, handler=_page(path, module)) for path, module in PAGES.items()),
    ]


def _page(path: str, module: str) -> Handler:
    style = f"{path[1:]}.css"  # a page may have one of its own
    own = f'<link rel="stylesheet" href="/static/{style}">\n' if (STATIC / style).exists() else ""

    async def page(call: Call) -> web.Response:
        noscript = call.say("这个页面要打开 JavaScript。", "This page needs JavaScript.")
        html = HTML.format(lang="zh-CN" if call.lang == "zh" else "en", module=module, name=path[1:], own=own, noscript=noscript)
        return web.Response(text=html, content_type="text/html")

    return page


async def _first(call: Call) -> web.Response:
    """To the page that the role works on, or to the door."""
    place = FIRST.get(call.caller.role, "/login")
    assert f"GET {place}" in access.TABLE
    return web.Response(status=303, headers={"Location": place})


async def _file(call: Call) -> web.Response:
    name = call.part("name")
    kind = TYPES.get(Path(name).suffix)
    if kind is None or name not in {path.name for path in STATIC.iterdir()}:
        raise Refusal(404, "没有这个文件", "there is no such file")
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=(STATIC / name).read_bytes(), content_type=kind, charset=charset)
