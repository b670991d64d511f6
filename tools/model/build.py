"""make model: corpus → teachers → student → calibrators → livebot/model. See docs/model.md for what it does and how well."""

import argparse
import json
import os
import random
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy as np
from calibrate import EXPECTED, SIGNS, alike, facts, logistic, reliability, shops
from frames import frames
from lean import leaning
from second import samples as second_samples
from second import weights as second_weights
from sounds import syllables
from student import Student, target, unit
from teach import chinese_words, english_words, vectors
from texts import CORPUS, groups, varied

from livebot.keep.model import load_meaning

OUT = Path(__file__).resolve().parents[2] / "livebot" / "model"
FOLDS = 3
BLEND = (1.0, 0.35, 0.15)
# language: shops a fold, pull of what is believed, how much rarer (in logits) a question is in a room than in the little shops
CALIBRATION = {"zh": (16, 3000.0, 0.7), "en": (30, 5000.0, 2.1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["leaning"], help="fit this anew, upon the rows that are there")
    if parser.parse_args().only:
        write_leaning(leaning(load_meaning(), groups() + frames(), strangers("bilibili") + strangers("hard")))
    else:
        build(groups(), strangers("bilibili"))


def strangers(name):
    """Live comments of rooms where nobody has an order."""
    lines = (CORPUS / "others" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def build(paragraphs, others):
    weights, owner = {}, {}
    for group in paragraphs:
        for line in group.lines:
            rng = random.Random(line)  # its own, so that a new line changes no other
            for text in (line, *(varied(line, rng) for _ in range(1 if group.chinese else 2))):
                weights.setdefault(text, 4.0)
                owner.setdefault(text, group.name)
    for texts, weight in ((chinese_words(20_000), 0.85), (others, 1.5), (english_words(9_000), 0.6)):
        for text in texts:
            weights.setdefault(text, weight)
    texts, weigh = list(weights), np.array(list(weights.values()), np.float32)
    print(len(paragraphs), "paragraphs,", len(texts), "texts", flush=True)
    vectors_ = target([vectors("e5", texts), vectors("use", texts)], weigh)
    sounds = syllables()

    names = sorted({group.name for group in paragraphs})
    random.Random(3).shuffle(names)
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    place = {text: number for number, text in enumerate(texts)}
    entries = [group for group in paragraphs if group.code == "faq"]
    same = alike(entries, unit(np.stack([vectors_[[place[line] for line in entry.lines]].mean(0) for entry in entries])))
    judge = {"blend": list(BLEND)}
    samples = {"zh": [], "en": []}
    doubts = {"zh": [], "en": []}
    for part in range(FOLDS):
        seen = np.array([fold.get(owner.get(text, ""), -1) != part for text in texts])
        student = Student([text for text, one in zip(texts, seen, strict=True) if one], weigh[seen], vectors_[seen], sounds)
        meaning = student.meaning(judge)
        for language, sample in samples.items():
            mine = [g for g in paragraphs if g.chinese == (language == "zh") and (fold[g.name] == part or g.code != "faq")]
            near = others[part::FOLDS] if language == "zh" else ["lol"]
            made = shops(mine, near, random.Random(40 + part), CALIBRATION[language][0], same)
            sample.append(facts(meaning, made, 3))
            doubts[language].append((meaning, mine, near, part, language, same))
        print("fold", part, flush=True)
    for language, sample in samples.items():
        x, right = np.concatenate([one[0] for one in sample]), np.concatenate([one[1] for one in sample]).astype(float)
        _, pull, rarer = CALIBRATION[language]
        print(f"{language}: p in shops that the calibrator has not seen", *reliability(sample, pull, EXPECTED[language]), sep="\n")
        found = logistic(x, right, pull, SIGNS, EXPECTED[language])
        found[0] -= rarer
        judge[f"near.{language}"] = [round(float(value), 5) for value in found]
        judge[f"usual.{language}"] = [round(float(value), 3) for value in x.mean(0)]
    for language, parts in doubts.items():
        judge[f"second.{language}"] = second_weights([second_samples(*part) for part in parts], language)

    student = Student(texts, weigh, vectors_, sounds)
    write(student, judge, leaning(student.meaning(judge), paragraphs + frames(), others + strangers("hard")))


def write(student, judge, lean):
    OUT.mkdir(exist_ok=True)
    rows, scales = student.quantised()
    np.save(OUT / "rows.npy", rows)
    np.save(OUT / "scales.npy", scales)
    judge["codes"] = lean["codes"]
    write_leaning(lean)
    (OUT / "terms.txt").write_text("\n".join(student.vocabulary), encoding="utf-8")
    by_sound = {}
    for char, sound in sorted(student.syllables.items()):
        by_sound.setdefault(sound, []).append(char)
    lines = [f"{sound} {''.join(chars)}" for sound, chars in sorted(by_sound.items()) if sound]
    (OUT / "syllables.txt").write_text("\n".join(lines), encoding="utf-8")
    (OUT / "judge.json").write_text(json.dumps(judge, ensure_ascii=False), encoding="utf-8")


def write_leaning(lean):
    """The part that nothing else depends on. Its codes, the categories of the corpus, are all that judge.json knows of it."""
    np.save(OUT / "leaning.npy", np.stack([lean["leaning.zh"], lean["leaning.en"]]))
    np.save(OUT / "issue.npy", lean["issue"])


if __name__ == "__main__":
    main()
