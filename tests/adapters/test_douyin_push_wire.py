"""Douyin's push as bytes: the published signature, golden bodies, and whatever else arrives."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.douyin_push import wire
from livebot.decide.events import Broken, Comment, Viewer

NOW = 1_767_225_600_000
PUBLISHED = {"x-nonce-str": "123456", "x-timestamp": "456789", "x-roomid": "268", "x-msg-type": "user_group"}
GOLDEN = """[{"msg_id":"7300001","sec_openid":"_000abc","content":"3号有货吗","avatar_url":"https://example.com/a.jpeg","nickname":"小鱼","timestamp":1767225599123},
{"msg_id":"7300002","sec_openid":"_000def","content":"[捂脸]","nickname":"","timestamp":1767225599}]""".encode()


def test_the_published_vector() -> None:
    assert wire.signature(PUBLISHED, "abc123你好".encode(), "123abc") == "GAkalGmhzqlUGQO/TgvMug=="
    more = PUBLISHED | {"content-type": "application/json", "x-signature": "GAkalGmhzqlUGQO/TgvMug==", "host": "example.com"}
    assert wire.is_signed(more, "abc123你好".encode(), "123abc")


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


def test_a_golden_push() -> None:
    first, second = wire.read("live_comment", GOLDEN, NOW)
    assert first == Comment(id="7300001", author=Viewer(id="_000abc", name="小鱼"), text="3号有货吗", sent_at=1767225599123)
    assert second == Comment(id="7300002", author=Viewer(id="_000def"), text="[捂脸]", sent_at=1767225599000)


@pytest.mark.parametrize("wrapped", [lambda items: {"payload": items}, lambda items: {"payload": json.dumps(items), "roomid": "1"}])
def test_an_envelope_is_opened(wrapped: Any) -> None:
    assert list(wire.read("live_comment", json.dumps(wrapped(json.loads(GOLDEN))).encode(), NOW)) == list(
        wire.read("live_comment", GOLDEN, NOW)
    )


@pytest.mark.parametrize("bad", [7, None, "words", [], {}, {"content": ""}, {"content": {"text": "有货吗"}}, {"content": True}])
def test_one_bad_item_takes_no_neighbour_along(bad: Any) -> None:
    before, broken, after = wire.read("live_comment", json.dumps([json.loads(GOLDEN)[0], bad, json.loads(GOLDEN)[1]]).encode(), NOW)
    assert isinstance(before, Comment)
    assert isinstance(broken, Broken)
    assert isinstance(after, Comment)


@pytest.mark.parametrize("field", ["msg_id", "sec_openid", "nickname", "timestamp", "avatar_url"])
@pytest.mark.parametrize("value", [None, [], {}, True, "x", 1e999, -5])
def test_one_bad_field_loses_no_comment(field: str, value: Any) -> None:
    [comment] = wire.read("live_comment", json.dumps([json.loads(GOLDEN)[0] | {field: value}]).encode(), NOW)
    assert isinstance(comment, Comment)
    assert comment.text == "3号有货吗"
    assert comment.id


def test_other_types() -> None:
    assert wire.read("live_gift", b"[{}]", NOW) == ()
    [broken] = wire.read("live_mystery", b"[{}]", NOW)
    assert broken == Broken(reason="unknown msg_type 'live_mystery'", sample="[{}]")


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
