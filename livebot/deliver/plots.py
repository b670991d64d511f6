"""Plots of a stream as SVG, the same in the report's file and on the desk: no style of their own, only classes (static/plots.css)."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from livebot.decide.figures import Deaf
from livebot.keep.words import Say, duration

WIDTH: Final = 480
LEFT: Final = 36
HEIGHT: Final = 150
BOTTOM: Final = 22
BARS: Final = 430  # at most; longer streams put several minutes into a bar
ROW: Final = 24
LABEL: Final = 172  # of a row's name, in the plot's units
LETTERS: Final = 22  # of a row's name; a Chinese one counts twice


def by_minute(
    name: str, title: str, counts: Sequence[int], minutes: int, gaps: Sequence[Deaf], started_at: int, say: Say, kind: str = "bar"
) -> str:
    """Something counted in each minute, as bars of the class `kind`; what was not heard is a band without bars, not a zero."""
    if not any(counts):
        return ""
    known = [*counts, *[0] * (minutes - len(counts))]
    per_bar = -(-len(known) // BARS)
    bars = [sum(known[at : at + per_bar]) for at in range(0, len(known), per_bar)]
    top, step, base = max(*bars, 1), (WIDTH - LEFT) / len(bars), HEIGHT - BOTTOM
    shapes = [_band(gap, started_at, step / per_bar, say) for gap in gaps]
    for at, n in enumerate(bars):
        if n:
            height = (base - 10) * n / top
            shapes.append(
                f'<rect class="{kind}" x="{LEFT + at * step:.1f}" y="{base - height:.1f}" width="{max(step - min(1.5, step / 4), 0.4):.1f}"'
                f' height="{height:.1f}"><title>{duration(at * per_bar * 60)}: {n}</title></rect>'
            )
    deaf = say(f"没听到 {len(gaps)} 段", f"{len(gaps)} gaps") if gaps else say("没有断过", "no gaps")
    told = say(f"{sum(known)} 条，最多的一格 {top} 条，{deaf}", f"{sum(known)} in all, {top} in the highest bar, {deaf}")
    grain = escape(say(f"{per_bar} 分钟一格", f"{per_bar} min a bar"))
    shapes += [
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH}" y1="{base}" y2="{base}"/>',
        f'<text x="0" y="16">{top}</text><text x="0" y="{base}">0</text><text x="{LEFT}" y="{HEIGHT - 6}">0:00 ({grain})</text>',
        f'<text x="{WIDTH}" y="{HEIGHT - 6}" text-anchor="end">{duration(len(known) * 60)}</text>',
    ]
    return _svg(name, title, told, HEIGHT, shapes)


def as_rows(name: str, title: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Lying bars: (what, how much, how much in words), in their order."""
    if not rows:
        return ""
    top, shapes = max(max(n for _, n, _ in rows), 1e-9), list[str]()
    for at, (what, n, words) in enumerate(rows):
        y, length = at * ROW, (WIDTH - LABEL - 70) * n / top
        end, thick, middle = LABEL + max(length, 1.0), ROW - 9, y + 17
        shapes += [
            f'<text class="what" x="0" y="{middle}">{_plain(_short(what))}</text>',
            f'<rect class="beam" x="{LABEL}" y="{y + 4}" width="{end - LABEL:.1f}" height="{thick}"><title>{_plain(what)}</title></rect>',
            f'<text x="{end + 6:.1f}" y="{middle}">{_plain(words)}</text>',
        ]
    told = "; ".join(f"{what} {words}" for what, _, words in rows[:10])
    return _svg(name, title, told, len(rows) * ROW, shapes)


def _band(gap: Deaf, started_at: int, per_minute: float, say: Say) -> str:
    limit = float(WIDTH - LEFT)
    start = min(max(0.0, (gap.since - started_at) / 60_000 * per_minute), limit)
    end = min(max(start + 1.0, (gap.until - started_at) / 60_000 * per_minute), limit)
    shape = f'x="{LEFT + start:.1f}" y="0" width="{max(end - start, 0.0):.1f}" height="{HEIGHT - BOTTOM}"'
    return f'<rect class="gap" {shape}><title>{_plain(say("没听到弹幕", "deaf"))}</title></rect>'


def _svg(name: str, title: str, told: str, height: int, shapes: Iterable[str]) -> str:
    """Well-formed XML; told: the plot in a sentence, for whoever cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{_plain(title)}</title>'
        f'<desc id="{name}-desc">{_plain(told)}</desc>{"".join(shapes)}</svg>'
    )


def _short(text: str) -> str:
    room = LETTERS
    for at, char in enumerate(text):
        room -= 2 if ord(char) > 0x2E7F else 1
        if room < 0:
            return text[: max(0, at - 1)] + "…"
    return text


def _plain(text: str) -> str:
    """Escaped, without what XML cannot carry."""
    return escape("".join(char if char.isprintable() else " " for char in text.encode("utf-8", "replace").decode()))
