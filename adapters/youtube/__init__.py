"""The YouTube adapter: reads and writes the chat of one broadcast by the official API, within its quota (docs/platforms/youtube.md)."""

import re
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, field_validator, model_validator

from adapters.asking import checked_http_url
from adapters.oauth import AccessSettings
from adapters.quota import HOUR_MS, QuotaSettings
from adapters.youtube.room import Memory, YouTubeRoom, open_room
from livebot.arrive.adapter import Capabilities
from livebot.language import say

__all__ = ["YouTubeAdapter", "YouTubeRoom", "YouTubeSettings"]

PACIFIC_MS = 8 * HOUR_MS  # quotas begin anew at midnight in California; in summer that is an hour earlier, which we do not use
_VIDEO = re.compile(r"(?:^|v=|youtu\.be/|/live/|/video/)([A-Za-z0-9_-]{11})(?:$|[/?&#])")


class YouTubeSettings(AccessSettings, QuotaSettings):
    """[rooms.settings] of a YouTube room: video_id (or the broadcast's address) or live_chat_id. timeout: seconds for an answer.
    sends_count in sends_seconds: as often as we may say something."""

    video_id: str = ""
    live_chat_id: str = ""
    timeout: Annotated[float, Field(ge=0.1, le=15)] = 10.0
    sends_count: Annotated[int, Field(ge=1, le=1000)] = 5
    sends_seconds: Annotated[float, Field(gt=0, le=86_400)] = 30.0
    api_url: str = "https://youtube.googleapis.com"
    token_url: str = "https://oauth2.googleapis.com/token"  # noqa: S105

    _api_url = field_validator("api_url")(checked_http_url)

    @field_validator("video_id")
    @classmethod
    def _id_of(cls, value: str) -> str:
        found = _VIDEO.search(value)
        if value and not found:
            raise ValueError(say("写直播的网址，或网址里 11 位的视频编号", "write the broadcast's address, or the 11 characters of its id"))
        return found[1] if found else ""

    @model_validator(mode="after")
    def _named(self) -> "YouTubeSettings":
        if not (self.video_id or self.live_chat_id):
            raise ValueError(say("要写 video_id（直播的网址）", "video_id (the broadcast's address) is needed"))
        return self


class YouTubeAdapter:
    """Remembers between the connections of a room what was spent, and where to read on."""

    name: ClassVar[str] = "youtube"
    capabilities: ClassVar[Capabilities] = Capabilities(
        can_send=True, resumes=True, replays_history=True, ends_stream=True, max_chars=200, sends=(5, 30.0), follow_up="after_live"
    )
    Config: ClassVar[type[BaseModel]] = YouTubeSettings

    def __init__(self) -> None:
        self._memories: dict[YouTubeSettings, Memory] = {}

    def limits(self, config: BaseModel) -> Capabilities:
        """Read only with an API key; nothing can be said after the broadcast where it is known by its chat alone."""
        settings = YouTubeSettings.model_validate(config)
        if not settings.refresh_token:
            return replace(self.capabilities, can_send=False, follow_up="none")
        sends = (settings.sends_count, settings.sends_seconds)
        return replace(self.capabilities, sends=sends, follow_up="after_live" if settings.video_id else "while_live")

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[YouTubeRoom]:
        settings = YouTubeSettings.model_validate(config)
        if settings not in self._memories:
            self._memories[settings] = Memory(settings.quota("YouTube", PACIFIC_MS), settings.access())
        memory, api = self._memories[settings], f"{settings.api_url}/youtube/v3"
        return open_room(memory, api, settings.video_id, settings.live_chat_id, settings.timeout, after or "")
