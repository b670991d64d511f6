"""The doctor finds what is wrong, says what to do, and takes nothing well for ill."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from livebot.cli.doctor import run_doctor
from livebot.cli.init import run_init
from livebot.decide.events import Comment, Viewer
from livebot.keep.journal import Journal
from livebot.keep.lock import FolderLock
from livebot.keep.schema import prepare
from livebot.keep.seal import KeyedSealer

Told = dict[str, dict[str, str]]


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new shop's config.toml, on a port of its own."""
    run_init(tmp_path)
    file = tmp_path / "config.toml"
    change(file, '"127.0.0.1:8787"', '"127.0.0.1:0"')
    capsys.readouterr()
    return file


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def ask(shop: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[int, Told]]:
    """Runs the doctor: its exit code and what it says of everything, by id."""

    def run() -> tuple[int, Told]:
        code = run_doctor(shop, as_json=True)
        return code, {finding["id"]: finding for finding in json.loads(capsys.readouterr().out)}

    return run


def make_journal(shop: Path, *statements: str) -> None:
    folder = shop.parent / "state"
    folder.mkdir(exist_ok=True)
    conn = sqlite3.connect(folder / "journal.db", isolation_level=None)
    prepare(conn, "journal.db")
    for statement in statements:
        conn.execute(statement)
    conn.close()


def test_a_new_shop_is_well(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    code, told = ask()
    assert code == 0, told
    assert {finding["state"] for finding in told.values()} <= {"ok", "warn"}
    assert set(told) >= {"config", "lock", "python", "packages", "rules", "queue", "state", "disk", "journal", "clock", "frozen", "desk"}
    assert told["room:我的直播间"]["state"] == "ok"
    assert not (shop.parent / "state").exists()  # it changes nothing


def test_for_people_it_is_a_table_with_what_to_do(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop.parent / "state").mkdir()
    (shop.parent / "state" / "FROZEN").touch()
    assert run_doctor(shop) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if "freeze --off" in line)
    assert "→" in lines[at]
    assert "\x1b" not in "".join(lines)


