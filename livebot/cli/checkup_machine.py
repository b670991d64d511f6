"""What the doctor looks at on this computer: folder, disk, journal, clock, lock, port."""

import os
import shutil
import socket
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from livebot.cli.finding import Finding, Patient, State
from livebot.decide.recap import shown
from livebot.deliver.desk.listening import address
from livebot.errors import ConfigError, Unavailable
from livebot.keep import clock
from livebot.keep.freeze import who_pressed
from livebot.keep.lock import FolderLock
from livebot.keep.schema import STEPS
from livebot.keep.seal import DAY_MS, day_of
from livebot.keep.words import clock_time
from livebot.language import say

FEW_BYTES, ENOUGH_BYTES = 200_000_000, 2_000_000_000
OLDEST_YEAR = 2025
SKEW_S = 0.05
FUTURE_MS = 5_000


def state_folder(patient: Patient) -> Iterator[Finding]:
    """Whether it can be written to; made for nobody who only asks."""
    name, place = say("数据文件夹", "state folder"), patient.folder.absolute()
    while not place.exists():
        place = place.parent
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".livebot-"):
            pass
    except OSError as error:
        detail = say(f"{patient.folder} 写不了：{error.strerror}", f"cannot write to {patient.folder}: {error.strerror}")
        todo = say("换一个 [state] dir，或改它的权限", "set another [state] dir, or its permissions")
        yield Finding(id="state", name=name, state="fail", detail=detail, todo=todo)
        return
    yield Finding(id="state", name=name, state="ok", detail=str(patient.folder))
    free = shutil.disk_usage(place).free
    state: State = "ok" if free >= ENOUGH_BYTES else "warn" if free >= FEW_BYTES else "fail"
    todo = "" if state == "ok" else say("清理磁盘：一百万条评论约占 0.5 GB", "make room: a million comments take about 0.5 GB")
    detail = say(f"剩余 {free / 1e9:.1f} GB", f"{free / 1e9:.1f} GB free")
    yield Finding(id="disk", name=say("磁盘", "disk"), state=state, detail=detail, todo=todo)


def journal(patient: Patient) -> Iterator[Finding]:
    name, path = say("日志", "journal"), patient.journal
    if not path.is_file():
        yield Finding(id="journal", name=name, state="ok", detail=say("还没有，第一次运行时建立", "none yet; the first run makes it"))
        return
    try:
        with closing(patient.open_journal()) as conn:
            (version,) = conn.execute("PRAGMA user_version").fetchone()
            (comments,) = conn.execute("SELECT count(*) FROM events WHERE kind = 'comment'").fetchone()
            (latest,) = conn.execute("SELECT max(received_at) FROM events WHERE seq = (SELECT max(seq) FROM events)").fetchone()
    except sqlite3.Error as error:
        todo = say("先备份这个文件，再把它移走，livebot 会新建一个", "back the file up and move it away; livebot makes a new one")
        yield Finding(id="journal", name=name, state="fail", detail=f"{path}: {error}", todo=todo)
        return
    if version > len(STEPS):
        detail = say(f"是更新版本的 livebot 写的（格式 {version}）", f"a newer livebot wrote it (format {version})")
        yield Finding(id="journal", name=name, state="fail", detail=detail, todo=say("升级 livebot", "upgrade livebot"))
        return
    size = sum(file.stat().st_size for file in (path, path.with_name("journal.db-wal")) if file.exists()) / 1e6
    yield Finding(
        id="journal", name=name, state="ok", detail=say(f"{comments} 条评论，{size:.1f} MB", f"{comments} comments, {size:.1f} MB")
    )
    if latest and latest > clock.now_ms() + FUTURE_MS:
        seconds = (latest - clock.now_ms()) // 1000
        detail = say(f"日志里最后一条比现在晚 {seconds} 秒：时钟被拨回过", f"the last event is {seconds} s ahead: the clock was set back")
        todo = say("打开系统的自动对时", "switch on the system's time synchronisation")
        yield Finding(id="clock_back", name=say("时钟", "clock"), state="warn", detail=detail, todo=todo)


def keys(patient: Patient) -> Iterator[Finding]:
    """Whether the file is there without which nobody reads what viewers wrote, and whether others may read it."""
    name, path = say("密钥", "keys"), patient.folder / "keys.db"
    if not path.is_file():
        if not _is_sealed(patient):
            yield Finding(id="keys", name=name, state="ok", detail=say("还没有，第一次运行时建立", "none yet; the first run makes them"))
            return
        detail = say(f"{path} 不见了：日志里的原话、名字都读不出来", f"{path} is gone: the words and names in the journal cannot be read")
        todo = say(
            "从备份放回 keys.db（和它的 -wal），再启动；没有备份就回不来了，新的评论不受影响",
            "put keys.db (and its -wal) back from a backup before you start; without one they are lost, new comments are not",
        )
        yield Finding(id="keys", name=name, state="fail", detail=detail, todo=todo)
        return
    if not _fits(patient, path):
        detail = say(
            f"{path} 不是这个日志的：日志里的原话、名字读不出来", f"{path} is not this journal's: its words and names cannot be read"
        )
        todo = say("停下 livebot，从备份放回原来的 keys.db", "stop livebot and put the right keys.db back from a backup")
        yield Finding(id="keys", name=name, state="fail", detail=detail, todo=todo)
        return
    mode = path.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077:
        detail = say(f"{path} 别人也能读（权限 {mode:o}）", f"others may read {path} (mode {mode:o})")
        todo = say(f"chmod 600 {path}，再看看谁动过它", f"chmod 600 {path}, and find out who changed it")
        yield Finding(id="keys", name=name, state="warn", detail=detail, todo=todo)
        return
    yield Finding(id="keys", name=name, state="ok", detail=f"{path} ({mode:o})")


