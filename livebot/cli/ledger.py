"""`livebot promises`: what was promised in the rooms, to whom, until when, and what became of it."""

from typing import Any, Literal, TextIO

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livebot.decide.recap import shown
from livebot.keep import clock, ledger
from livebot.keep.figures import snapshot
from livebot.keep.journal import Journal
from livebot.keep.ledger import Entry
from livebot.keep.words import clock_time, promise_state
from livebot.language import say

SHORT = 8
Which = Literal["open", "overdue", "all"]
_SOURCES = {
    "rule": ("规则", "rule"),
    "policy": ("政策", "policy"),
    "moderator": ("场控", "moderator"),
    "follow_up": ("跟进", "follow-up"),
    "promises": ("店铺承诺", "[promises]"),
    "product": ("商品", "product"),
}


async def settle_promise(journal: Journal, prefix: str, state: str, actor: str, note: str, sink: TextIO) -> int:
    """Marks the promise whose id begins so; raises Rejected."""
    one = await ledger.settle(journal, prefix, state, actor=actor, note=note)
    sink.write(f"{promise_state(one.state)} {one.promise.id[:SHORT]} {shown(one.promise.text)}\n")
    return 0


def list_promises(journal: Journal, room: str | None, which: Which, format_: str, sink: TextIO) -> int:
    """Writes what is due first, first; what has no time comes last."""
    now = clock.now_ms()
    where = {"open": ledger.OPEN, "overdue": ledger.OVERDUE, "all": "1"}[which]
    params: list[int | str] = [now] if which == "overdue" else []
    if room is not None:
        where, params = f"{where} AND p.room = ?", [*params, room]
    with snapshot(journal) as conn:
        rows = ledger.entries(conn, f"{where} ORDER BY p.due_at IS NULL, p.due_at, p.made_at, p.id", params)
        data = [_data(one, ledger.addressee(journal, conn, one.promise), now) for one in rows]
    if format_ == "json":
        sink.write(msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n")
    elif format_ == "jsonl":
        sink.writelines(msgspec.json.encode(one).decode() + "\n" for one in data)
    elif not data:
        sink.write(say("没有这样的承诺。\n", "There is no such promise.\n"))
    else:
        _print(data, sink)
    return 0


def _data(one: Entry, to: str, now: int) -> dict[str, Any]:
    promise = one.promise
    return {
        "id": promise.id,
        "room": promise.room,
        "stream": promise.stream,
        "reply": promise.reply,
        "kind": promise.kind,
        "product": promise.product,
        "about": promise.about,
        "size": promise.size,
        "text": promise.text,
        "viewer": promise.viewer,
        "to": to,
        "made_at": promise.made_at,
        "last_at": one.last_at,
        "times": one.times,
        "unsure": one.unsure,
        "due_at": promise.due_at,
        "overdue": one.late(now),
        "source": promise.source,
        "backed_by": promise.backed_by,
        "state": one.state,
        "note": one.note,
        "actor": one.actor,
    }


def _print(data: list[dict[str, Any]], sink: TextIO) -> None:
    table = Table()
    for name in ("id", say("直播间", "room"), say("承诺", "promise"), say("对谁", "to"), say("次数", "times"), say("到期", "due")):
        table.add_column(name)
    table.add_column(say("出处", "source"))
    table.add_column(say("依据", "backed by"))
    table.add_column(say("状态", "state"))
    for one in data:
        times = str(one["times"]) + (say("（{} 次不确定）", " ({} in doubt)").format(one["unsure"]) if one["unsure"] else "")
        due = clock_time(one["due_at"]) + (say(" 已到期", " overdue") if one["overdue"] else "")
        row = (shown(one["room"]), shown(one["text"]), one["to"] or say("所有人", "everybody"), times, due, source_name(one["source"]))
        state = promise_state(one["state"]) + (f"（{shown(one['note'], 40)}）" if one["note"] else "")
        table.add_row(one["id"][:SHORT], *map(Text, row), Text(source_name(one["backed_by"])), Text(state))
    Console(file=sink, highlight=False, width=None if sink.isatty() else 160).print(table)


def source_name(code: str) -> str:
    """ "rule:发货" → "规则 发货"; "—" for none."""
    what, _, which = code.partition(":")
    return f"{say(*_SOURCES.get(what, (what, what)))} {shown(which, 40)}".strip() if code else "—"
