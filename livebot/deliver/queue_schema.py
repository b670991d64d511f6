"""The tables of the queue that lives in a journal."""

from typing import Final

#: For Journal.open(…, schema=SCHEMA).
SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS queue_producers (producer TEXT PRIMARY KEY, mark INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_issues ("
    " entry INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, state TEXT NOT NULL,"
    " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, announced INTEGER NOT NULL DEFAULT 1,"
    " holder TEXT NOT NULL DEFAULT '', token INTEGER NOT NULL DEFAULT 0, lease_until INTEGER NOT NULL DEFAULT 0, duplicate_of TEXT)",
    "CREATE INDEX IF NOT EXISTS queue_open ON queue_issues (created_at)"
    " WHERE state NOT IN ('resolved', 'closed', 'duplicate_of', 'rejected')",
    "CREATE TABLE IF NOT EXISTS queue_history ("
    " n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,"
    " before TEXT NOT NULL, after TEXT NOT NULL, note TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS queue_history_id ON queue_history (id)",
    "CREATE TABLE IF NOT EXISTS queue_groups (name TEXT PRIMARY KEY, last_entry INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_pending ("
    " name TEXT NOT NULL, entry INTEGER NOT NULL, consumer TEXT NOT NULL, delivered_at INTEGER NOT NULL, deliveries INTEGER NOT NULL,"
    " PRIMARY KEY (name, entry)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_dead (name TEXT, entry INTEGER, consumer TEXT, deliveries INTEGER, at INTEGER)",
    "CREATE TABLE IF NOT EXISTS queue_reminders ("
    " n INTEGER PRIMARY KEY, id TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (id, key))",
    "CREATE TABLE IF NOT EXISTS queue_updates ("
    " n INTEGER PRIMARY KEY, id TEXT NOT NULL, how TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, fields TEXT NOT NULL)",
    *(
        f"CREATE TRIGGER IF NOT EXISTS queue_issue_{act.lower()} AFTER {act} ON queue_issues"
        " BEGIN INSERT INTO changes (kind, id, room) VALUES ('issue', NEW.id, ''); END"
        for act in ("INSERT", "UPDATE")
    ),
    # ── what staff added, and the inbox: see livebot/deliver/desk ──
    "CREATE INDEX IF NOT EXISTS queue_duplicates ON queue_issues (duplicate_of) WHERE duplicate_of IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS queue_desk ("
    " id TEXT PRIMARY KEY, team TEXT NOT NULL DEFAULT '', handover TEXT NOT NULL DEFAULT '{}', receipt TEXT UNIQUE) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_acts ("
    " id TEXT NOT NULL, key TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (id, key)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_cards ("
    " id TEXT PRIMARY KEY, family TEXT NOT NULL, score INTEGER NOT NULL, room TEXT NOT NULL, category TEXT NOT NULL, state TEXT NOT NULL,"
    " priority TEXT NOT NULL, holder TEXT NOT NULL, team TEXT NOT NULL, viewer TEXT NOT NULL, late INTEGER NOT NULL,"
    " alarm INTEGER NOT NULL, respond_due INTEGER NOT NULL, resolve_due INTEGER NOT NULL, breached TEXT NOT NULL, words TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS queue_cards_order ON queue_cards (family, score, id)",
    *(
        f"CREATE INDEX IF NOT EXISTS queue_cards_{name} ON queue_cards (family, {name}, score, id)"
        for name in ("room", "category", "state", "holder", "priority")
    ),
    "CREATE INDEX IF NOT EXISTS queue_cards_counts ON queue_cards (family, state, priority, category, room, holder, team, late)",
    "CREATE INDEX IF NOT EXISTS queue_cards_viewer ON queue_cards (viewer) WHERE viewer != ''",
    "CREATE INDEX IF NOT EXISTS queue_cards_late ON queue_cards (family, score, id) WHERE late",
    "CREATE INDEX IF NOT EXISTS queue_cards_alarm ON queue_cards (alarm) WHERE alarm > 0",
    "CREATE TABLE IF NOT EXISTS queue_clocks ("
    " id TEXT NOT NULL, kind TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (id, kind)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS queue_clocks_due ON queue_clocks (due)",
    "CREATE TABLE IF NOT EXISTS queue_pages ("
    " id TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, until INTEGER NOT NULL,"
    " PRIMARY KEY (id, key)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_indexed (stamp TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_changed (id TEXT PRIMARY KEY) WITHOUT ROWID",
    *(
        f"CREATE TRIGGER IF NOT EXISTS queue_card_{act.lower()} AFTER {act} ON queue_issues"
        " BEGIN INSERT OR IGNORE INTO queue_changed VALUES (NEW.id); END"
        for act in ("INSERT", "UPDATE")
    ),
)
