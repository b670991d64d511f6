"""The weights of a second opinion: what the larger model's nearness is worth beside our own probability, in the little shops."""

import random

import numpy as np
from calibrate import logistic, shops
from teach import vectors

from livebot.decide.meaning.nearness import Nearness
from livebot.decide.meaning.second import LOW, described
from livebot.decide.text import fold

SHOPS = {"zh": 4, "en": 12}  # a fold: the larger model takes 25 ms a text
PULL = 20.0
RARER = {"zh": 1.7, "en": 0.8}  # how much rarer (in logits) a question is in a room than in the little shops


def samples(meaning, groups, strangers, part, language, same):
    """(rows of second.FACTS for the likeliest rules of each doubtful query, whether it is right, whether the query has an answer)."""
    rows, right, inside = [], [], []
    for asked, queries in shops(groups, strangers, random.Random(90 + part), SHOPS[language], same):
        names = sorted({name for name, _ in asked})
        nearness = Nearness([(names.index(name), text) for name, text in asked], None, meaning)
        found = [(fold(text), entry, nearness.best(fold(text))) for text, entry in queries]
        doubtful = [one for one in found if one[2] and LOW <= one[2][0][1] < 1.0]
        if not doubtful:
            continue
        phrasings = unit(vectors("e5", [fold(text) for _, text in asked]))
        comments = unit(vectors("e5", [text for text, _, _ in doubtful]))
        for (_, entry, best), cosines in zip(doubtful, comments @ phrasings.T, strict=True):
            near = {}
            for (name, _), cosine in zip(asked, cosines.tolist(), strict=True):
                near[name] = max(cosine, near.get(name, -1.0))
            for name, facts in described([(names[key], p) for key, p in best], near, {}).items():
                rows.append(facts)
                right.append(name == entry)
                inside.append(entry is not None)
    return np.array(rows, np.float64), np.array(right), np.array(inside)


def weights(parts, language):
    """An intercept and one for each of second.FACTS, from the samples of all folds."""
    x, y = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
    found = logistic(x, y.astype(float), PULL, "++++")
    found[0] -= RARER[language]
    return [round(float(value), 5) for value in found]


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
