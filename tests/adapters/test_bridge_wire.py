"""The bridge's frames: golden samples, and whatever a hostile server may send."""

import json
from typing import Any

import pytest
from goldens import golden
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.bridge import wire
from livebot.decide.events import Broken, Comment, Heartbeat, Settled, StreamEnded, StreamEvent, StreamStarted, Viewer

NOW = 1_800_000_000_000
FRAMES = golden("bridge")
GOOD: dict[str, Any] = json.loads(FRAMES["comment"])
AS_COMMENT = Comment(
    id="m1",
    author=Viewer(id="u7", name="小鱼", roles=("fan", "moderator")),
    text="三号链接还有货吗",
    sent_at=1_799_999_999_000,
    reply_to="m0",
    product="3",
)


def read(message: object) -> list[StreamEvent]:
    return list(wire.read(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"), NOW))


def one(message: object) -> Comment:
    (event,) = read(message)
    assert isinstance(event, Comment)
    return event


GOLDEN: dict[str, list[StreamEvent]] = {
    "comment": [AS_COMMENT],
    "several": [AS_COMMENT, Heartbeat()],
    "unknown fields": [Comment(id="9", author=Viewer(), text="hi")],
    "start": [StreamStarted()],
    "start with a plan": [StreamStarted(planned_end=1_800_007_200_000)],
    "start with a plan in the past": [StreamStarted()],
    "start with no plan": [StreamStarted()],
    "end": [StreamEnded()],
    "said": [Settled(key="k1", state="sent", native_id="n1")],
    "said without an id": [Settled(key="k1", state="sent")],
    "said with a number": [Settled(key="k1", state="sent", native_id="17")],
    "refused": [Settled(key="k1", state="refused", reason="太快")],
    "refused without words": [Settled(key="k1", state="refused")],
    "welcome with a heartbeat": [Heartbeat(every=5.0)],
    "welcome with a heartbeat as text": [Heartbeat(every=5.0)],
    "welcome with a heartbeat of nothing": [Heartbeat()],
    "welcome with a heartbeat without end": [Heartbeat()],
    "welcome": [Heartbeat()],
    "ping": [Heartbeat()],
    "unknown type": [Broken(reason="unknown type gift", sample='{"type":"gift","text":"火箭","id":"g1"}')],
    "unknown type with a bad text": [Broken(reason="unknown type gift", sample='{"type":"gift","text":["火箭"]}')],
    "nothing": [],
}


@pytest.mark.parametrize("name", sorted(FRAMES | GOLDEN))
def test_golden_frames(name: str) -> None:
    assert list(wire.read(FRAMES[name], NOW)) == GOLDEN[name]
    assert list(wire.read(FRAMES[name].decode(), NOW)) == GOLDEN[name], "a binary frame is as good as a text frame"


BROKEN = [b"", b"{", b"null", b"17", b'"text"', b"\xff\xfe\x00", b"{}", b'{"type":3}', b"[3]", b"[[{}]]", b"[" * 100_000]
BROKEN += [b'{"type":"comment"}', b'{"type":"comment","text":""}', b'{"type":"comment","text":null}', b'{"type":"comment","text":["a"]}']
BROKEN += [b'{"type":"comment","text":true}', b'{"type":"comment","text":"cut', b'{"type":"said"}', b'{"type":"refused","reason":"x"}']


@pytest.mark.parametrize("frame", BROKEN, ids=lambda frame: repr(frame[:40]))
def test_a_broken_frame_is_one_broken_event_with_its_start(frame: bytes) -> None:
    (event,) = wire.read(frame, NOW)
    assert isinstance(event, Broken)
    assert event.reason
    assert len(event.sample) <= 120


HUGE = "1" + "0" * 5000
SPOILT: list[tuple[str, object, object]] = [
    ("user", None, Viewer()),
    ("user", [1], Viewer()),
    ("user", "u7", Viewer(id="u7", name="u7")),
    ("user", 7, Viewer(id="7", name="7")),
    ("user", {"id": 7, "name": "小鱼", "roles": ["fan"]}, Viewer(id="7", name="小鱼", roles=("fan",))),
    ("user", {"id": "u7", "name": {"first": "小"}, "roles": []}, Viewer(id="u7")),
    ("user", {"id": "u7", "name": "小鱼", "roles": "fan"}, Viewer(id="u7", name="小鱼", roles=("fan",))),
    ("user", {"id": "u7", "name": "小鱼", "roles": ["fan", 3, None]}, Viewer(id="u7", name="小鱼", roles=("fan",))),
    ("user", {"name": "小鱼", "roles": None}, Viewer(name="小鱼")),
    ("t_ms", None, None),
    ("t_ms", "1799999999000", 1_799_999_999_000),
    ("t_ms", 1_799_999_999_000.7, 1_799_999_999_000),
    ("t_ms", "yesterday", None),
    ("t_ms", 1_799_999_999, None),
    ("t_ms", -5, None),
    ("t_ms", 10**30, None),
    ("t_ms", HUGE, None),
    ("t_ms", NOW + 90_000_000, None),
    ("t_ms", True, None),
    ("t_ms", {}, None),
    ("reply_to", 17, "17"),
    ("reply_to", ["m0"], None),
    ("reply_to", "", None),
    ("product", 3, "3"),
    ("product", {"no": 3}, None),
    ("id", 17, "17"),
    ("text", 666, "666"),
    ("text", HUGE, HUGE),
]
PLACE = {"user": "author", "t_ms": "sent_at"}


@pytest.mark.parametrize(("field", "value", "kept"), SPOILT, ids=lambda value: str(value)[:40])
def test_one_bad_field_loses_neither_the_comment_nor_its_other_fields(field: str, value: object, kept: object) -> None:
    spoilt = HUGE if value is HUGE else json.dumps(value)
    (comment,) = wire.read(json.dumps(GOOD | {field: "@"}).replace('"@"', spoilt), NOW)
    assert isinstance(comment, Comment)
    for name in ("id", "author", "text", "sent_at", "reply_to", "product"):
        assert getattr(comment, name) == (kept if name == PLACE.get(field, field) else getattr(AS_COMMENT, name))


def test_bad_utf_8_in_one_field_is_replaced_and_the_rest_kept() -> None:
    (comment,) = wire.read(b'\xef\xbb\xbf{"type":"comment","id":"m1","text":"ok","user":{"id":"u\xff"}}', NOW)
    assert comment == Comment(id="m1", author=Viewer(id="u�"), text="ok")


def test_a_comment_without_an_id_gets_the_same_derived_one_each_time() -> None:
    bare = {name: value for name, value in GOOD.items() if name != "id"}
    first = one(bare)
    assert first.id.startswith("derived:")
    assert one(bare | {"id": None}) == one(bare | {"id": ""}) == one(bare | {"id": []}) == first
    others = [bare | {"t_ms": NOW}, bare | {"text": "别的"}, bare | {"user": {"id": "u8"}}]
    assert len({first.id, *(one(other).id for other in others)}) == 4
    assert one(GOOD | {"id": "x" * 513}).id.startswith("derived:")
    assert one(GOOD | {"id": "x" * 512}).id == "x" * 512


ODD = ["a" * 1_000_000, "\x00\x00", "\ud800半", "\u202e右到左\u2066", "\u200b\u200d", "😂" * 500, "\\\"'", "\u2028"]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:8]))
def test_odd_texts_pass_unchanged(text: str) -> None:
    (comment,) = wire.read(json.dumps(GOOD | {"text": text}), NOW)
    assert isinstance(comment, Comment)
    assert comment.text == text
    assert comment.author == AS_COMMENT.author


