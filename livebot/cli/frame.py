"""What surrounds every command: the configuration it works with, and how it fails: in words, and with an exit code that means something.

0 done · 1 the input has errors, or something was refused · 2 the command or the configuration is wrong · 3 the other side is away
· 70 a bug.
"""

import asyncio
import getpass
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from livebot import language
from livebot.config import Config, load_config
from livebot.errors import ConfigError, LivebotError, Unavailable
from livebot.language import say

if TYPE_CHECKING:  # it takes its time, and not every command has one
    from livebot.keep.journal import Journal

ConfigOption = Annotated[Path, typer.Option("--config", help=say("配置文件", "the configuration file"))]
USAGE, AWAY, BUG = 2, 3, 70


def guarded(app: typer.Typer) -> NoReturn:
    """Runs the command line and ends the process with its exit code."""
    try:
        app()
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sys.exit(_told(_first(error)))
    sys.exit(0)


def _told(error: BaseException) -> int:
    if isinstance(error, ConfigError):
        print(error, file=sys.stderr)
        return USAGE
    if isinstance(error, LivebotError):
        print(error, file=sys.stderr)
        return AWAY if isinstance(error, Unavailable) else 1
    if os.environ.get("LIVEBOT_DEBUG"):
        raise error
    text = say(
        f"livebot 自己出错了：{error!r}。数据都在日志里，重新启动是安全的；加上 LIVEBOT_DEBUG=1 再跑一次可以看到细节。",
        f"a bug in livebot: {error!r}. All data is in the journal and a restart is safe; LIVEBOT_DEBUG=1 shows the details.",
    )
    print(text, file=sys.stderr)
    return BUG


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def configured(file: Path) -> Config:
    """The configuration, with the language it asks for in force; raises ConfigError."""
    config = load_config(file)
    if config.language != "auto":
        language.use(config.language)
    return config


def done(code: int | Coroutine[Any, Any, int | None] | None) -> NoReturn:
    """Ends a command with its exit code; a coroutine is run first."""
    raise typer.Exit(asyncio.run(code) or 0 if asyncio.iscoroutine(code) else code or 0)


@asynccontextmanager
async def journal_of(config: Config) -> "AsyncIterator[Journal]":
    """The journal of a configuration, beside a running daemon or alone; raises ConfigError where there is none yet."""
    from livebot.deliver.open_journal import open_journal

    folder = config.state.dir
    if not (folder / "journal.db").exists():
        raise Unavailable(f"{folder} 里还没有日志：先运行 livebot run。", f"there is no journal in {folder} yet: run `livebot run` first.")
    async with AsyncExitStack() as stack:
        yield await open_journal(stack, folder)


def whoami() -> str:
    """The system's name for whoever is at the keyboard."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without user names
        return "cli"


def stop_on_signals(stop: asyncio.Event) -> None:
    """The first Ctrl-C or SIGTERM sets `stop`, a second one kills."""

    def stopping(*_: object) -> None:
        if stop.is_set():
            os._exit(130)
        loop.call_soon_threadsafe(stop.set)

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stopping)
        except NotImplementedError:  # Windows
            signal.signal(name, stopping)
