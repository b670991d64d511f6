"""The recorded samples of every adapter's wire, and what its wire makes of one."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from adapters.bilibili import wire as bilibili
from adapters.bridge import wire as bridge
from adapters.douyin_grab.wire import Reader
from adapters.douyin_push import wire as douyin_push
from adapters.oba.wire import reader
from adapters.pushed import Push
from adapters.social_stream import wire as social_stream
from adapters.tiktok_shop import wire as tiktok_shop
from adapters.twitch import wire as twitch
from adapters.ws_json import wire as ws_json
from adapters.ws_json.wire import Mapped, path_of, wanted_of
from adapters.youtube import wire as youtube

NOW = 1_800_000_000_000
GRAB = Mapped(
    text=path_of("Data.Content"),
    id=path_of("Data.MsgId"),
    user_id=path_of("Data.User.Id"),
    user_name=path_of("Data.User.Nickname"),
    only=wanted_of({"Type": 1}),
    ended=wanted_of({"Type": 9}),
    decode=(path_of("Data"),),
)


def golden(kind: str) -> dict[str, bytes]:
    """The samples of an adapter (golden/KIND.tsv: a name and a frame in each line) by name. What is binary is written in base64, a request
    as {"headers": …, "body": …}. Raises OSError where there are none.
    """
    lines = Path(__file__).with_name("golden").joinpath(f"{kind}.tsv").read_text("utf-8").rstrip("\n").split("\n")
    return {name: frame.encode() for name, _, frame in (line.partition("\t") for line in lines)}


def push(frame: bytes) -> Push:
    request = json.loads(frame)
    return Push(headers=request["headers"], body=request["body"].encode())


def _douyin_push(frame: bytes) -> Any:
    one = push(frame)
    return douyin_push.read(one.headers["x-msg-type"], one.body, NOW)


def _social_stream(frame: bytes) -> Iterator[object]:
    message = json.loads(frame)
    for found in social_stream.read(frame, message.get("delete", message)["type"], set()):
        yield found.comment if isinstance(found, social_stream.Line) else found


def _tiktok_shop(frame: bytes) -> Any:
    body = push(frame).body
    one = tiktok_shop.notice(body)
    return tiktok_shop.read(one, body, NOW) if one else ()


READS: dict[str, Callable[[bytes], Any]] = {
    "bilibili": lambda frame: bilibili.read(b64decode(frame), NOW, "anchor-1"),
    "bridge": lambda frame: bridge.read(frame, NOW),
    "douyin_grab": lambda frame: Reader(set(), set()).read(frame, NOW),
    "douyin_push": _douyin_push,
    "oba": lambda frame: reader(frozenset())(frame, NOW),
    "social_stream": _social_stream,
    "tiktok_shop": _tiktok_shop,
    "twitch": lambda frame: [twitch.read(frame, NOW, "1001").event],
    "ws-json": lambda frame: ws_json.read(frame, NOW, GRAB),
    "youtube": lambda frame: youtube.read_page(frame, NOW).events,
}
"""Of each adapter: the frame of a sample → what its wire tells by it."""
