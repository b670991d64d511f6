"""make score: labelled comments through `livebot classify`, each figure beside its target; --write puts the table into docs/model.md.

Ends non-zero where a target is missed; with --keep only where a figure that misses its target is also worse than the one in docs/model.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
CARD = HOUSE / "docs" / "model.md"
BEGIN, END = "<!-- score -->\n", "<!-- /score -->\n"

# set, figure, at least (+) or at most (-), target
TARGETS = (
    ("zh_gold", "flag.P", "+", 0.92),
    ("zh_gold", "flag.R", "+", 0.88),
    ("zh_gold", "flag_category_acc", "+", 0.80),
    ("zh_chatter_silver", "flagged", "-", 0.003),
    ("en_gold", "flag.P", "+", 0.85),
    ("en_gold", "flag.R", "+", 0.75),
    ("en_chatter_silver", "flagged", "-", 0.003),
    ("faq/zh", "top1", "+", 0.85),
    ("faq/zh", "own_P", "+", 0.95),
    ("faq/zh", "own_R", "+", 0.60),
    ("faq/zh", "oos_answered", "-", 0.01),
    ("faq/zh", "chatter_answered", "-", 0.0005),
    ("faq/en_banking77", "R_at_P95", "+", 0.25),
)
# no target, but worth knowing
BESIDES = (
    ("faq/zh", "R_at_P95"),
    ("faq/en_banking77", "top1"),
    ("faq/en_banking77", "own_P"),
    ("faq/en_banking77", "own_R"),
    ("faq/en_curekart", "top1"),
    ("faq/en_curekart", "own_P"),
    ("faq/en_curekart", "own_R"),
    ("faq/zh_afqmc", "top1"),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LIVEBOT_DATA") or HOUSE.parent / "shared" / "data"))
    parser.add_argument("--write", action="store_true", help="put the table into docs/model.md")
    parser.add_argument("--keep", action="store_true", help="a missed target is an error only where docs/model.md has a better figure")
    arguments = parser.parse_args()
    scorer, dev = arguments.data.parent / "eval" / "score.py", arguments.data / "dev"
    if not scorer.is_file() or not dev.is_dir():
        sys.exit(f"没有 {scorer} 或 {dev}，请设置 LIVEBOT_DATA / {scorer} or {dev} is not there: set LIVEBOT_DATA")
    figures = measured(scorer, dev)
    lines, missed = table(figures, written() if arguments.keep else {})
    print("\n".join(lines))
    if arguments.write:
        card = CARD.read_text(encoding="utf-8")
        before, rest = card.split(BEGIN)
        CARD.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + rest.split(END)[1], encoding="utf-8")
    if missed:
        sys.exit(f"{missed} 项没有达到目标，或不如以前 / {missed} figures miss their target, or are worse than before")


def written():
    """{(set, figure): value} of the table in docs/model.md."""
    rows = CARD.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row]
    return {(set_, name): float(value) for set_, name, value, *_ in cells}


def measured(scorer, dev):
    """{set: {figure: value}}, the figures of a group joined by a dot."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "score.json"
        livebot = f"{sys.executable} -m livebot"
        command = [sys.executable, str(scorer), "--data", str(dev), "--livebot", livebot, "--json", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(HOUSE)})  # noqa: S603 - our own scorer
        rows = json.loads(out.read_text(encoding="utf-8"))
    figures = {}
    for row in rows:
        flat = figures.setdefault(row["set"], {})
        for name, value in row.items():
            flat.update({f"{name}.{part}": one for part, one in value.items()} if isinstance(value, dict) else {name: value})
    return figures


def table(figures, before):
    """(lines of Markdown, how many targets are missed, where `before` has no such figure that was as bad within .005)."""
    lines, missed = ["| set | figure | measured | target | |", "|---|---|---|---|---|"], 0
    for set_, name, side, target in TARGETS:
        value = figures[set_][name]
        met = value >= target if side == "+" else value <= target
        known = before.get((set_, name))
        worse = known is None or (value < known - 0.005 if side == "+" else value > known + 0.0005)
        missed += not met and worse
        lines.append(f"| {set_} | {name} | {value:g} | {'≥' if side == '+' else '≤'} {target:g} | {'✓' if met else '✗'} |")
    lines += [f"| {set_} | {name} | {figures[set_][name]:g} | | |" for set_, name in BESIDES]
    return lines, missed


if __name__ == "__main__":
    main()
