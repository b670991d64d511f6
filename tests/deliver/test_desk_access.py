"""Every route × every role, and the ways in which others try to come in: foreign pages, fixed sessions, guessed passwords."""

import asyncio
import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from desks import PASSWORD, Served, serving

from livebot.deliver.desk import access
from livebot.deliver.desk import serving as served_by
from livebot.deliver.desk.guarding import Guard
from livebot.deliver.desk.routing import Call, Route

STATE = {"ready": True, "rooms": {}, "parked": {}, "queue": "up"}
AFAR = {"X-Forwarded-For": "203.0.113.9"}  # nobody who sits at this computer
EVIL = "http://evil.example"


def here(folder: Path, **over: Any) -> Any:
    return serving(folder, **{"ready": lambda: STATE} | over)


def filled(path: str) -> str:
    return re.sub(r"{\w+}", "nobody", path.replace("/static/{name}", "/static/style.css"))


async def callers(desk: Served) -> dict[str, tuple[str, dict[str, str]]]:
    """How somebody asks → (role, headers): as nobody, with a session, with a token."""
    found: dict[str, tuple[str, dict[str, str]]] = {"nobody": ("", {})}
    for role in access.ROLES:
        found[f"{role} by token"] = (role, dict(desk.bearer(role)))
        if role not in {"program", "overlay"}:
            found[f"{role} by session"] = (role, {"Cookie": await desk.cookie(role)})
    return found


async def test_every_route_by_every_role(tmp_path: Path) -> None:
    """Whoever is not in the row is refused before anything happens; whoever is, is not."""
    async with here(tmp_path) as desk:
        asking = await callers(desk)
        wrong = []
        for route, roles in access.TABLE.items():
            method, path = route.split()
            for how, (role, headers) in asking.items():
                told = await desk.ask(method, filled(path), headers={"Origin": desk.base, **AFAR, **headers})
                named = told.json.get("detail", "") if told.status == 403 else ""
                turned_away = (
                    told.status == 401 or f"{role} 不能做这件事" in named or told.headers.get("Location", "").startswith("/login?")
                )
                turned_away |= told.status == 303 and path != "/" and told.headers["Location"] == "/"
                may = "anyone" in roles.split() or role in roles.split()
                if role == "overlay":
                    may = "anyone" in roles.split()  # its token stands in the address, nowhere else
                if turned_away is may:
                    wrong.append((route, how, told.status))
                if route in {"DELETE /api/v1/me/sessions", "POST /api/v1/logout"} and "session" in how:
                    account = desk.desk.accounts.named(role)
                    asking[how] = (role, {"Cookie": f"livebot-{desk.port}={desk.desk.sessions.begin(account)}"})
        assert wrong == []


