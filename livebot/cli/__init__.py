"""The commands: each one reads its options and calls one plain function."""

import typer

from livebot.language import say


def main() -> None:
    """The entry point: errors are told in words, never as a traceback."""
    from livebot.cli.frame import guarded

    guarded(application())


def application() -> typer.Typer:
    """All commands, put together when asked for, so that a module costs nothing until its command runs."""
    from livebot.cli import accounts, commands, personal, promises, staff

    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=False,
        help=say(
            "livebot：直播间小助手。回答常见问题，把订单和售后问题放进队列，下播后做跟进。"
            "\n\n第一次用：livebot init，然后 livebot check，再 livebot run。",
            "livebot: a live-commerce companion. Answers common comments, queues order and after-sales issues, follows up after the stream."
            "\n\nFirst time: livebot init, then livebot check, then livebot run.",
        ),
    )
    commands.register(app)
    staff.register(app)
    promises.register(app)
    personal.register(app)
    accounts.register(app)
    return app
