import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fixture_types import Opener
from livestream import MINUTE, Stream, ago

from livebot import language
from livebot.cli.report import run_report
from livebot.decide.events import Gap
from livebot.errors import Rejected
from livebot.keep.journal import Journal

NASTY = "<img src=x onerror=alert(1)>吗？\u202e\x1b[2J"


async def busy(journal: Journal, room: str = "r") -> Stream:
    stream = Stream(journal, room)
    start = ago(10)
    await stream.starts(at=start)
    await stream.comment("包邮吗", user="a", at=start + MINUTE)
    await stream.comment("我要退款", user="b", at=start + 2 * MINUTE)
    await stream.deliver()
    await stream.comment(NASTY, user="<b>", at=start + 3 * MINUTE)
    await stream.comment("优惠券呢" + NASTY, user="<b>", at=start + 4 * MINUTE)
    await stream.deliver("in_doubt")
    await stream.comment("尺码", user="c", at=start + 5 * MINUTE)
    await stream.happens(Gap(since=start + 6 * MINUTE, until=start + 8 * MINUTE, reason="<断网>"), at=start + 8 * MINUTE)
    return stream


def report(journal: Journal, room: str | None = None, format_: str = "text", **more: object) -> str:
    sink = io.StringIO()
    assert run_report(journal, room, format_, sink, **more) == 0  # type: ignore[arg-type]
    return sink.getvalue()


async def test_json_has_its_stable_keys_and_adds_up(open_journal: Opener) -> None:
    journal = await open_journal()
    await busy(journal)
    data = json.loads(report(journal, format_="json"))
    assert (data["comments"], data["issues"], data["replies"]) == (5, 1, 2)
    assert sum(data["states"].values()) == data["comments"]
    assert {name: n for name, n in data["states"].items() if n} == {"answered": 1, "flagged": 1, "held": 1, "in_doubt": 1, "passed": 1}
    assert data["live"] is True
    assert data["deaf_s"] == 120.0
    assert data["unanswered"][0]["viewers"] == 1


async def test_text_shows_the_doubt_the_gap_and_the_question(open_journal: Opener) -> None:
    journal = await open_journal()
    await busy(journal)
    text = report(journal)
    for piece in ("已回答", "已登记", "不确定发没发", "合计", "共 120 秒", "onerror", "优惠券在左上角", "尺码看详情页", "post.refund"):
        assert piece in text, piece
    assert "\x1b" not in text
    assert "\u202e" not in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.links += [f"{name}={value}" for name, value in attrs if name in {"src", "href"} or name.startswith("on")]
        if tag not in {"meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()


async def test_the_page_stands_alone_and_nothing_in_it_runs(open_journal: Opener) -> None:
    journal = await open_journal(rooms=("<script>x</script>",))
    await busy(journal, "<script>x</script>")
    page = report(journal, format_="html")
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.links == []
    assert not {"script", "img", "link", "iframe", "b"} & tags.tags.keys()
    assert tags.tags["svg"] == page.count('role="img"') == page.count("<desc") > 1
    assert page.count('class="bar"') == 5
    assert page.count('class="gap"') == 3  # in each of the plots over time
    assert "default-src &#x27;none&#x27;" in page
    assert 'lang="zh-CN"' in page
    assert "prefers-color-scheme: dark" in page


async def test_the_page_speaks_english_too(open_journal: Opener) -> None:
    journal = await open_journal()
    await busy(journal)
    language.use("en")
    try:
        page, text = report(journal, format_="html"), report(journal)
    finally:
        language.use("zh")
    assert "What became of the comments" in page
    assert 'lang="en"' in page
    assert "answered" in text


async def test_a_long_stream_has_a_bounded_plot(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.comment("开播", at=ago(3000))
    await stream.comment("还在")
    page = report(journal, format_="html")
    assert page.count('class="bar"') <= 430
    assert re.search(r"7 分钟一格", page)


async def test_which_stream_is_shown(open_journal: Opener) -> None:
    journal = await open_journal(rooms=("r", "s"))
    assert json.loads(report(journal, format_="json")) == {"stream": None, "comments": 0, "issues": 0, "replies": 0, "states": {}}
    assert "还没有" in report(journal)
    first = await busy(journal, "r")
    await first.ends()
    other = Stream(journal, "s")
    await other.starts()
    assert json.loads(report(journal, format_="json"))["room"] == "r"
    assert json.loads(report(journal, "s", "json"))["room"] == "s"
    assert json.loads(report(journal, format_="json", stream=other.id))["comments"] == 0
    assert [row["comments"] for row in json.loads(report(journal, format_="json", all_streams=True))] == [0, 5]
    assert "直播中" in report(journal, all_streams=True)
    with pytest.raises(Rejected):
        report(journal, stream=99)
    with pytest.raises(Rejected):
        report(journal, format_="pdf")


async def test_another_process_may_look_while_this_one_writes(open_journal: Opener, tmp_path: Path) -> None:
    journal = await open_journal()
    stream = await busy(journal)
    code = (
        "import asyncio, sys\nfrom pathlib import Path\n"
        "from livebot.keep.journal import Journal\nfrom livebot.cli.report import run_report\n"
        "async def main():\n    journal = await Journal.open(Path(sys.argv[1]))\n"
        "    run_report(journal, None, 'json')\n    await journal.close()\n"
        "asyncio.run(main())"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(journal.path)], stdout=subprocess.PIPE)
    for n in range(50):
        await stream.comment(f"第{n}句")
    out, _ = process.communicate(timeout=30)
    data = json.loads(out)
    assert process.returncode == 0
    assert 5 <= data["comments"] <= 55
    assert sum(data["states"].values()) == data["comments"]


async def test_raids_and_who_joined_are_told_in_every_format(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts(at=ago(10))
    for n in range(30):
        await stream.comment(f"路过第{n}次", user=f"老{n % 5}", at=ago(9) + n * 1000)
    for n in range(12):
        await stream.comment("这家店欺骗消费者大家快跑", user=f"新{n}", at=ago(8) + n * 1000)
    await stream.comment("我要退款", user="a", at=ago(7))
    await stream.comment("我也是", user="b", at=ago(7) + 1000)
    await stream.comment("这个能当被子盖吗", user="c", at=ago(6))
    await stream.comment("同问", user="d", at=ago(6) + 1000)
    data = json.loads(report(journal, format_="json"))
    [raid] = data["raids"]
    assert (raid["text"], raid["viewers"], raid["comments"]) == ("这家店欺骗消费者大家快跑", 5, 5)
    assert data["joined"] == {"also": 1}
    assert data["passed"]["raid"] == 5
    assert [(one["text"], one["viewers"]) for one in data["unanswered"]] == [("这个能当被子盖吗", 2)]
    text, page = report(journal), report(journal, format_="html")
    assert "疑似刷屏" in text
    assert "≥ 5" in text
    assert "并入：别人也是" in text
    assert "疑似刷屏" in page
