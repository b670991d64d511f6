"""Bilibili's packets: golden frames that another program packed, whatever a hostile server may send, signatures and refusals."""

import base64
import json
import struct
import zlib
from contextlib import suppress
from typing import Any

import pytest
from goldens import golden
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.bilibili import wire
from adapters.bilibili.wire import Told
from livebot.decide.events import Broken, Comment, CommentDeleted, Heartbeat, StreamEnded, StreamStarted, Viewer
from livebot.errors import ConfigError, LivebotError, LoginRequired, Unavailable

NOW = 1_800_000_000_000
FRAMES = {name: base64.b64decode(frame) for name, frame in golden("bilibili").items()}
DM = Comment(
    id="5b1c7a52-1d6b-4d2e-9a57-0d4e9c3a1f10",
    author=Viewer(id="0f5c1d", name="小鱼", roles=("moderator", "guard", "fan")),
    text="三号链接还有货吗",
    sent_at=1_799_999_999_000,
)
MIRROR = Comment(id="m-2", author=Viewer(name="隔壁的观众", roles=("mirror",)), text="这边卖什么", sent_at=1_799_999_998_000)
BARE = Comment(id="m-3", author=Viewer(), text="在吗")
GOLDEN: dict[str, list[object]] = {
    "auth_reply": [Told("auth", "0")],
    "auth_refused": [Told("auth", "-101")],
    "heartbeat_reply": [Heartbeat()],
    "heartbeat_reply_with_echo": [Heartbeat()],
    "dm": [DM],
    "mirror": [MIRROR],
    "bare": [BARE],
    "emoji": [Comment(id="m-4", author=Viewer(name="小***"), text="[花]", sent_at=1_799_999_997_000)],
    "own": [Comment(id="m-5", author=Viewer(id="anchor-1", name="主播", roles=("anchor",)), text="看这里", sent_at=1_799_999_996_000)],
    "super_chat": [
        Comment(id="90210", author=Viewer(id="77aa", name="大客户", roles=("super_chat",)), text="能开发票吗", sent_at=1_799_999_995_000)
    ],
    "super_chat_del": [CommentDeleted(id="90210"), CommentDeleted(id="90211")],
    "live_start": [StreamStarted()],
    "live_end": [StreamEnded()],
    "interaction_end": [Told("end", "game-1")],
    "silent": [Heartbeat()] * 4,
    "several": [DM, MIRROR, BARE, StreamEnded()],
    "zlib": [DM, MIRROR, BARE],
    "brotli": [DM, MIRROR, BARE],
    "unknown": [Broken(reason="unknown command LIVE_OPEN_PLATFORM_FIREWORKS"), Broken(reason="unknown operation 9", sample="x")],
}


def read(frame: bytes) -> list[object]:
    return list(wire.read(frame, NOW, "anchor-1"))


def packed(body: bytes, version: int = 0, operation: int = 5) -> bytes:
    return struct.pack(">I2H2I", 16 + len(body), 16, version, operation, 0) + body


def message(kind: str, **data: Any) -> bytes:
    return packed(json.dumps({"cmd": f"LIVE_OPEN_PLATFORM_{kind}", "data": data}).encode())


@pytest.mark.parametrize("name", sorted(FRAMES | GOLDEN))
def test_golden_frames(name: str) -> None:
    if name == "brotli":
        pytest.importorskip("brotli")
    assert read(FRAMES[name]) == GOLDEN[name]


def test_what_we_write() -> None:
    assert wire.packet(wire.HEARTBEAT) == bytes.fromhex("00000010 0010 0001 00000002 00000001")
    assert wire.packet(wire.AUTH, b"{}") == bytes.fromhex("00000012 0010 0001 00000007 00000001") + b"{}"


# ── hostile input ──────────────────────────────────────────────────────────────

GOOD = message("DM", msg="在吗", msg_id="g")
BROKEN = {
    "no header": b"\0\0\0\x10",
    "longer than the frame": struct.pack(">I2H2I", 9999, 16, 0, 5, 0),
    "endless": struct.pack(">I2H2I", 0, 16, 0, 5, 0),
    "header of nothing": struct.pack(">I2H2I", 16, 0, 0, 5, 0),
    "header beyond its packet": struct.pack(">I2H2I", 16, 20, 0, 5, 0) + b"1234",
    "text": b"[1,2,3,4,5,6,7,8,9]",
}
BAD_BODIES = {
    "no json": packed(b"{"),
    "a list": packed(b"[]"),
    "deep": packed(b"[" * 100_000),
    "no cmd": packed(b"{}"),
    "no text": message("DM", msg_id="x"),
    "text of a wrong kind": message("DM", msg=["a"], msg_id="x"),
    "no super text": message("SUPER_CHAT", message_id=1),
    "no data": packed(b'{"cmd":"LIVE_OPEN_PLATFORM_DM"}'),
    "auth without json": packed(b"", operation=8),
    "not zlib": packed(b"hello", 2),
    "cut zlib": packed(zlib.compress(GOOD)[:-5], 2),
    "zlib of zlib": packed(zlib.compress(packed(zlib.compress(GOOD), 2)), 2),
    "zlib bomb": packed(zlib.compress(b"\0" * 100_000_000), 2),
    "not brotli": packed(b"hello", 3),
    "nothing as brotli": packed(b"", 3),
}


