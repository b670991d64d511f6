"""The original is shown to those who may, for a reason, and never before that is written down."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from livebot.decide.events import Comment, Viewer
from livebot.errors import Rejected
from livebot.keep.erasure import erase
from livebot.keep.journal import Journal, viewer_key
from livebot.keep.seal import KeyedSealer
from livebot.keep.unmask import ROLES, Original, unmask, unmaskings

SAID = "我电话13812345678，衣服破了"
WHY = {"actor": "小王", "role": "after-sales", "reason": "补发要核对电话"}


@pytest.fixture
def sealer(tmp_path: Path) -> Iterator[KeyedSealer]:
    with closing(KeyedSealer(tmp_path / "keys.db")) as sealer:
        yield sealer


@pytest.fixture
async def journal(tmp_path: Path, sealer: KeyedSealer) -> AsyncIterator[Journal]:
    journal = await Journal.open(tmp_path / "journal.db", sealer=sealer)
    for room in ("a", "b"):
        await journal.append(room, Comment(id="c1", author=Viewer(id="7", name="张三丰"), text=SAID))
        await journal.append(room, Comment(id=f"only-{room}", author=Viewer(), text="没有名字"))
    sql = "INSERT INTO issues (id,seq,room,stream,category,priority,rules,created_at) VALUES ('abcdef01-2345',1,'a',1,'x','P1','[]',1)"
    await journal.write(lambda conn: conn.execute(sql))
    yield journal
    await journal.close()


@pytest.mark.parametrize("name", ["c1", "abcdef01-2345", "abcd"])
async def test_who_may_reads_it_and_it_is_written_down(journal: Journal, name: str) -> None:
    found = await unmask(journal, name, room="a", **WHY)
    assert (found.room, found.author.name, found.text) == ("a", "张三丰", SAID)
    [one] = unmaskings(journal)
    assert (one.actor, one.role, one.reason, one.room, one.comment) == ("小王", "after-sales", "补发要核对电话", "a", "c1")
    assert one.at >= found.received_at


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        ({"role": "moderator"}, "不能看原文"),
        ({"role": "streamer"}, "不能看原文"),
        ({"role": "viewer"}, "不能看原文"),
        ({"role": ""}, "不能看原文"),
        ({"reason": " \n\t"}, "为什么"),
        ({"actor": " "}, "是谁"),
        ({"comment": "c2"}, "没有这条评论"),
        ({"comment": "%"}, "没有这条评论"),
        ({"comment": ""}, "没有这条评论"),
        ({"comment": "abc"}, "没有这条评论"),
        ({"room": "c"}, "没有这条评论"),
        ({"room": None}, "不止一条"),
    ],
)
async def test_whoever_may_not_sees_nothing_and_nothing_is_written(journal: Journal, change: dict[str, str], zh: str) -> None:
    asked = {"comment": "c1", "room": "a", **WHY, **change}
    with pytest.raises(Rejected, match=re.escape(zh)) as refused:
        await unmask(journal, **asked)  # type: ignore[arg-type]
    assert "13812345678" not in str(refused.value)
    assert unmaskings(journal) == []


async def test_an_anonymous_viewer_s_words_can_be_read(journal: Journal) -> None:
    assert (await unmask(journal, "only-a", **WHY)).text == "没有名字"


async def test_what_was_erased_is_gone_for_everybody(journal: Journal, sealer: KeyedSealer) -> None:
    await unmask(journal, "c1", room="a", **WHY)
    erase(journal, sealer, viewer_key("a", Viewer(id="7")))
    journal.changed_elsewhere()
    for name in ("c1", "abcdef01-2345"):
        with pytest.raises(Rejected, match="已经删除"):
            await unmask(journal, name, room="a", **WHY)
    assert len(unmaskings(journal)) == 1
    assert isinstance(await unmask(journal, "c1", room="b", **WHY), Original)


async def test_the_reason_itself_is_masked_and_one_line(journal: Journal) -> None:
    await unmask(journal, "c1", room="a", actor="小王", role="admin", reason="打 13812345678\n核对" + "长" * 1000)
    [one] = unmaskings(journal)
    assert "13812345678" not in one.reason
    assert "\n" not in one.reason
    assert len(one.reason) <= 500


def test_the_roles_are_of_those_who_serve_buyers() -> None:
    assert set(ROLES) == {"after-sales", "supervisor", "admin"}
