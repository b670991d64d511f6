"""Sealing: read back with the keys, unreadable without them, durable before what was sealed, and gone once erased."""

import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.events import Comment, Outgoing, Viewer
from livebot.keep.journal import Journal, viewer_key
from livebot.keep.keys import COMMENTS, ISSUES, Keys
from livebot.keep.seal import ERASED, KeyedSealer, PlainSealer, Sealed

WORDS = "我电话13812345678"
ZHANG = "0123456789abcdef"


@pytest.fixture
def sealer(tmp_path: Path) -> Iterator[KeyedSealer]:
    with closing(KeyedSealer(tmp_path / "keys.db")) as sealer:
        yield sealer


def test_what_was_sealed_is_read_back_and_shows_nothing(sealer: KeyedSealer) -> None:
    sealed = sealer.seal(WORDS, ZHANG)
    assert isinstance(sealed, bytes)
    assert sealer.unseal(sealed, ZHANG) == WORDS
    assert b"138" not in sealed
    assert sealer.seal(WORDS, ZHANG) != sealed


def test_plain_text_of_older_journals_is_read_as_it_is(sealer: KeyedSealer) -> None:
    assert sealer.unseal(PlainSealer().seal(WORDS, ZHANG), ZHANG) == WORDS


@pytest.mark.parametrize(
    "sealed", [b"", b"\x01", b"\x01" * 17, b"\x02" + b"\x00" * 60, b"\x01\x00\xff\xff\xff" + b"\x00" * 60, "我".encode()]
)
def test_what_nobody_can_read_is_erased_and_never_an_error(sealer: KeyedSealer, sealed: bytes) -> None:
    sealer.seal(WORDS, ZHANG)
    assert sealer.unseal(sealed, ZHANG) == ERASED


def test_nobody_reads_with_another_s_key_or_after_a_change(sealer: KeyedSealer) -> None:
    sealed = sealer.seal(WORDS, ZHANG)
    sealer.seal(WORDS, "other")
    assert isinstance(sealed, bytes)
    assert sealer.unseal(sealed, "other") == ERASED
    assert sealer.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), ZHANG) == ERASED
    assert sealer.unseal(sealed[:1] + b"\x01" + sealed[2:], ZHANG) == ERASED


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=20))
def test_any_text_of_anybody(tmp_path_factory: pytest.TempPathFactory, text: str, viewer: str) -> None:
    with closing(KeyedSealer(tmp_path_factory.mktemp("keys") / "keys.db")) as sealer:
        viewer = viewer.encode("utf-8", "replace").decode()
        assert sealer.unseal(sealer.seal(text, viewer), viewer) == text


def test_keys_are_the_owner_s_alone_and_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    with closing(KeyedSealer(path)) as first:
        sealed = first.seal(WORDS, ZHANG)
        first.persist()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(KeyedSealer(path)) as second:
        assert second.unseal(sealed, ZHANG) == WORDS


def test_an_erased_viewer_is_gone_from_every_file_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    with closing(KeyedSealer(path)) as daemon:
        sealed = {viewer: daemon.seal(WORDS, viewer) for viewer in (ZHANG, "other")}
        daemon.persist()
        with closing(sqlite3.connect(path)) as conn:
            [(key,)] = conn.execute("SELECT key FROM viewers WHERE viewer = ?", (ZHANG,))
        with closing(Keys(path)) as keys:
            keys.erase([ZHANG])
        left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert key not in left
        assert ZHANG.encode() not in left
        daemon.refresh()
        assert {viewer: daemon.unseal(text, viewer) for viewer, text in sealed.items()} == {ZHANG: ERASED, "other": WORDS}
        again = daemon.seal("新的", ZHANG)  # somebody who comes back begins anew
        daemon.persist()
        assert daemon.unseal(again, ZHANG) == "新的"
        assert daemon.unseal(sealed[ZHANG], ZHANG) == ERASED


