"""config.toml: what is read, and what is said about every mistake."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.config import Config, load_config
from livebot.errors import ConfigError


def test_an_empty_file_is_all_defaults(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    config = load_config(tmp_path / "config.toml")
    assert config.state.dir == tmp_path / "state"
    assert config.model_copy(update={"state": Config().state}) == Config()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(
        '[state]\ndir = "/var/lib/livebot"\n[rules]\npacks = ["base", "./mine"]\nvariables = {shop = "小店"}\n'
        '[[rooms]]\nname = "一号"\nmode = "suggest"\n[rooms.settings]\nurl = "ws://127.0.0.1:9"\n[[rooms]]\nname = "二号"\n'
    )
    config = load_config(tmp_path / "c.toml")
    assert config.state.dir == Path("/var/lib/livebot")
    assert config.rules.packs == ("base", "./mine")
    assert config.rules.variables == {"shop": "小店"}
    assert [(room.name, room.mode, room.settings) for room in config.rooms] == [
        ("一号", "suggest", {"url": "ws://127.0.0.1:9"}),
        ("二号", "auto", {}),
    ]


@pytest.mark.parametrize(
    ("content", "line", "table", "field", "zh"),
    [
        ("[redis]\nulr = 1", 2, "redis", "ulr", "是不是想写 url"),
        ("[rediss]\nurl = 1", 1, "", "rediss", "是不是想写 redis"),
        ('[[rooms]]\nname = "a"\nmod = "auto"', 3, "rooms", "mod", "是不是想写 mode"),
        ('[[rooms]]\nname = "a"\nzzz = 1', 3, "rooms", "zzz", "name、adapter、mode、delay、settings"),
        ('[[rooms]]\nname = "a"\n[[rooms]]\nmode = "auto"', 3, "rooms", "name", "缺少这一项"),
        ('[[rooms]]\nname = "a"\nmode = "loud"', 3, "rooms", "mode", "只能写"),
        ('[[rooms]]\nname = ""', 2, "rooms", "name", "不能为空"),
        ('[[rooms]]\nname = "a"\n\n[[rooms]]\nname = "a"', 5, "rooms", "name", "用了两次"),
        ("[redis]\nurl = 3", 2, "redis", "url", "引号"),
        ('[rules]\npacks = "base"', 2, "rules", "packs", "列表"),
        ("[rules]\npacks = [1]", 2, "rules", "packs", "引号"),
        ('[replies]\nexpiry = "x"', 2, "replies", "expiry", "数字"),
        ("[replies]\nexpiry = 0", 2, "replies", "expiry", "要大于 0"),
        ("[replies]\nexpiry = 9999", 2, "replies", "expiry", "不能大于 3600"),
        ("[replies]\nbudget_per_minute = 1.5", 2, "replies", "budget_per_minute", "整数"),
        ('[followups]\nquiet_hours = "25:00-8"', 2, "followups", "quiet_hours", "22:30-08:00"),
        ('[followups]\nenabled = "maybe"', 2, "followups", "enabled", "true"),
        ("redis = 3", 1, "", "redis", "表"),
        ("[redis]\nurl = “x”", 2, "redis", "url", "中文输入法"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, content: str, line: int, table: str, field: str, zh: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content)
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    problem = caught.value.problems[0]
    assert problem.file == str(file)
    assert (problem.line, problem.table, problem.field) == (line, table, field)
    assert zh in problem.zh
    assert problem.en


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[redis]\nx = 1\n[[rooms]]\nmode = "loud"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "config.toml")
    assert len(caught.value.problems) == 3


def test_a_missing_file_is_a_complaint(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"找不到|no such file"):
        load_config(tmp_path / "none.toml")


KEYS = ["state", "redis", "desk", "rules", "replies", "followups", "log", "rooms", "name", "url", "dir", "packs", "mode", "expiry", "x"]
VALUES = st.recursive(
    st.sampled_from(["1", "-1", "nan", '"x"', '"auto"', "true", "[]", "2026-01-01"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key} = {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_any_config_is_a_config_or_complaints(tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzzed-config.toml"
    file.write_text("".join(f"{key} = {value}\n" for key, value in content.items()))
    try:
        problems = load_config(file).rooms and ()
    except ConfigError as complaint:
        problems = complaint.problems
    assert all(problem.zh and problem.en for problem in problems)
