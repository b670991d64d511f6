"""TikTok Shop's webhooks as bytes: a signature computed apart, golden notifications of every type, and whatever else arrives."""

import hashlib
import json
from typing import Any

import pytest
from goldens import golden, push
from hypothesis import given
from hypothesis import strategies as st

from adapters.tiktok_shop import wire
from livebot.decide.events import Broken, OrderUpdate, StreamEvent

NOW = 1_767_225_600_000


def told(**fields: Any) -> bytes:
    known = {"tts_notification_id": "7327112393057371910", "shop_id": "7494049642642441621", "timestamp": 1767225599}
    return json.dumps(known | fields).encode()


def apart_from_us(key: bytes, message: bytes) -> str:
    """HMAC-SHA256 by its definition (RFC 2104), without the library that the adapter uses."""
    inner, outer = (bytes(byte ^ pad for byte in key.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    return hashlib.sha256(outer + hashlib.sha256(inner + message).digest()).hexdigest()


def read(body: bytes) -> list[StreamEvent]:
    one = wire.notice(body)
    assert one is not None
    return list(wire.read(one, body, NOW))


def test_the_signature_is_the_one_that_rfc_2104_makes() -> None:
    body = told(type=1, data={"order_id": "5764"})
    apart = apart_from_us(b"secret", b"key" + body)
    assert wire.signature("key", "secret", body) == apart
    assert wire.is_signed(apart, "key", "secret", body)
    for wrong in ("", apart.upper(), f"Bearer {apart}", apart[:-1], "\udcff"):
        assert not wire.is_signed(wrong, "key", "secret", body)
    assert not wire.is_signed(apart, "key", "secret", body + b" ")


PUSHES = {name: push(frame) for name, frame in golden("tiktok_shop").items()}
GOLDEN = {
    "created": "created",
    "paid": "paid",
    "on hold": "ON_HOLD",
    "shipped": "shipped",
    "delivered": "delivered",
    "cancelled": "cancelled",
    "no status": "ORDER_STATUS_CHANGE",
    "package": "PACKAGE_UPDATE SPLIT",
    "cancellation": "cancelled",
    "cancellation taken back": "CANCELLATION_REQUEST_CANCELLED",
    "refund": "refund",
    "return": "return",
    "exchange": "exchange",
    "refund taken back": "RETURN_OR_REFUND_REQUEST_CANCEL",
    "return without a type": "return",
}


@pytest.mark.parametrize("name", sorted(PUSHES | GOLDEN))
def test_golden_notifications(name: str) -> None:
    one = PUSHES[name]
    assert wire.is_signed(one.headers["authorization"], "key", "secret", one.body)
    [update] = read(one.body)
    assert update == OrderUpdate(id="7327112393057371910", order="576460752303423488", state=GOLDEN[name], at=1767225590000)


def test_a_package_tells_of_each_of_its_orders() -> None:
    packages = [{"package_id": "p", "order_id_list": ["1", "2"]}, {"order_id_list": ["2", 3]}, 7, {"order_id_list": {}}]
    found = read(told(type=4, data={"sc_type": "COMBINE", "package_list": packages}))
    assert [(one.order, one.state, one.id) for one in found if isinstance(one, OrderUpdate)] == [
        (order, "PACKAGE_UPDATE COMBINE", f"7327112393057371910/{order}") for order in ("1", "2", "3")
    ]


UNKNOWN = [told(type=63), told(), told(type="x"), told(type=1), told(type=11, data=[]), told(type=4, data={"package_list": 3})]


@pytest.mark.parametrize("body", UNKNOWN)
def test_what_is_unknown_or_says_no_order_is_counted(body: bytes) -> None:
    [broken] = read(body)
    assert isinstance(broken, Broken)


@pytest.mark.parametrize("missing", ["tts_notification_id", "shop_id", "timestamp"])
def test_a_missing_field_loses_no_update(missing: str) -> None:
    body = json.loads(told(type=1, data={"order_id": "5764", "order_status": "CANCEL"}))
    del body[missing]
    first, again = read(json.dumps(body).encode()), read(json.dumps(body).encode())
    assert first == again
    assert isinstance(first[0], OrderUpdate)
    assert first[0].order == "5764"


ATOMS = st.none() | st.booleans() | st.floats() | st.integers() | st.text()
JSON = st.recursive(ATOMS, lambda x: st.lists(x) | st.dictionaries(st.text(), x))
FIELDS = ["order_id", "order_status", "cancel_status", "return_status", "return_type", "update_time", "package_list", "sc_type"]
DATA = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON))
NOTICES = st.fixed_dictionaries(
    {"type": st.sampled_from([1, 4, 11, 12]) | JSON},
    optional={"tts_notification_id": JSON, "shop_id": JSON, "timestamp": JSON, "data": DATA},
)
BODIES = st.binary() | (JSON | NOTICES).map(lambda value: json.dumps(value).encode())


@given(BODIES, st.text(), st.integers(0, 1 << 50))
def test_nothing_makes_it_raise(body: bytes, text: str, now: int) -> None:
    wire.is_signed(text, text, text.encode("utf-8", "replace").decode(), body)
    one = wire.notice(body)
    for event in wire.read(one, body, now) if one else ():
        assert isinstance(event, OrderUpdate | Broken)
        assert not isinstance(event, OrderUpdate) or (event.id and event.order)
