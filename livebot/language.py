"""The language the user reads: Chinese first, English where the user asked for it."""

import os


def _chosen() -> str:
    for name in ("LIVEBOT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value.startswith(("en", "zh")):
            return value[:2]
    return "zh"


_language = _chosen()


def say(zh: str, en: str) -> str:
    """The one of two texts that the user reads."""
    return en if _language == "en" else zh


def use(language: str) -> None:
    """Switches to "zh" or "en" for the rest of the process; the environment's choice (LIVEBOT_LANG, LANG) is the default."""
    global _language
    _language = language


def current() -> str:
    return _language
