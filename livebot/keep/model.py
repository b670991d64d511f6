"""The model of meaning on disk → ready for use, its rows mapped into memory and read as they are needed."""

import json
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np

import livebot
from livebot.decide.meaning.embedding import Meaning

FOLDER: Final = Path(livebot.__file__).parent / "model"


@cache
def load_meaning(folder: Path = FOLDER) -> Meaning | None:
    """The model in `folder`, read once (about 0.1 s); None where it is missing or damaged: then comments are matched by their words alone.

    terms.txt: a term a line; rows.npy (int8) and scales.npy (float32): a row for each; syllables.txt: a syllable and its ideographs a line;
    judge.json, leaning.npy and issue.npy: the coefficients. Built by `make model`, see docs/model.md.
    """
    try:
        terms = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")
        rows = np.load(folder / "rows.npy", mmap_mode="r", allow_pickle=False)
        scales = np.load(folder / "scales.npy", allow_pickle=False)
        sounds = [line.split(" ") for line in (folder / "syllables.txt").read_text(encoding="utf-8").splitlines()]
        judge = (folder / "judge.json").read_bytes()
        if len(rows) != len(terms) or len(scales) != len(terms):
            return None
        name = blake2b(judge + scales.tobytes(), digest_size=6).hexdigest()
        chinese, english = np.load(folder / "leaning.npy", allow_pickle=False)
        issue = np.load(folder / "issue.npy", allow_pickle=False).astype(np.float32)
        weights = {**json.loads(judge), "leaning.zh": chinese, "leaning.en": english, "issue": issue}
        syllables = {char: sound for sound, chars in sounds for char in chars}
        return Meaning(vocabulary=terms, syllables=syllables, rows=rows, scales=scales, weights=weights, name=name)
    except (OSError, ValueError):
        return None
