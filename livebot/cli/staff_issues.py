"""The commands of after-sales staff: the queue of issues from a terminal."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from livebot.cli.frame import ConfigOption, configured, done, journal_of
from livebot.language import say

if TYPE_CHECKING:
    from livebot.deliver.desk.inbox import Inbox

HERE = Path("config.toml")
AsOption = Annotated[str | None, typer.Option("--as", help=say("你的名字（默认：系统用户）", "your name (default: the system user)"))]
IdArgument = Annotated[str, typer.Argument(help=say("编号，写开头几位就行；或凭证码", "the id, or its beginning, or the receipt code"))]
RoomOption = Annotated[str, typer.Option(help=say("只看这个直播间", "this room only"))]
NoteOption = Annotated[str, typer.Option(help=say("备注", "a note"))]


def register(app: typer.Typer) -> None:
    issues = typer.Typer(
        no_args_is_help=True,
        help=say("售后问题队列：看、认领、处理、交接、导出。", "The issue queue: look, claim, hand over, export."),
    )
    for name, command, zh, en in (
        ("list", listed, "列出问题，最急的在前；可以筛选和搜索。", "List issues, the most urgent first; filter and search."),
        ("show", show, "一个问题的全部经过。", "One issue with its whole story."),
        ("claim", claim, "认领：别人就不会重复处理。", "Claim an issue, so that nobody else works on it."),
        ("release", release, "退回认领的问题。", "Give back what you claimed."),
        ("move", move, "改状态，如 in_progress、waiting_viewer。", "Set the next state, such as in_progress or waiting_viewer."),
        ("resolve", resolve, "标记为已解决。", "Mark an issue as resolved."),
        ("note", note, "写备注（个人信息会打码）。", "Write a note; personal data in it is masked."),
        ("handover", hand_over, "交给一个部门，必填的要写全。", "Hand over to a team, with all that it must be told."),
        ("merge", merge, "把重复的并到一个问题里。", "Merge duplicates into one issue."),
        ("unmerge", unmerge, "把并错的再分开。", "Make a duplicate an issue of its own again."),
        ("reply", reply, "通过机器人在直播间回一句，带凭证码。", "Answer in the room through the bot, with a receipt code."),
        ("export", export, "导出 CSV 或 JSON。", "Export as CSV or JSON."),
    ):
        issues.command(name, help=say(zh, en))(command)
    app.add_typer(issues, name="issues")


def _with(config: Path, work: "Callable[[Inbox], Awaitable[int]]") -> None:
    from livebot.cli.issues import staff_inbox

    async def run() -> int:
        async with staff_inbox(configured(config)) as inbox:
            return await work(inbox)

    done(run())


def listed(
    config: ConfigOption = HERE,
    all_states: Annotated[bool, typer.Option("--all", help=say("已结束的也列出", "also what is done"))] = False,
    room: RoomOption = "",
    category: Annotated[str, typer.Option(help=say("只看这个类别，如 mid.addr", "this category only, such as mid.addr"))] = "",
    priority: Annotated[str, typer.Option(help="P0–P4")] = "",
    state: Annotated[list[str] | None, typer.Option(help=say("只看这个状态（可以写几个）", "this state only (may be repeated)"))] = None,
    team: Annotated[str, typer.Option(help=say("只看交给这个部门的", "only what this team has"))] = "",
    mine: Annotated[str, typer.Option(help=say("只看这个人认领的", "only what this person holds"))] = "",
    unclaimed: Annotated[bool, typer.Option("--unclaimed", help=say("只看没人认领的", "only what nobody holds"))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=say("只看超时的", "only what is too late"))] = False,
    search: Annotated[str, typer.Option(help=say("搜索内容、昵称、编号、凭证码", "in text, author, id, receipt code"))] = "",
    limit: Annotated[int, typer.Option(help=say("最多几条", "at most so many"))] = 1000,
    format: Annotated[Literal["text", "json", "csv"], typer.Option()] = "text",
) -> None:
    from livebot.cli import issues
    from livebot.deliver.desk.inbox import Wanted

    wanted = Wanted(
        room=room, category=category, priority=priority, states=tuple(state or ()), team=team, holder=mine,
        unclaimed=unclaimed, overdue=overdue, done=all_states, search=search,
    )  # fmt: skip
    _with(config, lambda inbox: issues.list_issues(inbox, wanted, format, sys.stdout, limit))


def show(issue: IdArgument, config: ConfigOption = HERE, format: Annotated[Literal["text", "json"], typer.Option()] = "text") -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.show_issue(inbox, issue, format, sys.stdout))


def claim(
    issue: IdArgument,
    config: ConfigOption = HERE,
    actor: AsOption = None,
    take_over: Annotated[bool, typer.Option("--take-over", help=say("主管接手", "take it from whoever holds it"))] = False,
) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.claim_issue(inbox, issue, issues.actor_name(actor), sys.stdout, take_over=take_over))


def release(issue: IdArgument, config: ConfigOption = HERE, actor: AsOption = None) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.release_issue(inbox, issue, issues.actor_name(actor), sys.stdout))


def move(
    issue: IdArgument,
    state: Annotated[str, typer.Argument(help=say("下一个状态", "the next state"))],
    config: ConfigOption = HERE,
    actor: AsOption = None,
    note: NoteOption = "",
) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.move_issue(inbox, issue, state, issues.actor_name(actor), note, sys.stdout))


def resolve(
    issue: IdArgument,
    config: ConfigOption = HERE,
    actor: AsOption = None,
    note: Annotated[str, typer.Option(help=say("怎么解决的", "how it was solved"))] = "",
) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.resolve_issue(inbox, issue, issues.actor_name(actor), note, sys.stdout))


def note(
    issue: IdArgument,
    text: Annotated[str, typer.Argument(help=say("备注", "the note"))],
    config: ConfigOption = HERE,
    actor: AsOption = None,
) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.note_issue(inbox, issue, text, issues.actor_name(actor), sys.stdout))


def hand_over(
    issue: IdArgument,
    team: Annotated[str, typer.Argument(help="after_sales | warehouse | logistics | finance | quality | product | legal | supervisor")],
    told: Annotated[list[str] | None, typer.Option("--told", help=say("字段=内容，可以写几个", "field=text, may be repeated"))] = None,
    config: ConfigOption = HERE,
    actor: AsOption = None,
) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.hand_over_issue(inbox, issue, team, told or (), issues.actor_name(actor), sys.stdout))


def merge(
    stays: Annotated[str, typer.Argument(help=say("留下的", "the one that stays"))],
    others: Annotated[list[str], typer.Argument(help=say("重复的", "its duplicates"))],
    config: ConfigOption = HERE,
    actor: AsOption = None,
    note: NoteOption = "",
) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.merge_issues(inbox, stays, others, issues.actor_name(actor), note, sys.stdout))


def unmerge(issue: IdArgument, config: ConfigOption = HERE, actor: AsOption = None) -> None:
    from livebot.cli import issues

    _with(config, lambda inbox: issues.unmerge_issue(inbox, issue, issues.actor_name(actor), sys.stdout))


def reply(
    issue: IdArgument,
    text: Annotated[
        str, typer.Argument(help=say("说什么，{code} 是凭证码（默认：已登记）", "what to say; {code} is the receipt code (default: noted)"))
    ] = "",
    config: ConfigOption = HERE,
    actor: AsOption = None,
    vouch: Annotated[bool, typer.Option("--vouch", help=say("要有依据的话，我有依据", "I have evidence for what needs it"))] = False,
) -> None:
    from livebot.cli import held, issues

    async def work() -> int:
        known = configured(config)
        async with journal_of(known) as journal, issues.staff_inbox(known) as inbox:
            desk = held.moderation(journal, known, config)
            return await issues.reply_issue(inbox, desk, issue, text, issues.actor_name(actor), sys.stdout, confirmed=vouch)

    done(work())


def export(
    config: ConfigOption = HERE,
    format: Annotated[Literal["csv", "json"], typer.Option()] = "csv",
    out: Annotated[Path | None, typer.Option(help=say("写到文件（默认：标准输出）", "write to a file (default: standard output)"))] = None,
    open_only: Annotated[bool, typer.Option("--open", help=say("只导出没结束的", "only what is not done"))] = False,
    room: RoomOption = "",
) -> None:
    from livebot.cli import issues
    from livebot.deliver.desk.inbox import Wanted

    wanted = Wanted(done=not open_only, room=room)

    async def work(inbox: "Inbox") -> int:
        if out is None:
            return await issues.export_issues(inbox, wanted, format, sys.stdout)
        with out.open("w", encoding="utf-8", newline="") as file:
            return await issues.export_issues(inbox, wanted, format, file, for_excel=format == "csv")

    _with(config, work)
