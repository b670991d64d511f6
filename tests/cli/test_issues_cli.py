"""`livebot issues` for people: tables, exports, claims, and clear words when nothing is running."""

import csv
import io
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "deliver"))
from queue_backends import backend, issue, journal_at, needs_server, on_both, valkey

from livebot.cli import issues as cli
from livebot.config import Config
from livebot.deliver.desk.export import as_dict
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.queue import Filter, IssueQueue
from livebot.deliver.queue_journal import JournalQueue
from livebot.errors import Rejected, Unavailable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
async def queue(kind: str, tmp_path: Path) -> AsyncIterator[IssueQueue]:
    async with backend(kind, tmp_path) as make:
        queue = make()
        await queue.start()
        await queue.publish("p", 0, [issue(1, id="aaaa1111"), issue(2, id="aaaa2222"), issue(3, id="bbbb3333", priority="P0")])
        yield queue


ALL = Wanted(done=True)


@on_both
async def test_a_list_for_people_and_for_programs(queue: IssueQueue) -> None:
    terminal, pipe, out = Terminal(), io.StringIO(), io.StringIO()
    assert await cli.list_issues(Inbox(queue), ALL, "table", terminal) == 0
    assert "aaaa1111" in terminal.getvalue()
    await cli.list_issues(Inbox(queue), Wanted(priority="P0"), "table", pipe)
    assert [line.split("\t")[0] for line in pipe.getvalue().splitlines()] == ["bbbb3333"]
    await cli.list_issues(Inbox(queue), ALL, "json", out)
    first = json.loads(out.getvalue())[1]  # the most urgent one comes before
    assert (first["id"], first["state"], first["created_at"], first["rules"]) == ("aaaa1111", "received", 1_700_000_000_001, ["a"])


@on_both
async def test_claim_then_resolve_and_the_second_one_hears_who(queue: IssueQueue) -> None:
    out = io.StringIO()
    assert await cli.claim_issue(Inbox(queue), "aaaa1", "小王", out) == 0
    assert await cli.claim_issue(Inbox(queue), "aaaa1111", "小李", out) == 1
    assert "小王" in out.getvalue()
    with pytest.raises(Rejected, match="小王"):
        await cli.resolve_issue(Inbox(queue), "aaaa1111", "小李", "", out)
    assert await cli.resolve_issue(Inbox(queue), "aaaa1111", "小王", "已补发", out) == 0
    with pytest.raises(Rejected):
        await cli.resolve_issue(Inbox(queue), "aaaa1111", "小王", "", out)
    shown = io.StringIO()
    await cli.show_issue(Inbox(queue), "aaaa1111", "json", shown)
    assert [(s["actor"], s["to"], s["note"]) for s in json.loads(shown.getvalue())["history"]] == [
        ("小王", "verifying", ""),
        ("小王", "resolved", "已补发"),
    ]


@on_both
async def test_resolving_what_nobody_has_claimed_claims_it(queue: IssueQueue) -> None:
    assert await cli.resolve_issue(Inbox(queue), "bbbb", "小王", "", io.StringIO()) == 0
    assert (await queue.show("bbbb3333")).state == "resolved"


@on_both
async def test_the_beginning_of_an_id_will_do_if_it_is_one_ids_only(queue: IssueQueue) -> None:
    assert await Inbox(queue).whole_id("bbbb") == "bbbb3333"
    for wrong in ("aaaa", "bbb", "", "cccc", "*"):
        with pytest.raises(Rejected):
            await Inbox(queue).whole_id(wrong)


