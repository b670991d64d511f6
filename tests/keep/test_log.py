"""What livebot writes about itself carries no secret, no personal data and no line that somebody else made up."""

import io
import json
import logging
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loguru import logger

from livebot.keep import log

PHONE, TOKEN = "13812345678", "tk-4f9a8b7c6d5e"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """A stream that livebot logs to; afterwards loguru and logging are as they were."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    stream = io.StringIO()
    log.set_up("DEBUG", stream=stream)
    yield stream
    logger.remove()
    logger.configure(patcher=lambda record: None)
    logger.add(sys.stderr)
    root.handlers, root.level = before, level


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"url=wss://x/?token={TOKEN}&room=7", "url=wss://x/?token=***&room=7"),
        (f'{{"access_token": "{TOKEN}", "room": 7}}', '{"access_token": ***, "room": 7}'),
        (f"Authorization: Bearer {TOKEN}", "Authorization: ***"),
        (f"sent Bearer {TOKEN} to it", "sent Bearer *** to it"),
        (f"Cookie: SESSDATA={TOKEN}; bili_jct={TOKEN}", "Cookie: ***"),
        (f"redis://:{TOKEN}@127.0.0.1:6379/0 is away", "redis://:***@127.0.0.1:6379/0 is away"),
        (f"redis://bot:{TOKEN}@x@host/0", "redis://bot:***@host/0"),
        (f"password = '{TOKEN} and more'", "password = ***"),
        (f"password = '{TOKEN}, never closed", "password = ***"),
        (f'{{\\"token\\": \\"{TOKEN}\\", \\"a\\": 1}}', '{\\"token\\": ***\\", \\"a\\": 1}'),
        (f'{{"secret":   "a\\"{TOKEN}"}}', '{"secret":   ***}'),
        (f"密码：{TOKEN}", "密码：***"),
        ("two tokens left, 3 rooms", "two tokens left, 3 rooms"),
        ("10:30:00 房间 A 收到 1000 条", "10:30:00 房间 A 收到 1000 条"),
    ],
)
def test_secrets_are_masked_and_the_rest_stays(said: str, shown: str) -> None:
    assert log.scrub(said) == shown


def test_no_secret_and_no_number_of_anybody_in_message_arguments_extra_or_traceback(out: io.StringIO) -> None:
    def inner(phone: str, token: str) -> None:
        raise ValueError(f"cannot read {phone} with token={token}")

    logger.info(f"viewer {PHONE}")
    logger.info("viewer {} says {!r}", PHONE, f"my number is {PHONE}")
    logger.bind(viewer=PHONE, token_of=f"token={TOKEN}").warning("bound")
    try:
        inner(PHONE, TOKEN)
    except ValueError as error:
        logger.opt(exception=error).error("bug")
        try:
            raise RuntimeError("later") from ExceptionGroup("several", [error])
        except RuntimeError:
            logger.exception("again")
    text = out.getvalue()
    assert PHONE not in text
    assert TOKEN not in text
    assert "138****5678" in text
    assert "ValueError: cannot read 138****5678 with token=***" in text
    assert "RuntimeError: later" in text
    assert "raise ValueError" in text  # where it happened is still told


def test_json_lines_are_json_and_as_clean() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    try:
        log.set_up("INFO", json_lines=True, stream=stream)
        logger.debug("not shown")
        logger.bind(room="甲", n=3).info(f"line one {PHONE}\nline two \u202e")
        try:
            raise KeyError(f"token={TOKEN}")
        except KeyError:
            logger.exception("bug")
    finally:
        logger.remove()
        logger.configure(patcher=lambda record: None)
        logger.add(sys.stderr)
        root.handlers, root.level = before, level
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["level"], first["room"], first["n"]) == ("INFO", "甲", 3)
    assert first["message"] == "line one 138****5678\n    line two \\u202e"
    assert "KeyError: 'token=***'" in second["trace"]
    assert not {PHONE, TOKEN} & set(stream.getvalue().split())


def test_a_comment_cannot_forge_a_line_or_colour_the_terminal(out: io.StringIO) -> None:
    logger.info("said: {}", "hi\n2026-11-21 21:00:00.000 ERROR forged\x1b[31m\r\x00\u202e\ud800")
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("    2026")
    assert not set("\x1b\r\x00\u202e\ud800") & set(out.getvalue())


@given(
    st.text(max_size=300),
    st.sampled_from(["token=", "Authorization: Bearer ", "redis://u:", "password: '", "密码："]),
    st.text(max_size=50),
)
def test_whatever_is_said_can_be_written_and_shows_no_control_characters(before: str, key: str, after: str) -> None:
    shown = log.scrub(f"{before}{key}{TOKEN}@{after}")
    assert not [char for char in shown if char != "\n" and char != "\t" and unicodedata.category(char) in {"Cc", "Zl", "Zp"}]
    assert TOKEN not in shown


@pytest.mark.parametrize("piece", ["token", "token=", "://", "://a:", '"', "1", "1-", "@", "a@b.", "Cookie:", "bearer "])
def test_no_text_makes_it_slow(piece: str) -> None:
    """Not even a message as long as the longest that is let through, over and over the same."""
    text = piece * (log.LONGEST_TRACE // len(piece))
    began = time.perf_counter()
    log.scrub(text)
    assert time.perf_counter() - began < 2


def test_a_megabyte_is_cut_quickly(out: io.StringIO) -> None:
    logger.info("{}", "token" * 200_000)
    logger.info("{}", "a1" * 500_000 + " end")
    assert len(out.getvalue()) < 3 * log.LONGEST
    assert "end" in out.getvalue()


def test_warnings_of_other_libraries_come_along_and_their_chatter_does_not(out: io.StringIO) -> None:
    logging.getLogger("websockets.client").info("chatter")
    logging.getLogger("websockets.client").warning("cannot dial %s", f"wss://x/?token={TOKEN}")
    logging.getLogger("aiohttp.server").error("wrong %s placeholder {braces} <tags>", exc_info=ValueError(PHONE))
    text = out.getvalue()
    assert "chatter" not in text
    assert "websockets.client: cannot dial wss://x/?token=***" in text
    assert "{braces} <tags>" in text
    assert PHONE not in text
    assert TOKEN not in text


def test_only_a_terminal_gets_colours() -> None:
    """In a process of its own, once into a pipe and once into a pseudo-terminal."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
    code = "from loguru import logger\nfrom livebot.keep import log\nlog.set_up()\nlogger.warning('hello')"
    clean = {key: value for key, value in os.environ.items() if key not in {"CI", "GITHUB_ACTIONS", "GITLAB_CI"}}
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=clean)
    assert b"hello" in piped.stderr
    assert b"\x1b" not in piped.stderr
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        with os.fdopen(theirs, "wb") as stderr:
            subprocess.run([sys.executable, "-c", code], stderr=stderr, check=True, env=clean)
        assert b"\x1b[" in terminal.read(4096)
