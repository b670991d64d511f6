import io
import json

import pytest
from fixture_types import Opener
from livestream import Stream, ago

from livebot.cli.held import approve, list_held, reject, settle_doubt
from livebot.decide.promises import Promises
from livebot.decide.session import RoomPolicy
from livebot.deliver.desk.held import Filter
from livebot.deliver.desk.moderation import Moderation
from livebot.errors import Rejected
from livebot.keep import outbox
from livebot.keep.figures import figures
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow

SHORT = RoomPolicy(max_chars=10)


def desk(journal: Journal, policy: RoomPolicy | None = SHORT) -> Moderation:
    return Moderation(journal=journal, policies={"r": policy} if policy else {}, undo=0.0)


async def asked(journal: Journal, text: str = "尺码，电话13800001234") -> OutboxRow:
    stream = Stream(journal)
    await stream.comment(text, id_=f"asked {text}")
    return outbox.rows(journal, "state = 'held' ORDER BY created_at DESC LIMIT 1")[0]


def now(journal: Journal, row: OutboxRow) -> tuple[str, str, str | None]:
    [(state, text, actor)] = journal.read("SELECT state, text, actor FROM replies WHERE id = ?", (row.id,))
    return state, text, actor


def listed(journal: Journal, room: str = "") -> str:
    sink = io.StringIO()
    assert list_held(desk(journal), Filter(room=room), sink) == 0
    return sink.getvalue()


async def test_the_list_shows_what_a_moderator_must_know(open_journal: Opener) -> None:
    journal = await open_journal()
    assert "没有等审核" in listed(journal)
    row = await asked(journal)
    stream = Stream(journal)
    await stream.comment("包邮吗", id_="other")
    await stream.deliver("in_doubt")
    text = listed(journal)
    for piece in (row.id[:8], "尺码看详情页", "138****1234", "规则要求人工审核", "u*", "不确定有没有发出去", "运费看下单页"):
        assert piece in text
    assert "13800001234" not in text
    assert "没有等审核" in listed(journal, "elsewhere")
    sink = io.StringIO()
    list_held(desk(journal), Filter(), sink, as_json=True)
    first, second = json.loads(sink.getvalue())
    assert (first["id"], first["state"], second["state"]) == (row.id, "held", "in_doubt")
    assert 50 < first["seconds_left"] <= 60


