"""What moderators teach: into a file of its own, only where nothing breaks by it, never personal data, and out again."""

import tomllib
from pathlib import Path

import pytest
from fixture_types import Opener
from livestream import Stream

from livebot.decide.matching import AUTO, Matcher
from livebot.deliver.desk import teach
from livebot.deliver.desk.moderation import Moderation, Rules
from livebot.errors import Rejected, Unavailable
from livebot.keep import outbox
from livebot.keep.journal import Journal
from livebot.keep.rulefiles import RuleWatch

OWN = """
# 主播自己写的 · the streamer's own words
["shop.parking"]
ask = ["停车方便吗", "门口能停车吗"]
say = "楼下有停车场"
examples = ["开车过去有地方停吗"]
not_examples = ["卡车模型有吗"]

["shop.hours"]
ask = ["你们几点开播", "每天什么时候直播"]
say = "每晚八点"
examples = ["几点开播呀"]

[refund]
category = "post.refund"
when = ["退款"]
"""
LEARNED = "shop.learned.toml"


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "faq.toml").write_text(OWN, "utf-8")
    return Rules(packs=("./shop",), variables={}, base=tmp_path)


def of(journal: Journal, rules: Rules) -> Moderation:
    return Moderation(journal=journal, policies={}, rules=rules)


def sure(rules: Rules, text: str) -> str | None:
    answers = Matcher(rules.load()).match(text).answers
    return answers[0].rule.id if answers and answers[0].confidence >= AUTO else None


async def test_what_is_taught_is_answered_and_forgotten_again(open_journal: Opener, rules: Rules) -> None:
    journal = await open_journal()
    watch = RuleWatch(rules.packs, rules.variables, rules.base)
    assert sure(rules, "俺骑电驴来搁哪儿") is None
    done = await teach.teach(of(journal, rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")
    assert (done.file, done.phrasing) == (LEARNED, "俺骑电驴来搁哪儿")
    assert '+  "俺骑电驴来搁哪儿",' in done.diff.splitlines()
    assert sure(rules, "俺骑电驴来搁哪儿") == "shop.parking"
    assert (rules.base / "shop" / "faq.toml").read_text("utf-8") == OWN
    assert watch.changed()
    assert teach.phrasings(of(journal, rules)) == {"shop.parking": ["俺骑电驴来搁哪儿"]}
    [(actor, act)] = journal.read("SELECT actor, act FROM acts")
    assert (actor, act) == ("小王", "teach")
    back = await teach.forget(of(journal, rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小李")
    assert '-  "俺骑电驴来搁哪儿",' in back.diff.splitlines()
    assert sure(rules, "俺骑电驴来搁哪儿") is None
    with pytest.raises(Rejected, match="没有教过"):
        await teach.forget(of(journal, rules), "shop.parking", "停车方便吗", actor="小李")


async def test_a_preview_writes_nothing(open_journal: Opener, rules: Rules) -> None:
    done = await teach.teach(of(await open_journal(), rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王", preview=True)
    assert "俺骑电驴来搁哪儿" in done.diff
    assert not (rules.base / LEARNED).exists()


@pytest.mark.parametrize(
    ("rule", "phrasing", "why"),
    [
        ("shop.parking", "每天什么时候直播", "shop.hours"),  # another rule's own words
        ("shop.hours", "开车过去有地方停吗", "shop.parking"),  # an example of another rule would break
        ("shop.parking", "卡车模型有吗", "不该命中"),
        ("shop.parking", "退款停车", "登记规则"),  # it would not be answered: an issue is
        ("shop.parking", "停车方便吗", "已经有"),
        ("shop.parking", "我电话13800001234停车", "个人信息"),
        ("shop.parking", "长" * 61, "太长"),
        ("shop.parking", "?!", "几个字"),
        ("refund", "我要退", "没有会回答的规则"),
        ("nobody's", "停车呢", "没有会回答的规则"),
    ],
)
async def test_what_would_break_anything_is_not_taught(open_journal: Opener, rules: Rules, rule: str, phrasing: str, why: str) -> None:
    with pytest.raises(Rejected, match=why):
        await teach.teach(of(await open_journal(), rules), rule, phrasing, actor="小王")
    assert not (rules.base / LEARNED).exists()


async def test_old_mistakes_in_the_rules_do_not_forbid_teaching(open_journal: Opener, rules: Rules) -> None:
    own = rules.base / "shop" / "faq.toml"
    own.write_text(OWN.replace('examples = ["几点开播呀"]', 'examples = ["完全不相干的一句话"]'), "utf-8")
    assert (await teach.teach(of(await open_journal(), rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")).diff


async def test_a_comment_is_taught_to_the_rule_that_answered_it(open_journal: Opener, rules: Rules) -> None:
    journal = await open_journal()
    book = rules.load()
    stream = Stream(journal, book=book)
    await stream.comment("停车方便吗亲")
    [row] = outbox.rows(journal, "1")
    done = await teach.teach_comment(of(journal, rules), row.id, actor="小王")
    assert (done.rule, done.phrasing) == ("shop.parking", "停车方便吗亲")
    other = await teach.teach_comment(of(journal, rules), row.id, actor="小王", phrasing="有没有车位")
    assert other.phrasing == "有没有车位"
    with pytest.raises(Rejected, match="没有对应的弹幕"):
        await teach.teach_comment(of(journal, rules), "nobody's", actor="小王")


async def test_hostile_words_stay_words(open_journal: Opener, rules: Rules) -> None:
    text = '停车"]\nsay = "加微信" # \\u0041 {shop}'
    done = await teach.teach(of(await open_journal(), rules), "shop.parking", text, actor="小王")
    data = tomllib.loads((rules.base / LEARNED).read_text("utf-8"))
    assert data == {"shop.parking": {"ask": [done.phrasing]}}
    assert "\n" not in done.phrasing


async def test_two_who_teach_at_once_both_stay(open_journal: Opener, rules: Rules) -> None:
    first, second = await open_journal(), await open_journal()
    await teach.teach(of(first, rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")
    await teach.teach(of(second, rules), "shop.hours", "咱啥点儿开唠", actor="小李")
    assert set(teach.phrasings(of(first, rules))) == {"shop.parking", "shop.hours"}


async def test_a_rule_that_is_no_more_takes_what_it_was_taught_along(open_journal: Opener, rules: Rules) -> None:
    journal = await open_journal()
    await teach.teach(of(journal, rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")
    own = rules.base / "shop" / "faq.toml"
    own.write_text(OWN.replace("shop.parking", "parking"), "utf-8")
    assert sure(rules, "俺骑电驴来搁哪儿") is None
    await teach.forget(of(journal, rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")
    assert teach.phrasings(of(journal, rules)) == {}


async def test_a_folder_of_packs_does_not_read_what_was_taught_as_rules(tmp_path: Path, open_journal: Opener) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "shop.toml").write_text(OWN, "utf-8")
    rules = Rules(packs=("./all/shop.toml",), variables={}, base=tmp_path)
    done = await teach.teach(of(await open_journal(), rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")
    assert done.file == "all/shop.learned.toml"
    assert Rules(packs=("./all",), variables={}, base=tmp_path).load().faqs[0].ask == ("停车方便吗", "门口能停车吗")


async def test_a_file_that_cannot_be_written_is_told(open_journal: Opener, rules: Rules) -> None:
    (rules.base / f".{LEARNED}.part").mkdir()
    with pytest.raises(Unavailable, match=LEARNED):
        await teach.teach(of(await open_journal(), rules), "shop.parking", "俺骑电驴来搁哪儿", actor="小王")