@pytest.mark.parametrize("name", BROKEN)
def test_where_no_length_can_be_trusted_the_rest_is_one_broken_event(name: str) -> None:
    (good, broken) = read(GOOD + BROKEN[name] + GOOD)
    assert isinstance(good, Comment)
    assert isinstance(broken, Broken)
    assert len(broken.sample) <= 120


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_body_is_one_broken_event_and_the_next_packet_is_read(name: str) -> None:
    (broken, good) = read(BAD_BODIES[name] + GOOD)
    assert isinstance(broken, Broken)
    assert isinstance(good, Comment)


def test_a_small_frame_does_not_become_a_flood_of_events() -> None:
    frame = packed(zlib.compress(packed(b"", operation=9) * 200_000), 2)
    assert len(frame) < 20_000
    found = read(frame)
    assert len(found) == wire.MOST + 1
    assert found[-1] == Broken(reason="too many packets in one frame")
    assert len(read(message("SUPER_CHAT_DEL", message_ids=list(range(100_000))))) == wire.MOST


def test_a_brotli_bomb_is_not_unpacked() -> None:
    brotli = pytest.importorskip("brotli")
    bomb = brotli.compress(b"\0" * 100_000_000, quality=1)
    assert len(bomb) < 100_000
    decompressor = brotli.Decompressor()
    assert len(decompressor.process(bomb, output_buffer_limit=wire.LARGEST)) < 4 * wire.LARGEST, "the library keeps to its limit"
    (broken,) = read(packed(bomb, 3))
    assert isinstance(broken, Broken)
    (cut,) = read(packed(brotli.compress(GOOD * 1000)[:-3], 3))
    assert isinstance(cut, Broken)