async def test_an_approved_draft_is_queued_with_the_name_of_who_did_it(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    assert await approve(desk(journal), row.id[:8], actor="小王") == 0
    assert now(journal, row) == ("queued", "尺码看详情页", "小王")
    stream = Stream(journal)
    await stream.deliver()
    assert now(journal, row) == ("sent", "尺码看详情页", "小王")


async def test_an_edited_draft_says_what_the_moderator_wrote(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    await approve(desk(journal), row.id, text=" 平时穿M拍M ")
    assert now(journal, row)[:2] == ("queued", "平时穿M拍M")


@pytest.mark.parametrize("text", ["", "  ", "两\n行", "这句话比平台允许的字数要长得多"])
async def test_an_edit_is_checked_like_any_reply(open_journal: Opener, text: str) -> None:
    journal = await open_journal()
    row = await asked(journal)
    with pytest.raises(Rejected):
        await approve(desk(journal), row.id, text=text)
    assert now(journal, row)[0] == "held"


async def test_what_must_not_be_said_cannot_be_approved_and_what_needs_evidence_is_vouched_for(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    with pytest.raises(Rejected, match=r"“微信”"):
        await approve(desk(journal), row.id, text="加微信发您")
    with pytest.raises(Rejected, match="48小时内发货"):
        await approve(desk(journal), row.id, text="48小时内发货")
    assert now(journal, row)[0] == "held"
    promised = RoomPolicy(max_chars=10, promises=Promises(ship_hours=48))
    assert await approve(desk(journal, promised), row.id, text="48小时内发货") == 0
    again = await asked(journal, "尺码呢")
    assert await approve(desk(journal), again.id, text="预计明天到") == 0


async def test_length_is_counted_as_the_platform_counts(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    with pytest.raises(Rejected, match="字节"):
        await approve(desk(journal, RoomPolicy(max_chars=8, unit="bytes")), row.id)
    with pytest.raises(Rejected):
        await approve(desk(journal, RoomPolicy(can_send=False)), row.id)
    with pytest.raises(Rejected):
        await approve(desk(journal, None), row.id)
    assert await approve(desk(journal), row.id) == 0


async def test_a_long_text_is_approved_as_several_messages(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    said = "尺码表在商品页第三张图，偏小的话建议拍大一码。脚宽也是，拿不准就问店铺客服。"
    assert await approve(desk(journal, RoomPolicy(max_chars=30)), row.id, text=said, actor="小王") == 0
    parts = outbox.rows(journal, "seq = ? ORDER BY created_at", (row.seq,))
    assert [part.text for part in parts] == ["(1/2) 尺码表在商品页第三张图，偏小的话建议拍大一码。", "(2/2) 脚宽也是，拿不准就问店铺客服。"]
    assert {(part.state, part.actor, part.origin, part.expires_at) for part in parts} == {("queued", "小王", "moderator", row.expires_at)}


async def test_who_wrote_a_text_is_kept(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    await approve(desk(journal), row.id, actor="小王")
    assert outbox.rows(journal, "id = ?", (row.id,))[0].origin == "rule"


async def test_why_the_guard_holds_a_text_is_said_with_the_article(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET why = 'guard:offplatform.wechat' WHERE id = ?", (row.id,)))
    assert "把观众引到平台外" in listed(journal).replace("\n", "")
    await journal.write(lambda conn: conn.execute("UPDATE replies SET why = 'guard:privacy.mobile' WHERE id = ?", (row.id,)))
    assert "个人信" in listed(journal)


async def test_of_two_moderators_one_wins_and_the_other_is_told_who(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    await reject(desk(journal), row.id, actor="小王", reason="不准确")
    with pytest.raises(Rejected, match="小王"):
        await approve(desk(journal), row.id, actor="小李")
    assert now(journal, row) == ("denied", "尺码看详情页", "小王")
    assert journal.value("SELECT why FROM replies WHERE id = ?", (row.id,)) == "不准确"


async def test_a_race_is_settled_by_the_row_itself(open_journal: Opener) -> None:
    first, second = await open_journal(), await open_journal()
    row = await asked(first)
    [seen] = outbox.rows(second, "id = ?", (row.id,))
    assert await outbox.settle(first, row, "queued", actor="小王")
    assert not await outbox.settle(second, seen, "denied", actor="小李")
    with pytest.raises(Rejected, match="小王"):
        await reject(desk(second), row.id)


async def test_too_late_is_too_late(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.comment("尺码", at=ago(5))
    [row] = outbox.rows(journal, "state = 'held'")
    assert "没有等审核" in listed(journal)
    with pytest.raises(Rejected, match="过期"):
        await approve(desk(journal), row.id)
    assert now(journal, row)[0] == "expired"


async def test_an_id_may_be_shortened_as_long_as_it_is_one(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(journal)
    twin = f"{row.id[:10]}ffffffffffffff"
    copy = "INSERT INTO replies (id,seq,room,stream,kind,rule,text,state,created_at,expires_at,changed_at) SELECT ?,seq,room,stream,kind,rule,text,state,created_at,expires_at,changed_at FROM replies WHERE id = ?"  # noqa: E501
    await journal.write(lambda conn: conn.execute(copy, (twin, row.id)))
    with pytest.raises(Rejected, match="2"):
        await approve(desk(journal), row.id[:8])
    assert row.id[:12] in listed(journal)
    for wrong in ("", "%", "zz", "_", "'; DROP TABLE replies", "00000000"):
        with pytest.raises(Rejected):
            await approve(desk(journal), wrong)
    assert await approve(desk(journal), row.id) == 0


@pytest.mark.parametrize(("sent", "state"), [(True, "sent"), (False, "refused")])
async def test_a_doubt_is_settled_by_whoever_looked(open_journal: Opener, sent: bool, state: str) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.comment("包邮吗")
    await stream.deliver("in_doubt")
    [row] = outbox.rows(journal, "state = 'in_doubt'")
    with pytest.raises(Rejected, match="settle"):
        await approve(desk(journal), row.id)
    assert await settle_doubt(desk(journal), row.id[:8], sent=sent, actor="小王") == 0
    assert now(journal, row)[0] == state
    held = await asked(journal, "尺码呢")
    with pytest.raises(Rejected, match="approve"):
        await settle_doubt(desk(journal), held.id, sent=True)


async def test_the_list_says_how_many_wait_and_puts_first_who_asked_to_be_noticed(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    await stream.comment("尺码怎么选", user="a")
    for user in ("b", "b", "c"):
        await stream.comment("尺码呢", user=user)
    await stream.comment("同问", user="d")
    await stream.comment("怎么不理人", user="b")
    flat = "".join(listed(journal).replace("│", " ").split())
    assert "（等4人，催了1次）" in flat
    [told] = held_as_json(journal)
    assert (told["viewers"], told["urged"]) == (4, 1)
    [row] = outbox.rows(journal, "state = 'held'")
    await approve(desk(journal), row.id)
    await stream.deliver()
    assert figures(journal, stream.id).states["credited"] == 5, "and whoever joined is served with it"


def held_as_json(journal: Journal) -> list[dict[str, object]]:
    sink = io.StringIO()
    list_held(desk(journal), sink=sink, as_json=True)
    found: list[dict[str, object]] = json.loads(sink.getvalue())
    return found
