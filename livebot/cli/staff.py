"""The commands of those who work with what livebot found: held replies, issues, reports."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from livebot.cli.frame import ConfigOption, configured, done, journal_of
from livebot.language import say

HERE = Path("config.toml")
AsOption = Annotated[str | None, typer.Option("--as", help=say("你的名字（默认：系统用户）", "your name (default: the system user)"))]
IdArgument = Annotated[str, typer.Argument(help=say("编号，写开头几位就行", "the id; its beginning is enough"))]


def register(app: typer.Typer) -> None:
    held = typer.Typer(no_args_is_help=True, help=say("待审核的回复：看、通过、拒绝。", "Held replies: look, approve, reject."))
    held.command("list", help=say("列出待审核和不确定是否发出的回复。", "List what is held, and what is in doubt."))(held_list)
    held.command("approve", help=say("通过并发送（可以改写）。", "Approve, as it is or edited; it is then sent."))(held_approve)
    held.command("reject", help=say("拒绝，不发送。", "Reject: it is not sent."))(held_reject)
    held.command("settle", help=say("确认一条不确定的回复：直播间里看到了没有。", "Settle a doubt: did it appear in the room or not."))(
        held_settle
    )
    app.add_typer(held, name="held")
    issues = typer.Typer(
        no_args_is_help=True, help=say("售后问题队列：看、认领、解决、导出。", "The issue queue: look, claim, resolve, export.")
    )
    issues.command("list", help=say("列出问题。", "List issues."))(issues_list)
    issues.command("show", help=say("一个问题的全部经过。", "One issue with its whole story."))(issues_show)
    issues.command("claim", help=say("认领：别人就不会重复处理。", "Claim an issue, so that nobody else works on it."))(issues_claim)
    issues.command("resolve", help=say("标记为已解决。", "Mark an issue as resolved."))(issues_resolve)
    issues.command("export", help=say("导出 CSV 或 JSON。", "Export as CSV or JSON."))(issues_export)
    app.add_typer(issues, name="issues")
    app.command(
        "report", help=say("一场直播的报告，每个数字都从日志重新算出。", "A stream's report; every figure is recomputed from the journal.")
    )(report)


# ── issues ─────────────────────────────────────────────────────────────────────


def issues_list(
    config: ConfigOption = HERE,
    all_states: Annotated[bool, typer.Option("--all", help=say("已结束的也列出", "also what is done"))] = False,
    room: Annotated[str, typer.Option(help=say("只看这个直播间", "this room only"))] = "",
    category: Annotated[str, typer.Option(help=say("只看这个类别，如 mid.addr", "this category only, such as mid.addr"))] = "",
    priority: Annotated[str, typer.Option(help="P0–P4")] = "",
    mine: Annotated[str, typer.Option(help=say("只看这个人认领的", "only what this person holds"))] = "",
    limit: Annotated[int, typer.Option(help=say("最多几条", "at most so many"))] = 1000,
    format: Annotated[Literal["text", "json", "csv"], typer.Option()] = "text",
) -> None:
    from livebot.cli import issues
    from livebot.deliver.queue import Filter

    wanted = Filter(open_only=not all_states, room=room, category=category, priority=priority, holder=mine, limit=limit)

    async def work() -> int:
        async with issues.staff_queue(configured(config)) as queue:
            return await issues.list_issues(queue, wanted, format, sys.stdout)

    done(work())


def issues_show(
    issue: IdArgument, config: ConfigOption = HERE, format: Annotated[Literal["text", "json"], typer.Option()] = "text"
) -> None:
    from livebot.cli import issues

    async def work() -> int:
        async with issues.staff_queue(configured(config)) as queue:
            return await issues.show_issue(queue, issue, format, sys.stdout)

    done(work())


def issues_claim(issue: IdArgument, config: ConfigOption = HERE, actor: AsOption = None) -> None:
    from livebot.cli import issues

    async def work() -> int:
        async with issues.staff_queue(configured(config)) as queue:
            return await issues.claim_issue(queue, issue, issues.actor_name(actor), sys.stdout)

    done(work())


def issues_resolve(
    issue: IdArgument,
    config: ConfigOption = HERE,
    actor: AsOption = None,
    note: Annotated[str, typer.Option(help=say("怎么解决的", "how it was solved"))] = "",
) -> None:
    from livebot.cli import issues

    async def work() -> int:
        async with issues.staff_queue(configured(config)) as queue:
            return await issues.resolve_issue(queue, issue, issues.actor_name(actor), note, sys.stdout)

    done(work())


def issues_export(
    config: ConfigOption = HERE,
    format: Annotated[Literal["csv", "json"], typer.Option()] = "csv",
    out: Annotated[Path | None, typer.Option(help=say("写到文件（默认：标准输出）", "write to a file (default: standard output)"))] = None,
    open_only: Annotated[bool, typer.Option("--open", help=say("只导出没结束的", "only what is not done"))] = False,
) -> None:
    from livebot.cli import issues
    from livebot.deliver.queue import Filter

    wanted = Filter(open_only=open_only, limit=1_000_000)

    async def work() -> int:
        async with issues.staff_queue(configured(config)) as queue:
            if out is None:
                return await issues.export_issues(queue, wanted, format, sys.stdout)
            with out.open("w", encoding="utf-8", newline="") as file:
                return await issues.export_issues(queue, wanted, format, file, for_excel=format == "csv")

    done(work())


# ── held replies ───────────────────────────────────────────────────────────────


def held_list(
    config: ConfigOption = HERE,
    room: Annotated[str | None, typer.Option(help=say("只看这个直播间", "this room only"))] = None,
    format: Annotated[Literal["text", "json"], typer.Option()] = "text",
) -> None:
    from livebot.cli import held

    async def work() -> int:
        async with journal_of(configured(config)) as journal:
            return held.list_held(journal, room, sys.stdout, as_json=format == "json")

    done(work())


def held_approve(
    reply: IdArgument,
    config: ConfigOption = HERE,
    text: Annotated[str | None, typer.Option(help=say("改成这样说", "say this instead"))] = None,
    actor: AsOption = None,
) -> None:
    from livebot.cli import held
    from livebot.opening import room_policies

    async def work() -> int:
        known = configured(config)
        async with journal_of(known) as journal:
            policies, facts = room_policies(known, config), held.facts_of(known, config)
            return await held.approve(journal, reply, text=text, actor=actor or "", policies=policies, facts=facts)

    done(work())


def held_reject(
    reply: IdArgument,
    config: ConfigOption = HERE,
    reason: Annotated[str, typer.Option(help=say("原因", "why"))] = "",
    actor: AsOption = None,
) -> None:
    from livebot.cli import held

    async def work() -> int:
        async with journal_of(configured(config)) as journal:
            return await held.reject(journal, reply, reason=reason, actor=actor or "")

    done(work())


def held_settle(
    reply: IdArgument,
    sent: Annotated[bool, typer.Option("--sent/--not-sent", help=say("看到了 / 没看到", "it appeared / it did not"))],
    config: ConfigOption = HERE,
    actor: AsOption = None,
) -> None:
    from livebot.cli import held

    async def work() -> int:
        async with journal_of(configured(config)) as journal:
            return await held.settle_doubt(journal, reply, sent=sent, actor=actor or "")

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