FULL = {"open_id": "u7", "uname": "小鱼", "msg": "有货吗", "msg_id": "m1", "timestamp": NOW // 1000, "guard_level": 0, "is_admin": 0}
SPOILT: list[tuple[str, object, str, object]] = [
    ("timestamp", None, "sent_at", None),
    ("timestamp", str(NOW // 1000), "sent_at", NOW),
    ("timestamp", NOW, "sent_at", None),
    ("timestamp", 1e308, "sent_at", None),
    ("timestamp", "soon", "sent_at", None),
    ("open_id", None, "author", Viewer(name="小鱼")),
    ("open_id", 17, "author", Viewer(id="17", name="小鱼")),
    ("uname", {"a": 1}, "author", Viewer(id="u7")),
    ("guard_level", "3", "author", Viewer(id="u7", name="小鱼", roles=("guard",))),
    ("guard_level", [], "author", Viewer(id="u7", name="小鱼")),
    ("is_admin", True, "author", Viewer(id="u7", name="小鱼")),
    ("is_admin", "1", "author", Viewer(id="u7", name="小鱼", roles=("moderator",))),
    ("fans_medal_wearing_status", "yes", "author", Viewer(id="u7", name="小鱼")),
    ("msg_id", 17, "id", "17"),
    ("msg", 666, "text", "666"),
]


@pytest.mark.parametrize(("field", "value", "place", "kept"), SPOILT)
def test_one_bad_field_loses_nothing_else(field: str, value: object, place: str, kept: object) -> None:
    (whole,) = read(message("DM", **FULL))
    (spoilt,) = read(message("DM", **FULL | {field: value}))
    for name in ("id", "author", "text", "sent_at"):
        assert getattr(spoilt, name) == (kept if name == place else getattr(whole, name))


def test_without_a_msg_id_the_same_comment_gets_the_same_id() -> None:
    bare = {name: value for name, value in FULL.items() if name != "msg_id"}
    ((first,), (again,), (later,)) = (read(message("DM", **data)) for data in (bare, bare | {"msg_id": ""}, bare | {"timestamp": 1}))
    assert isinstance(first, Comment)
    assert first.id.startswith("derived:")
    assert first == again
    assert getattr(later, "id", first.id) != first.id


def test_nobody_is_the_streamer_where_the_streamer_is_unknown() -> None:
    (comment,) = wire.read(message("DM", msg="在吗", open_id=""), NOW, "")
    assert isinstance(comment, Comment)
    assert comment.author.roles == ()


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KINDS = ["DM", "DM_MIRROR", "SUPER_CHAT", "SUPER_CHAT_DEL", "LIVE_START", "LIVE_END", "INTERACTION_END", "LIKE", "OTHER"]
FIELDS = ["msg", "msg_id", "message", "message_id", "message_ids", "open_id", "uname", "timestamp", "guard_level", "is_admin", "game_id"]
messages = st.builds(
    lambda kind, data: json.dumps({"cmd": f"LIVE_OPEN_PLATFORM_{kind}", "data": data}).encode(),
    st.sampled_from(KINDS),
    anything | st.dictionaries(st.sampled_from(FIELDS), anything),
)
bodies = messages | anything.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60)
packets = st.builds(packed, bodies, st.integers(0, 4), st.integers(0, 9))
compressed = st.builds(lambda inside: packed(zlib.compress(b"".join(inside)), 2), st.lists(packets, max_size=3))
frames = st.lists(packets | compressed, max_size=4).map(b"".join)
EVENTS = (Comment, CommentDeleted, StreamStarted, StreamEnded, Heartbeat, Broken, Told)


@calm
@given(st.binary(max_size=200) | frames)
def test_no_frame_raises(frame: bytes) -> None:
    assert all(isinstance(event, EVENTS) for event in read(frame))


@calm
@given(frames, st.data())
def test_neither_does_one_that_is_cut_or_flipped(frame: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(frame)))
    read(frame[:at])
    read(frame[:at] + data.draw(st.binary(max_size=3)) + frame[at + 1 :])


@calm
@given(st.binary(max_size=100) | anything.map(lambda value: json.dumps(value).encode()))
def test_no_answer_raises_anything_unsorted(body: bytes) -> None:
    for read_answer in (wire.answered, lambda raw: wire.game_of(wire.answered(raw))):
        with suppress(LivebotError):
            read_answer(body)


# ── the HTTP API ───────────────────────────────────────────────────────────────


def test_a_signature_as_another_program_makes_it() -> None:
    """Node's crypto, over the documented string: six headers in this order, joined by newlines."""
    body = b'{"code": "PRACTICE0001", "app_id": 1700000000001}'
    headers = wire.signed(body, key_id="practice-key", secret="practice-secret", nonce="nonce-1", now_s=1_800_000_000)
    assert headers["x-bili-content-md5"] == "941ecdf8a28e359149066300549ad20a"
    assert headers["Authorization"] == "0fef9e08494c074912de232ed6544ae04d31ce918e02e7716606699b6683327c"


REFUSALS = [(4001, "access_key_id"), (4002, "access_key_secret"), (4000, "code"), (7007, "code"), (8002, "app_id")]
LATER = [(4003, 30.0), (4009, 60.0), (5000, None), (5002, None), (7001, 10.0), (7002, 20.0), (7008, 20.0), (7010, 60.0), (99999, None)]


def refusal(code: object) -> LivebotError:
    with pytest.raises(LivebotError) as caught:
        wire.answered(json.dumps({"code": code, "message": "因为", "data": {}}).encode())
    return caught.value


def test_refusals_are_sorted_by_who_can_mend_them() -> None:
    for code, name in REFUSALS:
        error = refusal(code)
        assert isinstance(error, ConfigError)
        assert [problem.field for problem in error.problems] == [name]
        assert str(code) in str(error)
    for code in (4007, 4008, 5004, 5005, 5011):
        assert isinstance(refusal(code), LoginRequired)
    for code, wait in LATER:
        error = refusal(code)
        assert type(error) is Unavailable
        assert (error.retry_after, str(code) in error.zh) == (wait, True)
    assert all(isinstance(refusal(code), wire.GameClosed) for code in (7000, 7003))
    assert all(isinstance(refusal(code), Unavailable) for code in (None, "x", [], {}))


def test_a_game_as_start_answers_it() -> None:
    data: dict[str, Any] = {
        "game_info": {"game_id": ""},
        "websocket_info": {"auth_body": '{"roomid":1}', "wss_link": ["wss://a/sub", None, "wss://b/sub"]},
    }
    assert wire.game_of(data) == wire.Game(id="", auth_body='{"roomid":1}', links=("wss://a/sub", "wss://b/sub"), anchor="")
    for lacking in ({}, {"websocket_info": {"auth_body": "x", "wss_link": []}}, {"websocket_info": {"wss_link": ["wss://a"]}}):
        with pytest.raises(Unavailable):
            wire.game_of(lacking)