@on_both
async def test_exports_can_be_read_back(queue: IssueQueue) -> None:
    await queue.claim("bbbb3333", "小王")
    out = io.StringIO(newline="")
    await cli.export_issues(Inbox(queue), ALL, "csv", out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert next((row["id"], row["state"], row["holder"]) for row in rows) == ("bbbb3333", "verifying", "小王")
    excel, whole = io.StringIO(), io.StringIO()
    await cli.export_issues(Inbox(queue), ALL, "csv", excel, for_excel=True)
    assert excel.getvalue().startswith("\ufeffid,")
    await cli.export_issues(Inbox(queue), ALL, "json", whole)
    assert json.loads(whole.getvalue())[0]["history"][0]["actor"] == "小王"


@on_both
async def test_hostile_words_harm_neither_terminal_nor_spreadsheet(queue: IssueQueue) -> None:
    text = "=HYPERLINK(1)\x1b[2J\u202e\tx\ny [red]"
    fields = {"text": text, "context": '[{"author": 5}, 7, "x"]', "rules": "no json", "room": "[bold]"}
    await queue.publish("p", 3, [issue(4, id="dddd4444", **fields)])
    for out in (Terminal(), io.StringIO()):
        await cli.list_issues(Inbox(queue), ALL, "table", out)
        await cli.show_issue(Inbox(queue), "dddd4444", "text", out)
        assert "\x1b[2J" not in out.getvalue()
        assert "\u202e" not in out.getvalue()
        assert "[red]" in out.getvalue()
    made = io.StringIO()
    await cli.export_issues(Inbox(queue), ALL, "csv", made)
    assert "'=HYPERLINK" in made.getvalue()


def test_who_acts() -> None:
    assert cli.actor_name("  小王 ") == "小王"
    assert cli.actor_name(None)
    assert cli.actor_name(" ") == cli.actor_name(None)


def config(folder: Path, url: str = "") -> Config:
    return Config.model_validate({"state": {"dir": folder}, "redis": {"url": url}})


async def listed(settings: Config) -> list[str]:
    async with cli.staff_queue(settings) as queue:
        return [found.id for found in await queue.find(Filter(open_only=False))]


@needs_server
async def test_beside_a_running_daemon_and_after_it(tmp_path: Path) -> None:
    async with journal_at(tmp_path), valkey(tmp_path) as server:
        async with cli.staff_queue(config(tmp_path)) as queue:
            await queue.publish("p", 0, [issue(1)])
        assert await listed(config(tmp_path)) == ["id-1"]
        assert await listed(config(tmp_path / "elsewhere", server.tcp_url)) == ["id-1"]
    with pytest.raises(Unavailable, match="livebot run"):
        await listed(config(tmp_path))


async def test_where_nothing_has_run_yet(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="livebot run"):
        await listed(config(tmp_path))


async def test_the_journal_as_the_queue_beside_a_daemon(tmp_path: Path) -> None:
    async with journal_at(tmp_path) as journal:
        await JournalQueue(journal).publish("p", 0, [issue(1)])
        assert await listed(config(tmp_path, "journal:")) == ["id-1"]


@on_both
async def test_how_many_have_it_and_who_came_later(queue: IssueQueue) -> None:
    also = [{"at": 1, "how": "also", "viewer": "b", "author": "李*", "text": "我也是", "comment_id": "c9"}]
    more = {"viewers": "12", "repeats": "3", "raid": "0", "also": json.dumps(also, ensure_ascii=False)}
    await queue.publish("p", 0, [issue(4, **more), issue(5, viewers="1", repeats="0", raid="0", also="[]")])
    out = io.StringIO()
    await cli.show_issue(Inbox(queue), "id-4", "text", out)
    assert "人数\t等 12 人，又说了 3 次\n" in out.getvalue()
    assert "也是\t李*: 我也是 c9\n" in out.getvalue()
    out = io.StringIO()
    await cli.list_issues(Inbox(queue), Wanted(), "text", out)
    assert [("等 12 人" in line) for line in out.getvalue().splitlines()][-2:] == [True, False]
    shown = as_dict(await Inbox(queue).show("id-4"))
    assert (shown["viewers"], shown["also"]) == ("12", also)


@on_both
async def test_a_days_work_from_the_terminal(queue: IssueQueue) -> None:
    inbox, out = Inbox(queue), io.StringIO()
    assert await cli.claim_issue(inbox, "bbbb", "小王", out) == 0
    assert await cli.claim_issue(inbox, "bbbb", "主管", out, take_over=True) == 0
    with pytest.raises(Rejected, match="主管"):
        await cli.release_issue(inbox, "bbbb", "小王", out)
    assert await cli.release_issue(inbox, "bbbb", "主管", out) == 0
    assert await cli.claim_issue(inbox, "bbbb", "小王", out) == 0
    assert await cli.note_issue(inbox, "bbbb", "已打 13800138000", "小王", out) == 0
    assert await cli.move_issue(inbox, "bbbb", "waiting_viewer", "小王", "等照片", out) == 0
    with pytest.raises(Rejected, match="product"):
        await cli.hand_over_issue(inbox, "bbbb", "quality", ["problem=掉色", "evidence=录屏 3 分"], "小王", out)
    assert await cli.hand_over_issue(inbox, "bbbb", "quality", ["problem=掉色", "evidence=录屏 3 分", "product=3 号"], "小王", out) == 0
    assert await cli.merge_issues(inbox, "bbbb", ["aaaa1", "aaaa2"], "小王", "同一件事", out) == 0
    assert await cli.merge_issues(inbox, "bbbb", ["aaaa1"], "小王", "", out) == 1
    assert await cli.unmerge_issue(inbox, "aaaa1", "小王", out) == 0
    shown = io.StringIO()
    await cli.show_issue(inbox, "bbbb", "text", shown)
    for told in ("aaaa2222", "掉色", "138****8000", "小王", "主管"):
        assert told in shown.getvalue()
    assert "13800138000" not in shown.getvalue()
    found = io.StringIO()
    await cli.list_issues(inbox, Wanted(search="退款 3", team="quality"), "text", found)
    assert found.getvalue().count("bbbb3333") == len(found.getvalue().splitlines()) == 1
