"""Any JSON by paths: the frames of well-known local tools, and whatever a hostile server may send."""

import json
from typing import Any

import pytest
from goldens import GRAB, golden
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from adapters.ws_json import WsJsonAdapter, WsJsonSettings, wire
from adapters.ws_json.wire import Mapped, path_of, wanted_of
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer

NOW = 1_800_000_000_000
BATCH = Mapped(
    text=path_of("body.0"),
    user_name=path_of("who"),
    roles=path_of("roles"),
    t_ms=path_of("at"),
    time_unit="s",
    only=wanted_of({"kind": ["chat", "reply"]}),
    started=wanted_of({"kind": "live", "on": True}),
    messages=path_of("data.list"),
    reply_to=path_of("re"),
    product=path_of("goods.no"),
)


def read(message: object, mapped: Mapped) -> list[StreamEvent]:
    return list(wire.read(json.dumps(message).encode(), NOW, mapped))


FRAMES = golden("ws-json")
AS_COMMENT = Comment(id="7303", author=Viewer(id="42", name="小鱼"), text="几号链接")
GOLDEN: dict[str, StreamEvent] = {
    "comment": AS_COMMENT,
    "type as a string": AS_COMMENT,
    "other type": Heartbeat(),
    "type of another kind": Heartbeat(),
    "end": StreamEnded(),
    "end without data": StreamEnded(),
}


@pytest.mark.parametrize("name", sorted(FRAMES | GOLDEN))
def test_golden_frames_whose_data_is_json_in_a_string(name: str) -> None:
    assert list(wire.read(FRAMES[name], NOW, GRAB)) == [GOLDEN[name]]


BROKEN = [b"", b"{", b"\xff", b'{"Type":1,"Data":"{cut"}', b'{"Type":1,"Data":"{}"}', b"[" * 100_000]


@pytest.mark.parametrize("frame", BROKEN, ids=lambda frame: repr(frame[:30]))
def test_what_cannot_be_understood_is_broken(frame: bytes) -> None:
    (event,) = wire.read(frame, NOW, GRAB)
    assert isinstance(event, Broken)


def test_a_list_of_messages_inside_a_frame() -> None:
    chat = {"kind": "chat", "body": ["有货吗"], "who": "阿May", "roles": ["fan", 3], "at": 1_799_999_999.5, "re": 5, "goods": {"no": 3}}
    live, like = {"kind": "live", "on": True}, {"kind": "like", "body": ["x"]}
    started, comment = read({"data": {"list": [live, like, 17, None, chat]}}, BATCH)
    assert started == StreamStarted()
    assert isinstance(comment, Comment)
    assert comment.id.startswith("derived:")
    assert comment.author == Viewer(name="阿May", roles=("fan",))
    assert (comment.text, comment.sent_at, comment.reply_to, comment.product) == ("有货吗", 1_799_999_999_500, "5", "3")
    assert read({"data": {"list": [live | {"on": 1}, like]}}, BATCH) == [Heartbeat()]
    assert read({"data": {}}, BATCH) == [Heartbeat()]


def test_without_conditions_what_has_a_text_is_a_comment() -> None:
    mapped = Mapped(text=path_of("msg"), id=path_of("id"))
    assert read([{"msg": "a", "id": 1}, {"like": 1}, {"msg": 666, "id": 2}], mapped) == [
        Comment(id="1", author=Viewer(), text="a"),
        Comment(id="2", author=Viewer(), text="666"),
    ]


def test_the_settings_become_the_mapping_and_the_limits() -> None:
    bare = WsJsonSettings(url="ws://127.0.0.1:8888", text="Data.Content")
    full = bare.model_copy(update={"id": "Data.MsgId", "user_id": "Data.User.Id", "ended": {"Type": 9}})
    adapter = WsJsonAdapter()
    limits = [adapter.limits(settings) for settings in (bare, full)]
    assert [(known.native_message_id, known.stable_user_id, known.ends_stream) for known in limits] == [(False,) * 3, (True,) * 3]
    assert not any(known.can_send for known in limits)


WRONG: list[tuple[str, object]] = [
    *[("url", url) for url in ("http://x/", "ws://", "ws://h:99999/", "ws://h/#f", "ws://h/ x", "", "ws://[::1")],
    *[("text", ""), ("text", "a..b"), ("id", ".a"), ("decode", [""]), ("only", {"a..b": 1}), ("only", {"a": {"b": 1}})],
    *[("subscribe", ["{"]), ("headers", {"X": "a\r\nEvil: 1"}), ("headers", {"X Y": "a"}), ("time_unit", "minutes"), ("colour", "red")],
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_bad_settings_are_refused_by_name(field: str, value: Any) -> None:
    good = {"url": "ws://127.0.0.1:8888", "text": "Data.Content"}
    WsJsonSettings.model_validate(good)
    with pytest.raises(ValidationError) as caught:
        WsJsonSettings.model_validate(good | {field: value})
    assert {str(error["loc"][0]) for error in caught.value.errors()} == {field}


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
CHAT = {"kind": "chat", "body": ["有货吗"], "who": "阿May"}


@calm
@given(st.binary(max_size=200) | st.text(st.characters(), max_size=200), st.sampled_from([GRAB, BATCH]))
def test_no_frame_raises(frame: bytes | str, mapped: Mapped) -> None:
    assert wire.read(frame, NOW, mapped)


@calm
@given(st.lists(anything, max_size=3), st.dictionaries(st.sampled_from(["roles", "at", "re", "goods", "who"]), anything))
def test_a_good_message_beside_bad_ones_and_with_bad_fields_survives(others: list[object], fields: dict[str, object]) -> None:
    events = read({"data": {"list": [*others, CHAT | fields, *others]}}, BATCH)
    assert [event.text for event in events if isinstance(event, Comment)].count("有货吗") >= 1


@calm
@given(st.dictionaries(st.sampled_from(["MsgId", "User", "Content"]), anything), anything)
def test_no_value_raises(data: dict[str, object], kind: object) -> None:
    assert read({"Type": 1, "Data": json.dumps(data)}, GRAB)
    assert read({"Type": kind, "Data": data}, GRAB)
