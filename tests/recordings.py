"""Where the real recordings are: LIVEBOT_DATA names the folder that holds streams/*.jsonl; without it what plays them is skipped."""

import os
from pathlib import Path

import pytest

from livebot.keep.server_binary import available

DATA = Path(os.environ.get("LIVEBOT_DATA") or "/nowhere") / "streams"
TWITCH, MIXED, BILI = "twitch_fl0m_20210601.jsonl", "mixed_dev.jsonl", "bili_21302477_2019-5-11.jsonl"

NEEDED = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DATA / TWITCH).exists(), reason="LIVEBOT_DATA does not name a folder with streams/*.jsonl"),
    pytest.mark.skipif(available() is not None, reason="no embedded server here"),
]
