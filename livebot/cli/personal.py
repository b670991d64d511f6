"""The commands about people: find their data in texts, and forget a person."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from livebot.cli.frame import ConfigOption, configured, done
from livebot.language import say


def register(app: typer.Typer) -> None:
    app.command(
        help=say(
            "找出文字里的个人信息（电话、地址、单号……）并打码。", "Find personal data (telephone, address, order …) in texts, and mask it."
        )
    )(mask)
    app.command(
        help=say(
            "应要求删除一位观众：评论、名字和密钥都没了，问题只留打码的文字。",
            "Forget a viewer who asks for it: words, name and key are gone; of issues only masked text stays.",
        )
    )(erase)
    app.command(
        help=say(
            "看一条评论的原文：要写理由，谁、何时、为什么都记在日志里。",
            "Read what a viewer really wrote: takes a reason, and who, when and why is written down.",
        )
    )(unmask)


def mask(
    text: Annotated[
        list[str] | None, typer.Argument(help=say("要打码的文字（默认：从标准输入逐行读）", "the text (default: lines of standard input)"))
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help=say('每行一个 {"text"} 输入，{"masked","spans"} 输出', 'JSON lines {"text"} in, {"masked","spans"} out')
        ),
    ] = False,
    config: Annotated[Path | None, typer.Option(help=say("配置文件（只用它的语言）", "the configuration (for its language)"))] = None,
) -> None:
    from livebot.cli.mask import run_mask

    done(run_mask(tuple(text or ()), config, sys.stdin, sys.stdout, jsonl=jsonl))


def erase(
    viewer: Annotated[
        str, typer.Option(help=say("观众的编号、昵称，或队列里的 viewer", "the viewer's id, nickname, or `viewer` in the queue"))
    ],
    room: Annotated[
        str | None, typer.Option(help=say("哪个直播间（只有一个时不用写）", "the room (not needed where there is one)"))
    ] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.erase import erase_viewer

    done(erase_viewer(configured(config), viewer, room))


def unmask(
    comment: Annotated[
        str, typer.Argument(help=say("评论的编号，或问题的编号（开头几位就行）", "the id of a comment, or of an issue (its beginning)"))
    ] = "",
    reason: Annotated[str, typer.Option(help=say("为什么要看", "why it must be read"))] = "",
    room: Annotated[str | None, typer.Option(help=say("哪个直播间", "the room, where two have such a comment"))] = None,
    log: Annotated[bool, typer.Option("--log", help=say("谁看过什么、为什么", "who read what, and why"))] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.unmask import list_unmaskings, show_original

    done(list_unmaskings(configured(config), sys.stdout) if log else show_original(configured(config), comment, reason, room, sys.stdout))
