"""The YouTube Data API's JSON: golden samples, and whatever a hostile server may send."""

import json
from dataclasses import replace
from typing import Any

import pytest
from goldens import golden
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.fields import sample as sample_of
from adapters.youtube import wire
from livebot.decide.events import Broken, Comment, CommentDeleted, StreamEnded, Viewer
from livebot.errors import LoginRequired, Rejected, Unavailable

NOW = 1_800_000_000_000
TEXT: dict[str, Any] = {
    "kind": "youtube#liveChatMessage",
    "etag": "e",
    "id": "LCC.one",
    "snippet": {
        "type": "textMessageEvent",
        "liveChatId": "chat",
        "authorChannelId": "UC7",
        "publishedAt": "2027-01-15T07:59:59.123456+00:00",
        "hasDisplayContent": True,
        "displayMessage": "三号链接还有货吗",
        "textMessageDetails": {"messageText": "三号链接还有货吗"},
    },
    "authorDetails": {
        "channelId": "UC7",
        "displayName": "小鱼",
        "isVerified": False,
        "isChatOwner": False,
        "isChatSponsor": True,
        "isChatModerator": True,
    },
}
AS_COMMENT = Comment(
    id="LCC.one",
    author=Viewer(id="UC7", name="小鱼", roles=("moderator", "member")),
    text="三号链接还有货吗",
    sent_at=1_799_999_999_123,
)


def item(**snippet: Any) -> dict[str, Any]:
    return TEXT | {"snippet": TEXT["snippet"] | snippet}


def read(*items: object, **page: object) -> wire.Page:
    return wire.read_page(json.dumps({"kind": "youtube#liveChatMessageListResponse", "items": items} | page).encode(), NOW)


def test_a_page_as_documented() -> None:
    page = read(TEXT, nextPageToken="next", pollingIntervalMillis=7500, pageInfo={"totalResults": 1}, offlineAt="2027-01-15T08:00:00Z")
    assert page == wire.Page(events=(AS_COMMENT,), token="next", pause=7.5, offline=True)


FISH, LIN = Viewer(id="UC-fish", name="小鱼", roles=("member",)), Viewer(id="UC-lin", name="林姐", roles=("verified",))
SHOP = Viewer(id="UC-shop", name="小店", roles=("owner", "moderator"))
SENT = 1_799_999_999_123
GOLDEN: dict[str, object] = {
    "text": Comment(id="LCC.1", author=FISH, text="三号链接还有货吗", sent_at=SENT),
    "super_chat": Comment(id="LCC.2", author=LIN, text="尺码表发一下", sent_at=SENT),
    "milestone": Comment(id="LCC.3", author=Viewer(id="UC-lin", name="林姐", roles=("member",)), text="一年啦", sent_at=SENT),
    "owner": Comment(id="LCC.4", author=SHOP, text="三号链接上车", sent_at=SENT),
    "deleted": CommentDeleted(id="LCC.1"),
    "retracted": CommentDeleted(id="LCC.2"),
    "tombstone": CommentDeleted(id="LCC.7"),
    "banned": None,
    "sticker": None,
    "ended": StreamEnded(),
}
PAGES = golden("youtube")


@pytest.mark.parametrize("name", sorted(PAGES | GOLDEN))
def test_golden_answers(name: str) -> None:
    """Written as the API's reference lays them out."""
    page = wire.read_page(PAGES[name], NOW)
    assert page.events == ((GOLDEN[name],) if GOLDEN[name] else ())
    assert (page.token, page.pause, page.offline) == ("GKjy", 5.3, name == "ended")
    assert page.banned == ({"UC-troll"} if name == "banned" else frozenset())