def test_what_we_write() -> None:
    assert json.loads(wire.hello(None)) == {"type": "hello"}
    assert json.loads(wire.hello("m1")) == {"type": "hello", "after": "m1"}
    assert wire.words("在的\n亲", key="k", to=None) == '{"type": "say", "key": "k", "text": "在的\\n亲"}'
    assert json.loads(wire.words("在", key="k", to="m\ud800")) == {"type": "say", "key": "k", "text": "在", "to": "m\ud800"}
    wire.words("在", key="k", to="m\ud800").encode()


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
TYPES = ["comment", "said", "refused", "welcome", "ping", "stream_started", "stream_ended", "other"]
FIELDS = ["id", "text", "user", "t_ms", "reply_to", "product", "key", "reason", "heartbeat_s", "planned_end_ms"]
messages = st.builds(lambda kind, rest: rest | {"type": kind}, st.sampled_from(TYPES), st.dictionaries(st.sampled_from(FIELDS), anything))
EVENTS = (Comment, StreamStarted, StreamEnded, Heartbeat, Broken, Settled)


@calm
@given(st.binary(max_size=200) | st.text(st.characters(), max_size=200))
def test_no_frame_raises(frame: bytes | str) -> None:
    assert all(isinstance(event, EVENTS) for event in wire.read(frame, NOW))


@calm
@given(messages)
def test_no_message_raises_and_every_event_is_well_typed(message: dict[str, Any]) -> None:
    for event in wire.read(json.dumps(message), NOW):
        assert isinstance(event, EVENTS)
        if isinstance(event, Comment):
            assert event.id
            assert event.text
            assert isinstance(event.text, str)
            assert event.sent_at is None or isinstance(event.sent_at, int)
            assert all(isinstance(role, str) for role in event.author.roles)


@calm
@given(st.lists(anything, max_size=3), st.lists(anything, max_size=3))
def test_a_good_message_beside_bad_ones_survives(before: list[object], after: list[object]) -> None:
    assert AS_COMMENT in wire.read(json.dumps([*before, GOOD, *after]), NOW)


@calm
@given(st.sampled_from(["user", "t_ms", "reply_to", "product", "key", "reason", "heartbeat_s", "x"]), anything)
def test_no_value_of_an_optional_field_loses_the_text_or_the_id(field: str, value: object) -> None:
    (comment,) = wire.read(json.dumps(GOOD | {field: value}), NOW)
    assert isinstance(comment, Comment)
    assert (comment.id, comment.text) == ("m1", GOOD["text"])
