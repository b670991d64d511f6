"""Douyin's push as bytes: the published signature, golden bodies, and whatever else arrives."""

import json
from typing import Any

import pytest
from goldens import golden, push
from hypothesis import given
from hypothesis import strategies as st

from adapters.douyin_push import wire
from livebot.decide.events import Broken, Comment, StreamEvent, Viewer

NOW = 1_767_225_600_000
SECRET = "123abc"
PUSHES = {name: push(frame) for name, frame in golden("douyin_push").items()}
FIRST = Comment(id="7300001", author=Viewer(id="_000abc", name="小鱼"), text="3号有货吗", sent_at=1767225599123)
SECOND = Comment(id="7300002", author=Viewer(id="_000def"), text="[捂脸]", sent_at=1767225599000)
GOLDEN: dict[str, list[StreamEvent]] = {
    "published": [Broken(reason="not JSON", sample="abc123你好")],
    "comments": [FIRST, SECOND],
    "in an envelope": [FIRST, SECOND],
    "in an envelope as a string": [FIRST, SECOND],
    "gift": [],
    "unknown": [Broken(reason="unknown msg_type 'live_mystery'", sample='[{"msg_id":"7300004"}]')],
}
PUBLISHED = {name: value for name, value in PUSHES["published"].headers.items() if name != "x-signature"}
ITEMS = json.loads(PUSHES["comments"].body)


@pytest.mark.parametrize("name", sorted(PUSHES | GOLDEN))
def test_golden_pushes(name: str) -> None:
    one = PUSHES[name]
    assert wire.is_signed(one.headers, one.body, SECRET)
    assert list(wire.read(one.headers["x-msg-type"], one.body, NOW)) == GOLDEN[name]


def test_the_published_vector() -> None:
    assert wire.signature(PUBLISHED, "abc123你好".encode(), SECRET) == "GAkalGmhzqlUGQO/TgvMug=="


@pytest.mark.parametrize(
    ("headers", "body", "secret"),
    [
        (PUBLISHED, b"abc123", "123abc"),
        (PUBLISHED, "abc123你好".encode(), "123abd"),
        (PUBLISHED | {"x-timestamp": "456790"}, "abc123你好".encode(), "123abc"),
        (PUBLISHED | {"x-signature": ""}, "abc123你好".encode(), "123abc"),
        (PUBLISHED | {"x-signature": "\udcff你"}, "abc123你好".encode(), "123abc"),
        ({}, b"", ""),
    ],
)
def test_nothing_else_is_signed(headers: dict[str, str], body: bytes, secret: str) -> None:
    assert not wire.is_signed({"x-signature": "GAkalGmhzqlUGQO/TgvMug=="} | headers, body, secret)


@pytest.mark.parametrize("bad", [7, None, "words", [], {}, {"content": ""}, {"content": {"text": "有货吗"}}, {"content": True}])
def test_one_bad_item_takes_no_neighbour_along(bad: Any) -> None:
    before, broken, after = wire.read("live_comment", json.dumps([ITEMS[0], bad, ITEMS[1]]).encode(), NOW)
    assert isinstance(before, Comment)
    assert isinstance(broken, Broken)
    assert isinstance(after, Comment)


@pytest.mark.parametrize("field", ["msg_id", "sec_openid", "nickname", "timestamp", "avatar_url"])
@pytest.mark.parametrize("value", [None, [], {}, True, "x", 1e999, -5])
def test_one_bad_field_loses_no_comment(field: str, value: Any) -> None:
    [comment] = wire.read("live_comment", json.dumps([ITEMS[0] | {field: value}]).encode(), NOW)
    assert isinstance(comment, Comment)
    assert comment.text == "3号有货吗"
    assert comment.id


ATOMS = st.none() | st.booleans() | st.floats() | st.integers() | st.text()
JSON = st.recursive(ATOMS, lambda x: st.lists(x) | st.dictionaries(st.text(), x))
FIELDS = ["msg_id", "sec_openid", "content", "nickname", "timestamp"]
BODIES = st.binary() | (JSON | st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)) | JSON)).map(
    lambda value: json.dumps(value).encode()
)


@given(BODIES, st.text(), st.integers(0, 1 << 50))
def test_nothing_makes_it_raise(body: bytes, text: str, now: int) -> None:
    for msg_type in ("live_comment", text):
        for event in wire.read(msg_type, body, now):
            assert isinstance(event, Comment | Broken)
    wire.told(body)
    wire.is_signed({"x-signature": text, "x-timestamp": text}, body, "secret")
    wire.seconds_off({"x-timestamp": text}, now)
