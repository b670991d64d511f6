"""Recordings: what is read from a good line, and what is said about a bad one."""

import gzip
import json
from pathlib import Path

import pytest

from livebot.errors import ConfigError
from livebot.simulate.recording import DEMO, Line, read_recording


def test_fields_are_read_and_the_missing_ones_filled(tmp_path: Path) -> None:
    file = tmp_path / "room.jsonl"
    rows = [{"t_ms": 5, "text": "有货吗"}, {"t_ms": 6.9, "text": "在吗", "user": 7, "id": 17, "reply_to": "1", "product": 3, "x": []}]
    file.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in rows) + "\n")
    assert list(read_recording(file)) == [
        Line(id="1", t_ms=5, text="有货吗"),
        Line(id="17", t_ms=6, text="在吗", user="7", name="7", reply_to="1", product="3"),
    ]


def test_gzip_and_lone_surrogates(tmp_path: Path) -> None:
    file = tmp_path / "room.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"t_ms":0,"text":"\\ud800","user":"u","name":"n","id":"a"}'))
    assert list(read_recording(file)) == [Line(id="a", t_ms=0, text="\ud800", user="u", name="n")]


BAD = ["{", "[]", "17", '{"t_ms":0}', '{"t_ms":0,"text":7}', '{"text":"a"}', '{"t_ms":"0","text":"a"}', '{"t_ms":-1,"text":"a"}']
BAD += ['{"t_ms":NaN,"text":"a"}', '{"t_ms":1e400,"text":"a"}', '{"t_ms":true,"text":"a"}', "[" * 100_000, '{"t_ms":' + "9" * 5000 + "}"]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[:30])
def test_a_bad_line_is_named_after_the_good_ones_were_read(tmp_path: Path, bad: str) -> None:
    file = tmp_path / "room.jsonl"
    file.write_text('{"t_ms":0,"text":"a"}\n' + bad + "\n")
    lines = read_recording(file)
    assert next(lines).text == "a"
    with pytest.raises(ConfigError) as caught:
        next(lines)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(file), 2)
    assert problem.zh
    assert problem.en


def test_bytes_that_are_not_utf_8_are_a_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "room.jsonl"
    file.write_bytes(b'{"t_ms":0,"text":"\xff"}')
    with pytest.raises(ConfigError, match=r"room\.jsonl:1"):
        list(read_recording(file))


@pytest.mark.parametrize(
    "content", [gzip.compress(b'{"t_ms":0,"text":"a"}\n' * 99, mtime=0)[:-9], b"no gzip", gzip.compress(b"x", mtime=0)[:12]]
)
def test_a_damaged_gzip_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "room.jsonl.gz"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"room\.jsonl\.gz"):
        list(read_recording(file))


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"打不开|cannot be opened"):
        list(read_recording(tmp_path / name))


def test_the_bundled_room_is_whole_and_holds_what_the_demo_shows() -> None:
    lines = list(read_recording(DEMO))
    assert 250 <= len(lines) <= 400
    assert len({line.id for line in lines}) == len(lines)
    assert [line.t_ms for line in lines] == sorted(line.t_ms for line in lines)
    assert 80_000 <= lines[-1].t_ms <= 95_000
    texts = [line.text for line in lines]
    assert max(map(len, texts)) > 1000
    assert any("13800000000" in text for text in texts)
    assert all(line.user and line.name for line in lines)
