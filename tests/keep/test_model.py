"""The model on disk: small, quick to load, the same every time, and no harm when it is damaged."""

import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from livebot.decide.meaning.embedding import terms
from livebot.keep.model import FOLDER, load_meaning
from livebot.keep.rulefiles import load_rules
from livebot.keep.rulelint import lint


def test_it_loads_in_less_than_a_second_and_is_small() -> None:
    load_meaning.cache_clear()
    start = time.perf_counter()
    meaning = load_meaning()
    assert meaning is not None
    assert time.perf_counter() - start < 1
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000
    assert load_meaning() is meaning


def test_vectors_are_of_length_one_and_near_for_the_same_meaning() -> None:
    meaning = load_meaning()
    assert meaning is not None
    ship, sent, invoice, nothing = meaning.encode_all(["什么时候发货", "几时能给发出来", "能开发票吗", "☃☃"])
    assert float(ship @ ship) == pytest.approx(1, abs=1e-4)
    assert ship @ sent > 2 * max(0.1, float(ship @ invoice))
    assert not np.any(nothing)
    assert meaning.encode_all([]).shape == (0, meaning.width)


def test_terms_hold_words_sounds_and_numbers() -> None:
    found = terms("发货3天 free shipping", {"发": "fa", "货": "huo", "天": "tian"})
    assert {"发", "^发", "发货", "fa.huo", "#", "#1", "#3", "<free>", "<shipping>", "free_shipping", "<shipp"} <= set(found)


@pytest.mark.parametrize("damage", ["terms.txt", "rows.npy", "judge.json", "leaning.npy", "syllables.txt"])
def test_a_damaged_model_is_no_model(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / damage
    shutil.copytree(FOLDER, folder)
    assert load_meaning(folder) is not None
    load_meaning.cache_clear()
    (folder / damage).write_bytes(b"\x00broken")
    assert load_meaning(folder) is None
    load_meaning.cache_clear()


def test_a_rulebook_is_another_with_another_model(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[a]\nask = "包邮吗"\nsay = "包"\n', encoding="utf-8")
    book = load_rules([tmp_path], {}, tmp_path)
    assert book.meaning is load_meaning()
    assert type(book)(faqs=book.faqs).hash != book.hash


def test_rules_in_each_others_way_are_named_with_a_score(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[one]\nask = ["什么时候发货", "几天发货"]\nsay = "x"\n'
        '[two]\nask = ["什么时候发货啊", "包邮吗"]\nsay = "y"\n'
        '[three]\nwhen = ["包邮"]\nask = ["包邮吗", "能开发票吗"]\nsay = "z"\n',
        encoding="utf-8",
    )
    hints = lint(load_rules([tmp_path], {}, tmp_path))
    assert any((hint.table == "two" and "one" in hint.zh and "0.9" in hint.zh) or "1.00" in hint.zh for hint in hints)
    assert any("three" in hint.zh or hint.table == "three" for hint in hints)
    (tmp_path / "a.toml").write_text('[one]\nask = ["什么时候发货"]\nsay = "x"\n[two]\nask = ["能开发票吗"]\nsay = "y"\n', encoding="utf-8")
    assert lint(load_rules([tmp_path], {}, tmp_path)) == []
