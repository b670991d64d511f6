"""Social Stream Ninja's frames as its documents and sources give them, and whatever else a session may carry."""

import json
from time import process_time
from typing import Any

import pytest
from goldens import golden
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from adapters.social_stream import SocialStreamAdapter, SocialStreamSettings, wire
from adapters.social_stream.wire import Line, plain
from livebot.decide.events import Broken, Comment, CommentDeleted, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer

CHAT: dict[str, Any] = {
    "id": 40_017,
    "type": "youtube",
    "chatname": "Tom &amp; May",
    "chatmessage": 'how much is <b>no 3</b> <img src="e.png" alt="🛒"> &lt;today&gt;?',
    "chatimg": "",
    "textonly": False,
    "userid": "UC5",
    "hasDonation": "",
    "event": False,
    "meta": {"messageId": "Lc.1"},
}
ALIVE = [Heartbeat()]


def read(message: object, platform: str = "youtube", own: set[str] | None = None) -> list[Any]:
    return list(wire.read(json.dumps(message).encode(), platform, own or set()))


def line(**fields: Any) -> Line:
    (found,) = read(CHAT | fields)
    assert isinstance(found, Line)
    return found


# Frames in the form of docs/event-reference.html and of sources/*.js; the words are our own.
FRAMES = golden("social_stream")
LEE, TOM = Viewer(id="UC5", name="Lee"), Viewer(id="712", name="Tom & May", roles=("moderator",))
GOLDEN: dict[str, StreamEvent] = {
    "youtube": Comment(id="youtube:Lc.1", author=LEE, text="how much is no 3 🛒 <today>?"),
    "plain": Comment(id="youtube:Lc.2", author=LEE, text="<b>&amp;</b>"),
    "deleted": CommentDeleted(id="youtube:Lc.1"),
    "online": StreamStarted(),
    "offline": StreamEnded(),
}


@pytest.mark.parametrize("name", sorted(FRAMES | GOLDEN))
def test_golden_frames(name: str) -> None:
    message = json.loads(FRAMES[name])
    (event,) = wire.read(FRAMES[name], message.get("delete", message)["type"], set())
    if name == "whatnot":
        assert (event.comment.text, event.comment.author, event.silent) == ("is no 3 still there?", TOM, False)
    elif isinstance(event, Line):
        assert event.silent == (name in ("joined", "bot"))
        assert event.silent or event.comment == GOLDEN[name]
    else:
        assert event == GOLDEN.get(name, Heartbeat())


def test_a_chat_line_in_html() -> None:
    comment = Comment(id="youtube:Lc.1", author=Viewer(id="UC5", name="Tom & May"), text="how much is no 3 🛒 <today>?")
    assert read(CHAT) == [Line(comment, False)]
    assert read([CHAT, CHAT]) == [Line(comment, False)] * 2


