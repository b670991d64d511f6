"""Twitch's messages: golden frames in the documented form, and whatever a hostile server may send."""

import json
from typing import Any

import pytest
from goldens import golden
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.api import wait_s
from adapters.twitch import wire
from adapters.twitch.wire import Message
from livebot.decide.events import Broken, Comment, CommentDeleted, Viewer

NOW = 1_800_000_000_000
CHANNEL = "1001"
FRAMES: dict[str, Any] = {name: json.loads(frame) for name, frame in golden("twitch").items()}
COMMENT = Comment(
    id="cc106a89-1814-919d-454c-f4f2f970aae7",
    author=Viewer(id="4145994", name="小鱼", roles=("moderator", "subscriber")),
    text="三号有货吗 Kappa",
    sent_at=1_799_999_998_123,
    reply_to="d0c7c4b4-0000-4f0e-8a39-6b4a0c3d2e1f",
)
GOLDEN = {
    "welcome": Message("welcome", "m-1", "AQoQILE98gtqShGmLD7AM6yJThAB", keepalive=10),
    "keepalive": Message("keepalive", "m-2"),
    "reconnect": Message("reconnect", "m-3", "wss://eventsub.wss.twitch.tv/ws?reconnect=abc"),
    "revocation": Message("revocation", "m-4", "channel.chat.message authorization_revoked"),
    "chat": Message("event", "m-5", event=COMMENT),
    "shared_chat": Message("other", "m-6"),
    "other_channel": Message("other", "m-7"),
    "deleted": Message("event", "m-8", event=CommentDeleted(id="cc106a89-1814-919d-454c-f4f2f970aae7")),
    "online": Message("online", "m-9", "9001"),
    "rerun": Message("other", "m-10"),
    "offline": Message("offline", "m-11"),
}
UNKNOWN = {"unknown_message", "unknown_subscription"}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_frames(name: str) -> None:
    frame = json.dumps(FRAMES[name], ensure_ascii=False)
    assert wire.read(frame.encode(), NOW, CHANNEL) == wire.read(frame, NOW, CHANNEL) == GOLDEN[name]


def test_every_golden_frame_is_held_against_something() -> None:
    assert FRAMES.keys() == GOLDEN.keys() | UNKNOWN | {"bare"}


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_an_unknown_type_is_counted(name: str) -> None:
    message = wire.read(json.dumps(FRAMES[name]), NOW, CHANNEL)
    assert (message.type, message.id) == ("event", FRAMES[name]["metadata"]["message_id"])
    assert isinstance(message.event, Broken)
    assert message.event.reason.startswith("unknown type ")


def test_without_a_message_id_the_delivery_s_is_what_duplicates_are_known_by() -> None:
    first, again = (wire.read(json.dumps(FRAMES["bare"]), NOW + late, CHANNEL).event for late in (0, 60_000))
    assert isinstance(first, Comment)
    assert (first.text, first.author, first.sent_at) == ("在吗", Viewer(), None)
    assert first.id.startswith("derived:")
    assert first == again


BROKEN = [b"", b"{", b"\xff", b"null", b"[]", b"{}", b"[" * 100_000, b'{"metadata":{"message_type":"session_welcome"}}']
BROKEN += [b'{"metadata":{"message_type":"session_reconnect"},"payload":{"session":{"reconnect_url":null}}}']
BROKEN += [b'{"metadata":{"message_type":"notification","subscription_type":"channel.chat.message"},"payload":{"event":{"message":[]}}}']


@pytest.mark.parametrize("frame", BROKEN, ids=lambda frame: repr(frame[:30]))
def test_what_cannot_be_understood_is_broken(frame: bytes) -> None:
    assert isinstance(wire.read(frame, NOW, CHANNEL).event, Broken)


