"""Questions without a drafted answer that the streamer answered aloud: written among the acts, with the comments that asked them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from livebot.keep import clock

SAID: Final = "said"
_AS: Final = "asked/"


def said_aloud(read: Callable[[str, Sequence[Any]], Iterable[Any]], stream: int) -> dict[str, int]:
    """Question (decide.stage.question_id) → when it was answered, Unix ms. read: Journal.read, or a connection's execute."""
    first = f"{_AS}{stream}/"
    sql = "SELECT reply, max(at) FROM acts WHERE reply >= ? AND reply < ? AND act = ? AND undone = 0 GROUP BY reply"
    return {reply.removeprefix(first): at for reply, at in read(sql, (first, first + "g", SAID))}


def served(read: Callable[[str, Sequence[Any]], Iterable[Any]], stream: int) -> list[list[int]]:
    """For each question that was answered, the comments (seq) that had asked it, in order."""
    first = f"{_AS}{stream}/"
    sql = "SELECT was FROM acts WHERE reply >= ? AND reply < ? AND act = ? AND undone = 0 ORDER BY id"
    return [sorted(json.loads(was).get("asked", ())) for (was,) in read(sql, (first, first + "g", SAID))]


def saying(stream: int, question: str, asked: Iterable[int], batch: str, actor: str) -> Callable[[sqlite3.Connection], bool]:
    """Whoever asked it so far has their answer; whoever asks again asks anew. asked: the comments (seq)."""
    at, was = clock.now_ms(), json.dumps({"asked": list(asked)})

    def work(conn: sqlite3.Connection) -> bool:
        sql = "INSERT INTO acts (batch, at, actor, act, reply, version, was) VALUES (?,?,?,?,?,0,?)"
        return conn.execute(sql, (batch, at, actor, SAID, f"{_AS}{stream}/{question}", was)).rowcount == 1

    return work


def unsaying(batch: str) -> Callable[[sqlite3.Connection], bool]:
    """False where there is nothing to take back."""

    def work(conn: sqlite3.Connection) -> bool:
        return conn.execute("UPDATE acts SET undone = 1 WHERE batch = ? AND act = ? AND undone = 0", (batch, SAID)).rowcount > 0

    return work
