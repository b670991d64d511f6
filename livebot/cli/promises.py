"""The commands of the promise ledger."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from livebot.cli.frame import ConfigOption, configured, done, journal_of
from livebot.errors import Rejected
from livebot.language import say

HERE = Path("config.toml")
AsOption = Annotated[str | None, typer.Option("--as", help=say("你的名字（默认：系统用户）", "your name (default: the system user)"))]
IdArgument = Annotated[str, typer.Argument(help=say("编号，写开头几位就行", "the id; its beginning is enough"))]
NoteOption = Annotated[str, typer.Option(help=say("说明", "a note"))]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        invoke_without_command=True,
        help=say(
            "承诺账本：直播间里承诺过什么、对谁、到什么时候、兑现了没有。",
            "The promise ledger: what was promised, to whom, until when, and whether it was kept.",
        ),
    )
    group.callback()(promises)
    group.command("keep", help=say("标记为已兑现。", "Mark a promise as kept."))(keep)
    group.command("broken", help=say("标记为没有兑现。", "Mark a promise as broken."))(broken)
    group.command("withdraw", help=say("撤回：说错了，或者已经和观众讲清楚。", "Withdraw: it was wrong, or was cleared up."))(withdraw)
    app.add_typer(group, name="promises")


def promises(
    ctx: typer.Context,
    config: ConfigOption = HERE,
    room: Annotated[str | None, typer.Option(help=say("只看这个直播间", "this room only"))] = None,
    open_only: Annotated[bool, typer.Option("--open", help=say("还没兑现的（默认）", "what still binds (the default)"))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=say("只看到期没兑现的", "only what is overdue"))] = False,
    everything: Annotated[bool, typer.Option("--all", help=say("全部，包括已了结的", "all, also what is settled"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=say("每行一个 JSON", "JSON lines"))] = False,
) -> None:
    if ctx.invoked_subcommand:
        return
    if open_only + overdue + everything > 1 or (as_json and jsonl):
        raise Rejected(
            "--open、--overdue、--all 只能写一个，--json、--jsonl 也是", "one of --open, --overdue, --all; one of --json, --jsonl"
        )
    from livebot.cli.ledger import Which, list_promises

    which: Which = "overdue" if overdue else "all" if everything else "open"
    format_ = "json" if as_json else "jsonl" if jsonl else "text"

    async def work() -> int:
        async with journal_of(configured(config)) as journal:
            return list_promises(journal, room, which, format_, sys.stdout)

    done(work())


def keep(promise: IdArgument, config: ConfigOption = HERE, note: NoteOption = "", actor: AsOption = None) -> None:
    _settle(config, promise, "kept", note, actor)


def broken(promise: IdArgument, config: ConfigOption = HERE, note: NoteOption = "", actor: AsOption = None) -> None:
    _settle(config, promise, "broken", note, actor)


def withdraw(
    promise: IdArgument,
    note: Annotated[str, typer.Option(help=say("为什么撤回", "why"))],
    config: ConfigOption = HERE,
    actor: AsOption = None,
) -> None:
    _settle(config, promise, "withdrawn", note, actor)


def _settle(config: Path, promise: str, state: str, note: str, actor: str | None) -> None:
    from livebot.cli.issues import actor_name
    from livebot.cli.ledger import settle_promise

    async def work() -> int:
        async with journal_of(configured(config)) as journal:
            return await settle_promise(journal, promise, state, actor_name(actor), note.strip(), sys.stdout)

    done(work())
