"""livebot run: the daemon, from a configuration to an orderly end."""

import asyncio
import gc
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from loguru import logger

from livebot.cli.frame import configured, stop_on_signals, whoami
from livebot.keep import log
from livebot.keep.freeze import lift, press, pressed
from livebot.language import say
from livebot.opening import open_app


async def run_daemon(file: Path) -> int:
    """Until SIGTERM or Ctrl-C. Raises ConfigError, Unavailable (another daemon has the folder), or what ended a service for good."""
    config = configured(file)
    log.set_up(level=config.log.level, json_lines=config.log.json_lines)
    async with AsyncExitStack() as stack:
        app = await open_app(stack, config, file)
        if app.desk:
            app.desk.announce = tell_set_up
        stop_on_signals(app.stop)
        settle_down()
        logger.info(
            say("livebot 开始工作：{} 个直播间，规则 {} 条，数据在 {}", "livebot is up: {} rooms, {} rules, state in {}"),
            len(config.rooms),
            len(app.engine.matcher.rulebook.faqs) + len(app.engine.matcher.rulebook.flags),
            config.state.dir.absolute(),
        )
        if pressed(config.state.dir):
            logger.warning(
                say(
                    "红色按钮还按着，什么都不会发出去。解除：livebot freeze --off",
                    "the red button is pressed: nothing is sent. To lift it: livebot freeze --off",
                )
            )
        await app.run()
    logger.info(say("已停止。", "stopped."))
    return 0


def tell_set_up(link: str) -> None:
    """Says where the first account is made; on the terminal and not in the log, which others may keep."""
    text = say(
        f"网页还没有账号。用浏览器打开，建第一个账号（一天内有效，只能用一次）：\n  {link}",
        f"The desk has no account yet. Open this once, within a day, to make the first one:\n  {link}",
    )
    print(text, file=sys.stderr)


def settle_down() -> None:
    """What is there by now stays for good: the collector need not look at it again with every thousand comments.

    The journal's thread waits for the interpreter after each commit: at a busy moment up to the switch interval.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sys.setswitchinterval(0.001)


def freeze(file: Path, *, off: bool) -> int:
    """Presses or lifts the red button: a file that the daemon looks for before every single send. Works with everything else down."""
    folder = configured(file).state.dir
    if off:
        lift(folder)
        print(say("已解除：可以发送了。", "lifted: sending is allowed again."), file=sys.stderr)
    else:
        press(folder, whoami())
        text = say(
            "红色按钮已按下：一秒内停止一切发送。解除：livebot freeze --off",
            "frozen: sending stops within a second. To lift it: livebot freeze --off",
        )
        print(text, file=sys.stderr)
    return 0


def daemon(file: Path) -> int:
    return asyncio.run(run_daemon(file))
