"""The calibrator: little shops made of the corpus, none of whose meanings the student has seen, and what then comes out."""

from itertools import pairwise

import numpy as np
from texts import chatty

from livebot.decide.meaning.nearness import FACTS, Nearness
from livebot.decide.text import fold

CHATTER = ("praise", "negated", "third", "joke", "game", "show", "vtuber", "abuse", "spam", "chatter")
NEIGHBOURS = ("post.quality", "post.mismatch", "post.safety", "mid.urge_ship", "any.complaint", "any.human", "mid.pay_lost")

SMALL = 6  # a trade with fewer questions has no shop of its own
ALIKE = 0.6  # from this nearness on, by the teachers, questions of two trades may be the same question


def alike(entries, centres):
    """Entry → entries of other trades that may ask the same: no shop has both, and neither is a wrong answer to the other."""
    near = centres @ centres.T >= ALIKE
    return {
        one.name: {other.name for other, same in zip(entries, row, strict=True) if same and other.trade != one.trade}
        for one, row in zip(entries, near, strict=True)
    }


def shops(groups, strangers, rng, count, same):
    """(phrasings [(entry, text)], queries [(text, entry or None)]) of `count` shops; same: see `alike`."""
    entries = [group for group in groups if group.code == "faq"]
    chatter = [line for group in groups if group.code in CHATTER for line in group.lines]
    near = [line for group in groups if group.code in NEIGHBOURS for line in group.lines]
    for turn in range(count):
        trade = rng.choice(entries).trade if turn % 3 else None
        pool = [entry for entry in entries if trade in (None, entry.trade)]
        pool = entries if len(pool) < SMALL else pool
        mine, taken = [], set()
        for entry in rng.sample(pool, min(len(pool) * 2 // 3, rng.choice([5, 8, 12, 16, 24, 32, 40]))):
            if entry.name not in taken:
                mine.append(entry)
                taken |= {entry.name} | same[entry.name]
        asked, queries = [], []
        for entry in mine:
            lines = rng.sample(entry.lines, len(entry.lines))
            number = min(rng.choice([2, 3, 3, 4, 4, 5]), len(lines) - 1)
            asked += [(entry.name, line) for line in lines[:number]]
            queries += [(chatty(line, rng), entry.name) for line in lines[number:]]
        neighbours = [line for entry in pool if entry.name not in taken for line in entry.lines]
        others = [line for entry in entries if entry not in pool and entry.name not in taken for line in entry.lines]
        number = len(queries)
        for lines, share in ((neighbours, 1.0 if others else 1.2), (others, 0.4), (near, 0.3), (chatter, 0.4), (strangers, 0.6)):
            queries += [(chatty(line, rng), None) for line in rng.sample(lines, min(len(lines), int(number * share)))]
        yield asked, queries


def facts(meaning, shops_, rank=1):
    """(facts of the first entry, whether it is right, whether the comment has a right answer) for every query of every shop."""
    rows, right, inside = [], [], []
    for asked, queries in shops_:
        names = sorted({name for name, _ in asked})
        nearness = Nearness([(names.index(name), text) for name, text in asked], None, meaning)
        for text, entry in queries:
            for place, found in nearness.facts(nearness.read(fold(text)), rank):
                rows.append(found)
                right.append(entry is not None and names[place] == entry)
                inside.append(entry is not None)
    return np.array(rows, np.float64), np.array(right), np.array(inside)


# What every fact must say, whatever a sample says (+ for, - against), and what is believed of it before any sample, in standard
# deviations; the sample pulls away from it.
BELIEFS = {
    "near mixed": ("+", 0.05),
    "near by meaning": ("+", 0.25),
    "near by words": ("+", 0.05),
    "near by sound": ("+", 0.05),
    "near by contrast": ("+", 0.3),
    "margin mixed": ("+", 0.05),
    "margin by meaning": ("+", 0.1),
    "margin by words": ("+", 0.05),
    "margin by sound": ("+", 0.05),
    "margin by contrast": ("+", 0.3),
    "margin up to .15": ("+", 0.25),
    "nearness x margin": ("+", 0.0),
    "near by both": ("+", 0.0),
    "mean of the entry": ("+", 0.15),
    "comment known": ("+", 0.05),
    "phrasing said": ("+", 0.05),
    "known x said": ("+", 0.0),
    "strangeness": ("-", -0.15),
    "length": ("+", 0.3),
    "longer": ("-", -0.2),
    "shorter": ("-", -0.1),
    "question mismatch": ("-", -0.2),
    "question": ("+", 0.1),
    "statement": ("-", -0.1),
    "negation mismatch": ("-", -0.1),
    "other numbers": ("-", -0.1),
    "short and no question": ("-", -0.1),
    "topics not of the entry": ("-", -0.3),
    "topics not of the comment": ("-", -0.1),
    "topics shared": ("+", 0.1),
    "topics in common": ("+", 0.1),
    "same topics": ("+", 0.05),
    "wants something else": ("-", -0.1),
    "aspects in common": ("+", 0.2),
    "no topic": ("-", -0.1),
    "not the first": ("-", -0.1),
    "entries": ("-", -0.2),
    "words matched": ("+", 0.15),
    "words matched better than by the next": ("+", 0.45),
    "worst matched word": ("-", -0.2),
    "words not matched": ("-", -0.05),
    "phrasing's words matched": ("+", 0.1),
    "phrasing's worst matched word": ("-", -0.05),
    "words matched by the phrasing": ("+", 0.05),
    "word worst matched by the phrasing": ("-", -0.05),
    "word matched better by another": ("-", -0.05),
}
IN_CHINESE = {"length": 0.2, "question": 0.35, "question mismatch": -0.1, "statement": -0.2, "short and no question": -0.3}
SIGNS = "".join(BELIEFS[fact][0] for fact in FACTS)
EXPECTED = {
    "zh": [IN_CHINESE.get(fact, BELIEFS[fact][1]) for fact in FACTS],
    "en": [BELIEFS[fact][1] for fact in FACTS],
}


def logistic(x, y, penalty=3.0, signs=None, expected=None, weights=None):
    """Coefficients (intercept first) of a logistic regression, drawn by `penalty` towards the `expected` ones (else 0).

    `signs` keeps each on its side of nothing.
    """
    from scipy.optimize import minimize

    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / spread
    weigh = np.ones(len(x)) if weights is None else weights
    home = np.zeros(x.shape[1]) if expected is None else np.asarray(expected)

    def loss(b):
        scale = b[0] + z @ b[1:]
        p = 1 / (1 + np.exp(-scale))
        off = b[1:] - home
        value = weigh @ (np.logaddexp(0, scale) - scale * y) + penalty / 2 * off @ off
        return value, np.concatenate([[weigh @ (p - y)], z.T @ (weigh * (p - y)) + penalty * off])

    sides = {"+": (0, None), "-": (None, 0), "0": (0, 0), "?": (None, None)}
    bounds = [(None, None), *(sides[sign] for sign in signs or "?" * x.shape[1])]
    b = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    scaled = b[1:] / spread
    return np.concatenate([[b[0] - scaled @ mean], scaled])


def reliability(parts, penalty, expected, edges=(0.0, 0.1, 0.3, 0.6, 0.8, 1.0)):
    """Lines of a table: by band of p how many candidates, the mean p and the share that is right; each part judged by the others."""
    sure, right = [], []
    for number, (x, y, *_) in enumerate(parts):
        rest = [part for other, part in enumerate(parts) if other != number]
        seen, truth = (np.concatenate([part[kind] for part in rest]) for kind in (0, 1))
        b = logistic(seen, truth.astype(float), penalty, SIGNS, expected)
        sure.append(1 / (1 + np.exp(-np.clip(b[0] + x @ b[1:], -30, 30))))
        right.append(y)
    p, y = np.concatenate(sure), np.concatenate(right)
    lines = ["| p | candidates | mean p | right |", "|---|---|---|---|"]
    for low, high in pairwise(edges):
        band = (p >= low) & (p < high)
        lines.append(f"| {low:g} to {high:g} | {band.sum()} | {p[band].mean():.2f} | {y[band].mean():.2f} |")
    return lines
