"""The frames of corpus/flags and the lines that they stand for: what the leaning learns from, beside the other paragraphs."""

import random
import re
import tomllib

from texts import CORPUS, Group, filled

CHOICE = re.compile(r"(?:\(([^()]*)\)|((?:\{\w\}|[\u4e00-\u9fff, ])(?=\?)))(\??)")
LINES = 12  # of one frame, at most


def frames():
    """The paragraphs of corpus/flags; the lines of a group are those of one frame, so that a frame can be left out as a whole."""
    slots = tomllib.loads((CORPUS / "slots.toml").read_text(encoding="utf-8"))
    found = []
    for file in sorted((CORPUS / "flags").glob("*.txt")):
        code = name = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                code, name = line[1:].split("]", 1)
            elif line and not line.startswith("#"):
                for frame in filter(None, map(str.strip, line.split(" / "))):
                    lines = expanded(frame, slots)
                    own = f"{file.name[:2]}/{code}/{name.strip()}/{frame}"
                    found.append(Group(name=own, code=code, trade="", chinese=file.name[:2] == "zh", lines=lines))
    return found


def expanded(frame, slots, count=LINES):
    """Some of the lines that a frame stands for: `(a|b|)` is one of these, `(a|b)?` and `字?` may be left out, {slots} are filled."""
    rng = random.Random(frame)
    lines = {}
    for _ in range(3 * count):
        line = CHOICE.sub(lambda found: rng.choice([*(found[1] or found[2] or "").split("|"), *([""] if found[3] else [])]), frame)
        lines[" ".join(filled(line, slots, rng).split())] = None
        if len(lines) == count:
            break
    return tuple(line for line in lines if line)
