"""What the doctor finds, and who is examined."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from livebot.config import Config

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one thing is. `id` is for programs, `name` for people; `todo` says what to do about it, "" where nothing is to be done."""

    id: str
    name: str
    state: State
    detail: str
    todo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is examined: a configuration (defaults where there is none), its file, and whether a daemon is at work with it."""

    config: Config
    file: Path
    running: bool = False

    @property
    def folder(self) -> Path:
        return self.config.state.dir

    @property
    def journal(self) -> Path:
        return self.folder / "journal.db"

    def open_journal(self) -> sqlite3.Connection:
        """For reading; raises sqlite3.Error."""
        conn = sqlite3.connect(self.journal, timeout=2.0)
        conn.execute("PRAGMA query_only = 1")
        return conn
