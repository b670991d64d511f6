"""The report as one page that needs nothing else: no script, no network, everything that others wrote escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from livebot.cli.words import clock_time, duration, html_language, milliseconds, promise_state, reason_name, state_name
from livebot.decide.figures import Draft, Figures, Latency
from livebot.language import say

WIDTH, HEIGHT, LEFT, BOTTOM = 860, 180, 44, 22
BARS = 430  # at most; longer streams put several minutes into a bar
STYLE = """
:root { color-scheme: light dark;
  --ink: #1b1f24; --paper: #fff; --line: #d5dae1; --soft: #5b6470; --bar: #2f6fde; --gap: #e06c4f; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e6e9ee; --paper: #14171c; --line: #343b46; --soft: #9aa4b2; --bar: #6ea0ff; --gap: #ff9b80; } }
body { font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: var(--paper);
  max-width: 900px; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.05rem; margin-top: 2rem; }
p.when { color: var(--soft); margin-top: .2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.sum td { font-weight: 600; border-top: 2px solid var(--line); }
svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 11px; }
.bar { fill: var(--bar); } .gap { fill: var(--gap); opacity: .3; } .axis { stroke: var(--line); } bdi { unicode-bidi: isolate; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_page(known: Figures) -> str:
    """The whole page."""
    title = f"{known.room} #{known.stream}"
    end = clock_time(known.ended_at) if known.ended_at else say("直播中", "on air")
    parts = [
        f'<!doctype html>\n<html lang="{html_language()}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}"><meta name="viewport" content="width=device-width">',
        f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>",
        f'<h1>{_text(title)}</h1><p class="when">{clock_time(known.started_at)} – {_text(end)}</p>',
        _section(say("每分钟弹幕", "Comments per minute"), _plot(known)),
        _section(say("弹幕的去向", "What became of the comments"), _states(known)),
        _section(say("登记的问题", "Issues"), _pairs({**known.issues_by_priority, **known.issues_by_category})),
        _section(say("回复", "Replies"), _replies(known)),
        _section(say("没人回答的问题", "Asked and not answered"), _unanswered(known)),
        _section(say("回答最多的", "Answered most"), _answers(known)),
        _section(say("疑似刷屏", "Raids"), _raids(known)),
        _section(say("没听到弹幕的时间", "Deaf"), _gaps(known)),
        _section(say("承诺过的", "Promises made"), _promises(known)),
        _section(say("不确定有没有发出去", "In doubt"), _drafts(known.in_doubt)),
        _section(say("等人审核", "Waiting for approval"), _drafts(known.held)),
        _section(say("跟进", "Follow-ups"), _pairs(known.follow_ups)),
        _section(say("规则版本", "Rulebooks"), _pairs(known.rulebooks)),
        "</body></html>\n",
    ]
    return "\n".join(filter(None, parts))


def _text(text: str) -> str:
    """Escaped and isolated: nothing in it can end a tag, or turn the direction of what follows. Unpaired surrogates become U+FFFD."""
    return f"<bdi>{escape(text.encode('utf-8', 'surrogatepass').decode('utf-8', 'replace'))}</bdi>" if text else ""


def _section(title: str, body: str) -> str:
    return f"<h2>{escape(title)}</h2>\n{body}" if body else ""


def _rows(head: Sequence[str], rows: Iterable[Sequence[str | int]], last: str = "") -> str:
    def cell(tag: str, value: str | int) -> str:
        return f'<{tag} class="n">{value}</{tag}>' if isinstance(value, int) else f"<{tag}>{_text(value)}</{tag}>"

    lines = ["<tr>" + "".join(cell("td", value) for value in row) + "</tr>" for row in rows]
    if not lines:
        return ""
    return "<table><tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>\n" + "\n".join(lines) + last + "</table>"


def _states(known: Figures) -> str:
    total = f'<tr class="sum"><td>{escape(say("合计", "total"))}</td><td class="n">{known.comments}</td></tr>'
    rows = [(state_name(state), n) for state, n in known.states.items() if n]
    extra = [(say(f"没有回应：{reason_name(reason)}", f"nothing said: {reason_name(reason)}"), n) for reason, n in known.passed.items()]
    extra += [(say("重复收到（不算弹幕）", "duplicates (no comments)"), known.duplicates), (say("坏数据", "broken frames"), known.broken)]
    head = (say("状态", "state"), say("条数", "comments"))
    return (_rows(head, rows, total) or f"<table>{total}</table>") + _rows((say("其中", "of which"), ""), extra)


def _pairs(counts: Mapping[str, int]) -> str:
    return _rows((say("名称", "name"), say("个数", "count")), counts.items())


def _replies(known: Figures) -> str:
    rows = [
        (say("说了", "said"), str(known.replies)),
        (say("各状态", "by state"), ", ".join(f"{state} {n}" for state, n in known.replies_by_state.items())),
        (say("收到弹幕到送达", "comment received to delivered"), _latency(known.latency)),
        (say("收到弹幕到交给平台", "comment received to handed over"), _latency(known.leaving)),
    ]
    return _rows((say("项目", "what"), ""), rows)


def _latency(latency: Latency) -> str:
    return f"p50 {milliseconds(latency.p50)} · p95 {milliseconds(latency.p95)} · p99 {milliseconds(latency.p99)} · n={latency.count}"


def _unanswered(known: Figures) -> str:
    head = (say("问题", "question"), say("人数", "viewers"), say("条数", "comments"))
    return _rows(head, ((one.text, one.viewers, one.times) for one in known.unanswered))


def _answers(known: Figures) -> str:
    head = (say("规则", "rule"), say("人数", "viewers"), say("条数", "comments"), say("原话", "as said"))
    return _rows(head, ((one.rule, one.viewers, one.asked, one.text) for one in known.answers))


def _raids(known: Figures) -> str:
    head = (say("原话", "text"), say("人数（至少）", "viewers, at least"), say("条数（至少）", "comments, at least"), say("开始", "since"))
    return _rows(head, ((one.text, one.viewers, one.comments, clock_time(one.at)) for one in known.raids))


def _promises(known: Figures) -> str:
    head = ("id", say("承诺", "promise"), say("对谁", "to"), say("次数", "times"), say("到期", "due"), say("状态", "state"))
    rows = (
        (one.id[:8], one.text, one.to or say("所有人", "everybody"), one.times, clock_time(one.due_at), promise_state(one.state))
        for one in known.promises
    )
    return _rows(head, rows)


def _gaps(known: Figures) -> str:
    head = (say("从", "since"), say("到", "until"), say("长度", "length"), say("原因", "why"))
    rows = ((clock_time(gap.since), clock_time(gap.until), duration((gap.until - gap.since) / 1000), gap.reason) for gap in known.gaps)
    return _rows(head, rows)


def _drafts(drafts: Sequence[Draft]) -> str:
    head = ("id", say("回复", "reply"), say("弹幕", "comment"), say("原因", "why"))
    return _rows(
        head, ((one.id[:8], one.text, f"{one.viewer}: {one.comment}" if one.comment else "", reason_name(one.why)) for one in drafts)
    )


# ── the plot ───────────────────────────────────────────────────────────────────


def _plot(known: Figures) -> str:
    """Comments per minute as bars; what we did not hear is a band, not a zero."""
    if not known.per_minute:
        return ""
    per_bar = -(-len(known.per_minute) // BARS)
    bars = [sum(known.per_minute[at : at + per_bar]) for at in range(0, len(known.per_minute), per_bar)]
    top = max(*bars, 1)
    step = (WIDTH - LEFT) / len(bars)
    shapes = [_band(known, gap.since, gap.until, step / per_bar) for gap in known.gaps]
    for at, n in enumerate(bars):
        height = (HEIGHT - BOTTOM - 10) * n / top
        shapes.append(
            f'<rect class="bar" x="{LEFT + at * step:.1f}" y="{HEIGHT - BOTTOM - height:.1f}" width="{max(step - 0.6, 0.4):.1f}"'
            f' height="{height:.1f}"><title>{duration(at * per_bar * 60)}: {n}</title></rect>'
        )
    base, span = HEIGHT - BOTTOM, duration(len(known.per_minute) * 60)
    label = escape(say(f"{per_bar} 分钟一格", f"{per_bar} min a bar"))
    name = escape(say("每分钟弹幕", "Comments per minute"))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{name}">'
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH}" y1="{base}" y2="{base}"/>'
        f'<text x="0" y="16">{top}</text><text x="0" y="{base}">0</text><text x="{LEFT}" y="{HEIGHT - 6}">0:00 ({label})</text>'
        f'<text x="{WIDTH}" y="{HEIGHT - 6}" text-anchor="end">{span}</text>{"".join(shapes)}</svg>'
    )


def _band(known: Figures, since: int, until: int, per_minute: float) -> str:
    limit = float(WIDTH - LEFT)
    start = min(max(0.0, (since - known.started_at) / 60_000 * per_minute), limit)
    end = min(max(start + 1.0, (until - known.started_at) / 60_000 * per_minute), limit)
    title = escape(say("没听到弹幕", "deaf"))
    shape = f'x="{LEFT + start:.1f}" y="0" width="{max(end - start, 0.0):.1f}" height="{HEIGHT - BOTTOM}"'
    return f'<rect class="gap" {shape}><title>{title}</title></rect>'
