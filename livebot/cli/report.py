"""`livebot report`: what became of a stream, for people, for programs, and as a page to keep."""

import sys
from typing import Any, TextIO

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livebot.cli.report_html import html_page
from livebot.decide.figures import Draft, Figures, Latency
from livebot.decide.recap import shown
from livebot.errors import Rejected
from livebot.keep.figures import StreamRow, as_data, figures, latest, streams
from livebot.keep.journal import Journal
from livebot.keep.words import clock_time, milliseconds, promise_state, reason_name, state_name
from livebot.language import say

FORMATS = ("text", "json", "html")


def run_report(
    journal: Journal,
    room: str | None = None,
    format: str = "text",
    sink: TextIO | None = None,
    *,
    stream: int | None = None,
    all_streams: bool = False,
) -> int:
    """Writes the report of the latest stream that has a comment (of `room`), of the stream with that number, or the list of all streams.

    Works beside a running daemon. Raises Rejected for a stream that does not exist and for a format it does not know.
    """
    sink = sink or sys.stdout
    if format not in FORMATS:
        raise Rejected(
            f"没有 {format} 这种格式，可用的有：{'、'.join(FORMATS)}", f"no such format: {format}; there are: {', '.join(FORMATS)}"
        )
    if all_streams:
        _list(streams(journal, room), format, sink)
        return 0
    number = stream if stream is not None else latest(journal, room)
    if number is None:
        return _none(format, sink)
    try:
        known = figures(journal, number)
    except KeyError:
        raise Rejected(
            f"没有编号为 {number} 的直播，看看 livebot report --all", f"there is no stream {number}; see livebot report --all"
        ) from None
    if format == "json":
        sink.write(_json(as_data(known)))
    elif format == "html":
        sink.write(html_page(known))
    else:
        _print(known, _console(sink))
    sink.flush()
    return 0


def _none(format_: str, sink: TextIO) -> int:
    if format_ == "json":
        sink.write(_json({"stream": None, "comments": 0, "issues": 0, "replies": 0, "states": {}}))
    else:
        sink.write(say("还没有直播记录。\n", "There is no stream yet.\n"))
    return 0


def _json(data: object) -> str:
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _console(sink: TextIO) -> Console:
    """Plain text of a fixed width where nobody watches, so that a report in a file looks the same everywhere."""
    return Console(file=sink, highlight=False, width=None if sink.isatty() else 110)


def _list(rows: list[StreamRow], format_: str, sink: TextIO) -> None:
    if format_ == "json":
        sink.write(_json(rows))
        return
    table = _table(say("编号", "stream"), say("直播间", "room"), say("开始", "started"), say("结束", "ended"), say("弹幕", "comments"))
    for row in rows:
        end = clock_time(row.ended_at) if row.ended_at else say("直播中", "on air")
        table.add_row(str(row.id), Text(row.room), clock_time(row.started_at), end, str(row.comments))
    _console(sink).print(table)


def _table(*columns: str, title: str = "") -> Table:
    table = Table(title=title or None, title_justify="left")
    for column in columns:
        table.add_column(column)
    return table


def _print(known: Figures, console: Console) -> None:
    end = clock_time(known.ended_at) if known.ended_at else say("直播中", "on air")
    console.print(Text(f"{known.room} #{known.stream}", style="bold"), f"{clock_time(known.started_at)} – {end}")
    console.print(_states(known))
    console.print(_issues(known)) if known.issues else None
    for line in _facts(known):
        console.print(line)
    if known.unanswered:
        table = _table(say("没人回答的问题", "unanswered questions"), say("人数", "viewers"), say("条数", "comments"))
        for question in known.unanswered[:10]:
            table.add_row(Text(question.text), str(question.viewers), str(question.times))
        console.print(table)
    if known.answers:
        counted = (say("人数", "viewers"), say("条数", "comments"))
        table = _table(say("回答最多的规则", "rules that answered most"), *counted, say("原话", "as said"))
        for answer in known.answers[:10]:
            table.add_row(Text(answer.rule), str(answer.viewers), str(answer.asked), Text(answer.text))
        console.print(table)
    if known.raids:
        counted = (say("人数（至少）", "viewers, at least"), say("条数（至少）", "comments, at least"))
        table = _table(say("疑似刷屏", "raids"), *counted, say("开始", "since"))
        for raid in known.raids[:10]:
            table.add_row(Text(raid.text), f"≥ {raid.viewers}", f"≥ {raid.comments}", clock_time(raid.at))
        console.print(table)
    if known.promises:
        console.print(_promises(known))
    _drafts(console, known.in_doubt, say("不确定有没有发出去（livebot held settle）", "in doubt (livebot held settle)"))
    _drafts(console, known.held, say("等人审核（livebot held list）", "waiting for approval (livebot held list)"))


