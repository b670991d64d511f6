"""Reading TOML: every failure is a plain sentence with file and line, every field has its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.errors import ConfigError, Problem
from livebot.keep.tomlfile import LARGEST, read_toml


def complaint(folder: Path, content: str | bytes) -> Problem:
    file = folder / "a.toml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ConfigError) as caught:
        read_toml(file, shown="a.toml")
    (problem,) = caught.value.problems
    assert problem.file == "a.toml"
    assert problem.zh
    assert problem.en
    return problem


@pytest.mark.parametrize(
    ("content", "line", "table", "field", "char"),
    [
        ("[a]\nsay = “你好”", 2, "a", "say", "“"),
        ('[a]\nsay = "你好”', 2, "a", "say", "”"),
        ("[a]\nsay = ‘你好’", 2, "a", "say", "‘"),
        ('[a]\nask = ["一"，"二"]', 2, "a", "ask", "，"),
        ('[a]\nask = ["一"、"二"]', 2, "a", "ask", "、"),
        ('[a]\nask = [\n  "一"，\n  "二",\n]', 3, "a", "", "，"),
        ('[a]\nask = 【"一"】', 2, "a", "ask", "【"),
        ('【a】\nsay = "x"', 1, "", "", "【"),
        ('[a]\nsay ＝ "x"', 2, "a", "say", "＝"),
        ('[a]\nsay： "x"', 2, "a", "say", "："),
        ('[a]\nsay: "x"', 2, "a", "say", ":"),
        ('[a]\nsay = "x"\n“b” = 1', 3, "a", "", "“"),
    ],
)
def test_what_an_input_method_typed_is_named_with_its_place(
    tmp_path: Path, content: str, line: int, table: str, field: str, char: str
) -> None:
    problem = complaint(tmp_path, content)
    assert (problem.line, problem.table, problem.field) == (line, table, field)
    assert char in problem.zh
    assert char in problem.en


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('[a]\nsay = "亲，你好\n', 2, "引号没有配对"),
        ('[a]\nsay = """x\n', 2, "引号没有配对"),
        ('[a]\nask = [\n"x"\n[b]\nsay = "y"', 2, "方括号没有配对"),
        ('[a]\nask = ["x" "y"]', 2, "方括号没有配对"),
        ("[a\nsay = 1", 1, "方括号没有配对"),
        ('[a]\nsay = "x"\n[a]', 3, "前面已经用过"),
        ('[a]\nsay = "x"\nsay = "y"', 3, "写了两遍"),
        ("[怎么付款]", 1, "英文引号"),
        ('[a]\nlike = "\\d"', 2, "反斜杠"),
        ("[a]\nsay = 你好", 2, "英文引号"),
        ('[a]\nsay = "b" c = 1', 2, "多了内容"),
        ("[a]\nsay", 2, "等号"),
        ("a = {b = 1, b = 2}", 1, "写了两遍"),
        ("a = 2026-13-40", 1, "多了内容"),
        ('# 说明，“好”\n[a]\nsay = "亲，“你好”"\nx', 4, "等号"),
    ],
)
def test_other_mistakes_are_named_with_their_line(tmp_path: Path, content: str, line: int, words: str) -> None:
    problem = complaint(tmp_path, content)
    assert problem.line == line
    assert words in problem.zh


def test_encodings_of_other_editors(tmp_path: Path) -> None:
    file = tmp_path / "bom.toml"
    file.write_bytes('\ufeff[a]\r\nsay = "好"\r\n'.encode())
    assert read_toml(file)[0] == {"a": {"say": "好"}}
    gbk = complaint(tmp_path, '[a]\nsay = "你好"'.encode("gbk"))
    assert (gbk.line, "GBK" in gbk.zh, "UTF-8" in gbk.en) == (2, True, True)
    assert "UTF-16" in complaint(tmp_path, '[a]\nsay = "你好"'.encode("utf-16")).en
    assert "GBK" not in complaint(tmp_path, b'[a]\nsay = "\xff\xfe\xff"').zh


def test_files_that_are_none(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path / "none.toml", "no such file"),
        (tmp_path, "folder"),
        (tmp_path / "a\0b", "cannot read"),
        (tmp_path / ("x" * 5000), "cannot read"),
    ):
        with pytest.raises(ConfigError) as caught:
            read_toml(path)
        assert words in caught.value.problems[0].en
    assert "large" in complaint(tmp_path, b"#" * (LARGEST + 1)).en


def test_a_number_that_python_refuses_is_a_complaint(tmp_path: Path) -> None:
    assert "impossible" in complaint(tmp_path, "a = " + "9" * 10_000).en


def test_deep_nesting_is_a_complaint(tmp_path: Path) -> None:
    complaint(tmp_path, "a = " + "[" * 5_000)


def test_every_field_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(
        '\ntop = 1\n["pre.price"]\n"怎么 a" = 1\nb.c = 2\ntext = """\nfake = 3\n[fake]\n"""\nlist = [\n  "x = 1",\n]\n'
        "[[rooms]]\nname = \"a\"\n[rooms.settings]\nurl = \"u\"\n[[rooms]]\nname = \"b\" # [x]\n[tail] # note\nz = '''a'''\n"
    )
    _, locate = read_toml(file)
    assert locate((), "top") == 2
    assert locate(("pre.price",), "") == 3
    assert locate(("pre.price",), "怎么 a") == 4
    assert locate(("pre.price", "b"), "c") == 5
    assert locate(("pre.price",), "text") == 6
    assert locate(("pre.price",), "list") == 10
    assert locate(("pre.price",), "nothing") == 3
    assert locate(("rooms", 0), "name") == 14
    assert locate(("rooms", 0, "settings"), "url") == 16
    assert locate(("rooms", 1), "name") == 18
    assert locate(("rooms", 1, "settings"), "url") == 17
    assert locate(("tail",), "z") == 20
    assert locate(("fake",), "") is None
    assert locate(("elsewhere",), "x") is None


PIECES = [
    "[a]",
    '["a.b"]',
    "[[r]]",
    "a = ",
    '"x"',
    "“x”",
    "，",
    "=",
    "\n",
    '"""',
    "'''",
    "[",
    "]",
    "{",
    "}",
    "#",
    "b.c",
    "1",
    "\\",
    "：",
    "\r",
    "\0",
]
TOMLISH = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(deadline=None)
@given(st.one_of(TOMLISH, st.text(max_size=60)).map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=80))
def test_any_bytes_are_data_or_a_complaint(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.toml"
    file.write_bytes(content)
    try:
        data, locate = read_toml(file)
    except ConfigError as complaint:
        lines = [problem.line for problem in complaint.problems]
    else:
        lines = [locate((), key) for key in data]
    assert all(line is None or line >= 1 for line in lines)
