"""errbot: one re_botcmd a rule in one plugin, messages through callback_message as its back-ends hand them over."""

import logging
import os
import sys
import tempfile
from pathlib import Path

from contest import Rule, as_regex, measured, task, tell
from errbot.backends.test import TestBot

ABOUT = "[Core]\nName = Bench\nModule = bench_plugin\n[Python]\nVersion = 3\n"
HEAD = "from errbot import BotPlugin, re_botcmd\n\n\nclass Bench(BotPlugin):\n    hits = 0\n"
METHOD = """
    @re_botcmd(pattern={pattern!r}, prefixed=False)
    def rule_{n}(self, msg, match):
        self.hits += 1
"""


def write_plugin(folder: Path, rules: list[Rule]) -> None:
    (folder / "bench.plug").write_text(ABOUT)
    (folder / "bench_plugin.py").write_text(HEAD + "".join(METHOD.format(pattern=as_regex(rule), n=n) for n, rule in enumerate(rules)))


if __name__ == "__main__":
    rules, comments, seconds = task()
    with tempfile.TemporaryDirectory() as folder:
        write_plugin(Path(folder), rules)
        test = TestBot(extra_plugin_dir=folder, loglevel=logging.ERROR, extra_config={"BOT_ASYNC": False})
        test.start()
        logging.disable(logging.CRITICAL)
        bot = test.bot
        viewer = bot.build_identifier("viewer")
        plugin = bot.plugin_manager.get_plugin_obj_by_name("Bench")

        hits = 0

        def handle(text: str) -> None:
            global hits
            before = plugin.hits
            message = bot.build_message(text)
            message.frm, message.to = viewer, bot.bot_identifier
            bot.callback_message(message)
            hits += plugin.hits > before  # it runs every rule that matches

        done, took = measured(comments, seconds, handle)
        tell("errbot", done, took, hits)
        sys.__stdout__.flush()
    os._exit(0)  # its stop() wants the thread pool of BOT_ASYNC
