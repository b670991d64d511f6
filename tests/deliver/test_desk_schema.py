"""schemathesis against the OpenAPI document: whatever is sent to any of its calls, no answer is a 5xx, and each is as it says."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desks import PASSWORD, Served, serving
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from inboxes import ROOM, UP, announce, raise_issues

from livebot.decide.session import RoomPolicy
from livebot.deliver.desk import access

schemathesis = pytest.importorskip("schemathesis", reason="pip install -e '.[dev]' brings it")

EXAMPLES = 6
CALLS = [route for route in access.TABLE if " /api/v1/" in route and route != "GET /api/v1/events"]  # whose answer never ends
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


@pytest.mark.parametrize("call", CALLS)
async def test_every_answer_is_what_the_document_says(tmp_path: Path, add_reply: Callable[..., Any], call: str) -> None:
    """With the tokens of all who may, on a desk of its own: the calls do what they say, the red button and removals among them."""
    async with serving(tmp_path, moderated=True, ready=lambda: UP, rooms=(ROOM,)) as desk:
        real = await filled(desk, add_reply)
        document = (await desk.ask("GET", "/api/v1/openapi.json", headers=desk.bearer("admin"))).json
        roles = [role for role in access.ROLES if role in access.allowed(call) | {"admin"} and role != "overlay"]
        heard = await asyncio.to_thread(send, document, desk.base, [dict(desk.bearer(role)) for role in roles], call, real)
        assert heard, "nothing was sent"


async def filled(desk: Served, add_reply: Callable[..., Any]) -> dict[str, list[str]]:
    """Something of everything. The values that parts of a path may have."""
    await announce(desk, *range(1, 4))
    await raise_issues(desk, ("莉莉", "尺码"), ("阿花", "过敏，电话 13812345678"))
    assert desk.desk.moderation
    desk.desk.moderation.policies = {ROOM: RoomPolicy()}
    await asyncio.to_thread(desk.desk.accounts.add, "小王", PASSWORD, "moderator")
    desk.bearer("viewer")
    for state in ("held", "in_doubt", "queued"):
        await add_reply(desk.desk.journal, f"r-{state}", state, room=ROOM)
    replies, issues = ["r-held", "r-in_doubt", "r-queued"], [f"id-{n}" for n in range(1, 4)]
    return {"id": replies + issues, "room": [ROOM, "*"], "stream": [str(desk.desk.journal.stream_of(ROOM))], "name": ["小王", "viewer"]}


def send(document: dict[str, Any], base: str, callers: list[dict[str, str]], call: str, real: dict[str, list[str]]) -> int:
    """Sends what hypothesis makes of the call's description, half of it to things that are there; returns how many."""
    method, path = call.split()
    operation = schemathesis.openapi.from_dict(document)[path][method]
    checks = schemathesis.checks.CHECKS.get_by_names(CHECKS)
    sent = 0

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), there=st.booleans(), which=st.integers(0, 99))
    def one(case: Any, there: bool, which: int) -> None:
        nonlocal sent
        for name in case.path_parameters if there else ():
            case.path_parameters[name] = real[name][which % len(real[name])]
        response = case.call(base_url=base, headers=callers[which % len(callers)], timeout=60)
        case.validate_response(response, checks=checks)
        sent += 1

    one()
    return sent
