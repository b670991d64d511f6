"""Notes, hand-over, merging, many at once, take-over, keys: over both homes of the queue, and by a table of everything at random."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from queue_backends import backend, issue, on_both

from livebot.decide.issue_states import DONE, ISSUE_STATES, refusal
from livebot.decide.teams import TEAMS, objection
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.desk.issue_acts import IssueActs
from livebot.deliver.queue import IssueQueue, Update
from livebot.errors import Rejected

pytestmark = on_both


@pytest.fixture
async def make(kind: str, tmp_path: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    async with backend(kind, tmp_path) as maker:
        yield maker


@pytest.fixture
async def queue(make: Callable[[], IssueQueue]) -> IssueQueue:
    queue = make()
    await queue.publish("p", 0, [issue(n, viewer=f"v{n}") for n in range(1, 7)])
    return queue


async def told(queue: IssueQueue, id_: str = "id-1") -> list[tuple[str, str, str]]:
    return [(step.actor, step.act, step.note) for step in (await queue.show(id_)).history]


# ── one issue ─────────────────────────────────────────────────────────────────


async def test_a_note_is_masked_and_anybody_may_write_one(queue: IssueQueue) -> None:
    await queue.claim("id-1", "小王")
    await IssueActs(queue, "小李").note("id-1", "观众电话 13800138000，\n晚上打")
    assert await told(queue) == [("小王", "claim", ""), ("小李", "note", "观众电话 138****8000，\n晚上打")]
    for wrong in ("", " \n"):
        with pytest.raises(Rejected):
            await IssueActs(queue, "小李").note("id-1", wrong)
    with pytest.raises(Rejected):
        await IssueActs(queue, "小李").note("nope", "x")


async def test_a_hand_over_needs_what_the_team_must_know(queue: IssueQueue) -> None:
    acts = IssueActs(queue, "小王")
    claim = await acts.claim("id-1")
    good = {"problem": "少一件", "wanted": "补发，电话 13800138000", "order": "4200012345678901", "product": "3 号链接"}
    for wrong in ({}, {"problem": "少一件"}, good | {"order": "  "}, good | {"colour": "red"}, good | {"problem": "x" * 501}):
        with pytest.raises(Rejected):
            await acts.hand_over("id-1", "warehouse", wrong, token=claim.token)
    with pytest.raises(Rejected, match=r"warehouse"):
        await acts.hand_over("id-1", "nobody", good)
    with pytest.raises(Rejected, match="小王"):
        await IssueActs(queue, "小李").hand_over("id-1", "warehouse", good)
    assert await acts.hand_over("id-1", "warehouse", good, token=claim.token) == ""
    shown = await queue.show("id-1")
    assert (shown.team, shown.holder, shown.state) == ("warehouse", "", "verifying")
    assert shown.handover == good | {"wanted": "补发，电话 138****8000"}
    assert (await told(queue))[-1] == ("小王", "handover", "warehouse")
    inbox = Inbox(queue)
    assert [item.issue.id for item in (await inbox.list(Wanted(team="warehouse", unclaimed=True))).items] == ["id-1"]
    assert dict((await inbox.counts()).teams) == {"warehouse": 1}
    with pytest.raises(Rejected):
        await acts.hand_over("id-1", "warehouse", good, token=claim.token)  # an old token
    assert await acts.hand_over("id-1", "finance", good | {"amount": "30"}) == "warehouse"
    await queue.set_state("id-2", "小王", "rejected")
    with pytest.raises(Rejected):
        await acts.hand_over("id-2", "warehouse", good)


def test_every_team_says_what_it_needs(kind: str) -> None:
    for team in TEAMS.values():
        assert objection(team.code, {field.code: "x" for field in team.fields}) is None
        for field in team.fields:
            why = objection(team.code, {other.code: "x" for other in team.fields if other != field})
            assert why is not None
            assert field.zh in why[0]


async def test_a_supervisor_takes_over_and_the_old_token_is_dead(queue: IssueQueue) -> None:
    first = await queue.claim("id-1", "小王")
    boss = IssueActs(queue, "主管")
    assert not (await boss.claim("id-1")).won
    second = await boss.claim("id-1", take_over=True)
    assert second.won
    assert int(second.token) > int(first.token)
    for act in (
        queue.set_state("id-1", "小王", "resolved", token=first.token),
        queue.set_state("id-1", "主管", "resolved", token=first.token),
        queue.release("id-1", "小王", first.token),
        queue.hand_over("id-1", "小王", "product", {"problem": "x", "product": "y"}, first.token),
    ):
        with pytest.raises(Rejected, match="主管"):
            await act
    assert await told(queue) == [("小王", "claim", ""), ("主管", "takeover", "小王")]
    await boss.release("id-1", second.token)
    assert (await queue.claim("id-1", "小王")).won


async def test_a_receipt_code_is_given_once_and_to_one(queue: IssueQueue) -> None:
    assert await queue.receipt("id-1", "A7K2QM") == "A7K2QM"
    assert await queue.receipt("id-1", "OTHER2") == "A7K2QM"
    assert await queue.receipt("id-2", "A7K2QM") == ""
    assert await queue.by_receipt("A7K2QM") == "id-1"
    assert (await queue.show("id-1")).receipt == "A7K2QM"
    inbox = Inbox(queue)
    assert [item.issue.id for item in (await inbox.list(Wanted(search="a7k2qm"))).items] == ["id-1"]
    assert await inbox.whole_id("a7k2qm") == "id-1"
    with pytest.raises(Rejected):
        await queue.by_receipt("OTHER2")
    with pytest.raises(Rejected):
        await queue.receipt("nope", "ABCDEF")


# ── duplicates ────────────────────────────────────────────────────────────────


async def test_merging_counts_every_viewer_once_and_can_be_undone(queue: IssueQueue) -> None:
    also = [{"at": 1, "how": "also", "viewer": f"a{n}", "author": "x*", "text": "我也是", "comment_id": ""} for n in range(3)]
    told_also = json.dumps([*also, also[0] | {"viewer": "v1"}], ensure_ascii=False)
    await queue.update("p", 6, 0, 1, [Update(id="id-2", fields={"viewers": "5", "repeats": "2", "also": told_also}, how="also", at=1)])
    acts, inbox = IssueActs(queue, "小王"), Inbox(queue)
    results = await acts.merge("id-1", ["id-2", "id-3", "id-1", "nope"])
    assert [(one.id, one.done) for one in results] == [("id-2", True), ("id-3", True), ("id-1", False), ("nope", False)]
    item = await inbox.show("id-1")
    assert sorted(item.issue.merged) == ["id-2", "id-3"]
    assert (item.viewers, item.repeats) == (6, 2)  # v1, v2, a0-a2, v3
    assert [one.issue.id for one in (await inbox.list(Wanted())).items] == ["id-1", "id-4", "id-5", "id-6"]
    with pytest.raises(Rejected, match="id-2"):
        await queue.set_state("id-4", "小王", "duplicate_of", duplicate_of="id-2")
    await acts.merge("id-4", ["id-1"])  # a duplicate may bring its own along
    assert ((await inbox.show("id-4")).viewers, (await inbox.show("id-4")).issue.merged) == (7, ("id-1",))
    await acts.unmerge("id-1")
    await acts.unmerge("id-2")
    assert [(item.viewers, item.issue.merged) for id_ in ("id-1", "id-2", "id-4") for item in [await inbox.show(id_)]] == [
        (2, ("id-3",)),
        (5, ()),
        (1, ()),
    ]
    assert (await queue.show("id-2")).duplicate_of == ""
    assert [one[1:] for one in await told(queue) if one[1] in ("merge", "unmerge")] == [
        ("merge", "id-2"),
        ("merge", "id-3"),
        ("unmerge", "id-2"),
    ]
    with pytest.raises(Rejected):
        await acts.unmerge("id-2")


async def test_who_comes_back_to_a_duplicate_opens_the_one_that_stayed(queue: IssueQueue) -> None:
    await IssueActs(queue, "小王").merge("id-1", ["id-2"])
    claim = await queue.claim("id-1", "小王")
    await queue.set_state("id-1", "小王", "resolved", token=claim.token)
    await queue.update("p", 6, 0, 1, [Update(id="id-2", fields={"viewers": "2"}, how="also", at=1_800_000_000_000)])
    assert [(await queue.show(id_)).state for id_ in ("id-1", "id-2")] == ["reopened", "duplicate_of"]
    assert (await Inbox(queue).show("id-1")).viewers == 3


# ── many at once, and again ───────────────────────────────────────────────────


async def test_many_at_once_have_a_result_each(queue: IssueQueue) -> None:
    acts = IssueActs(queue, "小王")
    await queue.claim("id-2", "小李")
    await queue.set_state("id-3", "小李", "rejected")
    results = await acts.claim_all(["id-1", "id-2", "id-3", "nope", "id-1", "id-4"])
    assert [(one.id, one.done) for one in results] == [
        ("id-1", True), ("id-2", False), ("id-3", False), ("nope", False), ("id-1", True), ("id-4", True),
    ]  # fmt: skip
    assert "小李" in (results[1].why or ("", ""))[0]
    assert [one.done for one in await acts.move_all(["id-1", "id-2", "id-4"], "resolved", note="已补发")] == [True, False, True]
    assert [one.done for one in await acts.note_all(["id-1", "id-2"], "一起处理")] == [True, True]
    handed = await acts.hand_over_all(["id-4", "id-5"], "product", {"problem": "色差", "product": "3 号"})
    assert [one.done for one in handed] == [False, True]
    with pytest.raises(Rejected):
        await acts.note_all([f"id-{n}" for n in range(501)], "x")


async def test_what_is_asked_again_with_its_key_is_done_once(queue: IssueQueue) -> None:
    acts = IssueActs(queue, "小王")
    claims = [await acts.claim("id-1", key="k") for _ in range(3)]
    assert len({(claim.token, claim.lease_until) for claim in claims}) == 1
    token = claims[0].token
    for _ in range(3):
        assert await acts.move("id-1", "in_progress", token=token, key="k") == "verifying"
        await acts.note("id-1", "打过电话", key="k")
        await acts.hand_over("id-1", "product", {"problem": "x", "product": "y"}, token=token, key="k")
    for _ in range(2):
        assert [one.done for one in await acts.merge("id-2", ["id-3"], key="k")] == [True]
        await acts.unmerge("id-3", key="k")
    assert [step.after for step in (await queue.show("id-3")).history] == ["duplicate_of", "reopened"]
    assert [one[1] for one in await told(queue)] == ["claim", "state", "note", "handover"]
    await acts.note("id-1", "打过电话", key="k2")
    assert len(await told(queue)) == 5
    assert len(await asyncio.gather(*(acts.note("id-4", "同时", key="k") for _ in range(20)))) == 20
    assert len(await told(queue, "id-4")) == 1


# ── the table of states, by everything at random ──────────────────────────────


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("claim", "take", "release", "move", "handover", "note")),
        st.sampled_from(("小王", "小李")),
        st.sampled_from((*ISSUE_STATES, "flying")),
        st.sampled_from(("none", "own", "old")),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
async def test_no_order_of_acts_leaves_the_table_of_states(queue: IssueQueue, acts: list[tuple[str, str, str, str]]) -> None:
    """A model of one issue says what is allowed; what the queue refuses changes nothing."""
    queue_id = f"m{next(COUNT)}"
    await queue.publish(f"p-{queue_id}", 0, [issue(1, id=queue_id), issue(2, id=f"{queue_id}-other")])
    state, holder, tokens = "received", "", {"小王": ["0"], "小李": ["0"]}
    for act, actor, target, which in acts:
        known = tokens[actor]
        token = {"none": "", "own": known[-1], "old": known[0]}[which]
        free = holder in ("", actor)
        fits = free and (not token or (holder == actor and token == known[-1] and len(known) > 1))
        before, lines = (await queue.show(queue_id)), len(await told(queue, queue_id))
        try:
            match act:
                case "claim" | "take":
                    allowed = state not in DONE
                    claim = await queue.claim(queue_id, actor, take_over=act == "take")
                    if claim.won:
                        assert free or act == "take"
                        if holder != actor:
                            known.append(claim.token)
                            state = "verifying" if state in ("received", "reopened") else state
                        holder = actor
                    else:
                        assert claim.holder == holder
                case "release":
                    allowed = holder == actor and token == known[-1]
                    await queue.release(queue_id, actor, token)
                    holder = ""
                case "move":
                    allowed = fits and refusal(state, target) is None
                    await queue.set_state(queue_id, actor, target, "", token, f"{queue_id}-other" if target == "duplicate_of" else "")
                    state, holder = target, "" if target in DONE else holder
                case "handover":
                    allowed = fits and state not in DONE
                    await queue.hand_over(queue_id, actor, "product", {"problem": "x", "product": "y"}, token)
                    holder = ""
                case _:
                    allowed = True
                    await queue.note(queue_id, actor, "x")
            assert allowed
        except Rejected:
            assert not allowed
            after = await queue.show(queue_id)
            assert (after.state, after.holder, len(after.history)) == (before.state, before.holder, lines)
        shown = await queue.show(queue_id)
        assert (shown.state, shown.holder) == (state, holder)
    steps = (await queue.show(queue_id)).history
    assert all(step.after in ISSUE_STATES[step.before] for step in steps if step.act == "state")
    assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]


COUNT = iter(range(1, 10**9))

# ── a process that is killed while it works ───────────────────────────────────

CLAIMER = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep.journal import Journal

async def main(kind, where):
    queue = RedisQueue(where) if kind == "redis" else JournalQueue(await Journal.open(Path(where), schema=SCHEMA))
    print("ready", flush=True)
    n = 0
    while True:
        n = n % 6 + 1
        claim = await queue.claim(f"id-{n}", "死者", lease=0.3, take_over=True)
        await queue.note(f"id-{n}", "死者", "x")

asyncio.run(main(*sys.argv[2:]))
"""


async def test_a_process_killed_while_it_claims_blocks_nobody(kind: str, queue: IssueQueue, tmp_path: Path) -> None:
    where = queue.url if kind == "redis" else str(tmp_path / "journal.db")  # type: ignore[attr-defined]
    command = [sys.executable, "-c", CLAIMER, str(Path(__file__).parent), kind, where]
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), 30) == b"ready\n"
        async with asyncio.timeout(20):
            while not any([(await queue.show(f"id-{n}")).holder for n in range(1, 7)]):
                await asyncio.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        await process.communicate()
    async with asyncio.timeout(20):
        for n in range(1, 7):
            while not (claim := await queue.claim(f"id-{n}", "小王")).won:
                assert claim.holder == "死者"
                await asyncio.sleep(0.01)
            shown = await queue.show(f"id-{n}")
            assert shown.holder == "小王"
            assert all(step.act in ("claim", "note") for step in shown.history)
    assert dict((await Inbox(queue).counts()).holders) == {"小王": 6}
