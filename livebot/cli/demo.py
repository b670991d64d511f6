"""livebot demo: a recorded room, the real daemon and a real queue on this computer, from the first comment to the follow-ups."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack, nullcontext
from dataclasses import replace
from itertools import count
from pathlib import Path

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from livebot.app import App
from livebot.cli.frame import stop_on_signals
from livebot.cli.report import run_report
from livebot.config import Config, Desk, Log, RoomConfig, Rules, State
from livebot.decide.states import comment_state
from livebot.deliver.desk import modes
from livebot.deliver.queue import Filter
from livebot.keep import clock, log
from livebot.keep.figures import figures
from livebot.keep.log import scrub
from livebot.keep.packs import SHIPPED
from livebot.keep.words import state_name
from livebot.language import say
from livebot.opening import open_app
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import DEMO, read_recording

ROOM = "demo"
SHOWN = 14  # comments on the screen
PATIENCE_S = 25.0  # for the follow-ups, after the end
CALM = 0.25  # as fast it goes on for who looks at the pages, once the books are closed
PAGES = (
    ("/desk", "场控", "moderator", "等审核的回复，一个键一件事", "replies that wait, one key for each thing"),
    ("/issues", "售后", "after-sales", "登记下来的问题，谁在处理，还剩多久", "what was flagged, who is at it, how long is left"),
    ("/stage", "主播", "streamer", "问得最多的一句，“说过了”", "what is asked most, and 'I said it'"),
)


async def run_demo(*, speed: float = 4.0, stay: bool = False) -> int:
    """Plays the bundled room `speed` times faster and prints what became of every comment. `stay`: then goes on for the pages until Ctrl-C.

    Returns 1 where the books do not balance: a comment without a state, an issue not in the queue, a text said twice.
    """
    console = Console()
    with tempfile.TemporaryDirectory(prefix="livebot-demo-") as folder:
        lines = list(read_recording(DEMO))
        server = BridgeServer(lines, speed=speed)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(server)
            config = _config(Path(folder), server.url(ROOM), speed)
            log.set_up(level="WARNING")
            app = await open_app(stack, config, Path(folder) / "config.toml")
            if app.desk:
                app.desk.announce = lambda link: _tell_pages(console, link)
            stop_on_signals(app.stop)
            console.print(
                say(
                    f"演示：{len(lines)} 条录好的弹幕，{speed:g} 倍速，经真实的 WebSocket 进来；问题进内置的 Valkey。",
                    f"Demo: {len(lines)} recorded comments at {speed:g}× over a real WebSocket; issues go into the embedded Valkey.",
                )
            )
            balanced, began = False, clock.monotonic()
            async with asyncio.TaskGroup() as group:
                group.create_task(app.run())
                await _watch(app, console, _ended(app))
                if not app.stop.is_set():
                    balanced = await _summary(app, server, console)
                    if stay:
                        console.print(
                            say("直播接着放，回答先给场控看。按 Ctrl-C 结束。", "The room goes on for the pages. Press Ctrl-C to end.")
                        )
                        encore = group.create_task(_encore(app, server, speed, began))
                        await _watch(app, console, lambda: False)
                        encore.cancel()
                app.stop.set()
    return 0 if balanced else 1


def _config(folder: Path, url: str, speed: float) -> Config:
    packs = [*map(str, sorted((SHIPPED / "base").glob("*.toml"))), "demo"]
    return Config(
        state=State(dir=folder / "state"),
        desk=Desk(listen="127.0.0.1:0"),
        rules=Rules(
            packs=tuple(pack for pack in packs if not pack.endswith("followups.toml")), variables={"shop": say("演示小店", "Demo shop")}
        ),
        log=Log(level="WARNING"),
        rooms=(RoomConfig(name=ROOM, adapter="bridge", settings={"url": url, "sends_count": round(5 * speed)}),),
    )


def _tell_pages(console: Console, link: str) -> None:
    """What to open, at the very start."""
    base = link.partition("/setup")[0]
    lines = [say("网页，先打开这个取个名字和密码：", "pages; open this first, for a name and a password: ") + link]
    lines += [f"  {say(zh, en)} {base}{path}  {say(what_zh, what_en)}" for path, zh, en, what_zh, what_en in PAGES]
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


async def _watch(app: App, console: Console, over: Callable[[], bool]) -> None:
    """Shows the room until it is over, or Ctrl-C."""
    live = Live(console=console, refresh_per_second=8, transient=True) if console.is_terminal else None
    with live or nullcontext():
        while not app.stop.is_set() and not over():
            await asyncio.sleep(0.15)
            if live:
                live.update(_screen(app))


def _ended(app: App) -> Callable[[], bool]:
    """Whether the stream is over and its follow-ups are out."""
    ended_at = 0.0

    def over() -> bool:
        nonlocal ended_at
        if app.journal.is_live(ROOM) or not app.journal.stream_of(ROOM):
            return False
        ended_at = ended_at or clock.monotonic()
        return _settled(app) or clock.monotonic() - ended_at > PATIENCE_S

    return over


async def _encore(app: App, server: BridgeServer, speed: float, began: float) -> None:
    """The room again and again, slower and each time with other viewers, its answers held for a moderator. began: when the play did."""
    play = server.play(ROOM)
    play.post({"type": "stream_started"})
    if app.desk and app.desk.moderation:
        await modes.set_mode(app.desk.moderation, "suggest", actor=say("演示", "demo"))
    for n in count(1):
        before = 0
        for line in server.lines:
            await asyncio.sleep((line.t_ms - before) / 1000 / speed / CALM)
            before, now = line.t_ms, int((clock.monotonic() - began) * 1000 * speed)
            to = line.reply_to and f"{n}-{line.reply_to}"
            play.push(replace(line, id=f"{n}-{line.id}", user=f"{n}-{line.user}", reply_to=to, t_ms=now))


def _settled(app: App) -> bool:
    open_ = "SELECT (SELECT count(*) FROM followups WHERE state IN ('waiting', 'doing') AND rule NOT LIKE '%reminder%')"
    waiting = app.journal.value(open_ + " + (SELECT count(*) FROM replies WHERE state IN ('queued', 'sending'))")
    return not waiting and not app.journal.undecided(1) and not app.publisher.backlog


def _screen(app: App) -> Group:
    table = Table(expand=True, show_edge=False, pad_edge=False)
    table.add_column(say("弹幕", "comment"), ratio=4, no_wrap=True)
    table.add_column(say("结果", "outcome"), ratio=1, no_wrap=True)
    table.add_column(say("说了什么 / 登记为", "said / flagged as"), ratio=4, no_wrap=True)
    rows = app.journal.read(
        "SELECT e.seq, e.text, e.viewer, d.kind, r.state, d.reason, r.text"
        " FROM (SELECT * FROM events WHERE kind = 'comment' ORDER BY seq DESC LIMIT ?) e"
        " JOIN decisions d ON d.seq = e.seq LEFT JOIN replies r ON r.id = d.ref ORDER BY e.seq, d.n",
        (SHOWN,),
    )
    for seq in dict.fromkeys(row[0] for row in rows):
        mine = [row for row in rows if row[0] == seq]
        state = comment_state((row[3], row[4], row[5]) for row in mine)
        said = next((row[6] for row in mine if row[6]), "") or next((row[5] for row in mine if row[3] == "flag"), "")
        style = {"flagged": "bold red", "answered": "green", "credited": "green", "held": "yellow"}.get(state, "dim")
        comment = scrub(app.journal.unseal(mine[0][1], mine[0][2]))[:80]
        table.add_row(Text(comment, style=style), Text(state_name(state), style=style), Text(said, style=style))
    known = figures(app.journal, app.journal.stream_of(ROOM)) if app.journal.stream_of(ROOM) else None
    counts = "  ".join(f"{state_name(name)} {n}" for name, n in known.states.items() if n) if known else ""
    return Group(table, Text(counts, style="bold"))


async def _summary(app: App, server: BridgeServer, console: Console) -> bool:
    """The report, and the books: comments against states, issues against the queue, what the platform heard against the outbox."""
    stream = app.journal.stream_of(ROOM)
    run_report(app.journal, ROOM, "text", sys.stdout, stream=stream)
    known = figures(app.journal, stream)
    queued = len(await app.queue.find(Filter(open_only=False, limit=100_000)))
    keys = [one.key for one in server.says]
    checks = [
        (say("每条弹幕都有结果", "every comment has a state"), sum(known.states.values()), known.comments),
        (say("登记的问题都在队列里", "every issue is in the queue"), queued, known.issues),
        (say("平台听到的都是发出的，没有重复", "the platform heard each text once"), len(keys), len(set(keys))),
        (say("跟进已处理", "follow-ups done"), *_followups(app)),
    ]
    for text, left, right in checks:
        sign = "✓" if left == right else "✗"
        console.print(Text(f"{sign} {text}: {left} / {right}", style="green" if left == right else "bold red"))
    folder = app.followups.folder
    for file in sorted(folder.glob("*.md")) if folder.exists() else ():
        console.print(Text(say("交接单：", "hand-over for staff: ") + file.name), style="dim")
    return all(left == right for _, left, right in checks)


def _followups(app: App) -> tuple[int, int]:
    sql = "SELECT count(*) FROM followups WHERE rule NOT LIKE '%reminder%'"
    return app.journal.value(sql + " AND state IN ('done', 'suppressed')"), app.journal.value(sql)
