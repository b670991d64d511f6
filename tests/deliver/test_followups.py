"""Follow-ups on a real journal, a real queue in it, and a real web server as the webhook."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from livestream import MINUTE, Stream, ago, rulebook
from moderators import at_desk

from livebot.decide.events import Gap
from livebot.decide.promises import Promises
from livebot.decide.rulebook import FollowUpRule
from livebot.deliver import followup_rows
from livebot.deliver.desk import modes
from livebot.deliver.followups import LATE_MS, Chat, FollowUps
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.errors import Unavailable
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal

Wait = Callable[..., Awaitable[None]]
OPEN = Chat(follow_up="after_live")
RECAP = FollowUpRule(id="recap", anchor="stream_ended", only_if=("answers",), say=("今天问得最多的：{answers}",))
ROUNDUP = FollowUpRule(
    id="roundup", anchor="planned_end", offset=-120.0, only_if=("unanswered", "chat_open"), say=("没答到的：{unanswered}",)
)
WELCOME = FollowUpRule(id="welcome", anchor="stream_started", say=("欢迎来到{shop}",))
REMIND = FollowUpRule(id="remind", anchor="issue", offset=-1.0, only_if=("issue_open",), say=("{viewer} 的问题还没处理",))


@dataclass
class Hook:
    """A webhook that remembers; `status` is what it answers, 0 hangs up without an answer."""

    url: str = ""
    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.keys.append(request.headers["Idempotency-Key"])
        if not self.status:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=self.status or 200)


@asynccontextmanager
async def listening(hook: Hook, port: int = 0) -> AsyncIterator[Hook]:
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield hook
    finally:
        await runner.cleanup()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening(Hook()) as hook:
        yield hook


class AwayQueue:
    """A queue that cannot be reached, and says so."""

    async def _away(self, *_: object) -> Any:
        raise Unavailable("连不上", "away")

    show = find = mark = remind = _away


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    journal = await Journal.open(tmp_path / "journal.db", schema=SCHEMA)
    yield journal
    await journal.close()


def made(journal: Journal, stream: Stream, tmp_path: Path, chat: Chat | None = OPEN, queue: Any = None, **more: Any) -> FollowUps:
    return FollowUps(
        journal=journal,
        rulebook=lambda: stream.book,
        queue=queue or JournalQueue(journal),
        chats={stream.room: chat} if chat else {},
        folder=tmp_path / "followups",
        **{"offset": lambda at: 0, "quiet_hours": "", "shop": "小铺", **more},
    )


async def publish(journal: Journal) -> None:
    publisher = IssuePublisher(journal, JournalQueue(journal), {"r": "test"})
    task = asyncio.create_task(publisher.run(journal.bell.listen()))
    async with asyncio.timeout(10):
        while publisher.backlog or journal.value("SELECT count(*) FROM queue_issues") != journal.value("SELECT count(*) FROM issues"):
            await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def states(journal: Journal, rule: str = "%") -> list[tuple[str, str, str | None]]:
    sql = "SELECT rule, state, reason FROM followups WHERE rule LIKE ? ORDER BY due_at, rule, id"
    return [(name, state, reason) for name, state, reason in journal.read(sql, (rule,))]


def texts(journal: Journal) -> list[tuple[str, str]]:
    return [(text, state) for text, state in journal.read("SELECT text, state FROM replies WHERE kind = 'follow_up' ORDER BY created_at")]


async def ended(journal: Journal, *rules: FollowUpRule, room: str = "r") -> Stream:
    """A short stream with an answered question, all delivered, that has just ended."""
    stream = Stream(journal, room, rulebook(*rules))
    await stream.starts(at=ago(5))
    await stream.comment("包邮吗", at=ago(4))
    await stream.deliver()
    await stream.ends()
    return stream


# ── into the room ──────────────────────────────────────────────────────────────


async def test_a_recap_goes_into_an_open_chat_once(journal: Journal, tmp_path: Path) -> None:
    stream = await ended(journal, RECAP)
    followups = made(journal, stream, tmp_path)
    assert await followups.step() == 2
    assert await followups.step() == 0
    assert await made(journal, stream, tmp_path).step() == 0
    assert texts(journal) == [("今天问得最多的：运费看下单页", "queued")]
    assert states(journal, "recap") == [("recap", "done", "said")]
    [(id_, row_id, expires, due)] = journal.read(
        "SELECT r.id, f.id, r.expires_at, f.due_at FROM replies r JOIN followups f ON f.rule = r.rule WHERE r.kind = 'follow_up'"
    )
    assert id_ == row_id
    assert 0 < expires - due - 600_000 < 60_000


async def test_a_long_text_becomes_numbered_messages(journal: Journal, tmp_path: Path) -> None:
    long = FollowUpRule(id="long", anchor="stream_ended", say=("第一句话说运费的事情。第二句话说发货的事情。",))
    stream = await ended(journal, long)
    await made(journal, stream, tmp_path, Chat(follow_up="after_live", max_chars=18)).step()
    assert texts(journal) == [("(1/2) 第一句话说运费的事情。", "queued"), ("(2/2) 第二句话说发货的事情。", "queued")]


async def test_in_suggest_mode_a_moderator_decides(journal: Journal, tmp_path: Path) -> None:
    stream = await ended(journal, RECAP)
    await made(journal, stream, tmp_path, Chat(mode="suggest", follow_up="after_live")).step()
    assert texts(journal) == [("今天问得最多的：运费看下单页", "held")]


@pytest.mark.parametrize(("mode", "said"), [("suggest", [("今天问得最多的：运费看下单页", "held")]), ("listen", [])])
async def test_a_mode_that_a_person_set_counts_for_follow_ups_too(
    journal: Journal, tmp_path: Path, mode: str, said: list[tuple[str, str]]
) -> None:
    stream = await ended(journal, RECAP)
    await modes.set_mode(at_desk(journal), mode, actor="小王")
    await stream.engine.step()
    await made(journal, stream, tmp_path, mode=stream.engine.mode).step()
    assert texts(journal) == said


async def test_a_follow_up_that_waits_in_the_queue_comes_back_once_the_mode_is_down(journal: Journal, tmp_path: Path) -> None:
    stream = await ended(journal, RECAP)
    await made(journal, stream, tmp_path).step()
    [row] = outbox.rows(journal, "kind = 'follow_up'")
    assert stream.engine.withheld(row) == ""
    await modes.set_mode(at_desk(journal), "listen", actor="小王")
    await stream.engine.step()
    assert stream.engine.withheld(row) == "listen"


@pytest.mark.parametrize(
    ("say", "promises", "state", "why"),
    [
        ("明晚见", Promises(), "queued", None),
        ("今晚拍的48小时内发货", Promises(), "held", "guard:commitment.time.ship"),
        ("今晚拍的48小时内发货", Promises(ship_hours=48), "queued", None),
        ("支持七天无理由", Promises(), "held", "guard:commitment.returns.statutory"),
    ],
)
async def test_what_may_not_be_said_goes_to_the_desk(
    say: str, promises: Promises, state: str, why: str | None, journal: Journal, tmp_path: Path
) -> None:
    stream = await ended(journal, FollowUpRule(id="bye", anchor="stream_ended", say=(say,)))
    await made(journal, stream, tmp_path, promises=promises).step()
    assert journal.read("SELECT text, state, why FROM replies WHERE kind = 'follow_up'") == [(say, state, why)]


async def test_the_round_up_is_for_a_room_that_is_still_on_air(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(ROUNDUP, WELCOME))
    await stream.starts(planned_end=clock.now_ms() + 100_000)
    for user in ("a", "b"):
        await stream.comment("这个掉色吗", user=user)
    await made(journal, stream, tmp_path, Chat(follow_up="while_live")).step()
    assert sorted(texts(journal)) == [("欢迎来到小铺", "queued"), ("没答到的：「这个掉色吗」", "queued")]


async def test_a_platform_that_takes_no_follow_ups_gets_none_even_while_on_air(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(WELCOME))
    await stream.starts()
    await stream.comment("这个掉色吗")
    await made(journal, stream, tmp_path, Chat(follow_up="none")).step()
    assert texts(journal) == []
    assert (tmp_path / "followups" / "r-1-welcome.txt").read_text("utf-8") == "欢迎来到小铺\n"


async def test_a_round_up_after_the_end_is_pointless(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(ROUNDUP, WELCOME))
    await stream.starts(planned_end=clock.now_ms() + 100_000)
    await stream.comment("这个掉色吗")
    await stream.ends()
    await made(journal, stream, tmp_path).step()
    assert [row for row in states(journal) if row[0] != "livebot.handover"] == [
        ("roundup", "suppressed", "stream_over"),
        ("welcome", "suppressed", "stream_over"),
    ]
    assert texts(journal) == []


async def test_a_stream_that_is_announced_twice_is_rounded_up_once(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(ROUNDUP))
    for user in ("a", "b"):
        await stream.comment("这个掉色吗", user=user)
    soon = clock.now_ms() + 100_000
    await stream.starts(planned_end=soon)
    await stream.starts(planned_end=soon)
    await stream.starts(planned_end=soon + 3_600_000)  # the streamer goes on for another hour
    followups = made(journal, stream, tmp_path)
    await followups.step()
    assert states(journal) == [
        ("roundup", "suppressed", "superseded"),
        ("roundup", "suppressed", "superseded"),
        ("roundup", "waiting", None),
    ]
    await journal.write(lambda conn: conn.execute("UPDATE followups SET due_at = ? WHERE state = 'waiting'", (clock.now_ms(),)))
    await followups.step()
    assert len(texts(journal)) == 1
    await stream.starts(planned_end=soon)
    await followups.step()
    assert ("roundup", "suppressed", "already") in states(journal)
    assert len(texts(journal)) == 1


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (FollowUpRule(id="x", anchor="stream_ended", only_if=("gaps",), say=("断过",)), "only_if: gaps"),
        (FollowUpRule(id="x", anchor="stream_ended", only_if=("issue_open",), say=("还有问题",)), "only_if: issue_open"),
        (FollowUpRule(id="x", anchor="stream_ended", say=("没答到：{unanswered}",)), "nothing_to_say"),
    ],
)
async def test_silence_has_a_reason(journal: Journal, tmp_path: Path, rule: FollowUpRule, reason: str) -> None:
    stream = await ended(journal, rule)
    await made(journal, stream, tmp_path).step()
    assert states(journal, "x") == [("x", "suppressed", reason)]


async def test_conditions_that_hold(journal: Journal, tmp_path: Path) -> None:
    rule = FollowUpRule(
        id="x",
        anchor="stream_ended",
        only_if=("answers", "gaps", "issues", "issue_open", "chat_open"),
        say=("断过 {gaps} 次 {minutes} 分钟",),
    )
    stream = Stream(journal, book=rulebook(rule))
    await stream.starts()
    await stream.comment("包邮吗")
    await stream.comment("我要退款")
    await stream.happens(Gap(since=ago(3), until=ago(2), reason="断网"))
    await stream.deliver()
    await stream.ends()
    await made(journal, stream, tmp_path).step()
    assert texts(journal) == [("断过 1 次 1 分钟", "queued")]


async def test_an_empty_stream_is_not_summed_up(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(RECAP))
    await stream.starts()
    await stream.ends()
    await made(journal, stream, tmp_path).step()
    assert states(journal) == [("livebot.handover", "suppressed", "empty"), ("recap", "suppressed", "empty")]
    assert not (tmp_path / "followups").exists()


async def test_a_recap_waits_for_answers_that_are_on_their_way(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(RECAP))
    await stream.starts()
    await stream.comment("包邮吗")
    await stream.ends()
    followups = made(journal, stream, tmp_path)
    assert await followups.step() == 0
    await stream.deliver()
    followups._later.clear()  # a second later
    assert await followups.step() == 2
    assert texts(journal) == [("今天问得最多的：运费看下单页", "queued")]


async def test_a_room_text_that_is_too_late_is_not_said_but_the_hand_over_is_done(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(RECAP))
    await stream.starts(at=ago(90))
    await stream.comment("包邮吗", at=ago(80))
    await stream.deliver()
    await stream.ends(at=clock.now_ms() - LATE_MS - 1000)
    await made(journal, stream, tmp_path).step()
    assert states(journal) == [("livebot.handover", "done", "file: r-1-handover.md"), ("recap", "suppressed", "too_late")]


async def test_a_rule_that_was_taken_out_says_nothing(journal: Journal, tmp_path: Path) -> None:
    stream = await ended(journal, RECAP)
    followups = made(journal, stream, tmp_path)
    stream.book = rulebook()
    await followups.step()
    assert states(journal, "recap") == [("recap", "suppressed", "no_rule")]


# ── into a file and to the webhook ─────────────────────────────────────────────


@pytest.mark.parametrize(
    "chat",
    [Chat(follow_up="while_live"), Chat(can_send=False), Chat(mode="listen", follow_up="after_live"), None],
    ids=["shut", "mute", "listen", "gone"],
)
async def test_where_nobody_may_speak_a_file_and_the_webhook_get_it(
    journal: Journal, tmp_path: Path, hook: Hook, chat: Chat | None
) -> None:
    stream = await ended(journal, RECAP)
    await made(journal, stream, tmp_path, chat, webhook=hook.url).step()
    assert (tmp_path / "followups" / "r-1-recap.txt").read_text("utf-8") == "今天问得最多的：运费看下单页\n"
    assert texts(journal) == []
    posted = {one["kind"]: one for one in hook.got}
    assert posted["follow_up"]["text"] == "今天问得最多的：运费看下单页"
    assert posted["handover"]["comments"] == 1
    assert states(journal, "recap") == [("recap", "done", "file: r-1-recap.txt, webhook")]
    assert await made(journal, stream, tmp_path, chat, webhook=hook.url).step() == 0
    assert len(hook.got) == len(set(hook.keys)) == 2


async def test_a_room_may_be_called_anything(journal: Journal, tmp_path: Path) -> None:
    name = "../晚安/小店:" + "长" * 70
    stream = await ended(journal, RECAP, room=name)
    await made(journal, stream, tmp_path, None).step()
    files = sorted(path.name for path in (tmp_path / "followups").iterdir())
    assert len(files) == 3
    assert all(len(file.encode()) < 200 and "/" not in file for file in files)
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("journal")) == ["followups"]


@pytest.mark.parametrize(("status", "reason"), [(500, "webhook: HTTP 500"), (0, "webhook: in_doubt, ")])
async def test_a_webhook_that_fails_is_told_and_not_asked_again(
    journal: Journal, tmp_path: Path, hook: Hook, log: list[str], status: int, reason: str
) -> None:
    hook.status = status
    stream = await ended(journal)
    followups = made(journal, stream, tmp_path, webhook=hook.url)
    await followups.step()
    await followups.step()
    [(_, state, why)] = states(journal)
    assert (state, (why or "")[: len(reason)]) == ("failed", reason)
    assert len(hook.got) == 1
    assert any(line.startswith("ERROR") and "r-1-handover.md" in line for line in log)


async def test_a_webhook_that_was_certainly_not_reached_is_tried_again(journal: Journal, tmp_path: Path) -> None:
    stream = await ended(journal)
    async with listening(Hook()) as hook:
        port = int(hook.url.split(":")[2].split("/")[0])
    followups = made(journal, stream, tmp_path, webhook=hook.url)
    await followups.step()
    [(_, state, why)] = states(journal)
    assert state == "waiting"
    assert (why or "").startswith("webhook:")
    assert await followups.step() == 0  # not at once
    async with listening(Hook(), port) as again:
        followups._later.clear()
        await followups.step()
    assert len(again.got) == 1
    assert states(journal) == [("livebot.handover", "done", "file: r-1-handover.md, webhook")]


async def test_what_was_being_done_when_the_process_ended_is_in_doubt(journal: Journal, tmp_path: Path, hook: Hook, log: list[str]) -> None:
    stream = await ended(journal)
    [row] = followup_rows.due(journal, clock.now_ms(), reminders=False)
    assert await followup_rows.finish(journal, row, "doing", "file: x")
    followups = made(journal, stream, tmp_path, webhook=hook.url)
    await followups.recover()
    await followups.step()
    assert states(journal) == [("livebot.handover", "failed", "in_doubt")]
    assert hook.got == []
    assert any(line.startswith("WARNING") and row.id[:8] in line for line in log)


# ── the hand-over ──────────────────────────────────────────────────────────────


async def test_the_hand_over_names_what_is_open(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(REMIND))
    await stream.starts()
    await stream.comment("我要退款，电话13800001234", user="amy")
    await stream.comment("用了过敏", user="bob")
    await stream.comment("又要退款了", user="cleo")
    await stream.comment("尺码怎么选")
    await stream.deliver("in_doubt")
    await publish(journal)
    [(done,)] = journal.read("SELECT id FROM issues ORDER BY n DESC LIMIT 1")
    queue = JournalQueue(journal)
    for state in ("verifying", "resolved"):
        await queue.set_state(done, "staff", state)
    await stream.comment("还有一个退款", user="dan")  # not in the queue yet
    await stream.ends()
    await made(journal, stream, tmp_path).step()
    data = json.loads((tmp_path / "followups" / "r-1-handover.json").read_text("utf-8"))
    assert [(one["priority"], one["viewer"], one["text"]) for one in data["open"]] == [
        ("P0", "b*", "用了过敏"),
        ("P2", "a*", "我要退款，电话138****1234"),
        ("P2", "d*", "还有一个退款"),
    ]
    assert [one["text"] for one in data["in_doubt"]] == ["已登记，请看店铺客服消息"]
    assert [one["text"] for one in data["held"]] == ["尺码看详情页"]
    assert (data["comments"], data["issues"], data["open_issues"]) == (5, 4, 3)
    page = (tmp_path / "followups" / "r-1-handover.md").read_text("utf-8")
    assert page.index("**P0**") < page.index("**P2**")
    assert "13800001234" not in page


async def test_a_hand_over_does_not_wait_for_the_queue(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal)
    await stream.comment("我要退款")
    await stream.deliver()
    await stream.ends()
    await made(journal, stream, tmp_path, queue=AwayQueue()).step()
    page = (tmp_path / "followups" / "r-1-handover.md").read_text("utf-8")
    assert "状态不明" in page
    assert states(journal) == [("livebot.handover", "done", "file: r-1-handover.md")]


# ── reminders ──────────────────────────────────────────────────────────────────


async def flagged(journal: Journal, rule: FollowUpRule = REMIND) -> tuple[Stream, str]:
    stream = Stream(journal, book=rulebook(rule))
    await stream.comment("我要退款", user="amy")
    await publish(journal)
    return stream, str(journal.value("SELECT id FROM issues"))


async def test_an_open_issue_is_reminded_of_once(journal: Journal, tmp_path: Path) -> None:
    stream, issue = await flagged(journal)
    for _ in range(3):
        await made(journal, stream, tmp_path).step()
    assert journal.read("SELECT id, text FROM queue_reminders") == [(issue, "a* 的问题还没处理")]
    assert states(journal) == [("remind", "done", None)]


async def test_a_resolved_issue_needs_no_reminder(journal: Journal, tmp_path: Path) -> None:
    stream, issue = await flagged(journal)
    for state in ("verifying", "resolved"):
        await JournalQueue(journal).set_state(issue, "staff", state)
    await made(journal, stream, tmp_path).step()
    assert states(journal) == [("remind", "suppressed", "resolved")]
    assert journal.read("SELECT * FROM queue_reminders") == []


async def test_a_reminder_may_speak_of_the_whole_stream(journal: Journal, tmp_path: Path) -> None:
    rule = FollowUpRule(id="remind", anchor="issue", only_if=("issue_open", "issues"), say=("{shop} 有 {issues} 个问题",))
    stream, _ = await flagged(journal, rule)
    await made(journal, stream, tmp_path).step()
    assert journal.read("SELECT text FROM queue_reminders") == [("小铺 有 1 个问题",)]


async def test_a_reminder_waits_while_the_queue_is_away_or_does_not_know_it(journal: Journal, tmp_path: Path, log: list[str]) -> None:
    stream = Stream(journal, book=rulebook(REMIND, RECAP))
    await stream.comment("我要退款")
    followups = made(journal, stream, tmp_path, queue=AwayQueue())
    for warnings in (0, 1, 1):  # it may only be starting; and once is enough
        assert await followups.step() == 0
        assert followups._queue_at > clock.now_ms()
        assert states(journal) == [("remind", "waiting", None)]
        assert len([line for line in log if line.startswith("WARNING")]) == warnings
        followups._queue_at = 0
        followups._later.clear()
    followups.queue, followups._queue_at = JournalQueue(journal), 0
    followups._later.clear()
    await followups.step()  # the queue is back, and has not got it yet
    assert states(journal) == [("remind", "waiting", None)]
    await publish(journal)
    followups._later.clear()
    await followups.step()
    assert states(journal) == [("remind", "done", None)]


async def test_reminders_wait_for_the_end_of_the_quiet_hours_and_recaps_do_not(journal: Journal, tmp_path: Path) -> None:
    stream = Stream(journal, book=rulebook(REMIND, RECAP))
    await stream.starts()
    await stream.comment("包邮吗")
    await stream.comment("我要退款")
    await stream.deliver()
    await publish(journal)
    await stream.ends()
    now = clock.now_ms() // 1000
    night = 3 * 3600 - now % 86_400  # local time is three in the morning
    followups = made(journal, stream, tmp_path, quiet_hours="22:30-08:00", offset=lambda at: night)
    await followups.step()
    assert states(journal, "re%") == [("remind", "waiting", None), ("recap", "done", "said")]
    due = followups.next_due()
    assert due is not None
    assert abs(due // 1000 - now - 5 * 3600) < 5
    await made(journal, stream, tmp_path, quiet_hours="22:30-08:00", offset=lambda at: night + 6 * 3600).step()
    assert states(journal, "remind") == [("remind", "done", None)]


# ── the clock ──────────────────────────────────────────────────────────────────


async def test_the_alarm_rings_when_a_row_is_due_and_nothing_else_happens(journal: Journal, tmp_path: Path, wait_until: Wait) -> None:
    soon = FollowUpRule(id="soon", anchor="stream_started", offset=1.0, say=("开播啦",))
    stream = Stream(journal, book=rulebook(soon))
    await stream.starts()
    followups = made(journal, stream, tmp_path)
    ear = journal.bell.listen()
    running = asyncio.create_task(followups.run(ear))
    await wait_until(lambda: texts(journal))
    [(at, due)] = journal.read("SELECT r.created_at, f.due_at FROM replies r JOIN followups f ON f.id = r.id")
    assert 0 <= at - due < 2000
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_a_bug_in_one_row_stops_no_other(journal: Journal, tmp_path: Path, log: list[str]) -> None:
    stream = await ended(journal, RECAP)
    followups = made(journal, stream, tmp_path)
    await journal.write(lambda conn: conn.execute("UPDATE followups SET stream = 77 WHERE rule = 'livebot.handover'"))
    for _ in range(5):
        await followups.step()
        followups._later.clear()
    assert {rule: state for rule, state, _ in states(journal)} == {"livebot.handover": "failed", "recap": "done"}
    assert any("bug" in line for line in log)


async def test_rows_that_wait_for_the_queue_do_not_hide_others(journal: Journal, tmp_path: Path) -> None:
    stream, issue = await flagged(journal)
    due = clock.now_ms()
    rows = [(f"x{n}", 1, "r", 1, "remind", f"missing{n}", due - 10 * MINUTE, "waiting", due) for n in range(followup_rows.LIMIT)]
    insert = "INSERT INTO followups (id, seq, room, stream, rule, about, due_at, state, changed_at) VALUES (?,?,?,?,?,?,?,?,?)"
    await journal.write(lambda conn: conn.executemany(insert, rows))
    followups = made(journal, stream, tmp_path)
    await followups.step()
    await followups.step()
    assert journal.read("SELECT id FROM queue_reminders") == [(issue,)]