def _fits(patient: Patient, path: Path) -> bool:
    """Whether the latest sealed comment's day has its secret, unless its retention is over."""
    latest = "SELECT text FROM events WHERE kind = 'comment' AND typeof(text) = 'blob' ORDER BY seq DESC LIMIT 1"
    try:
        with closing(patient.open_journal()) as conn:
            row = conn.execute(latest).fetchone()
        if row is None or (name := day_of(row[0])) is None or name[0] <= clock.now_ms() // DAY_MS - patient.config.privacy.comments_days:
            return True
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM days WHERE day = ? AND kind = ?)", name).fetchone()[0])
    except sqlite3.Error:
        return not _is_sealed(patient)


def _is_sealed(patient: Patient) -> bool:
    try:
        with closing(patient.open_journal()) as conn:
            return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM events WHERE typeof(text) = 'blob')").fetchone()[0])
    except sqlite3.Error:
        return False  # no journal, or none that can be read: its own examination tells why


def clocks(_: Patient) -> Iterator[Finding]:
    """A plausible year, and a wall clock that runs like the steady one."""
    wall, steady = clock.now_ms(), clock.monotonic()
    time.sleep(2 * SKEW_S)
    skew = (clock.now_ms() - wall) / 1000 - (clock.monotonic() - steady)
    now = datetime.fromtimestamp(wall / 1000, UTC).astimezone()
    plausible = now.year >= OLDEST_YEAR
    detail = now.isoformat(" ", "seconds")
    steady_enough = plausible and abs(skew) < SKEW_S
    todo = "" if steady_enough else say("校准系统时间，打开自动对时", "set the system's clock and switch on its synchronisation")
    if plausible and todo:
        detail = say(f"{detail}，正在跳动（{skew:+.2f} 秒）", f"{detail}, and it is jumping ({skew:+.2f} s)")
    state: State = "fail" if not plausible else "warn" if todo else "ok"
    yield Finding(id="clock", name=say("时钟", "clock"), state=state, detail=detail, todo=todo)


def button(patient: Patient) -> Iterator[Finding]:
    name = say("红色按钮", "red button")
    if by := who_pressed(patient.folder):
        who = f"{shown(by.by, 40)} {clock_time(by.at)}" if by.by else ""
        detail = say("按着：什么都不会发出去", "pressed: nothing is sent") + (say(f"（{who}）", f" ({who})") if who else "")
        todo = say("解除：livebot freeze --off", "to lift it: livebot freeze --off")
        yield Finding(id="frozen", name=name, state="warn", detail=detail, todo=todo)
    else:
        yield Finding(id="frozen", name=name, state="ok", detail=say("没有按下", "not pressed"))


def lock(patient: Patient) -> tuple[bool, Finding]:
    """Whether a daemon is at work here, and who; either is well."""
    name = "livebot run"
    if (patient.folder / "livebot.lock").exists():
        try:
            with FolderLock(patient.folder):
                pass
        except Unavailable:
            pid = (patient.folder / "livebot.lock").read_text(errors="replace").strip()
            return True, Finding(id="lock", name=name, state="ok", detail=say(f"正在运行（进程 {pid}）", f"at work (process {pid})"))
        except OSError as error:
            todo = say("用启动 livebot 的同一个用户", "use the account that livebot runs under")
            return False, Finding(id="lock", name=name, state="fail", detail=f"livebot.lock: {error.strerror}", todo=todo)
    return False, Finding(id="lock", name=name, state="ok", detail=say("没有在运行", "not running"))


def desk(patient: Patient) -> Iterator[Finding]:
    listen, name = patient.config.desk.listen, say("网页地址", "desk")
    if not listen:
        yield Finding(id="desk", name=name, state="ok", detail=say("关着", "turned off"))
        return
    try:
        host, port = address(listen)
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except ConfigError as error:
        yield Finding(id="desk", name=name, state="fail", detail=str(error), todo=say("改好 [desk] listen", "mend [desk] listen"))
    except OSError as error:
        if patient.running:
            yield Finding(id="desk", name=name, state="ok", detail=say(f"{listen}，正在使用", f"{listen}, in use by the daemon"))
            return
        detail = say(f"{listen} 打不开（{error.strerror}），别的程序在用", f"{listen} is taken ({error.strerror})")
        todo = say('换一个 [desk] listen，或写 "" 关掉', 'set another [desk] listen, or "" for none')
        yield Finding(id="desk", name=name, state="warn", detail=detail, todo=todo)
    else:
        yield Finding(id="desk", name=name, state="ok", detail=listen)
