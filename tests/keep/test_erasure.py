"""Forgetting: after it nothing in the journal and the keys, copied as they are, gives anything back; and everybody else stays."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from livebot.decide.events import Comment, Quiet, Viewer
from livebot.deliver import queue_journal
from livebot.deliver.erasing import forget, without
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue import Filter
from livebot.deliver.queue_journal import JournalQueue
from livebot.keep import clock
from livebot.keep.erasure import erase, people, sweep
from livebot.keep.figures import figures
from livebot.keep.journal import Journal, viewer_key
from livebot.keep.keys import Keys
from livebot.keep.seal import DAY_MS, ERASED, KeyedSealer

SECRET = "我叫张三丰住在桃花源 电话13812345678"
NAME = "桃花源的张三丰"


@pytest.fixture
def sealer(tmp_path: Path) -> Iterator[KeyedSealer]:
    with closing(KeyedSealer(tmp_path / "keys.db")) as sealer:
        yield sealer


async def filled(folder: Path, sealer: KeyedSealer | None, *, at: int | None = None) -> Journal:
    """Ten comments of 张三丰, every second one an issue, and ten of somebody else."""
    journal = await Journal.open(folder / "journal.db", sealer=sealer, schema=queue_journal.SCHEMA)
    for n in range(10):
        for who, name, text in (("7", NAME, SECRET), ("8", "李四", "我的衣服破了")):
            native = f"derived:{n}-{who}" if n == 3 else f"{n}-{who}"
            saved = journal.append("r", Comment(id=native, author=Viewer(id=who, name=name), text=f"{text}，{n}"), received_at=at)
    await saved
    rows = [(f"i{seq}", seq) for (seq,) in journal.read("SELECT seq FROM events WHERE seq % 2")]
    sql = (
        "INSERT OR IGNORE INTO issues (id,seq,room,stream,category,priority,rules,created_at) VALUES (?,?,'r',1,'post.quality','P1','[]',1)"
    )
    await journal.write(lambda conn: conn.executemany(sql, rows))
    return journal


def words(journal: Journal, who: str) -> list[str]:
    return [
        one.event.text
        for one in journal.events("WHERE kind = 'comment' AND native_id LIKE ? ORDER BY seq", (f"%-{who}",))
        if isinstance(one.event, Comment)
    ]


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "from an older journal"])
async def test_nothing_gives_an_erased_person_back(tmp_path: Path, sealer: KeyedSealer, sealed: bool) -> None:
    if not sealed:
        await (await filled(tmp_path, None)).close()
    journal = await filled(tmp_path, sealer)
    before = figures(journal, 1)
    [person] = people(journal, "r", "7")
    assert person.comments == 10
    assert erase(journal, sealer, person.viewer) == 10
    assert people(journal, "r", "7") == people(journal, "r", NAME) == []
    assert words(journal, "8") == [f"我的衣服破了，{n}" for n in range(10) if n != 3] or len(words(journal, "8")) == 10
    copied = tmp_path / "copy"
    copied.mkdir()
    for name in ("journal.db", "journal.db-wal", "keys.db", "keys.db-wal"):
        if (tmp_path / name).exists():
            (copied / name).write_bytes((tmp_path / name).read_bytes())
    raw = files(copied)
    for part in ("张三丰", NAME, "13812345678", person.viewer):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            assert part.encode(encoding) not in raw, (part, encoding)
        assert json.dumps(part)[1:-1].encode() not in raw or part.isascii()
    after = figures(journal, 1)
    assert (after.comments, after.issues) == (before.comments, before.issues)
    await journal.close()


async def test_of_an_issue_the_masked_text_stays_without_its_author(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    erase(journal, sealer, viewer_key("r", Viewer(id="7")))
    rows = journal.read("SELECT seq, text, author FROM events WHERE seq IN (SELECT seq FROM issues) OR 1 ORDER BY seq")
    kept = [text for seq, text, author in rows if author == '["","",[]]']
    assert sorted(set(kept)) != [ERASED]
    assert all(text == ERASED or ("138****5678" in text and "13812345678" not in text) for text in kept)
    await journal.close()


async def test_who_is_meant(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    await journal.append("r", Comment(id="x", author=Viewer(id="9", name="李四"), text="在吗"))
    await journal.append("r", Comment(id="y", author=Viewer(name="只有名字"), text="在吗"))
    assert [one.viewer for one in people(journal, "r", "7")] == [viewer_key("r", Viewer(id="7"))]
    assert [one.comments for one in people(journal, "r", NAME)] == [10]
    assert sorted(one.comments for one in people(journal, "r", "李四")) == [1, 10]
    assert [one.comments for one in people(journal, "r", "只有名字")] == [1]
    assert [one.comments for one in people(journal, "r", viewer_key("r", Viewer(id="8")))] == [10]
    assert people(journal, "r", "谁") == people(journal, "other", "7") == []
    await journal.close()


async def test_the_daemon_s_own_journal_notices(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    with closing(KeyedSealer(tmp_path / "keys.db")) as other:
        beside = await Journal.open(tmp_path / "journal.db", sealer=other)
        erase(beside, other, viewer_key("r", Viewer(id="7")))
        await beside.close()
    journal.changed_elsewhere()
    assert not any(NAME in words(journal, "7") for _ in range(1))
    await journal.append("r", Comment(id="again", author=Viewer(id="7", name=NAME), text="我又来了"))
    [back] = journal.events("WHERE native_id = 'again'")
    assert isinstance(back.event, Comment)
    assert back.event.text == "我又来了"
    await journal.close()


async def test_a_queue_in_the_journal_forgets_too(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    queue = JournalQueue(journal)
    await queue.start()
    await IssuePublisher(journal, queue, {"r": "bridge"}).catch_up()
    [person] = people(journal, "r", "7")
    changed = await forget(queue, person.viewer, person.lines)
    assert changed
    for issue in await queue.find(Filter()):
        assert issue.fields["viewer"] != person.viewer
        assert f'"author":"{NAME[0]}*"' not in issue.fields["context"]
        if issue.fields["author"] == ERASED:
            assert issue.fields["text_sha256"] == sha256(issue.fields["text"].encode()).hexdigest()
            assert "138****5678" in issue.fields["text"]
    assert await forget(queue, person.viewer, person.lines) == 0
    await journal.close()


def test_a_broken_announcement_is_no_obstacle() -> None:
    for context in ("", "no json", "[1]", '{"a":1}', '[{"at":1}]', "null"):
        assert without({"viewer": "x", "context": context}, "y", {(1, "张*")}) == {}


async def test_what_is_too_old_cannot_be_read_any_more(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    now = clock.now_ms()
    assert sweep(journal, sealer, now, 10, 20) == 0
    assert SECRET + "，0" in words(journal, "7")
    later = now + 11 * DAY_MS
    gone = sweep(journal, sealer, later, 10, 20)
    left = [text for text in (*words(journal, "7"), *words(journal, "8")) if text != ERASED]
    assert gone == 10
    assert len(left) in (9, 10)  # those that became issues; one has an id of its own
    assert sweep(journal, sealer, later, 10, 20) == 0
    assert sweep(journal, sealer, now + 21 * DAY_MS, 10, 20) == 10
    assert {*words(journal, "7"), *words(journal, "8")} <= {ERASED}
    with closing(Keys(tmp_path / "keys.db")) as keys:
        assert keys.all_days() == []
        assert keys.all_viewers() == []
    await journal.append("r", Comment(id="new", author=Viewer(id="7", name=NAME), text="还在"))
    assert [one.event.text for one in journal.events("WHERE native_id = 'new'") if isinstance(one.event, Comment)] == ["还在"]
    await journal.close()


async def test_old_plain_rows_go_with_retention_too(tmp_path: Path, sealer: KeyedSealer) -> None:
    await (await filled(tmp_path, None, at=clock.now_ms() - 30 * DAY_MS)).close()
    journal = await Journal.open(tmp_path / "journal.db", sealer=sealer)
    assert sweep(journal, sealer, clock.now_ms(), 10, 20) == 20
    await journal.close()
    assert b"13812345678" not in files(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as conn:
        assert conn.execute("SELECT count(*) FROM events WHERE text != ?", (ERASED,)).fetchone() == (0,)


async def test_it_does_not_hold_up_the_daemon(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    work = asyncio.to_thread(erase, journal, sealer, viewer_key("r", Viewer(id="7")))
    saved = [journal.append("r", Comment(id=f"n{n}", author=Viewer(id="8"), text="同时")) for n in range(50)]
    await asyncio.gather(work, *{id(one): one for one in saved}.values())
    assert journal.value("SELECT count(*) FROM events WHERE native_id LIKE 'n%'") == 50
    assert re.fullmatch("[0-9a-f]{16}", journal.value("SELECT viewer FROM events WHERE native_id = '0-7'"))
    await journal.close()


async def test_whom_somebody_was_answering_is_forgotten_too(tmp_path: Path, sealer: KeyedSealer) -> None:
    journal = await filled(tmp_path, sealer)
    erased, stays = viewer_key("r", Viewer(id="7")), viewer_key("r", Viewer(id="8"))
    for viewer in (erased, stays):
        await asyncio.shield(journal.append("r", Quiet(viewer=viewer, until=clock.now_ms(), by="小王")))
    erase(journal, sealer, erased)
    named = [one.event.viewer for one in journal.events("WHERE kind = 'quiet' ORDER BY seq") if isinstance(one.event, Quiet)]
    assert (erased in named, named[1]) == (False, stays)
    await journal.close()
