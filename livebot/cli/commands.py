"""The commands of the streamer: set up, check, run, try out."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from livebot.cli.frame import ConfigOption, done
from livebot.errors import Rejected
from livebot.language import say


def register(app: typer.Typer) -> None:
    app.command(
        help=say("在空文件夹里写好配置和规则范例。", "Write a commented configuration and a starter rule pack into an empty folder.")
    )(init)
    app.command(
        help=say(
            "开始工作：连接直播间，回答、登记、跟进，直到 Ctrl-C。", "Run the daemon: connect, answer, flag and follow up, until Ctrl-C."
        )
    )(run)
    app.command(help=say("用一段录好的直播演示全过程，不需要任何账号。", "Show everything on a bundled recorded room; needs no account."))(
        demo
    )
    app.command(
        help=say(
            "检查配置和规则：每条规则的例句都会试一遍。有错返回 1。",
            "Check the configuration and the rules, with every rule's examples. Exit code 1 on any error.",
        )
    )(check)
    app.command(
        help=say(
            '给评论分类：每行一个 {"id","text"} 输入，每行一个结果输出。',
            'Classify comments: JSON lines {"id","text"} in, one JSON line out for each.',
        )
    )(classify)
    app.command(
        "try",
        help=say(
            "试一句评论：会怎么判断、用哪条规则和哪个商品、回答什么、审查过不过，为什么。",
            "Try a comment: its category, the rule, the product, the answer and the guard's verdict, with the reasons.",
        ),
    )(try_out)
    app.command(help=say("告诉 livebot 现在在讲几号商品。", "Tell which product is on air from now on."))(onair)
    app.command(
        help=say(
            "假如：用现在的规则重放一段录像，什么都不发出去。\n\n"
            "时间按录像走；回复按平台限速（5 秒 5 条）和总量上限发出，到期没发就算过期；没有人审核，待审核的就停在待审核；"
            "规则和模式取配置里第一个直播间的。",
            "What if: replay a recorded stream with today's rules; nothing is sent.\n\n"
            "Time is the recording's; replies leave at the platform's pace (5 in 5 s) and within the budget, else they expire;"
            " nobody approves, so what is held stays held; rules and mode are those of the first room in the configuration.",
        )
    )(replay)
    app.command(
        help=say(
            "模拟一个平台来练习：第一行打印地址，第一个客户端连上后开始播放。",
            "A platform to practise on: prints its address first, plays from the first client on.",
        )
    )(simulate)
    app.command(
        "new-adapter",
        help=say("给新平台写适配器：建好一个能通过测试的包，再往里填。", "A package for an adapter of your own, whose tests pass at once."),
    )(new_adapter)
    app.command(
        help=say(
            "红色按钮：一秒内停止一切发送，别的都照常。", "The red button: stops all sending within a second; everything else goes on."
        )
    )(freeze)
    app.command(
        help=say(
            "现在有多大胆：listen 只听，suggest 等人通过，auto 自己发；整个直播间或一条规则，马上生效。",
            "How bold livebot is, by room and by rule: shown, and switched at once.",
        )
    )(mode)
    app.command(
        help=say(
            "教一条规则一种新问法（先试过所有例句）；--forget 忘掉。不写规则就列出教过的。",
            "Teach a rule a phrasing, once every example still holds; --forget takes it back. Alone it lists what was taught.",
        )
    )(teach)
    app.command(
        help=say("看看这些话能不能说：承诺、极限词、功效、引流、隐私……", "Judge outgoing texts: promises, absolutes, health, privacy …")
    )(lint)
    app.command(
        help=say(
            "体检：程序、规则、适配器、队列、磁盘、时钟，哪里不对、怎么办。", "Examine everything: what is wrong, and what to do about it."
        )
    )(doctor)


def _help(zh: str, en: str) -> Any:
    return typer.Option(help=say(zh, en))


def init(
    folder: Annotated[Path, typer.Argument(help=say("放在哪里", "where"))] = Path(),
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.init import run_init

    done(run_init(folder))


def run(config: ConfigOption = Path("config.toml")) -> None:
    from livebot.cli.run import run_daemon

    done(run_daemon(config))


def demo(
    config: ConfigOption = Path("config.toml"),
    speed: Annotated[float, _help("播放倍速", "how many times faster than recorded")] = 4.0,
    stay: Annotated[
        bool | None,
        typer.Option("--stay/--no-stay", help=say("播完后是否停留（终端里默认停留）", "stay after the end (on a terminal by default)")),
    ] = None,
) -> None:
    from livebot.cli.demo import run_demo

    done(run_demo(speed=speed, stay=sys.stdout.isatty() if stay is None else stay))


def check(
    config: Annotated[
        Path | None,
        _help("配置文件（默认：当前文件夹的 config.toml，如果有）", "configuration file (default: config.toml here, if there is one)"),
    ] = None,
    rules: Annotated[Path | None, _help("只检查这个规则文件夹", "check this folder of rules instead of the configured packs")] = None,
) -> None:
    from livebot.cli.check import run_check

    done(run_check(config, rules))


def classify(
    rules: Annotated[Path | None, _help("只用这个规则文件夹", "use this folder of rules alone")] = None,
    config: Annotated[Path | None, _help("用这个配置里的规则", "use the rules of this configuration")] = None,
    explain: Annotated[bool, _help("写出是哪些词、哪条规则决定的", "say which words and rules decided")] = False,
    second: Annotated[bool, _help("拿不准的和英文的，再问大一些的模型（livebot[e5]）", "ask the larger model too (livebot[e5])")] = False,
) -> None:
    from livebot.cli.classify import run_classify

    done(run_classify(rules, config, sys.stdin, sys.stdout, explain=explain, second=second))


def try_out(
    text: Annotated[
        list[str] | None, typer.Argument(help=say("评论，一句或几句（默认：从标准输入读）", "comments (default: standard input)"))
    ] = None,
    on_air: Annotated[str | None, _help("正在讲几号商品", "the product on air: its number or name")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='{"text","on_air"?} → {"category","route","rule","product","answer","verdict"}')
    ] = False,
    config: Annotated[
        Path | None,
        _help("配置文件（默认：当前文件夹的 config.toml，如果有）", "configuration file (default: config.toml here, if there is one)"),
    ] = None,
) -> None:
    from livebot.cli.tryout import run_try

    done(run_try(tuple(text or ()), on_air, config, sys.stdin, sys.stdout, jsonl=jsonl))


def onair(
    product: Annotated[str, typer.Argument(help=say("几号，或商品名", "its link number or name"))] = "",
    room: Annotated[str | None, _help("哪个直播间（默认：全部）", "which room (default: all)")] = None,
    off: Annotated[bool, typer.Option("--off", help=say("现在没有在讲商品", "nothing is on air"))] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.onair import run_onair

    if bool(product) == off:
        raise Rejected("写上几号，例如 livebot onair 3；没有在讲就写 --off", "name a product, as in livebot onair 3, or write --off")
    done(run_onair("" if off else product, room, config))


def replay(
    stream: Annotated[Path, typer.Argument(help='STREAM.jsonl[.gz]: {"t_ms","text","user","id"}')],
    config: Annotated[Path | None, _help("用这个配置里的规则", "use the rules of this configuration")] = None,
    speed: Annotated[str, _help("倍速，或 max", "a factor, or max")] = "max",
    out: Annotated[Path | None, _help("结果写到文件（默认：标准输出）", "write the lines to a file (default: standard output)")] = None,
) -> None:
    from livebot.cli.replay import run_replay

    done(run_replay(stream, config, speed, out))


def simulate(
    platform: Annotated[str, typer.Argument(help=say("平台，如 bridge、twitch", "the platform, such as bridge or twitch"))] = "bridge",
    stream: Annotated[Path | None, _help("录像（默认：自带的一段）", "the recording (default: the bundled room)")] = None,
    speed: Annotated[str, _help("倍速，或 max", "a factor, or max")] = "1",
    faults: Annotated[str, _help("故障，逗号分隔，如 drop,duplicate=0.1", "faults, separated by commas, such as drop,duplicate=0.1")] = "",
    port: Annotated[int, _help("端口，0 为自动", "the port; 0 takes a free one")] = 0,
    host: Annotated[str, _help("地址", "the address")] = "127.0.0.1",
    seed: Annotated[int, _help("故障的随机种子", "the seed of the faults")] = 0,
    say_log: Annotated[Path | None, _help("把收到的每句话写进文件", "append everything said to a file")] = None,
    own: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help=say("这个平台自己的选项，如 token=abc（可写多次）", "an option of this platform alone, such as token=abc")
        ),
    ] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.simulate import own_of, run_simulate

    names = [name for name in faults.split(",") if name.strip()]
    done(run_simulate(platform, stream, speed, names, port, host, seed=seed, say_log_file=say_log, own=own_of(own or ())))


def new_adapter(
    name: Annotated[str, typer.Argument(help=say("适配器的名字，如 my_shop", "the adapter's name, such as my_shop"))],
    folder: Annotated[Path | None, _help("放在哪里（默认：livebot-名字）", "where (default: livebot-NAME)")] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.new_adapter import run_new_adapter

    done(run_new_adapter(name, folder))


def freeze(
    config: ConfigOption = Path("config.toml"),
    off: Annotated[bool, typer.Option("--off", help=say("解除", "lift it"))] = False,
) -> None:
    from livebot.cli.run import freeze as press

    done(press(config, off=off))


def mode(
    mode: Annotated[Literal["listen", "suggest", "auto"] | None, typer.Argument(help=say("改成（默认：只看）", "the new one"))] = None,
    room: Annotated[str, _help("哪个直播间（默认：全部）", "which room (default: all)")] = "",
    rule: Annotated[str, _help("只改这条规则", "of this rule only")] = "",
    back: Annotated[bool, typer.Option("--back", help=say("改回配置里写的", "back to what is configured"))] = False,
    actor: Annotated[str, typer.Option("--as", help=say("你的名字（默认：系统用户）", "your name (default: the system user)"))] = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.mode import run_mode

    if mode and back:
        raise Rejected("要么写模式，要么写 --back", "name a mode, or write --back")
    done(run_mode(mode or "", room, rule, config, back=back, actor=actor))


def teach(
    rule: Annotated[str, typer.Argument(help=say("规则名", "the rule"))] = "",
    phrasing: Annotated[str, typer.Argument(help=say("观众的问法", "how viewers ask"))] = "",
    forget: Annotated[bool, typer.Option("--forget", help=say("忘掉这一句", "take it out again"))] = False,
    preview: Annotated[bool, typer.Option("--try", help=say("只看看，不写", "only show what would be written"))] = False,
    actor: Annotated[str, typer.Option("--as", help=say("你的名字（默认：系统用户）", "your name (default: the system user)"))] = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    from livebot.cli.teach import run_teach

    done(run_teach(rule, phrasing, config, forget=forget, preview=preview, actor=actor))


def lint(
    text: Annotated[
        list[str] | None, typer.Argument(help=say("要说的话（默认：从标准输入逐行读）", "the texts (default: lines of standard input)"))
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help=say(
                '每行一个 {"text"} 输入，{"verdict","rule","article","kind"} 输出',
                'JSON lines {"text"} in, {"verdict","rule","article","kind"} out',
            ),
        ),
    ] = False,
    config: Annotated[Path | None, _help("用这个配置里的 [promises]", "use the [promises] of this configuration")] = None,
) -> None:
    from livebot.cli.lint import run_lint

    done(run_lint(tuple(text or ()), config, sys.stdin, sys.stdout, jsonl=jsonl))


def doctor(
    config: Annotated[
        Path | None,
        _help("配置文件（默认：当前文件夹的 config.toml，如果有）", "configuration file (default: config.toml here, if there is one)"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))] = False,
) -> None:
    from livebot.cli.doctor import run_doctor

    done(run_doctor(config, as_json=as_json))