def _states(known: Figures) -> Table:
    table = _table(say("弹幕的去向", "what became of the comments"), say("条数", "comments"))
    table.columns[1].justify = "right"
    for state, n in known.states.items():
        if n:
            table.add_row(f"{state_name(state)}", str(n))
    table.add_section()
    table.add_row(say("合计", "total"), str(known.comments))
    return table


def _issues(known: Figures) -> Table:
    table = _table(say("登记的问题", "issues"), say("个数", "count"))
    for name, n in (*known.issues_by_priority.items(), *sorted(known.issues_by_category.items(), key=lambda item: -item[1])):
        table.add_row(Text(name), str(n))
    words = {
        "also": ("别人也是", "others have it too"),
        "repeat": ("同一人又说", "said again"),
        "attention": ("催", "urged"),
        "raid": ("刷屏", "raids"),
        "deleted": ("原弹幕被删", "comment deleted"),
        "update": ("订单有进展", "the order goes on"),
        "order": ("订单又有变化", "the order changed"),
    }
    for how, n in known.joined.items():
        table.add_row(say("并入：", "joined: ") + say(*words.get(how, (how, how))), str(n))
    return table


def _promises(known: Figures) -> Table:
    table = _table("id", say("承诺过的（livebot promises）", "promises made (livebot promises)"), say("对谁", "to"), say("次数", "times"))
    table.add_column(say("到期", "due"))
    table.add_column(say("状态", "state"))
    for one in known.promises[:20]:
        to, state = one.to or say("所有人", "everybody"), promise_state(one.state)
        table.add_row(one.id[:8], Text(one.text), Text(to), str(one.times), clock_time(one.due_at), state)
    return table


def _facts(known: Figures) -> list[Text]:
    lines = [
        say("说了 {} 条（{}）", "{} said ({})").format(known.replies, _counts(known.replies_by_state)),
        say("收到弹幕到回复送达：{}", "comment received to reply delivered: {}").format(_latency(known.latency)),
        say("收到弹幕到交给平台：{}", "comment received to handed over: {}").format(_latency(known.leaving)),
        say("没有回应的原因：{}", "why nothing was said: {}").format(
            say("，", ", ").join(f"{reason_name(name)} {n}" for name, n in known.passed.items()) or "—"
        ),
        say("重复收到 {} 条，坏数据 {} 条", "{} duplicates, {} broken frames").format(known.duplicates, known.broken),
        *([say("被删的弹幕 {} 条", "{} comments deleted").format(known.deleted)] if known.deleted else []),
        *([say("订单消息：{}", "orders: {}").format(_counts(known.orders))] if known.orders else []),
        say("没听到弹幕 {} 次，共 {} 秒", "deaf {} times, {} s in all").format(len(known.gaps), f"{known.deaf_s:.0f}"),
        *(f"  {clock_time(gap.since)} – {clock_time(gap.until)} {shown(gap.reason)}" for gap in known.gaps[:20]),
        say("跟进：{}", "follow-ups: {}").format(_counts(known.follow_ups)),
        say("规则版本：{}", "rulebooks: {}").format(", ".join(known.rulebooks) or "—"),
    ]
    return [Text(line) for line in lines]


def _counts(counts: Any) -> str:
    return say("，", ", ").join(f"{name} {n}" for name, n in counts.items()) or "—"


def _latency(latency: Latency) -> str:
    if not latency.count:
        return "—"
    return f"p50 {milliseconds(latency.p50)}, p95 {milliseconds(latency.p95)}, p99 {milliseconds(latency.p99)} (n={latency.count})"


def _drafts(console: Console, drafts: tuple[Draft, ...], title: str) -> None:
    if drafts:
        table = _table("id", title, say("回复给", "in reply to"), say("原因", "why"))
        for draft in drafts[:20]:
            about = f"{draft.viewer}: {draft.comment}" if draft.comment else "—"
            table.add_row(draft.id[:8], Text(draft.text), Text(about), Text(reason_name(draft.why)))
        console.print(table)