TYPES: list[tuple[object, object]] = [
    (item(type="superChatEvent", superChatDetails={"userComment": "加油", "amountMicros": "5000000", "currency": "CNY"}), "加油"),
    (item(type="superChatEvent", superChatDetails={"amountMicros": "5000000"}), None),
    (item(type="memberMilestoneChatEvent", memberMilestoneChatDetails={"userComment": "一年了", "memberMonth": 12}), "一年了"),
    (item(type="memberMilestoneChatEvent", memberMilestoneChatDetails={}), None),
    (item(type="superStickerEvent", superStickerDetails={}), None),
    (item(type="pollEvent", pollDetails={}), None),
    (item(type="newSponsorEvent", newSponsorDetails={}), None),
    (item(type="hologramEvent"), Broken(reason="unknown type hologramEvent", sample=sample_of(repr(item(type="hologramEvent"))))),
    (item(type="messageDeletedEvent", messageDeletedDetails={"deletedMessageId": "LCC.one"}), CommentDeleted(id="LCC.one")),
    (item(type="messageRetractedEvent", messageRetractedDetails={"retractedMessageId": "LCC.one"}), CommentDeleted(id="LCC.one")),
    (item(type="tombstone"), CommentDeleted(id="LCC.one")),
    (item(type="chatEndedEvent"), StreamEnded()),
    (item(textMessageDetails=None), "三号链接还有货吗"),
    (item(type=None), "三号链接还有货吗"),
]


@pytest.mark.parametrize(("sample", "expected"), TYPES, ids=lambda value: None)
def test_each_type_as_documented(sample: object, expected: object) -> None:
    events = read(sample).events
    if isinstance(expected, str):
        (comment,) = events
        assert isinstance(comment, Comment)
        assert (comment.text, comment.author, comment.id) == (expected, AS_COMMENT.author, "LCC.one")
    elif expected is Broken:
        assert [type(event) for event in events] == [Broken]
    else:
        assert events == (() if expected is None else (expected,))


def test_who_is_banned_for_good() -> None:
    user = {"channelId": "UC9", "displayName": "捣乱的"}
    forever = item(type="userBannedEvent", userBannedDetails={"bannedUserDetails": user, "banType": "permanent"})
    five_minutes = item(
        type="userBannedEvent", userBannedDetails={"bannedUserDetails": user, "banType": "temporary", "banDurationSeconds": "300"}
    )
    assert read(forever) == wire.Page(events=(), banned=frozenset({"UC9"}))
    assert read(five_minutes) == wire.Page(events=())


@pytest.mark.parametrize(
    "field",
    [
        {"id": None},
        {"authorDetails": None},
        {"authorDetails": {"channelId": 7, "displayName": ["x"], "isChatOwner": "yes"}},
        {"snippet": TEXT["snippet"] | {"publishedAt": "yesterday"}},
        {"snippet": TEXT["snippet"] | {"publishedAt": "9999-12-31T23:59:59Z", "authorChannelId": {}}},
        {"new": {"deep": [1]}},
    ],
    ids=str,
)
def test_one_bad_field_loses_no_message(field: dict[str, Any]) -> None:
    broken, whole = read(TEXT | field, TEXT).events
    assert isinstance(broken, Comment)
    assert broken.text == AS_COMMENT.text
    assert whole == AS_COMMENT


@pytest.mark.parametrize(
    "bad", [None, 17, "text", [], {}, {"id": "x"}, {"snippet": 7}, item(textMessageDetails={}, displayMessage=None)], ids=str
)
def test_a_message_that_is_none_is_one_broken_and_its_neighbours_stay(bad: object) -> None:
    before, broken, after = read(TEXT, bad, TEXT).events
    assert isinstance(broken, Broken)
    assert before == after == AS_COMMENT


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"items": 7}', b"\xff", b"[" * 100_000])
def test_a_page_that_is_none_is_one_broken(body: bytes) -> None:
    page = wire.read_page(body, NOW)
    assert [type(event) for event in page.events] == [Broken]
    assert (page.token, page.pause) == ("", wire.PAUSE_S)


@pytest.mark.parametrize(("given_", "pause"), [(0, 0.0), ("1500", 1.5), (-5, 0.0), (1e99, 600.0), (None, 5.0), ("soon", 5.0), (True, 5.0)])
def test_the_pause_is_what_the_platform_says_within_reason(given_: object, pause: float) -> None:
    assert read(pollingIntervalMillis=given_).pause == pause


def test_a_broadcast_as_documented() -> None:
    live = {
        "actualStartTime": "2027-01-15T07:00:00Z",
        "scheduledStartTime": "2027-01-15T07:00:00Z",
        "scheduledEndTime": "2027-01-15T09:00:00.5Z",
        "activeLiveChatId": "chat",
    }
    body = json.dumps({"items": [{"id": "v", "snippet": {"channelId": "UC1"}, "liveStreamingDetails": live}]}).encode()
    expected = wire.Video(channel="UC1", chat="chat", started=True, starts=1_799_996_400_000, ends=1_800_003_600_500)
    assert wire.read_video(body, NOW) == expected
    assert wire.read_video(body, NOW + 3_600_500) == replace(expected, ends=None), "an end that was planned for the past is none"
    assert wire.read_video(b'{"items": []}', NOW) is None
    assert wire.read_video(b'{"items": [{"id": "v", "snippet": {}}]}', NOW) is None, "a video that is no broadcast"