SAID = {"data": [{"message_id": "abc", "is_sent": True, "drop_reason": None}]}
DROPPED = {"data": [{"message_id": "", "is_sent": False, "drop_reason": {"code": "msg_rejected", "message": "Held by mods."}}]}
RECEIPTS: list[tuple[int, Any, str, str]] = [
    (200, SAID, "sent", ""),
    (200, DROPPED, "refused", "msg_rejected: Held by mods."),
    (200, {"data": [{"is_sent": False}]}, "refused", ""),
    (200, {"data": []}, "unknown", "HTTP 200"),
    (200, {}, "unknown", "HTTP 200"),
    (400, {"status": 400, "message": "Message cannot be replied to."}, "refused", "HTTP 400 Message cannot be replied to."),
    (422, {}, "refused", "HTTP 422"),
    (500, {}, "unknown", "HTTP 500"),
    (503, {"message": "x" * 1000}, "unknown", "HTTP 503 " + "x" * 200),
]


@pytest.mark.parametrize(("status", "answer", "state", "reason"), RECEIPTS)
def test_what_an_answer_to_a_send_means(status: int, answer: Any, state: str, reason: str) -> None:
    receipt = wire.receipt(status, answer)
    assert (receipt.state, receipt.reason) == (state, reason)
    assert receipt.native_id == ("abc" if state == "sent" else None)


def test_how_long_to_wait_goes_by_the_other_side_s_clock() -> None:
    there = {"Date": "Fri, 15 Jan 2027 09:00:00 GMT"}  # an hour ahead of NOW
    reset = {"Ratelimit-Reset": str((NOW // 1000) + 3600 + 7)}
    assert wait_s(429, there | reset, None, NOW) == 7
    assert wait_s(429, there | reset, 3.0, NOW) == 3
    assert wait_s(200, there | reset | {"Ratelimit-Remaining": "0"}, None, NOW) == 7
    assert wait_s(200, there | reset | {"Ratelimit-Remaining": "799"}, None, NOW) == 0
    assert wait_s(429, {}, None, NOW) == 1
    assert wait_s(429, {"Ratelimit-Reset": str(NOW // 1000 + 2), "Date": "yesterday"}, None, NOW) == 2
    assert wait_s(429, {"Ratelimit-Reset": "1e300"}, None, NOW) == 3600
    assert wait_s(429, {"Ratelimit-Reset": "0"}, None, NOW) == 0


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@calm
@given(st.binary(max_size=200) | st.text(st.characters(), max_size=200))
def test_no_frame_raises(frame: bytes | str) -> None:
    assert isinstance(wire.read(frame, NOW, CHANNEL), Message)


@calm
@given(st.sampled_from(sorted(FRAMES)), st.sampled_from(["metadata", "payload"]), st.data())
def test_no_value_in_a_frame_raises(name: str, part: str, data: st.DataObject) -> None:
    frame = json.loads(json.dumps(FRAMES[name]))
    holder, keys = frame, [part]
    while isinstance(inner := holder.get(keys[-1]), dict) and inner and data.draw(st.booleans()):
        holder = inner
        keys.append(data.draw(st.sampled_from(sorted(inner))))
    holder[keys[-1]] = data.draw(anything)
    assert isinstance(wire.read(json.dumps(frame), NOW, CHANNEL), Message)


OPTIONAL = sorted(FRAMES["chat"]["payload"]["event"].keys() - {"message", "source_broadcaster_user_id", "broadcaster_user_id"})


@calm
@given(st.dictionaries(st.sampled_from(OPTIONAL), anything), st.dictionaries(st.text(max_size=8), anything, max_size=3))
def test_one_bad_field_never_loses_a_comment(fields: dict[str, object], more: dict[str, object]) -> None:
    frame = json.loads(json.dumps(FRAMES["chat"]))
    event = more | frame["payload"]["event"] | fields
    found = wire.read(json.dumps(frame | {"payload": {"event": event}}), NOW, CHANNEL).event
    assert isinstance(found, Comment)
    assert found.text == COMMENT.text


@calm
@given(st.integers(0, 999), anything)
def test_no_answer_raises(status: int, data: object) -> None:
    assert wire.receipt(status, {"data": data, "message": data})
    assert wire.receipt(200, {"data": [data]})
    assert wait_s(429, {"Ratelimit-Reset": str(data), "Date": str(data)}, None, NOW) >= 0
