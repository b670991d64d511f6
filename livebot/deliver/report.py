"""The report of a stream as sections of a plot and its table, for the page of the desk and for the file to keep."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from livebot.decide.categories import CATEGORIES
from livebot.decide.figures import Deaf, Draft, Figures, Latency, deaf_seconds
from livebot.deliver.plots import as_rows, by_minute
from livebot.keep.words import Say, clock_time, duration, milliseconds, promise_state, reason_name, state_name

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """plot: SVG, or "". rows hold texts, which others may have written, and whole numbers; the last one is a sum where `summed`."""

    name: str
    title: str
    plot: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    summed: bool = False


def sections(known: Figures, say: Say) -> tuple[Section, ...]:
    """Those that have something to show."""
    made = (
        _minutes(known, say),
        _said(known, say),
        _held(known, say),
        _states(known, say),
        _silence(known, say),
        _issues(known, say),
        _times(known, say),
        _section("replies", say("回复", "Replies"), (say("状态", "state"), say("条数", "count")), known.replies_by_state.items()),
        _unanswered(known, say),
        _answers(known, say),
        _raids(known, say),
        _gaps(known, say),
        _promises(known, say),
        _drafts("in-doubt", say("不确定有没有发出去", "In doubt"), known.in_doubt, say),
        _drafts("held", say("等人审核", "Waiting for approval"), known.held, say),
        _pairs("follow-ups", say("跟进", "Follow-ups"), known.follow_ups, say),
        _pairs("rulebooks", say("规则版本", "Rulebooks"), known.rulebooks, say),
    )
    return tuple(one for one in made if one.plot or one.rows)


def _section(name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[str | int]], plot: str = "") -> Section:
    return Section(name=name, title=title, plot=plot, head=tuple(head), rows=tuple(map(tuple, rows)))


def _pairs(name: str, title: str, counts: Mapping[str, int], say: Say) -> Section:
    return _section(name, title, (say("名称", "name"), say("个数", "count")), counts.items())


# ── over time ──────────────────────────────────────────────────────────────────


def _minutes(known: Figures, say: Say) -> Section:
    title = say("每分钟弹幕", "Comments per minute")
    return _over_time("minutes", title, known, known.per_minute, say, "bar")


def _said(known: Figures, say: Say) -> Section:
    title = say("每分钟说了几条", "Said per minute")
    return _over_time("said", title, known, known.said_per_minute, say, "said")


def _held(known: Figures, say: Say) -> Section:
    title = say("每分钟等审核的", "Held per minute")
    return _over_time("kept", title, known, known.held_per_minute, say, "kept")


def _over_time(name: str, title: str, known: Figures, counts: Sequence[int], say: Say, kind: str) -> Section:
    plot = by_minute(name, title, counts, len(known.per_minute), known.gaps, known.started_at, say, kind)
    return _section(name, title, *_tens(known, counts, say), plot)


def _tens(known: Figures, counts: Sequence[int], say: Say) -> tuple[Sequence[str], list[Row]]:
    """The same as a table, ten minutes a row, thirty rows at most."""
    step = 10 * -(-len(counts) // 300)
    head = (say("从", "from"), say("到", "to"), say("条数", "count"), say("没听到（秒）", "deaf (s)"))
    rows: list[Row] = [
        (duration(at * 60), duration((at + step) * 60), sum(counts[at : at + step]), _deaf(known, at, at + step))
        for at in range(0, len(counts), step or 1)
    ]
    return head, rows if any(counts) else []


def _deaf(known: Figures, first: int, end: int) -> int:
    """Seconds, rounded, of those minutes in which nothing was heard."""
    since, until = known.started_at + first * 60_000, known.started_at + end * 60_000
    cut = [Deaf(since=max(gap.since, since), until=min(gap.until, until), reason="") for gap in known.gaps]
    return round(deaf_seconds(cut))


# ── counts ─────────────────────────────────────────────────────────────────────


def _states(known: Figures, say: Say) -> Section:
    head = (say("状态", "state"), say("条数", "comments"))
    rows = [(state_name(state, say), n) for state, n in known.states.items() if n]
    total = (say("合计", "total"), known.comments)
    title = say("弹幕的去向", "What became of the comments")
    return Section(name="states", title=title, head=head, rows=(*rows, total), summed=True)


def _silence(known: Figures, say: Say) -> Section:
    rows = [(reason_name(reason, say), n) for reason, n in known.passed.items()]
    rows += [(say("重复收到（不算弹幕）", "duplicates (no comments)"), known.duplicates), (say("坏数据", "broken frames"), known.broken)]
    head = (say("原因", "why"), say("条数", "comments"))
    return _section("silence", say("没有回应的原因", "Why nothing was said"), head, [row for row in rows if row[1]])


def _issues(known: Figures, say: Say) -> Section:
    title, ordered = say("登记的问题", "Issues"), sorted(known.issues_by_category.items(), key=lambda item: (-item[1], item[0]))
    named = [(_category(code, say), n) for code, n in ordered]
    plot = as_rows("issues", title, [(name, n, str(n)) for name, n in named[:20]])
    rows = [*known.issues_by_priority.items(), *((f"{name} ({code})", n) for (name, n), (code, _) in zip(named, ordered, strict=True))]
    return _section("issues", title, (say("优先级或类别", "priority or category"), say("个数", "count")), rows, plot)


def _category(code: str, say: Say) -> str:
    known = CATEGORIES.get(code)
    return say(known.zh, known.en) if known else code


def _times(known: Figures, say: Say) -> Section:
    title = say("多久回答", "Time to answer")
    kinds = ((say("到送达", "to delivered"), known.latency), (say("到交给平台", "to handed over"), known.leaving))
    bars = [(f"{what} {name}", float(ms), milliseconds(ms)) for what, one in kinds for name, ms in _percentiles(one) if ms is not None]
    rows = [(what, milliseconds(one.p50), milliseconds(one.p95), milliseconds(one.p99), one.count) for what, one in kinds if one.count]
    head = (say("收到弹幕", "comment received"), "p50", "p95", "p99", say("条数", "count"))
    return _section("times", title, head, rows, as_rows("times", title, bars))


def _percentiles(one: Latency) -> tuple[tuple[str, int | None], ...]:
    return ("p50", one.p50), ("p95", one.p95)


def _unanswered(known: Figures, say: Say) -> Section:
    title, people = say("没人回答的问题", "Asked and not answered"), say("人", "")
    plot = as_rows("unanswered", title, [(one.text, one.viewers, f"{one.viewers} {people}".strip()) for one in known.unanswered[:10]])
    head = (say("问题", "question"), say("人数", "viewers"), say("条数", "comments"))
    return _section("unanswered", title, head, ((one.text, one.viewers, one.times) for one in known.unanswered), plot)


# ── lists ──────────────────────────────────────────────────────────────────────


def _answers(known: Figures, say: Say) -> Section:
    head = (say("规则", "rule"), say("人数", "viewers"), say("条数", "comments"), say("原话", "as said"))
    rows = ((one.rule, one.viewers, one.asked, one.text) for one in known.answers)
    return _section("answers", say("回答最多的", "Answered most"), head, rows)


def _raids(known: Figures, say: Say) -> Section:
    head = (say("原话", "text"), say("人数（至少）", "viewers, at least"), say("条数（至少）", "comments, at least"), say("开始", "since"))
    rows = ((one.text, one.viewers, one.comments, clock_time(one.at)) for one in known.raids)
    return _section("raids", say("疑似刷屏", "Raids"), head, rows)


def _gaps(known: Figures, say: Say) -> Section:
    head = (say("从", "since"), say("到", "until"), say("长度", "length"), say("原因", "why"))
    rows = ((clock_time(gap.since), clock_time(gap.until), duration((gap.until - gap.since) / 1000), gap.reason) for gap in known.gaps)
    return _section("gaps", say("没听到弹幕的时间", "Deaf"), head, rows)


def _promises(known: Figures, say: Say) -> Section:
    head = ("id", say("承诺", "promise"), say("对谁", "to"), say("次数", "times"), say("到期", "due"), say("状态", "state"))
    everybody = say("所有人", "everybody")
    rows = (
        (one.id[:8], one.text, one.to or everybody, one.times, clock_time(one.due_at), promise_state(one.state, say))
        for one in known.promises
    )
    return _section("promises", say("承诺过的", "Promises made"), head, rows)


def _drafts(name: str, title: str, drafts: Sequence[Draft], say: Say) -> Section:
    head = ("id", say("回复", "reply"), say("弹幕", "comment"), say("原因", "why"))
    rows = ((one.id[:8], one.text, f"{one.viewer}: {one.comment}" if one.comment else "", reason_name(one.why, say)) for one in drafts)
    return _section(name, title, head, rows)
