"""The YouTube Data API's JSON to events and back: pure, and never raises over what a server sends."""

import json
import re
from dataclasses import dataclass
from typing import Any

from adapters.fields import comment_id, first_of, inner, instant_of, number_of, object_of, plausible, sample, text_of
from livebot.decide.events import Broken, Comment, CommentDeleted, StreamEnded, StreamEvent, Viewer
from livebot.errors import LivebotError, LoginRequired, Rejected, Unavailable

PAUSE_S, LONGEST_PAUSE_S = 5.0, 600.0
SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})
AWAY_S = {"liveChatDisabled": 120.0} | dict.fromkeys(SPENT, 3600.0)  # how soon it is worth another look
TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "userRequestsExceedRateLimit"})
_WORDS = {"textMessageEvent": "messageText", "superChatEvent": "userComment", "memberMilestoneChatEvent": "userComment"}
_GONE = {"messageDeletedEvent": "deletedMessageId", "messageRetractedEvent": "retractedMessageId"}
_SILENT = re.compile(
    "(userBanned|superSticker|newSponsor|membershipGifting|giftMembershipReceived|gift|poll|fanFunding|sponsorOnly.*)Event"
)
_ROLES = {"isChatOwner": "owner", "isChatModerator": "moderator", "isChatSponsor": "member", "isVerified": "verified"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one poll brought. banned: for good. token: of the next page, "" where none came. pause: seconds to wait before it."""

    events: tuple[StreamEvent, ...]
    banned: frozenset[str] = frozenset()
    token: str = ""
    pause: float = PAUSE_S
    offline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A broadcast. chat: the id of its open chat, "" while there is none. starts, ends: as planned, Unix ms, ends only if it lies ahead."""

    channel: str = ""
    chat: str = ""
    started: bool = False
    over: bool = False
    starts: int | None = None
    ends: int | None = None


class Refused(Exception):
    """An answer that is no success. reason: the API's word for it, such as "liveChatEnded"; retry_after in seconds."""

    def __init__(self, status: int, body: bytes, retry_after: float | None = None) -> None:
        error = inner(object_of(body), "error")
        self.status, self.retry_after = status, retry_after
        self.reason = text_of(first_of(error.get("errors")).get("reason")) or text_of(error.get("status"))
        self.words = f"{status} {self.reason[:80]} {text_of(error.get('message'))[:200]}".strip()
        super().__init__(self.words)


def read_page(body: bytes, now: int) -> Page:
    """An answer of liveChatMessages.list. An item that cannot be understood gives Broken, or whose type is unknown, gives Broken."""
    page = object_of(body)
    items = page.get("items", [])
    if not page or not isinstance(items, list):
        return Page(events=(Broken(reason="no page of messages", sample=sample(body)),))
    pause = number_of(page.get("pollingIntervalMillis"))
    return Page(
        events=tuple(event for item in items if (event := _event(item, now))),
        banned=frozenset(filter(None, map(_banned, items))),
        token=text_of(page.get("nextPageToken")),
        pause=PAUSE_S if pause is None else min(max(pause / 1000, 0.0), LONGEST_PAUSE_S),
        offline=bool(page.get("offlineAt")),
    )


def read_video(body: bytes, now: int) -> Video | None:
    """The broadcast in an answer of videos.list; None where there is none."""
    item = first_of(object_of(body).get("items"))
    if not (live := inner(item, "liveStreamingDetails")):
        return None
    return Video(
        channel=text_of(inner(item, "snippet").get("channelId")),
        chat=text_of(live.get("activeLiveChatId")),
        started=bool(live.get("actualStartTime")),
        over=bool(live.get("actualEndTime")),
        starts=instant_of(live.get("scheduledStartTime")),
        ends=ends if (ends := instant_of(live.get("scheduledEndTime"))) and ends > now else None,
    )


def sorted_error(refused: Refused, *, sending: bool = False) -> LivebotError:
    """Who can mend it. sending: it was a text that was refused, which concerns nothing else."""
    status, words, wait = refused.status, refused.words, AWAY_S.get(refused.reason, refused.retry_after)
    if refused.reason in TOO_FAST or status == 429:
        return Unavailable(f"YouTube 嫌太快了（{words}）", f"YouTube says: too fast ({words})", retry_after=wait or PAUSE_S)
    if status == 401:
        return LoginRequired(f"YouTube 要求重新登录（{words}）", f"YouTube wants a new login ({words})")
    if sending:
        return Rejected(f"YouTube 不接受这一句（{words}）", f"YouTube does not accept this text ({words})")
    if (status == 403 and refused.reason not in AWAY_S) or (status == 400 and "api key" in words.lower()):
        return LoginRequired(f"YouTube 不让读，请检查密钥和权限（{words}）", f"YouTube refuses us: check key and scopes ({words})")
    return Unavailable(f"YouTube 聊天现在读不到（{words}）", f"the chat cannot be read now ({words})", retry_after=wait)


def message(chat: str, text: str) -> bytes:
    return json.dumps({"snippet": {"liveChatId": chat, "type": "textMessageEvent", "textMessageDetails": {"messageText": text}}}).encode()


def comment(channel: str, video: str, text: str) -> bytes:
    top = {"snippet": {"textOriginal": text}}
    return json.dumps({"snippet": {"channelId": channel, "videoId": video, "topLevelComment": top}}).encode()


def _event(item: Any, now: int) -> StreamEvent | None:
    snippet = inner(item, "snippet")
    kind = text_of(snippet.get("type")) or ("textMessageEvent" if "textMessageDetails" in snippet else "")
    details, is_text = inner(snippet, kind.removesuffix("Event") + "Details"), kind == "textMessageEvent"
    if kind == "chatEndedEvent":
        return StreamEnded()
    if text := text_of(details.get(_WORDS.get(kind, ""))) or (text_of(snippet.get("displayMessage")) if is_text else ""):
        return _comment(item, snippet, text, now)
    if gone := text_of(item.get("id")) if kind == "tombstone" else text_of(details.get(_GONE.get(kind, ""))):
        return CommentDeleted(id=comment_id(gone, "", None, ""))
    if _SILENT.fullmatch(kind) or (kind in _WORDS and not is_text):  # a Super Chat may be without words
        return None
    known = is_text or kind in _GONE or kind == "tombstone" or not kind
    return Broken(reason=f"incomplete: {kind or 'no type'}" if known else f"unknown type {kind[:60]}", sample=sample(repr(item)))


def _comment(item: Any, snippet: dict[str, Any], text: str, now: int) -> Comment:
    author, t_ms = inner(item, "authorDetails"), instant_of(snippet.get("publishedAt"))
    user, name = text_of(author.get("channelId")) or text_of(snippet.get("authorChannelId")), text_of(author.get("displayName"))
    return Comment(
        id=comment_id(text_of(item.get("id")), user or name, t_ms, text),
        author=Viewer(id=user, name=name, roles=tuple(role for flag, role in _ROLES.items() if author.get(flag) is True)),
        text=text,
        sent_at=plausible(t_ms, now),
    )


def _banned(item: object) -> str:
    """Who was banned for good; "" where nobody was."""
    details = inner(item, "snippet", "userBannedDetails")
    return "" if details.get("banType") == "temporary" else text_of(inner(details, "bannedUserDetails").get("channelId"))
