"""The leaning: which words speak for an issue, and which issue a comment's meaning, topics, signs and manners speak for."""

import random

import numpy as np
from calibrate import CHATTER
from scipy import sparse
from scipy.optimize import minimize
from teach import english_words

from livebot.decide.meaning import cues
from livebot.decide.meaning.leaning import NONE, described
from livebot.decide.meaning.likeness import trimmed
from livebot.decide.meaning.manner import manners
from livebot.decide.text import fold

ISSUES = ("mid.", "post.", "any.invoice", "any.complaint", "any.human", "any.privacy")
KINDS_PENALTY, MEANING_PENALTY, TERMS_PENALTY = 20.0, 200.0, 0.3
SALAD = 3000  # random English words in a row: there are no strangers of an open licence for English

# by whether the line is Chinese; most often nothing
OPENINGS = {
    True: [""] * 4 + "你好/你好 /亲/亲 /在吗/在吗 /请问/客服/您好/那/主播/老板/哎/你好我想问一下/麻烦问下/我说".split("/"),  # noqa: SIM905
    False: [""] * 3 + "hi /hello /hey /hi, /please /good morning /dear team, /sir /can you help, /um ".split("/"),  # noqa: SIM905
}
ENDINGS = {
    True: [""] * 4 + "谢谢/啊/呢/呀/怎么办/怎么回事/怎么弄/麻烦了/??/.../。/!/吧/急/亲/哦/麻烦看一下".split("/"),  # noqa: SIM905
    False: [""] * 3 + " please/ thanks/?/!/ pls/ asap/ help/ sir/.".split("/"),  # noqa: SIM905
}
SLIPS = 0.1  # of the lines lose a character


def said(line, rng):
    """The line as somebody might say it to a shop's service."""
    chinese = not line.isascii()
    text = rng.choice(OPENINGS[chinese]) + line + rng.choice(ENDINGS[chinese])
    if rng.random() < SLIPS and len(text) > 5:
        at = rng.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text


def code(group):
    """The issue of a paragraph, NONE, or "" where its lines may be meant either way."""
    if group.code == "faq":
        return ""
    if group.code in CHATTER or not group.code.startswith(ISSUES) or group.name.endswith(("能开发票吗", "卡券充值")):
        return NONE
    return group.code


def samples(groups, strangers, rng):
    """[(text, code)]"""
    found = []
    for group in groups:
        if name := code(group):
            found += [(text, name) for line in group.lines for text in sorted({line, said(line, rng)})]
    return found + [(text, NONE) for text in strangers]


def rows(meaning, texts):
    """What `described` says of each text, an intercept before it; and its terms, an intercept and one for Chinese before them."""
    dense = []
    starts, places, counts = [0], [], []
    for text in texts:
        bare = trimmed(fold(text))
        found = meaning.places(bare)
        dense.append(described(meaning.summed(found), cues.signs(bare), manners(bare)))
        chosen = sorted(set(found))
        places += [0, 1, *(place + 2 for place in chosen)]
        counts += [1.0, float(not bare.isascii()), *[1 / np.sqrt(max(len(chosen), 1))] * len(chosen)]
        starts.append(len(places))
    described_ = np.hstack([np.ones((len(dense), 1)), np.stack(dense)])
    return described_, sparse.csr_matrix((counts, places, starts), shape=(len(texts), len(meaning.vocabulary) + 2))


def logistic(x, y, penalty, free):
    """Weights of a logistic regression, the first `free` of them unpunished."""
    turned = x.T.tocsr() if sparse.issparse(x) else x.T
    pull = np.full(x.shape[1], penalty)
    pull[:free] = 0

    def loss(b):
        scale = x @ b
        off = 1 / (1 + np.exp(-scale)) - y
        return np.sum(np.logaddexp(0, scale) - scale * y) + (pull * b) @ b / 2, turned @ off + pull * b

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x


def softmax(x, names, codes):
    """A column of weights for each code: which issue it is, where it is one."""
    truth = np.zeros((len(x), len(codes)))
    truth[np.arange(len(x)), [codes.index(name) for name in names]] = 1

    def loss(flat):
        b = flat.reshape(-1, len(codes))
        scale = x @ b
        scale -= scale.max(1, keepdims=True)
        share = np.exp(scale)
        share /= share.sum(1, keepdims=True)
        value = -np.log((share * truth).sum(1) + 1e-12).sum() + KINDS_PENALTY / 2 * (b[1:] ** 2).sum()
        slope = x.T @ (share - truth)
        slope[1:] += KINDS_PENALTY * b[1:]
        return value, slope.ravel()

    found = minimize(loss, np.zeros(x.shape[1] * len(codes)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return found.x.reshape(-1, len(codes))


def kinds(dense, names, codes):
    """A column for each code; that of NONE holds how much the meaning speaks for an issue of any kind."""
    issue = np.array([name != NONE for name in names])
    others = [name for name in codes if name != NONE]
    found = np.zeros((dense.shape[1], len(codes)), np.float32)
    found[:, [codes.index(name) for name in others]] = softmax(dense[issue], [name for name in names if name != NONE], others)
    found[:, codes.index(NONE)] = logistic(dense, issue.astype(float), MEANING_PENALTY, 1)
    return found


def leaning(meaning, groups, strangers):
    """{"codes", "leaning.zh", "leaning.en", "issue"}: see livebot.decide.meaning.leaning."""
    chinese = samples([group for group in groups if group.chinese], strangers, random.Random(4))
    rng, words = random.Random(5), english_words(9_000)[:4_000]
    salad = [" ".join(rng.choices(words, k=rng.randint(1, 7))) for _ in range(SALAD)]
    english = samples([group for group in groups if not group.chinese], salad, rng)
    names = {True: [name for _, name in chinese], False: [name for _, name in english]}
    codes = sorted({*names[True], *names[False]})
    dense, terms = rows(meaning, [text for text, _ in chinese + english])
    issue = np.array([name != NONE for name in names[True] + names[False]], float)
    return {
        "codes": codes,
        "leaning.zh": kinds(dense[: len(chinese)], names[True], codes),
        "leaning.en": kinds(dense[len(chinese) :], names[False], codes),
        "issue": logistic(terms, issue, TERMS_PENALTY, 2).astype(np.float16),
    }
