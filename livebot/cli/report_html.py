"""The report as one page that needs nothing else: no script, no network, everything that others wrote escaped."""

from html import escape
from pathlib import Path
from typing import Final

from livebot.decide.figures import Figures
from livebot.deliver import report
from livebot.deliver.report import Row, Section
from livebot.keep.words import clock_time, html_language
from livebot.language import say

PLOTS: Final = Path(report.__file__).parent / "desk" / "static" / "plots.css"
STYLE: Final = """
:root { color-scheme: light dark;
  --ink: #1b1f24; --paper: #fff; --line: #d5dae1; --soft: #5b6470; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e6e9ee; --paper: #14171c; --line: #343b46; --soft: #9aa4b2; } }
body { font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: var(--paper);
  max-width: 900px; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.05rem; margin-top: 2rem; }
p.when { color: var(--soft); margin-top: .2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.sum td { font-weight: 600; border-top: 2px solid var(--line); } bdi { unicode-bidi: isolate; }
"""
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def html_page(known: Figures) -> str:
    """The whole page."""
    title = f"{known.room} #{known.stream}"
    end = clock_time(known.ended_at) if known.ended_at else say("直播中", "on air")
    style = STYLE + PLOTS.read_text("utf-8")
    parts = [
        f'<!doctype html>\n<html lang="{html_language()}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}"><meta name="viewport" content="width=device-width">',
        f"<title>{_text(title)}</title><style>{style}</style></head><body>",
        f'<h1>{_text(title)}</h1><p class="when">{clock_time(known.started_at)} – {_text(end)}</p>',
        *map(_section, report.sections(known, say)),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _text(text: str) -> str:
    """Escaped and isolated: nothing in it can end a tag, or turn the direction of what follows. Unpaired surrogates become U+FFFD."""
    return f"<bdi>{escape(text.encode('utf-8', 'surrogatepass').decode('utf-8', 'replace'))}</bdi>" if text else ""


def _section(one: Section) -> str:
    rows = "\n".join(_row(row, last=one.summed and row is one.rows[-1]) for row in one.rows)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in one.head)
    table = f"<table><tr>{head}</tr>\n{rows}</table>" if rows else ""
    return f"<h2>{escape(one.title)}</h2>\n{one.plot}{table}"


def _row(row: Row, *, last: bool) -> str:
    cells = "".join(f'<td class="n">{cell}</td>' if isinstance(cell, int) else f"<td>{_text(cell)}</td>" for cell in row)
    return f'<tr class="sum">{cells}</tr>' if last else f"<tr>{cells}</tr>"
