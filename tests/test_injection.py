"""What viewers write is data: whatever a comment or a name says, rules, facts and modes stay, and the bot says its own lines only."""

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from unicodedata import category

import pytest
from daemons import Daemon, room, until
from injection_attempts import AS_NAMES, ATTEMPTS

from livebot.decide.actions import Decision, Hold, Send
from livebot.decide.events import Comment, Recorded, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.policy import decide
from livebot.decide.privacy import mask_name
from livebot.decide.rulebook import Rulebook
from livebot.decide.session import RoomPolicy, Session
from livebot.keep.rulefiles import load_rules
from livebot.keep.server_binary import available
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

RULES = """
["own.freight"]
when = ["包邮"]
say = "运费看下单页"
cooldown = 0
["own.price"]
when = ["多少钱"]
say = "{link}号{price}"
cooldown = 0
["own.return"]
category = "post.return"
when = ["要退货"]
ack = "@{viewer} 已登记，请看店铺客服消息"
"""
PRODUCTS = '[1]\nname = "碎花裙"\nprice = "129"\n'
VARIABLES = {"shop": "小店"}
HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, directions, half characters, other line ends
STARTS = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (DEBUG|INFO|SUCCESS|WARNING|ERROR|CRITICAL) ")


def own_lines(book: Rulebook, names: Iterable[str]) -> re.Pattern[str]:
    """All that may be said: the rules' lines with a name of these masked, the shop's variables, and facts of the one product."""
    viewer = "|".join(sorted({re.escape(mask_name(name)) for name in names}))
    values = {"viewer": f"(?:{viewer})", "shop": "小店", "link": "1", "price": "129", "name": "碎花裙"}
    lines = {line for rule in book.flags for line in rule.ack}
    lines |= {line for rule in book.faqs for line in (*rule.say, *rule.fact, *rule.ask_back)}
    return re.compile("|".join(sorted({filled(line, values) for line in lines})))


def filled(line: str, values: dict[str, str]) -> str:
    """A pattern for what a line becomes; a variable that nobody has a value for makes one that nothing matches."""
    parts = re.split(r"\{(\w+)\}", line)
    return "".join(values.get(part, r"(?!)") if n % 2 else re.escape(part) for n, part in enumerate(parts))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "rules.toml").write_text(RULES, "utf-8")
    (folder / "products.toml").write_text(PRODUCTS, "utf-8")
    return load_rules(("base", folder), VARIABLES, folder)


@pytest.fixture(scope="module")
def matcher(book: Rulebook) -> Matcher:
    return Matcher(book)


def heard(matcher: Matcher, session: Session, text: str, name: str) -> tuple[Session, tuple[Decision, ...]]:
    event = Comment(id=f"c{session.stream}{text}", author=Viewer(id="u", name=name), text=text)
    return decide(session, Recorded(seq=1, room="r", stream=1, received_at=0, event=event), matcher)


def outgoing(decisions: tuple[Decision, ...]) -> list[str]:
    return [one.reply.text for one in decisions if isinstance(one, Send | Hold)]


def test_there_are_enough() -> None:
    assert len(set(ATTEMPTS)) >= 120


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=ascii)
def test_a_comment_changes_nothing_and_is_not_repeated(matcher: Matcher, book: Rulebook, attempt: str) -> None:
    policy, rules = RoomPolicy(), book.hash
    for text in (attempt, f"包邮吗 {attempt}", f"{attempt}\n我要退货"):
        session, decisions = heard(matcher, Session(room="r", policy=policy), text, "小明")
        assert [said for said in outgoing(decisions) if not own_lines(book, ["小明"]).fullmatch(said)] == []
        assert (session.policy, session.on_air, book.hash, matcher.rulebook) == (policy, (), rules, book)


@pytest.mark.parametrize("name", AS_NAMES, ids=ascii)
def test_a_name_is_one_masked_character(matcher: Matcher, book: Rulebook, name: str) -> None:
    for text in ("包邮吗", "1号多少钱", "我要退货"):
        _, decisions = heard(matcher, Session(room="r", policy=RoomPolicy()), text, name)
        [said] = outgoing(decisions)
        assert own_lines(book, [name]).fullmatch(said), said
        assert len(mask_name(name)) <= 2
        assert said.isprintable()


