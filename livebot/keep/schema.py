"""The journal's tables and how an older file becomes a newer one (PRAGMA user_version counts the steps)."""

import sqlite3
import uuid

from livebot.errors import ConfigError, Problem

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE rooms (name TEXT PRIMARY KEY, platform TEXT, alive_at INTEGER, status TEXT, detail TEXT) WITHOUT ROWID;
    CREATE TABLE streams (id INTEGER PRIMARY KEY, room TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, planned_end INTEGER);
    CREATE TABLE counters (stream INTEGER, name TEXT, n INTEGER NOT NULL, PRIMARY KEY (stream, name)) WITHOUT ROWID;
    CREATE TABLE rulebooks (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, loaded_at INTEGER NOT NULL);

    -- what happened; text and author are sealed
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY, room TEXT NOT NULL, stream INTEGER NOT NULL, kind TEXT NOT NULL, native_id TEXT,
        received_at INTEGER NOT NULL, sent_at INTEGER, history INTEGER NOT NULL, viewer TEXT, author, text, extra TEXT);
    CREATE UNIQUE INDEX events_native ON events (room, native_id) WHERE native_id IS NOT NULL;
    CREATE INDEX events_stream ON events (stream, seq);

    -- what was decided about it: at least one row for every event, silence included
    CREATE TABLE decisions (
        seq INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, rule TEXT, ref TEXT, reason TEXT, rulebook INTEGER,
        PRIMARY KEY (seq, n)) WITHOUT ROWID;
    CREATE INDEX decisions_ref ON decisions (ref) WHERE ref IS NOT NULL;

    -- outbox of texts for the room: see livebot/decide/states.py for the states
    CREATE TABLE replies (
        id TEXT PRIMARY KEY, seq INTEGER NOT NULL, room TEXT NOT NULL, stream INTEGER NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
        text TEXT NOT NULL, reply_to TEXT, state TEXT NOT NULL, why TEXT, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL, sent_at INTEGER, native_id TEXT, actor TEXT, version INTEGER NOT NULL DEFAULT 1);
    CREATE INDEX replies_open ON replies (state, room, created_at) WHERE state IN ('held', 'queued', 'sending', 'in_doubt');
    CREATE INDEX replies_stream ON replies (stream);

    -- outbox of issues for the queue: n is the producer's sequence
    CREATE TABLE issues (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, room TEXT NOT NULL, stream INTEGER NOT NULL,
        category TEXT NOT NULL, priority TEXT NOT NULL, rules TEXT NOT NULL, created_at INTEGER NOT NULL);
    CREATE INDEX issues_stream ON issues (stream);

    -- what is to be said or handed over later
    CREATE TABLE followups (
        id TEXT PRIMARY KEY, seq INTEGER NOT NULL, room TEXT NOT NULL, stream INTEGER NOT NULL, rule TEXT NOT NULL, about TEXT NOT NULL,
        due_at INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, changed_at INTEGER NOT NULL);
    CREATE INDEX followups_due ON followups (due_at) WHERE state IN ('waiting', 'doing');
    """,
    """
    -- from what an answer was filled (livebot/decide/shop/filling.py), and which products were on air
    ALTER TABLE replies ADD COLUMN facts TEXT NOT NULL DEFAULT '';
    CREATE INDEX events_on_air ON events (seq) WHERE kind IN ('on_air', 'stream_ended');
    """,
    """
    -- what was promised in the room (livebot/decide/speech/ledger.py), and the sayings of it that are in doubt; texts are masked
    ALTER TABLE issues ADD COLUMN text TEXT;
    CREATE TABLE promises (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, reply TEXT NOT NULL, seq INTEGER NOT NULL, room TEXT NOT NULL,
        stream INTEGER NOT NULL, product TEXT NOT NULL, about TEXT NOT NULL, size REAL, viewer TEXT NOT NULL, source TEXT NOT NULL,
        backed_by TEXT NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER, by_day INTEGER NOT NULL, last_at INTEGER NOT NULL,
        times INTEGER NOT NULL DEFAULT 1, state TEXT NOT NULL DEFAULT 'open', overdue INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '', actor TEXT NOT NULL DEFAULT '', changed_at INTEGER NOT NULL);
    CREATE INDEX promises_open ON promises (room, kind) WHERE state = 'open';
    CREATE INDEX promises_due ON promises (due_at) WHERE state = 'open' AND overdue = 0 AND due_at IS NOT NULL;
    CREATE INDEX promises_stream ON promises (stream);
    CREATE TABLE promise_doubts (reply TEXT NOT NULL, promise TEXT NOT NULL, PRIMARY KEY (reply, promise)) WITHOUT ROWID;
    """,
    """
    -- who read what a viewer really wrote, and why
    CREATE TABLE unmaskings (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, reason TEXT NOT NULL, room TEXT NOT NULL,
        seq INTEGER NOT NULL);
    """,
    """
    -- who or what wrote the text: rule | moderator | model; the messages of one answer are found by its comment
    ALTER TABLE replies ADD COLUMN origin TEXT NOT NULL DEFAULT 'rule';
    CREATE INDEX replies_seq ON replies (seq);
    """,
    """
    -- the priority that an issue began with, where others joined it (decisions of the kind 'join'), and what was named a raid
    ALTER TABLE issues ADD COLUMN base TEXT;
    CREATE INDEX decisions_joined ON decisions (seq) WHERE kind = 'join';
    CREATE INDEX decisions_raid ON decisions (seq) WHERE reason = 'raid';
    """,
    """
    -- what moderators did, and what each reply was before (JSON), for undo and for whoever came second; one batch is one act over many
    CREATE TABLE acts (
        id INTEGER PRIMARY KEY, batch TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL, reply TEXT NOT NULL,
        version INTEGER NOT NULL, was TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX acts_reply ON acts (reply);
    CREATE INDEX acts_batch ON acts (batch);
    -- until when a queued text may still be taken back, or a draft is put off; which doubtful reply (the first of them) this one says again
    ALTER TABLE replies ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE replies ADD COLUMN again TEXT;
    CREATE INDEX replies_again ON replies (again) WHERE again IS NOT NULL;
    CREATE INDEX events_steering ON events (seq) WHERE kind IN ('mode', 'quiet');
    """,
    """
    -- what pages must hear of, in order (keep/changes.py); the latest 20,000 are kept
    CREATE TABLE changes (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, room TEXT NOT NULL);
    CREATE TRIGGER changes_pruned AFTER INSERT ON changes BEGIN DELETE FROM changes WHERE seq <= NEW.seq - 20000; END;
    CREATE TRIGGER reply_added AFTER INSERT ON replies
        BEGIN INSERT INTO changes (kind, id, room) VALUES ('reply', NEW.id, NEW.room); END;
    CREATE TRIGGER reply_changed AFTER UPDATE OF state, version ON replies
        BEGIN INSERT INTO changes (kind, id, room) VALUES ('reply', NEW.id, NEW.room); END;
    CREATE TRIGGER stream_added AFTER INSERT ON streams
        BEGIN INSERT INTO changes (kind, id, room) VALUES ('stream', NEW.id, NEW.room); END;
    CREATE TRIGGER stream_changed AFTER UPDATE ON streams
        BEGIN INSERT INTO changes (kind, id, room) VALUES ('stream', NEW.id, NEW.room); END;
    """,
    """
    -- whole, for SQLite uses a partial index only where a query repeats its condition, and every send asks for what is queued
    DROP INDEX replies_open;
    CREATE INDEX replies_state ON replies (state, room, created_at);
    """,
)


def prepare(conn: sqlite3.Connection, path: str, extra: tuple[str, ...] = ()) -> None:
    """Sets the pragmas and migrates; raises ConfigError for a file that a newer livebot wrote. `extra` are CREATE … IF NOT EXISTS."""
    conn.execute("PRAGMA busy_timeout = 10000")
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA wal_autocheckpoint = 16000")  # pages: the commit that does it waits for the disk, and the rarer the less it moves
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if version > len(STEPS):
        zh = f"这个日志是更新版本的 livebot 写的（格式 {version}，本程序只到 {len(STEPS)}）。请升级，或换一个 [state] dir。"
        en = f"a newer livebot wrote this journal (format {version}, known up to {len(STEPS)}). Upgrade it, or set another [state] dir."
        raise ConfigError([Problem(file=path, zh=zh, en=en)])
    for number in range(version, len(STEPS)):
        conn.execute("BEGIN IMMEDIATE")
        (again,) = conn.execute("PRAGMA user_version").fetchone()
        if again <= number:
            for statement in STEPS[number].split(";\n"):
                if statement.strip():
                    conn.execute(statement)
            conn.execute(f"PRAGMA user_version = {number + 1}")
        conn.execute("COMMIT")
    for statement in extra:
        conn.execute(statement)
    conn.execute("INSERT OR IGNORE INTO meta VALUES ('producer', ?)", (uuid.uuid4().hex,))
