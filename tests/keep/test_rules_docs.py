"""docs/rules.md says what is so: its rules load and pass their examples, its tables name everything."""

import re
from pathlib import Path

import livebot
from livebot.decide.categories import CATEGORIES
from livebot.decide.rulebook import ANCHORS, FOLLOW_UP_VARIABLES, PREDICATES
from livebot.keep.rulecheck import check_examples
from livebot.keep.rulefiles import FAQ_FIELDS, FLAG_FIELDS, FOLLOW_UP_FIELDS, load_rules

DOCUMENT = (Path(livebot.__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")


def test_every_rule_in_it_loads_and_passes_its_examples(tmp_path: Path) -> None:
    blocks = [block for block in re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL) if not block.startswith("[rules]")]
    assert len(blocks) == 3
    (tmp_path / "docs.toml").write_text("\n".join(blocks), encoding="utf-8")
    assert check_examples(load_rules(["base", tmp_path], {}, tmp_path)) == []


def test_its_table_of_categories_is_the_table() -> None:
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.+?) \| (.+?) \| (\w+) \| (P\d) \|$", DOCUMENT, re.MULTILINE)
    assert [tuple(row) for row in rows] == [(c.code, c.zh, c.en, c.route, c.priority) for c in CATEGORIES.values()]


def test_every_field_anchor_predicate_and_variable_is_explained() -> None:
    told = set(re.findall(r"`\{?([a-z_]+)\}?`", DOCUMENT))
    assert told >= {*FAQ_FIELDS, *FLAG_FIELDS, *FOLLOW_UP_FIELDS, *ANCHORS, *PREDICATES, *FOLLOW_UP_VARIABLES}