def test_an_erasure_in_the_middle_of_a_name_leaves_no_key_behind_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"

    def erase() -> None:
        with closing(Keys(path)) as other:
            other.erase([ZHANG])
        sealer.refresh()

    class Interrupted(KeyedSealer):
        eraser: threading.Thread | None = None

        def seal(self, text: str, viewer: str) -> Sealed:
            sealed = super().seal(text, viewer)
            if self.eraser and not self.eraser.is_alive():
                self.eraser.start()
                self.eraser.join(0.3)  # it is done by then, or waits for its turn
            return sealed

    with closing(Interrupted(path)) as sealer:
        sealer.seal(WORDS, ZHANG)
        sealer.persist()
        sealer.eraser = eraser = threading.Thread(target=erase)
        sealer.seal_name("张三", ZHANG)
        sealer.eraser = None
        eraser.join()
        again = sealer.seal_name("张三", ZHANG)
        sealer.persist()
        with closing(KeyedSealer(path)) as later:
            assert later.unseal(again, ZHANG) == "张三"


def test_a_day_and_a_kind_can_be_erased_alone(sealer: KeyedSealer) -> None:
    texts = {(day, kind): sealer.seal_as(WORDS, ZHANG, day, kind) for day in (1, 2) for kind in (COMMENTS, ISSUES)}
    sealer.persist()
    sealer.keys.erase(days=[(1, COMMENTS)])
    sealer.forget()
    assert [name for name, text in texts.items() if sealer.unseal(text, ZHANG) == ERASED] == [(1, COMMENTS)]


async def test_keys_are_durable_before_the_comment_is(tmp_path: Path) -> None:
    journal = await Journal.open(tmp_path / "journal.db", sealer=(sealer := KeyedSealer(tmp_path / "keys.db")))
    author = Viewer(id="7", name="张三")
    for n in range(300):
        saved = journal.append("r", Comment(id=f"c{n}", author=Viewer(id=str(n), name="张三"), text=WORDS))
    await saved
    with closing(KeyedSealer(tmp_path / "keys.db")) as other:
        rows = journal.read("SELECT text, author, viewer FROM events")
        assert len(rows) == 300
        assert {other.unseal(text, viewer) for text, _, viewer in rows} == {WORDS}
    await journal.append("r", Outgoing(key="k", text="包邮"))
    assert [one.event.text for one in journal.events("WHERE kind = 'outgoing'") if isinstance(one.event, Outgoing)] == ["包邮"]
    Keys(tmp_path / "keys.db").erase([viewer_key("r", author)])
    journal.changed_elsewhere()
    [gone] = journal.events("WHERE native_id = 'c7'")
    assert isinstance(gone.event, Comment)
    assert (gone.event.text, gone.event.author) == (ERASED, Viewer())
    await journal.close()
    sealer.close()
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert WORDS.encode() not in raw
    assert "张三".encode() not in raw


async def test_comments_wait_while_keys_cannot_be_kept(tmp_path: Path, log: list[str]) -> None:
    journal = await Journal.open(tmp_path / "journal.db", sealer=(sealer := KeyedSealer(tmp_path / "keys.db")))
    with closing(sqlite3.connect(tmp_path / "keys.db", isolation_level=None)) as conn:
        sealer.keys._conn.execute("PRAGMA busy_timeout = 50")
        conn.execute("BEGIN IMMEDIATE")
        saved = journal.append("r", Comment(id="c", author=Viewer(id="1"), text=WORDS))
        await journal_down(log)
        assert journal.value("SELECT count(*) FROM events") == 0
        conn.execute("ROLLBACK")
    assert await saved == 1
    [one] = journal.events("")
    assert isinstance(one.event, Comment)
    assert one.event.text == WORDS
    await journal.close()
    sealer.close()


async def journal_down(log: list[str]) -> None:
    import asyncio

    async with asyncio.timeout(10):
        while not any(line.startswith("ERROR") for line in log):
            await asyncio.sleep(0.01)


def test_sealing_is_fast_enough_for_a_busy_room(sealer: KeyedSealer) -> None:
    sealer.seal(WORDS, ZHANG)
    begun = time.process_time()
    for _ in range(5_000):
        sealer.seal(WORDS, ZHANG)
    assert (time.process_time() - begun) / 5_000 < 40e-6  # about 6 µs on an idle machine
