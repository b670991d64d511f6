"""oba-live-tool's frames as its type definitions give them, and whatever else a program may send."""

import json

import pytest
from goldens import golden
from hypothesis import given
from hypothesis import strategies as st

from adapters.oba import ObaAdapter, ObaSettings
from adapters.oba.wire import COMMENTS, reader
from livebot.decide.events import Broken, Comment, Heartbeat, OrderUpdate, StreamEvent, Viewer

NOW = 1_800_000_000_000
READ = reader(frozenset({"小店主播", "9527"}))


def read(message: object) -> list[StreamEvent]:
    return list(READ(json.dumps(message).encode(), NOW))


# Frames in the form of shared/types.d.ts and of what the listener of each platform makes; the words are our own.
FRAMES = golden("oba")
THEN = NOW - 500
GOLDEN: dict[str, StreamEvent] = {
    "douyin": Comment(id="7401", author=Viewer(name="小鱼"), text="几号链接", sent_at=THEN),
    "kuaishou": Comment(id="ks-1", author=Viewer(name="大壮"), text="有大码吗", sent_at=THEN),
    "wechat": Comment(id="c-1", author=Viewer(id="o9@finder", name="阿May"), text="包邮吗", sent_at=THEN),
    "xiaohongshu host": Comment(id="0b3c-4d", author=Viewer(id="9527", roles=("host",)), text="三号链接", sent_at=THEN),
    "taobao host": Comment(id="t5", author=Viewer(id="2", name="小店主播", roles=("host",)), text="在的", sent_at=THEN),
    "older time": Comment(id="7402", author=Viewer(name="小鱼"), text="666"),
    "paid": OrderUpdate(id="69301#3", order="69301", state="paid", buyer=Viewer(name="小***"), product="保温杯", at=THEN // 1000 * 1000),
    "unknown state": OrderUpdate(id="69302#7", order="69302", state="未知状态", buyer=Viewer(name="大***"), product="35", at=THEN),
    "entry": Heartbeat(),
    "fan club": Heartbeat(),
}


@pytest.mark.parametrize("name", sorted(FRAMES | GOLDEN))
def test_golden_frames(name: str) -> None:
    assert list(READ(FRAMES[name], NOW)) == [GOLDEN[name]]


@pytest.mark.parametrize("kind", ["room_enter", "room_like", "room_follow", "subscribe_merchant_brand_vip", "ecom_fansclub_participate"])
def test_what_is_no_comment_is_a_sign_of_life(kind: str) -> None:
    assert read({"msg_type": kind, "msg_id": "1", "nick_name": "小鱼", "user_id": "5", "content": "加入粉丝团", "time": NOW}) == [
        Heartbeat()
    ]
    assert read({"msg_type": "comment", "msg_id": "1", "nick_name": "小鱼", "content": ""}) == [Heartbeat()], "a picture without words"


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"[" * 100_000,
        b'{"content":"x"}',
        b'{"msg_type":3}',
        b'{"msg_type":"red_packet","content":"x"}',
        b'{"msg_type":"comment"}',
    ],
)
def test_what_cannot_be_understood_is_broken(frame: bytes) -> None:
    (event,) = READ(frame, NOW)
    assert isinstance(event, Broken)


def test_it_only_reads_and_needs_no_setting() -> None:
    assert ObaSettings().url == "ws://127.0.0.1:12354"
    assert not ObaAdapter.capabilities.can_send
    assert ObaAdapter.capabilities.follow_up == "none"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(["msg_id", "nick_name", "user_id", "time", "order_status", "order_ts", "product_id", "product_title", "extra"])


@given(st.binary(max_size=200) | st.text(st.characters(), max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_frame_raises(frame: bytes) -> None:
    assert READ(frame, NOW)


@given(st.sampled_from([*sorted(COMMENTS), "live_order"]), st.dictionaries(FIELDS, anything))
def test_a_bad_field_loses_nothing(kind: str, fields: dict[str, object]) -> None:
    (event,) = read({"msg_type": kind, "content": "有货吗", **fields})
    if kind == "live_order":
        assert isinstance(event, OrderUpdate)
    else:
        assert isinstance(event, Comment)
        assert event.text == "有货吗"