# ── end to end ─────────────────────────────────────────────────────────────────


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    made: list[Daemon] = []
    said = [Line(id=f"t{n}", t_ms=n, text=text, user=f"t{n}", name="小明") for n, text in enumerate(ATTEMPTS)]
    said += [Line(id=f"n{n}", t_ms=500 + n, text=f"我要退货 {name}", user=f"n{n}", name=name) for n, name in enumerate(AS_NAMES)]
    said += [Line(id="last", t_ms=2000, text="1号多少钱", user="last", name="小红")]
    async with BridgeServer(said, speed=None, echo=False, ends=False) as server:
        tables = '[replies]\nbudget_per_minute = 10000\n[rules.variables]\nshop = "小店"\n'
        daemon = Daemon(tmp_path, room("r", server.url("r")), tables=tables, rules=RULES, listen="127.0.0.1:0")
        (tmp_path / "rules" / "products.toml").write_text(PRODUCTS, "utf-8")
        made.append(daemon)
        daemon.server = server  # type: ignore[attr-defined]
        daemon.start()
        yield daemon
    await made[0].close()


@pytest.mark.skipif(available() is not None, reason="no embedded server here")
async def test_a_whole_room_of_them_through_the_daemon(tmp_path: Path, daemon: Daemon) -> None:
    before = {path: path.read_bytes() for path in [daemon.config, *(tmp_path / "rules").iterdir()]}
    await until(lambda: daemon.count("events e JOIN decisions d USING (seq) WHERE native_id = 'last' AND d.n = 0") == 1, 60)
    await until(lambda: any(say.text == "1号129" for say in daemon.server.says), 30)  # type: ignore[attr-defined]
    allowed = own_lines(load_rules((tmp_path / "rules",), VARIABLES, tmp_path), [*AS_NAMES, "小明", "小红", "\ufffd"])
    drafted = [text for (text,) in daemon.ask("SELECT text FROM replies")]
    assert [text for text in drafted if not allowed.fullmatch(text)] == []
    assert {say.text for say in daemon.server.says} <= set(drafted)  # type: ignore[attr-defined]
    assert {path: path.read_bytes() for path in before} == before
    assert daemon.count("events WHERE kind = 'on_air'") == 0
    assert daemon.count("rulebooks") == 1
    assert not (daemon.state / "FROZEN").exists()

    issues = daemon.count("issues")
    assert issues >= len(AS_NAMES)
    async with daemon.redis() as redis:
        async with asyncio.timeout(20):
            while await redis.xlen("livebot:issues") < issues:
                await asyncio.sleep(0.01)
        keys = [key async for key in redis.scan_iter("*", count=1000)]
        assert [key for key in keys if not re.fullmatch(r"livebot:issues|\{livebot:issues\}:[a-z_:0-9a-f-]+", key)] == []

    exported = list(csv.reader(io.StringIO((await daemon.cli("issues", "export", "--format", "csv")).stdout)))
    assert len(exported) == issues + 1
    assert [cell for row in exported for cell in row if cell.lstrip()[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}] == []
    listed = (await daemon.cli("issues", "list")).stdout.splitlines()
    assert len(listed) == issues
    assert [char for line in listed for char in line.replace("\t", "") if category(char) in HARMFUL] == []
    html = (await daemon.cli("report", "--format", "html")).stdout
    assert [one for one in ("<script>alert", "<img src=x", "<svg onload", "<iframe", 'javascript:alert(1)">', "\x1b") if one in html] == []

    told = re.sub(r"^The desk has no account yet\..*\n  http://127\.0\.0\.1:\d+/\S+\n", "", daemon.log, count=1, flags=re.MULTILINE)
    log = [line for line in told.splitlines() if line.strip()]
    assert [line for line in log if not (STARTS.match(line) or line.startswith("    "))] == []
    assert "2026-01-01" not in "".join(line[:12] for line in log)
    assert "\x1b" not in daemon.log
    assert await daemon.stop() == 0