def test_a_wrong_config_is_a_failure_and_the_rest_is_still_examined(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    change(shop, 'mode = "suggest"', 'mode = "loud"')
    code, told = ask()
    assert code == 1
    assert told["config"]["state"] == "fail"
    assert "mode" in told["config"]["detail"]
    assert told["python"]["state"] == "ok"


def test_no_config_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    run_doctor(None, as_json=True)
    told = {finding["id"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert told["config"]["state"] == "warn"
    assert "livebot init" in told["config"]["todo"]
    assert run_doctor(tmp_path / "none.toml", as_json=True) == 1


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('adapter = "bridge"', 'adapter = "douyou"', "douyou"),
        ('adapter = "bridge"', 'adapter = "no_such_module:Adapter"', "no_such_module"),
        ('url = "ws://127.0.0.1:8765/room"', 'url = "127.0.0.1"', "url"),
    ],
)
def test_why_a_room_would_be_parked(ask: Callable[[], tuple[int, Told]], shop: Path, old: str, new: str, word: str) -> None:
    change(shop, old, new)
    code, told = ask()
    assert code == 1
    assert told["room:我的直播间"]["state"] == "fail"
    assert word in told["room:我的直播间"]["detail"]


def test_the_last_status_of_a_room_is_remembered_without_its_secrets(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    make_journal(shop, "INSERT INTO rooms VALUES ('我的直播间', 'bridge', 1, 'parked', 'refused ws://x/?token=abc123def\x1b[31m')")
    code, told = ask()
    assert code == 1
    room = told["room:我的直播间"]
    assert "parked" in room["detail"]
    assert room["todo"]
    assert "abc123def" not in room["detail"]
    assert "\x1b" not in room["detail"]


def test_broken_rules(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    (shop.parent / "rules" / "shop" / "faq.toml").write_text("[a]\nask = “怎么买”\n", encoding="utf-8")
    code, told = ask()
    assert (code, told["rules"]["state"]) == (1, "fail")
    assert "faq.toml:2" in told["rules"]["detail"]


def test_a_redis_that_is_away_and_its_password(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        change(shop, 'url = ""', f'url = "redis://:geheim123@127.0.0.1:{nobody.getsockname()[1]}/0"')
        code, told = ask()
    assert (code, told["queue"]["state"]) == (1, "fail")
    assert "geheim123" not in json.dumps(told)


@pytest.mark.parametrize("url", ["journal:", "http://127.0.0.1/"])
def test_other_queues(ask: Callable[[], tuple[int, Told]], shop: Path, url: str) -> None:
    change(shop, 'url = ""', f'url = "{url}"')
    code, told = ask()
    assert (code, told["queue"]["state"]) == ((0, "ok") if url == "journal:" else (1, "fail"))


def test_a_daemon_at_work_is_no_fault(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    """Another process holds the lock and the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        change(shop, '"127.0.0.1:0"', f'"127.0.0.1:{port}"')
        code, told = ask()
        assert (code, told["desk"]["state"]) == (0, "warn")
        holder = (
            "import sys; from pathlib import Path; from livebot.keep.lock import FolderLock\n"
            "FolderLock(Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", holder, str(shop.parent / "state")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout
            assert other.stdout.readline() == "held\n"
            code, told = ask()
            other.communicate()
    assert (code, told["desk"]["state"]) == (0, "ok")
    assert str(other.pid) in told["lock"]["detail"]
    with FolderLock(shop.parent / "state"):
        pass  # the doctor left it free


@pytest.mark.parametrize("listen", ["0.0.0.0", "nonsense"])
def test_an_address_that_is_not_allowed(ask: Callable[[], tuple[int, Told]], shop: Path, listen: str) -> None:
    change(shop, '"127.0.0.1:0"', f'"{listen}"')
    code, told = ask()
    assert (code, told["desk"]["state"]) == (1, "fail")


def test_a_journal_of_a_newer_livebot_a_broken_one_and_one_from_the_future(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    make_journal(
        shop,
        "INSERT INTO events (room, stream, kind, received_at, history) VALUES ('x', 1, 'comment', 99999999999999, 0)",
    )
    code, told = ask()
    assert (code, told["journal"]["state"], told["clock_back"]["state"]) == (0, "ok", "warn")
    make_journal(shop, "PRAGMA user_version = 999")
    code, told = ask()
    assert (code, told["journal"]["state"]) == (1, "fail")
    for tail in ("", "-wal", "-shm"):
        (shop.parent / "state" / f"journal.db{tail}").unlink(missing_ok=True)
    (shop.parent / "state" / "journal.db").write_bytes(b"this is no database, it never was one" * 200)
    code, told = ask()
    assert (code, told["journal"]["state"]) == (1, "fail")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    (shop.parent / "state").mkdir(mode=0o500)
    code, told = ask()
    assert (code, told["state"]["state"]) == (1, "fail")


def test_a_state_folder_that_is_a_file(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    (shop.parent / "state").write_text("")
    code, told = ask()
    assert (code, told["state"]["state"]) == (1, "fail")


def test_another_package_named_adapters_is_found_out(shop: Path, tmp_path: Path) -> None:
    """In a process of its own, in which a stranger's `adapters` comes first."""
    stranger = tmp_path / "strange" / "adapters"
    stranger.mkdir(parents=True)
    (stranger / "__init__.py").write_text("")
    code = (
        "import sys; from pathlib import Path; from livebot.cli.doctor import run_doctor\n"
        "sys.exit(run_doctor(Path(sys.argv[1]), as_json=True))"
    )
    env = {**os.environ, "PYTHONPATH": str(stranger.parent)}
    done = subprocess.run([sys.executable, "-c", code, str(shop)], capture_output=True, text=True, env=env, cwd=tmp_path, check=False)
    told = {finding["id"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    assert told["packages"]["state"] == "fail"
    assert str(stranger) in told["packages"]["detail"]


async def make_sealed(shop: Path) -> Path:
    """A journal with one sealed comment; returns the file of keys."""
    (shop.parent / "state").mkdir(exist_ok=True)
    keys = shop.parent / "state" / "keys.db"
    with closing(KeyedSealer(keys)) as sealer:
        journal = await Journal.open(shop.parent / "state" / "journal.db", sealer=sealer)
        await journal.append("r", Comment(id="c", author=Viewer(id="1"), text="在吗"))
        await journal.close()
    return keys


async def test_keys_that_fit_are_well_and_open_ones_are_not(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    assert ask()[1]["keys"]["state"] == "ok"
    keys = await make_sealed(shop)
    assert ask()[1]["keys"]["state"] == "ok"
    keys.chmod(0o644)
    told = ask()[1]["keys"]
    assert (told["state"], "chmod 600" in told["todo"]) == ("warn", True)


async def test_lost_and_foreign_keys_are_told(ask: Callable[[], tuple[int, Told]], shop: Path) -> None:
    keys = await make_sealed(shop)
    for file in shop.parent.glob("state/keys.db*"):
        file.unlink()
    code, told = ask()
    assert (code, told["keys"]["state"]) == (1, "fail")
    assert "备份" in told["keys"]["todo"]
    KeyedSealer(keys).close()  # as a start without them would make
    code, told = ask()
    assert (code, told["keys"]["state"]) == (1, "fail")
    assert "不是这个日志的" in told["keys"]["detail"]
