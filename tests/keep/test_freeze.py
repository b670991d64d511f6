"""The red button: a file that anybody can make, and that tells who did."""

from pathlib import Path

import pytest

from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.freeze import FROZEN, Pressed, lift, press, pressed, who_pressed


def test_it_is_pressed_and_lifted_and_tells_by_whom(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert (pressed(folder), who_pressed(folder)) == (False, None)
    press(folder, "小王")
    press(folder, "小李")
    found = who_pressed(folder)
    assert found is not None
    assert found.by == "小王", "who was first"
    assert abs(found.at - clock.now_ms()) < 60_000
    lift(folder)
    lift(folder)
    assert not pressed(folder)


@pytest.mark.parametrize("content", [b"", b"stop!", b"[]", b'{"by": 5}', b"\xff"])
def test_a_file_made_by_hand_counts_whatever_is_in_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FROZEN).write_bytes(content)
    assert pressed(tmp_path)
    assert who_pressed(tmp_path) == Pressed()


def test_a_button_that_cannot_be_pressed_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="红色按钮"):
        press(tmp_path / "file" / "state", "小王")