async def test_a_token_in_the_address_is_for_overlays_alone(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        desk.bearer("overlay")
        desk.bearer("admin")
        for route, roles in access.TABLE.items():
            method, path = route.split()
            told = await desk.ask(method, filled(path) + "?token=" + desk.tokens["overlay"], headers=AFAR)
            let_in = told.status not in {401, 403, 303} or path == "/"
            assert let_in is (method == "GET" and bool({"anyone", "overlay"} & set(roles.split()))), route
        for path in ("/api/v1/me", "/api/v1/status", "/metrics"):
            assert (await desk.ask("GET", f"{path}?token={desk.tokens['admin']}", headers=AFAR)).status == 401


async def test_what_the_stream_tells_depends_on_the_role(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        for role in set(access.ROLES) - {"program", "overlay"}:
            for kind, roles in access.STREAM.items():
                told = await desk.ask("GET", f"/api/v1/events?kinds={kind}", headers=desk.bearer(role))
                assert told.status == (200 if role in roles.split() else 403), (role, kind)
        assert (await desk.ask("GET", "/api/v1/events?kinds=secrets", headers=desk.bearer("admin"))).status == 400


def test_a_route_that_is_in_no_row_cannot_be_served(tmp_path: Path) -> None:
    async def handler(_: Call) -> None: ...

    guard = Guard(None, "", ())  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="GET /secret is in no row"):
        served_by.application(guard, [Route(method="GET", path="/secret", handler=handler)])
    wrong = access.differences(["GET /a", "GET /a"], {"GET /a": "viewer wizard", "GET /b": "viewer"})
    assert len(wrong) == 3


# ── pages elsewhere ────────────────────────────────────────────────────────────

UNSAFE = [route for route in access.TABLE if not route.startswith("GET ")]


@pytest.mark.parametrize("origin", [EVIL, "null", "", "http://localhost.evil.example", "http://127.0.0.1", "https://127.0.0.1:1", None])
async def test_a_page_elsewhere_changes_nothing(tmp_path: Path, origin: str | None) -> None:
    """The browser sends the cookie, and says where the page is from; no route that changes something hears it."""
    async with here(tmp_path) as desk:
        cookie = {"Cookie": await desk.cookie("admin")}
        sent = cookie | ({} if origin is None else {"Origin": origin})
        for route in UNSAFE:
            method, path = route.split()
            told = await desk.ask(method, filled(path), headers=sent, json={"role": "admin", "link": 3})
            assert (told.status, "别的网页" in told.json["detail"]) == (403, True), route
        assert not (tmp_path / "FROZEN").exists()
        assert (await desk.ask("GET", "/api/v1/me", headers=cookie)).status == 200


async def test_a_form_cannot_speak_for_a_session(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        headers = {"Cookie": await desk.cookie("admin"), "Origin": desk.base, "Content-Type": "text/plain"}
        assert (await desk.ask("POST", "/api/v1/accounts/links", headers=headers, data=b'{"role":"admin"}')).status == 415


async def test_a_token_needs_no_origin_and_bears_no_cookie(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        bearer = dict(desk.bearer("streamer"))
        assert (await desk.ask("POST", "/api/v1/freeze", headers=bearer | {"Origin": EVIL})).status == 200
        assert (await desk.ask("POST", "/api/v1/freeze", headers=bearer | {"Cookie": "a=b"})).status == 400
        desk.desk.sessions.remove_token("streamer")
        assert (await desk.ask("POST", "/api/v1/freeze", headers=bearer)).status == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic {token}", "Bearer {token}x", "bearer  {token} y"])
async def test_odd_headers_are_nobody(tmp_path: Path, header: str) -> None:
    async with here(tmp_path) as desk:
        desk.bearer("admin")
        told = await desk.ask("GET", "/api/v1/me", headers={"Authorization": header.format(token=desk.tokens["admin"])})
        assert told.status == 401


# ── sessions ───────────────────────────────────────────────────────────────────


def cookie_of(told: Any) -> str:
    return str(told.headers["Set-Cookie"]).partition(";")[0]


async def log_in(desk: Served, name: str, password: str = PASSWORD, cookie: str = "") -> Any:
    headers = {"Origin": desk.base} | ({"Cookie": cookie} if cookie else {})
    return await desk.ask("POST", "/api/v1/login", headers=headers, json={"name": name, "password": password})


async def test_a_session_is_new_at_every_login_and_over_when_it_is_left(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        await desk.cookie("moderator")
        planted = f"livebot-{desk.port}=" + "A" * 43
        assert (await desk.ask("GET", "/api/v1/me", headers={"Cookie": planted})).status == 401
        told = await log_in(desk, "moderator", cookie=planted)
        first = cookie_of(told)
        assert first != planted
        assert {part.strip().partition("=")[0] for part in told.headers["Set-Cookie"].split(";")[1:]} >= {"HttpOnly", "SameSite", "Path"}
        assert "SameSite=Strict" in told.headers["Set-Cookie"]
        assert (await desk.ask("GET", "/api/v1/me", headers={"Cookie": planted})).status == 401
        second = cookie_of(await log_in(desk, "moderator", cookie=first))
        assert (await desk.ask("GET", "/api/v1/me", headers={"Cookie": first})).status == 401
        told = await desk.ask("POST", "/api/v1/logout", headers={"Cookie": second, "Origin": desk.base})
        assert (told.status, f'livebot-{desk.port}=""' in told.headers["Set-Cookie"]) == (204, True)
        assert (await desk.ask("GET", "/api/v1/me", headers={"Cookie": second})).status == 401


async def test_a_role_and_a_removal_hold_at_once(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        cookie = {"Cookie": await desk.cookie("moderator"), "Origin": desk.base}
        assert (await desk.browse("admin", "PUT", "/api/v1/accounts/moderator/role", json={"role": "viewer"})).status == 204
        assert (await desk.ask("GET", "/api/v1/me", headers=cookie)).json["role"] == "viewer"
        assert (await desk.ask("POST", "/api/v1/freeze", headers=cookie)).status == 403
        assert (await desk.browse("admin", "DELETE", "/api/v1/accounts/moderator")).status == 204
        assert (await desk.ask("GET", "/api/v1/me", headers=cookie)).status == 401
        assert (await desk.browse("admin", "DELETE", "/api/v1/accounts/admin")).status == 409


async def test_a_new_password_ends_what_was_open(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        cookie = {"Cookie": await desk.cookie("viewer"), "Origin": desk.base}
        change = {"old": PASSWORD, "new": "another horse"}
        assert (await desk.ask("POST", "/api/v1/me/password", headers=cookie, json=change | {"old": "x"})).status == 422
        assert (await desk.ask("POST", "/api/v1/me/password", headers=cookie, json=change | {"new": "x"})).status == 422
        told = await desk.ask("POST", "/api/v1/me/password", headers=cookie, json=change)
        assert told.status == 200
        assert (await desk.ask("GET", "/api/v1/me", headers=cookie)).status == 401
        assert (await desk.ask("GET", "/api/v1/me", headers={"Cookie": cookie_of(told)})).json["name"] == "viewer"
        assert (await log_in(desk, "viewer")).status == 401
        assert (await log_in(desk, "viewer", "another horse")).status == 200


async def test_the_set_up_link_works_once(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        place, _, secret = desk.links[0].partition("#")
        assert place == desk.base + "/setup"
        body = {"link": secret, "name": "小王", "password": PASSWORD}
        origin = {"Origin": desk.base}
        assert (await desk.ask("POST", "/api/v1/setup", headers=origin, json=body | {"password": "short"})).status == 422
        told = await desk.ask("POST", "/api/v1/setup", headers=origin, json=body)
        assert (told.status, told.json["role"]) == (200, "admin")
        assert (await desk.ask("GET", "/api/v1/me", headers={"Cookie": cookie_of(told)})).json["name"] == "小王"
        for name in ("小王", "小李"):
            assert (await desk.ask("POST", "/api/v1/setup", headers=origin, json=body | {"name": name})).status == 422
        told = await desk.browse("admin", "POST", "/api/v1/accounts/links", json={"role": "streamer"})
        secret = told.json["path"].partition("#")[2]
        told = await desk.ask("POST", "/api/v1/setup", headers=origin, json=body | {"link": secret, "name": "主播"})
        assert (told.status, told.json["role"]) == (200, "streamer")


# ── guessing ───────────────────────────────────────────────────────────────────


async def test_guesses_at_one_name_are_few(tmp_path: Path) -> None:
    """Also all at once; another name may still log in, and the right password does not help before the time is over."""
    async with here(tmp_path) as desk:
        await desk.cookie("viewer")
        await desk.cookie("streamer")
        async with asyncio.TaskGroup() as group:
            guesses = [group.create_task(log_in(desk, "Viewer", f"guess {n}")) for n in range(15)]
        answers = sorted(guess.result().status for guess in guesses)
        assert answers == [401] * 10 + [429] * 5
        told = await log_in(desk, "viewer")
        assert (told.status, 0 < int(told.headers["Retry-After"]) <= 300) == (429, True)
        assert (await log_in(desk, "streamer")).status == 200


async def test_guesses_from_one_address_are_few(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        await desk.cookie("viewer")
        statuses = [(await log_in(desk, f"nobody {n}", "guess")).status for n in range(52)]
        assert statuses == [401] * 50 + [429] * 2


async def test_logging_in_rightly_does_not_count(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        await desk.cookie("viewer")
        assert [(await log_in(desk, "viewer")).status for _ in range(12)] == [200] * 12


# ── input, and the document of it ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"null", 400), (b"[]", 400), (b"{}", 400), (b'{"role": "wizard"}', 400), (b'{"role": "viewer", "more": 1}', 400),
     (b'{"role": ["viewer"]}', 400), (b"[" * 5_000, 400), (b"\xff\xfe", 400), (b'{"role": "\\ud800"}', 400), (b'{"role": "viewer"}', 200)],
)  # fmt: skip
async def test_input_is_checked_before_it_is_used(tmp_path: Path, body: bytes, status: int) -> None:
    async with here(tmp_path) as desk:
        told = await desk.ask("POST", "/api/v1/accounts/links", headers=desk.bearer("admin"), data=body)
        assert told.status == status
        assert b"wizard" not in told.body


async def test_the_document_tells_every_call(tmp_path: Path) -> None:
    async with here(tmp_path) as desk:
        told = (await desk.ask("GET", "/api/v1/openapi.json", headers=desk.bearer("viewer"))).json
    assert told["openapi"] == "3.1.0"
    calls = {f"{method.upper()} {path}": call for path, methods in told["paths"].items() for method, call in methods.items()}
    assert set(calls) == {route for route in access.TABLE if " /api/" in route}
    assert len({call["operationId"] for call in calls.values()}) == len(calls)
    schemas = told["components"]["schemas"]
    for route, call in calls.items():
        assert call["x-roles"] == access.TABLE[route].split()
        assert re.fullmatch(r".*[\u4e00-\u9fff]{2}.* · [A-Z].*", call["summary"]), route
        assert {one["name"] for one in call["parameters"] if one["in"] == "path"} == set(re.findall(r"{(\w+)}", route))
    text = str(told)
    assert {name.rpartition("/")[2] for name in re.findall(r"#/components/schemas/\w+", text)} <= set(schemas)
    assert "password" in schemas["Login"]["properties"]


def test_a_call_cannot_be_changed_by_its_handler() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Call(None, None, "zh").lang = "en"  # type: ignore[arg-type, misc]
