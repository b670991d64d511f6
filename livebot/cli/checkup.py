"""What the doctor looks at in livebot itself: its packages, rules, rooms and queue."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import livebot
from livebot.arrive import registry
from livebot.cli.checkup_machine import button, clocks, desk, journal, keys, state_folder
from livebot.cli.finding import Finding, Patient
from livebot.deliver.queue_redis import RedisQueue
from livebot.errors import ConfigError, LivebotError
from livebot.keep.packs import SHIPPED
from livebot.keep.rulefiles import load_rules
from livebot.keep.server_binary import available, find_server
from livebot.language import say


def python(_: Patient) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    todo = "" if good else say("安装 Python 3.11 以上", "install Python 3.11 or later")
    yield Finding(id="python", name="Python", state="ok" if good else "fail", detail=f"{version} ({sys.executable})", todo=todo)


def packages(_: Patient) -> Iterator[Finding]:
    """`adapters` and `rules` are names that other packages on the registry own too."""
    house = Path(livebot.__file__).resolve().parent.parent
    spec = find_spec("adapters")
    found = Path(spec.origin).resolve().parent if spec and spec.origin else None
    wrong = found != house / "adapters"
    name = say("程序", "packages")
    if wrong:
        detail = say(f"adapters 不是 livebot 的，而是 {found}", f"adapters is not livebot's: {found}")
        todo = say("装在单独的虚拟环境里（make setup 就是）", "install livebot in an environment of its own (make setup does)")
        yield Finding(id="packages", name=name, state="fail", detail=detail, todo=todo)
    elif not list((SHIPPED / "base").glob("*.toml")) or list(SHIPPED.rglob("*.py")):
        detail = say(f"{SHIPPED} 不是 livebot 的规则文件夹", f"{SHIPPED} does not hold livebot's rules")
        yield Finding(id="packages", name=name, state="fail", detail=detail, todo=say("重新安装 livebot", "install livebot again"))
    else:
        yield Finding(id="packages", name=name, state="ok", detail=f"livebot {livebot.__version__} ({house})")


def rules(patient: Patient) -> Iterator[Finding]:
    name = say("规则", "rules")
    settings = patient.config.rules
    try:
        book = load_rules(settings.packs, settings.variables, patient.file.parent)
    except ConfigError as error:
        first, more = str(error.problems[0]), len(error.problems) - 1
        detail = first + (say(f"（另有 {more} 处）", f" (and {more} more)") if more else "")
        todo = say("运行 livebot check 看全部", "livebot check names them all")
        yield Finding(id="rules", name=name, state="fail", detail=detail, todo=todo)
        return
    counts = say(
        f"{len(book.faqs)} 条问答、{len(book.flags)} 条登记、{len(book.follow_ups)} 条跟进（{'、'.join(settings.packs)}）",
        f"{len(book.faqs)} answers, {len(book.flags)} flags, {len(book.follow_ups)} follow-ups ({', '.join(settings.packs)})",
    )
    yield Finding(id="rules", name=name, state="ok", detail=counts)


def rooms(patient: Patient) -> Iterator[Finding]:
    """Whether each room's adapter loads and likes its settings, and how the daemon last found the room."""
    if not patient.config.rooms:
        detail = say("还没有配置直播间", "no room is configured")
        todo = say("在配置里写一个 [[rooms]]", "write a [[rooms]] into the configuration")
        yield Finding(id="rooms", name=say("直播间", "rooms"), state="warn", detail=detail, todo=todo)
    last = _last_statuses(patient)
    for room in patient.config.rooms:
        name, id_ = say(f"直播间 {room.name}", f"room {room.name}"), f"room:{room.name}"
        try:
            adapter = registry.load(room.adapter, file=str(patient.file), room=room.name)
            registry.settings(adapter, room.settings, file=str(patient.file), room=room.name)
        except ConfigError as error:
            todo = say("改好配置，再运行 livebot check", "mend the configuration, then run livebot check")
            yield Finding(id=id_, name=name, state="fail", detail="; ".join(map(str, error.problems)), todo=todo)
            continue
        status, detail = last.get(room.name, ("", ""))
        text = f"{room.adapter}, {room.mode}"
        if status in {"down", "parked"}:
            yield Finding(
                id=id_,
                name=name,
                state="fail" if status == "parked" else "warn",
                detail=say(f"{text}；上次的状态 {status}：{detail}", f"{text}; last seen {status}: {detail}"),
                todo=say("按上面的原因处理，再重新启动 livebot run", "mend what it says, then start livebot run again"),
            )
        else:
            yield Finding(id=id_, name=name, state="ok", detail=text + (f", {status}" if status else ""))


def _last_statuses(patient: Patient) -> dict[str, tuple[str, str]]:
    if not patient.journal.is_file():
        return {}
    try:
        with closing(patient.open_journal()) as conn:
            return {name: (status or "", detail or "") for name, status, detail in conn.execute("SELECT name, status, detail FROM rooms")}
    except sqlite3.Error:
        return {}  # the journal's own examination tells why


def queue(patient: Patient) -> Iterator[Finding]:
    settings, name = patient.config.redis, say("队列", "queue")
    if settings.url == "journal:":
        yield Finding(id="queue", name=name, state="ok", detail=say("用日志文件当队列", "the journal serves as the queue"))
        return
    if not settings.url and (why := available()):
        yield Finding(id="queue", name=name, state="warn", detail=why, todo=say("不用管，功能一样", "nothing: it works the same"))
        return
    url = settings.url
    if not url and patient.running and (patient.folder / "redis.url").is_file():
        url = (patient.folder / "redis.url").read_text(encoding="utf-8").strip()
    if not url:
        yield Finding(id="queue", name=name, state="ok", detail=say(f"内置 Valkey：{find_server()}", f"embedded Valkey: {find_server()}"))
        return
    yield asyncio.run(_server(url, settings.stream, settings.group, name))


async def _server(url: str, stream: str, group: str, name: str) -> Finding:
    try:
        redis = RedisQueue(url, stream, group)
    except ConfigError as error:
        return Finding(id="queue", name=name, state="fail", detail=str(error), todo=say("改好 [redis]", "mend [redis]"))
    try:
        how = await redis.health()
    finally:
        await redis.close()
    problems = "; ".join(how.complaints())
    if not how.reachable:
        todo = say(
            "启动它，或改 [redis] url；问题先留在日志里，不会丢", "start it, or change [redis] url; meanwhile issues wait in the journal"
        )
        return Finding(id="queue", name=name, state="fail", detail=problems, todo=todo)
    detail = say(f"{how.version}，待处理 {how.open}", f"{how.version}, {how.open} open") + (f"; {problems}" if problems else "")
    todo = say("改服务器的设置", "change the server's settings") if problems else ""
    return Finding(id="queue", name=name, state="warn" if problems else "ok", detail=detail, todo=todo)


CHECKS = (python, packages, rules, rooms, queue, state_folder, journal, keys, clocks, button, desk)


def examine(patient: Patient) -> Iterator[Finding]:
    """Everything in turn; an examination that itself fails is a finding too."""
    for check in CHECKS:
        try:
            yield from check(patient)
        except (LivebotError, OSError) as error:
            yield Finding(id=check.__name__, name=check.__name__, state="fail", detail=str(error))