def refused(status: int, reason: str, message: str = "words", retry_after: float | None = None) -> wire.Refused:
    error = {"code": status, "message": message, "errors": [{"domain": "youtube.liveChat", "reason": reason, "message": message}]}
    return wire.Refused(status, json.dumps({"error": error}).encode(), retry_after)


SORTED: list[tuple[int, str, type[Exception], type[Exception]]] = [
    (403, "rateLimitExceeded", Unavailable, Unavailable),
    (429, "", Unavailable, Unavailable),
    (403, "quotaExceeded", Unavailable, Rejected),
    (403, "forbidden", LoginRequired, Rejected),
    (403, "liveChatDisabled", Unavailable, Rejected),
    (404, "liveChatNotFound", Unavailable, Rejected),
    (400, "messageTextInvalid", Unavailable, Rejected),
    (401, "authError", LoginRequired, LoginRequired),
    (500, "backendError", Unavailable, Rejected),
]


@pytest.mark.parametrize(("status", "reason", "reading", "sending"), SORTED)
def test_errors_are_sorted_by_who_can_mend_them(status: int, reason: str, reading: type[Exception], sending: type[Exception]) -> None:
    error = refused(status, reason)
    assert type(wire.sorted_error(error)) is reading
    assert type(wire.sorted_error(error, sending=True)) is sending
    assert f"{status} {reason}".strip() in str(wire.sorted_error(error))


def test_a_key_that_is_wrong_is_a_matter_of_login_and_retry_after_is_kept() -> None:
    assert isinstance(wire.sorted_error(refused(400, "badRequest", "API key not valid. Please pass a valid API key.")), LoginRequired)
    error = wire.sorted_error(refused(429, "rateLimitExceeded", retry_after=17.0), sending=True)
    assert isinstance(error, Unavailable)
    assert error.retry_after == 17.0


def test_what_is_sent() -> None:
    text = '在的"\\\n😀'
    assert json.loads(wire.message("chat", text)) == {
        "snippet": {"liveChatId": "chat", "type": "textMessageEvent", "textMessageDetails": {"messageText": text}}
    }
    top = {"snippet": {"textOriginal": text}}
    assert json.loads(wire.comment("UC1", "v", text)) == {"snippet": {"channelId": "UC1", "videoId": "v", "topLevelComment": top}}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["textMessageEvent", "tombstone"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "type", "messageText", "channelId", "banType", "items", "reason", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)
SNIPPETS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys((*TEXT["snippet"], "messageDeletedDetails", "userBannedDetails", "superChatDetails"), JSON)
    | {"type": st.sampled_from([*wire._WORDS, *wire._GONE, "tombstone", "chatEndedEvent", "userBannedEvent", "?"]) | JSON},
)
ITEMS = JSON | st.fixed_dictionaries({"snippet": SNIPPETS | JSON}, optional={"id": JSON, "authorDetails": JSON})
ANSWERS = st.binary(max_size=60) | st.builds(
    lambda items, more: json.dumps({"items": items} | more).encode("utf-8", "surrogatepass"),
    st.lists(ITEMS, max_size=4) | JSON,
    st.fixed_dictionaries({}, optional=dict.fromkeys(("nextPageToken", "pollingIntervalMillis", "offlineAt", "error"), JSON)),
)


@settings(deadline=None, max_examples=100)
@given(ANSWERS)
def test_nothing_that_a_server_sends_makes_it_raise(body: bytes) -> None:
    page = wire.read_page(body, NOW)
    assert 0 <= page.pause <= wire.LONGEST_PAUSE_S
    assert all(event.text and event.id for event in page.events if isinstance(event, Comment))
    wire.read_video(body, NOW)
    error = wire.Refused(403, body)
    assert isinstance(wire.sorted_error(error), LoginRequired | Unavailable)
    assert len(error.words) < 400