@pytest.mark.parametrize(
    ("chat", "text"),
    [
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("I <3 you", "I <3 you"),
        ("a<br>b<br/>c", "a b c"),
        ("<a href='x'>link</a>", "link"),
        ('<img alt="" src=x><img src=y>', ""),
        ("<img alt=':cart:'>", ":cart:"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<unclosed", "<unclosed"),
        ("<!-- note -->ok", "ok"),
        ("有货吗", "有货吗"),
    ],
)
def test_html_becomes_what_a_viewer_sees(chat: str, text: str) -> None:
    assert plain(chat) == text


def test_plain_text_is_left_alone() -> None:
    assert line(textonly=True, chatmessage="<b>&amp;</b>").comment.text == "<b>&amp;</b>"


@pytest.mark.parametrize("bad", ["<", "<a ", "<!--", "</", "<a b='", "&", "<![CDATA[", "<?", '<img alt="'])
def test_hostile_html_takes_linear_time(bad: str) -> None:
    began = process_time()
    plain(bad * 100_000)
    assert process_time() - began < 2


@pytest.mark.parametrize("fields", [{"event": "donation"}, {"event": True}, {"bot": True}, {"private": True}])
def test_events_bots_and_private_words_are_no_comments_but_may_be_an_echo(fields: dict[str, object]) -> None:
    assert line(**fields).silent


@pytest.mark.parametrize(
    "message",
    [
        {"type": "youtube", "event": "viewer_update", "meta": 12},
        {"type": "youtube", "chatname": "a", "chatmessage": "", "contentimg": "i.png"},
        {"type": "youtube", "chatmessage": '<img src="sticker.png">'},
        {"action": "aiOverlay"},
        {"callback": {"get": "1", "result": True}},
        {"delete": {"type": "youtube", "chatname": "troll"}},
        {"delete": {"type": "twitch", "id": "1"}},
        CHAT | {"type": "twitch"},
    ],
)
def test_what_is_no_comment_here_is_a_sign_of_life(message: object) -> None:
    assert read(message) == ALIVE


def test_a_deleted_comment_is_the_one_that_was_heard() -> None:
    (deleted,) = read({"delete": {"type": "youtube", "id": "Lc.1"}})
    assert deleted == CommentDeleted(id=line().comment.id)


def test_the_stream_begins_and_ends_where_the_platform_is_named() -> None:
    assert read({"type": "youtube", "event": "stream_online"}) == [StreamStarted()]
    assert read({"type": "youtube", "event": "stream_offline"}) == [StreamEnded()]
    assert read({"type": "youtube", "event": "stream_offline"}, platform="") == ALIVE, "of several chats one may end"


def test_the_extension_counts_anew_when_it_is_loaded() -> None:
    bare = {"meta": None}
    first = line(**bare).comment.id
    assert first.startswith("derived:")
    assert line(**bare).comment.id == first
    assert line(**bare, chatmessage="another").comment.id != first, "the same number after a reload is another comment"
    assert line(**bare, id=40_018).comment.id != first, "the same words said twice are two"


def test_roles() -> None:
    assert line(moderator=True, admin=True).comment.author.roles == ("admin", "moderator")
    assert read(CHAT, own={"Tom & May"})[0].comment.author.roles == ("host",)


def test_what_is_said() -> None:
    assert json.loads(wire.join("s3")) == {"join": "s3", "in": 4, "out": 1}
    assert json.loads(wire.words("有的\ud800", "youtube")) == {"action": "sendChat", "value": "有的\ud800", "target": "youtube"}
    assert json.loads(wire.words("hi", "instagramlive"))["target"] == "instagram", "its page answers to another name than its chat bears"


def limits(**settings: Any) -> Any:
    return SocialStreamAdapter().limits(SocialStreamSettings(session="s3", **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("platform", ["", "amazon", "ebay", "whatnot"])
def test_where_it_cannot_speak_it_says_so(platform: str) -> None:
    assert (limits(platform=platform).can_send, limits(platform=platform).follow_up) == (False, "none")
    assert not limits(platform="youtube", can_send=False).can_send
    assert (limits(platform="youtube", max_chars=50).can_send, limits(platform="youtube", max_chars=50).max_chars) == (True, 50)


WRONG = [
    {"url": "wss://io.socialstream.ninja/join/s3/4"},
    {"url": "wss://io.socialstream.ninja?session=s3"},
    {"url": "http://x"},
    {"session": ""},
    {"platform": "You Tube"},
    {"confirm": 60},
    {"colour": 1},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_bad_settings_are_refused_and_the_session_is_never_shown(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        SocialStreamSettings.model_validate({"session": "geheim-7"} | wrong)
    assert {error["loc"][0] for error in caught.value.errors()} == set(wrong)
    assert "geheim" not in repr(SocialStreamSettings.model_validate({"session": "geheim-7"}))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(["id", "chatname", "chatimg", "userid", "moderator", "admin", "host", "hasDonation", "membership", "meta"])
PLATFORMS = st.sampled_from(["", "youtube", "whatnot"])


@given(st.binary(max_size=200), PLATFORMS)
def test_no_frame_raises(frame: bytes, platform: str) -> None:
    assert list(wire.read(frame, platform, set()))


@given(st.dictionaries(st.sampled_from(["type", "chatmessage", "event", "bot", "delete", "meta", "textonly", "id"]), anything), PLATFORMS)
def test_no_value_raises(message: dict[str, object], platform: str) -> None:
    assert read(message, platform)


@given(st.dictionaries(FIELDS, anything), st.lists(anything, max_size=2))
def test_a_bad_field_or_neighbour_loses_nothing(fields: dict[str, object], others: list[object]) -> None:
    found = [one for one in read([*others, CHAT | fields, *others]) if isinstance(one, Line)]
    assert "how much is no 3 🛒 <today>?" in [one.comment.text for one in found]


@given(st.text(st.characters(), max_size=200))
def test_no_html_raises(chat: str) -> None:
    plain(chat)


@given(st.text(st.characters(), max_size=50), st.sampled_from(["youtube", ""]))
def test_whatever_is_said_can_be_sent(text: str, platform: str) -> None:
    assert json.loads(wire.words(text, platform).encode())["value"] == text


def test_nonsense_is_broken() -> None:
    for frame in (b"", b"failed", b"{", b'"timeout"', b"null", b"[1]", b'{"fortune":1}', b"[" * 100_000):
        (event,) = wire.read(frame, "youtube", set())
        assert isinstance(event, Broken)
