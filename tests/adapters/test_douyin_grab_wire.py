"""DouyinBarrageGrab's frames as its C# classes give them, and whatever else a program may send."""

import json
from typing import Any

import pytest
from goldens import golden
from hypothesis import given
from hypothesis import strategies as st

from adapters.douyin_grab import DouyinGrabAdapter, DouyinGrabSettings
from adapters.douyin_grab.wire import Reader
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamEvent, Viewer

NOW = 1_800_000_000_000
OWNER = {"UserId": "88", "SecUid": "MS4wA", "Nickname": "小店主播", "HeadUrl": "", "FollowStatus": 1}
USER = {"Id": 7_381_000_000_000_000_003, "IsAdmin": False, "IsAnchor": False, "ShortId": 0, "Nickname": "小鱼", "SecUid": "MS4wB"}
CHAT = {
    "MsgId": 7_381_000_000_000_000_001,
    "User": USER,
    "Onwer": OWNER,
    "Content": "几号链接",
    "RoomId": "738",
    "WebRoomId": "9001",
    "Appid": "1128",
}
ENDED = CHAT | {"User": None, "Content": "直播已结束"}
ALIVE, THE_END = [Heartbeat()], [StreamEnded()]


def pack(kind: object, data: object) -> bytes:
    inner = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return json.dumps({"Type": kind, "ProcessName": "直播伴侣", "Data": inner}).encode()


def read(kind: object, data: object, rooms: set[str] | None = None, own: set[str] | None = None) -> list[StreamEvent]:
    return list(Reader(own or set(), rooms or set()).read(pack(kind, data), NOW))


# Frames in the form of BarrageMessages.cs and of what WsBarrageServer.cs fills in; the words are our own.
FRAMES = golden("douyin_grab")
FISH = Viewer(id="7381000000000000003", name="小鱼")
GOLDEN: dict[str, StreamEvent] = {
    "comment": Comment(id="7381000000000000001", author=FISH, text="几号链接"),
    "host": Comment(id="7381000000000000002", author=Viewer(id="88", name="小店主播", roles=("host",)), text="三号哦"),
    "hidden": Comment(id="7381000000000000003", author=Viewer(name="小***"), text="包邮吗"),
    "room not known yet": Comment(id="7381000000000000004", author=FISH, text="有货吗"),
    "end": StreamEnded(),
}


@pytest.mark.parametrize("name", sorted(FRAMES | GOLDEN))
@pytest.mark.parametrize("rooms", [set(), {"738"}])
def test_golden_frames(name: str, rooms: set[str]) -> None:
    assert list(Reader(set(), rooms).read(FRAMES[name], NOW)) == [GOLDEN.get(name, Heartbeat())]


def test_a_comment_with_ids_beyond_what_a_float_holds() -> None:
    (event,) = read(1, CHAT)
    assert event == Comment(id="7381000000000000001", author=Viewer(id="7381000000000000003", name="小鱼"), text="几号链接")
    assert read(1, CHAT | {"MsgId": 7_381_000_000_000_000_002})[0] != event


def test_who_speaks() -> None:
    def author(own: set[str] | None = None, **fields: Any) -> Viewer:
        (event,) = read(1, CHAT | {"User": USER | fields}, own=own)
        assert isinstance(event, Comment)
        return event.author

    assert author(IsAnchor=True).roles == ("host",)
    assert author(Id=88).roles == ("host",), "versions before 2.7.7 do not say who is the host"
    assert author(own={"小鱼"}).roles == ("host",)
    assert author(IsAdmin=True).roles == ("moderator",)
    assert author(Id=111111, Nickname="小***", SecUid="") == Viewer(name="小***"), "a hidden viewer's id is everybody's"
    assert author(Id=0).id == "MS4wB"


@pytest.mark.parametrize("kind", [0, 2, 3, 4, 5, 6, 7, 8])
def test_what_is_no_comment_is_a_sign_of_life(kind: int) -> None:
    assert read(kind, CHAT) == ALIVE


def test_the_end_comes_once_and_is_ours() -> None:
    assert read(9, ENDED) == read("9", ENDED) == read(9, "{cut") == THE_END
    assert read(9, ENDED, {"88"}) == THE_END
    assert read(9, ENDED, {"77"}) == ALIVE, "the end of another room ends nothing here"
    (event,) = read(9, "{cut", {"88"})
    assert isinstance(event, Broken)


@pytest.mark.parametrize("name", ["738", "9001", "88", "MS4wA", "小店主播"])
def test_other_rooms_are_left_out(name: str) -> None:
    other = {"RoomId": "739", "WebRoomId": "9002", "Onwer": {"UserId": "99", "SecUid": "MS4wZ", "Nickname": "隔壁"}}
    reader = Reader(set(), {name})
    assert isinstance(reader.read(pack(1, CHAT), NOW)[0], Comment)
    assert list(reader.read(pack(1, CHAT | other), NOW)) == ALIVE
    assert isinstance(reader.read(pack(1, CHAT | {"Onwer": None, "WebRoomId": None}), NOW)[0], Comment), "its RoomId is known by now"
    assert isinstance(reader.read(pack(1, CHAT | {"Onwer": None, "WebRoomId": None, "RoomId": None}), NOW)[0], Comment)


def test_missing_fields() -> None:
    (bare,) = read(1, {"Content": "有货吗"})
    assert isinstance(bare, Comment)
    assert (bare.author, bare.id.startswith("derived:")) == (Viewer(), True)
    (zero,) = read(1, CHAT | {"MsgId": 0})
    assert isinstance(zero, Comment)
    assert zero.id.startswith("derived:"), "0 is what the program writes where there is no id"
    assert read(1, CHAT | {"Content": ""}) == ALIVE


NONSENSE = [b"", b"{", b"null", b"[]", b"[" * 100_000, b'{"Data":"{}"}', pack(1, "{cut"), pack(1, {}), pack(1, "[1]"), pack(42, CHAT)]


@pytest.mark.parametrize("frame", NONSENSE, ids=lambda frame: repr(frame[:30]))
def test_what_cannot_be_understood_is_broken(frame: bytes) -> None:
    (event,) = Reader(set(), set()).read(frame, NOW)
    assert isinstance(event, Broken)


def test_it_only_reads_and_needs_no_setting() -> None:
    assert DouyinGrabSettings().url == "ws://127.0.0.1:8888"
    assert not DouyinGrabAdapter.capabilities.can_send


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.binary(max_size=200), st.sampled_from([set(), {"88"}]))
def test_no_frame_raises(frame: bytes, rooms: set[str]) -> None:
    assert Reader(set(), rooms).read(frame, NOW)


@given(anything, anything, st.sampled_from([set(), {"88"}]))
def test_no_value_raises(kind: object, data: object, rooms: set[str]) -> None:
    frame = json.dumps({"Type": kind, "Data": data}).encode()
    assert Reader(set(), rooms).read(frame, NOW)


@given(st.dictionaries(st.sampled_from(["MsgId", "User", "Onwer", "RoomId", "WebRoomId", "Appid"]), anything))
def test_a_bad_field_loses_nothing(fields: dict[str, object]) -> None:
    (event,) = read(1, CHAT | fields)
    assert isinstance(event, Comment)
    assert event.text == "几号链接"
