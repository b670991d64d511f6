"""The commands of those who work with what livebot found: held replies, issues, reports."""

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from livebot.cli import staff_issues
from livebot.cli.frame import ConfigOption, configured, done, journal_of
from livebot.language import say

if TYPE_CHECKING:
    from livebot.deliver.desk.moderation import Moderation

HERE = Path("config.toml")
AsOption = Annotated[str | None, typer.Option("--as", help=say("你的名字（默认：系统用户）", "your name (default: the system user)"))]
IdArgument = Annotated[str, typer.Argument(help=say("编号，写开头几位就行", "the id; its beginning is enough"))]


def register(app: typer.Typer) -> None:
    held = typer.Typer(no_args_is_help=True, help=say("待审核的回复：看、通过、拒绝。", "Held replies: look, approve, reject."))
    held.command("list", help=say("列出待审核和不确定是否发出的回复。", "List what is held, and what is in doubt."))(held_list)
    held.command("approve", help=say("通过并发送（可以改写）。", "Approve, as it is or edited; it is then sent."))(held_approve)
    held.command("reject", help=say("拒绝，不发送。", "Reject: it is not sent."))(held_reject)
    held.command("aloud", help=say("主播口头回答了：问过的都算答过。", "The streamer said it: who asked counts as answered."))(held_aloud)
    held.command("snooze", help=say("推后几秒再看。", "Put a draft off for so many seconds."))(held_snooze)
    held.command("undo", help=say("撤回刚才的操作（还没发出去的话）。", "Take an act back, unless the text has left."))(held_undo)
    held.command("settle", help=say("确认一条不确定的回复：直播间里看到了没有。", "Settle a doubt: did it appear in the room or not."))(
        held_settle
    )
    app.add_typer(held, name="held")
    staff_issues.register(app)
    app.command(
        "report", help=say("一场直播的报告，每个数字都从日志重新算出。", "A stream's report; every figure is recomputed from the journal.")
    )(report)


# ── held replies ───────────────────────────────────────────────────────────────


def held_list(
    config: ConfigOption = HERE,
    room: Annotated[str, typer.Option(help=say("只看这个直播间", "this room only"))] = "",
    rule: Annotated[str, typer.Option(help=say("只看这条规则", "this rule only"))] = "",
    why: Annotated[str, typer.Option(help=say("只看这个原因，如 guard、unsure", "held for this reason, such as guard or unsure"))] = "",
    text: Annotated[str, typer.Option(help=say("回复里有这几个字", "whose draft holds these words"))] = "",
    put_off: Annotated[bool, typer.Option("--put-off", help=say("看推后的", "what was put off"))] = False,
    format: Annotated[Literal["text", "json"], typer.Option()] = "text",
) -> None:
    from livebot.cli import held
    from livebot.deliver.desk.held import Filter

    wanted = Filter(room=room, rule=rule, why=why, text=text, put_off=put_off)

    async def look(desk: "Moderation") -> int:
        return held.list_held(desk, wanted, sys.stdout, as_json=format == "json")

    _at_the_desk(config, look)


def held_approve(
    reply: IdArgument,
    config: ConfigOption = HERE,
    text: Annotated[str | None, typer.Option(help=say("改成这样说", "say this instead"))] = None,
    actor: AsOption = None,
) -> None:
    from livebot.cli import held

    _at_the_desk(config, lambda desk: held.approve(desk, reply, text=text, actor=actor or ""))


def held_reject(
    reply: IdArgument,
    config: ConfigOption = HERE,
    reason: Annotated[str, typer.Option(help=say("原因", "why"))] = "",
    actor: AsOption = None,
) -> None:
    from livebot.cli import held

    _at_the_desk(config, lambda desk: held.reject(desk, reply, reason=reason, actor=actor or ""))


def held_aloud(reply: IdArgument, config: ConfigOption = HERE, actor: AsOption = None) -> None:
    from livebot.cli import held

    _at_the_desk(config, lambda desk: held.aloud(desk, reply, actor=actor or ""))


def held_snooze(
    reply: IdArgument,
    seconds: Annotated[float, typer.Argument(help=say("几秒", "seconds"))] = 30.0,
    config: ConfigOption = HERE,
    actor: AsOption = None,
) -> None:
    from livebot.cli import held

    _at_the_desk(config, lambda desk: held.snooze(desk, reply, seconds, actor=actor or ""))


def held_undo(reply: IdArgument, config: ConfigOption = HERE, actor: AsOption = None) -> None:
    from livebot.cli import held

    _at_the_desk(config, lambda desk: held.take_back(desk, reply, actor=actor or ""))


def held_settle(
    reply: IdArgument,
    sent: Annotated[bool, typer.Option("--sent/--not-sent", help=say("看到了 / 没看到", "it appeared / it did not"))],
    again: Annotated[bool, typer.Option("--again", help=say("没看到，再发一次", "it did not: say it again"))] = False,
    config: ConfigOption = HERE,
    actor: AsOption = None,
) -> None:
    from livebot.cli import held

    _at_the_desk(config, lambda desk: held.settle_doubt(desk, reply, sent=sent, again=again, actor=actor or ""))


def _at_the_desk(config: Path, act: "Callable[[Moderation], Coroutine[Any, Any, int]]") -> None:
    from livebot.cli import held

    async def work() -> int:
        known = configured(config)
        async with journal_of(known) as journal:
            return await act(held.moderation(journal, known, config))

    done(work())


# ── the report ─────────────────────────────────────────────────────────────────


def report(
    config: ConfigOption = HERE,
    room: Annotated[str | None, typer.Option(help=say("只看这个直播间", "this room only"))] = None,
    stream: Annotated[int | None, typer.Option(help=say("第几场（默认：最近一场）", "which stream (default: the latest)"))] = None,
    all_streams: Annotated[bool, typer.Option("--all", help=say("列出所有场次", "list all streams"))] = False,
    format: Annotated[Literal["text", "json", "html"], typer.Option()] = "text",
    out: Annotated[Path | None, typer.Option(help=say("写到文件（默认：标准输出）", "write to a file (default: standard output)"))] = None,
) -> None:
    from livebot.cli.report import run_report

    async def work() -> int:
        async with journal_of(configured(config)) as journal:
            if out is None:
                return run_report(journal, room, format, sys.stdout, stream=stream, all_streams=all_streams)
            with out.open("w", encoding="utf-8") as file:
                return run_report(journal, room, format, file, stream=stream, all_streams=all_streams)

    done(work())
