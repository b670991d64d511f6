"""Rule packs: what they become, and what is said about every mistake a streamer really makes."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livebot.decide.rulebook import Rulebook
from livebot.errors import ConfigError, Problem
from livebot.keep.rulecheck import check_examples, warnings
from livebot.keep.rulefiles import RuleWatch, load_rules


def load(folder: Path, content: str, **variables: str) -> Rulebook:
    (folder / "a.toml").write_text(content, encoding="utf-8")
    return load_rules([folder], variables, folder.parent)


def problems(folder: Path, content: str) -> list[Problem]:
    with pytest.raises(ConfigError) as caught:
        load(folder, content)
    return list(caught.value.problems)


def test_the_three_kinds_of_rules(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        """
["pre.ship"]
category = "pre.ship_when"
ask = ["几天到", "什么时候发货"]
when = ["发货", ["几天", "到"]]
unless = "没发货"
like = '发.?货'
say = "{viewer} {shop}看商品页"
mode = "suggest"
cooldown = "2m"
expiry = 30
valid_until = 2026-11-30
with_flag = true
examples = ["几天到"]
not_examples = "没发货"

[lost]
category = "mid.pay_lost"
when = [["付了", "没订单"]]
priority = "P1"
ack = "已通知人工客服"

[recap]
after = "stream_ended + 2m"
only_if = ["answers", "chat_open"]
say = ["今天问得多的：{answers}", "{issues} {gaps} {minutes} {unanswered} {shop}"]

[nudge]
after = "issue + 24h"
only_if = "issue_open"
category = "post.return"
say = "还在处理"

[roundup]
after = "planned_end-90s"
say = "快下播了"

[hello]
after = "stream_started"
say = "来了"
""",
        shop="小店",
    )
    (faq,), (flag,), (recap, nudge, roundup, hello) = book.faqs, book.flags, book.follow_ups
    assert (faq.id, faq.category, faq.ask, faq.mode) == ("pre.ship", "pre.ship_when", ("几天到", "什么时候发货"), "suggest")
    assert (faq.when, faq.unless, faq.like) == ((("发货",), ("几天", "到")), (("没发货",),), ("发.?货",))
    assert (faq.cooldown, faq.expiry, faq.with_flag, faq.say) == (120.0, 30.0, True, ("{viewer} {shop}看商品页",))
    assert faq.valid_until == int(datetime.datetime(2026, 11, 30, 23, 59, 59).astimezone().timestamp() * 1000)
    assert (faq.examples, faq.not_examples) == (("几天到",), ("没发货",))
    assert faq.source.endswith("/a.toml:2")
    assert (flag.id, flag.category, flag.priority, flag.ack) == ("lost", "mid.pay_lost", "P1", ("已通知人工客服",))
    assert (recap.anchor, recap.offset, recap.only_if) == ("stream_ended", 120.0, ("answers", "chat_open"))
    assert (nudge.anchor, nudge.offset, nudge.only_if, nudge.category) == ("issue", 86400.0, ("issue_open",), "post.return")
    assert (roundup.anchor, roundup.offset) == ("planned_end", -90.0)
    assert (hello.anchor, hello.offset) == ("stream_started", 0.0)
    assert book.variables == {"shop": "小店"}


@pytest.mark.parametrize(
    ("content", "line", "table", "field", "zh", "en"),
    [
        ('[a]\nask = "x"\nsay = "{vewer}"', 3, "a", "say", "是不是 {viewer}", "did you mean {viewer}"),
        ('[a]\nask = "x"\nsay = "{price}"', 3, "a", "say", "rules.variables", "rules.variables"),
        ('[a]\nask = "x"\nsay = "{viewer"', 3, "a", "say", "花括号", "braces"),
        ('[a]\nask = "x"\nsay = "一\\n二"', 3, "a", "say", "换行", "one line"),
        ('[a]\nask = "x"\nsay = ""', 3, "a", "say", "不能为空", "must be text"),
        ('[a]\nask = "x"\nsay = []', 3, "a", "say", "不能为空", "must be text"),
        ('[a]\nask = "x"\nsay = 3', 3, "a", "say", "要写文字", "must be text"),
        ('[a]\nask = "x"', 1, "a", "say", "缺少 say", "is missing"),
        ('[a]\nsay = "x"', 1, "a", "", "怎么匹配", "nothing to match"),
        ('[a]\ncategory = "post.return"', 1, "a", "", "怎么匹配", "nothing to match"),
        ('[a]\nask = "x"\nsay = "y"\nexmples = ["z"]', 4, "a", "exmples", "examples", "did you mean examples"),
        ('[a]\nask = "x"\nsay = "y"\nack = "z"', 4, "a", "ack", "登记规则", "flags only"),
        ('[a]\ncategory = "post.return"\nwhen = "退"\nask = "z"', 4, "a", "ask", "when 或 like", "when or like"),
        ('[a]\ncategory = "post.retrun"\nwhen = "退货"', 2, "a", "category", "post.return", "did you mean post.return"),
        ('[a]\ncategory = 7\nwhen = "退货"', 2, "a", "category", "docs/rules.md", "known: pre.price"),
        ('[a]\ncategory = "post.return"\npriority = "高"\nwhen = "退货"', 3, "a", "priority", "P0、P1", "P0, P1"),
        ('[a]\nask = "x"\nsay = "y"\nmode = "autO"', 4, "a", "mode", "是不是 auto", "did you mean auto"),
        ('[a]\nlike = "(退"\nsay = "y"', 2, "a", "like", "RE2", "RE2"),
        ('[a]\nlike = "(?=退)"\nsay = "y"', 2, "a", "like", "RE2", "RE2"),
        ('[a]\nlike = "退*"\nsay = "y"', 2, "a", "like", "所有评论", "every comment"),
        ('[a]\nwhen = [["a", 3]]\nsay = "y"', 2, "a", "when", "词的列表", "list of words"),
        ('[a]\nwhen = []\nsay = "y"', 2, "a", "when", "词的列表", "list of words"),
        ('[a]\nwhen = "！"\nsay = "y"', 2, "a", "when", "没有文字", "no words"),
        ('[a]\nask = "？？"\nsay = "y"', 2, "a", "ask", "没有文字", "no words"),
        ('[a]\nask = "x"\nsay = "y"\ncooldown = "很久"', 4, "a", "cooldown", "秒数", "seconds"),
        ('[a]\nask = "x"\nsay = "y"\nexpiry = -1', 4, "a", "expiry", "秒数", "seconds"),
        ('[a]\nask = "x"\nsay = "y"\nwith_flag = "yes"', 4, "a", "with_flag", "true", "true or false"),
        ('[a]\nask = "x"\nsay = "y"\nvalid_until = "明天"', 4, "a", "valid_until", "日期", "date"),
        ('[a]\nask = "x"\nsay = "y"\nvalid_until = 3', 4, "a", "valid_until", "日期", "date"),
        ('[a]\nafter = "stream_end + 2m"\nsay = "x"', 2, "a", "after", "stream_ended", "stream_ended"),
        ('[a]\nafter = "stream_ended - 2m"\nsay = "x"', 2, "a", "after", "planned_end", "planned_end"),
        ('[a]\nafter = "stream_ended + 2 minutes"\nsay = "x"', 2, "a", "after", "s m h d", "s m h d"),
        ('[a]\nafter = 3\nsay = "x"', 2, "a", "after", "", ""),
        ('[a]\nafter = "issue + 24h"', 1, "a", "say", "缺少 say", "is missing"),
        ('[a]\nafter = "issue + 24h"\nsay = "x"\nonly_if = ["isue_open"]', 4, "a", "only_if", "issue_open", "did you mean issue_open"),
        ('[pre.price]\nask = "x"\nsay = "y"', 1, "pre.price", "", '["pre.price"]', '["pre.price"]'),
        ('[[a]]\nask = "x"\nsay = "y"', 1, "", "", "[a]", "[a]"),
        ('ask = "x"\n[a]\nask = "x"\nsay = "y"', 1, "", "", "[规则名]", "[name]"),
        ('[" "]\nask = "x"\nsay = "y"', 1, " ", "", "1 到 80", "1 to 80"),
    ],
)
def test_mistakes_are_named_with_file_line_table_and_field(
    tmp_path: Path, content: str, line: int, table: str, field: str, zh: str, en: str
) -> None:
    problem = problems(tmp_path, content)[0]
    assert problem.file.endswith("a.toml")
    assert (problem.line, problem.table, problem.field) == (line, table, field)
    assert zh in problem.zh
    assert en in problem.en


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("[x]\nsay = “好”")
    found = problems(tmp_path, '[a]\nask = "x"\n[b]\ncategory = "nope"\nwhen = "退货"')
    assert [Path(problem.file).name for problem in found] == ["a.toml", "a.toml", "b.toml"]


def test_duplicate_ids_name_both_places(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text('\n[a]\nask = "x"\nsay = "y"')
    (problem,) = problems(tmp_path, '[a]\nask = "x"\nsay = "y"')
    assert (Path(problem.file).name, problem.line) == ("b.toml", 2)
    assert "a.toml:1" in problem.zh


def test_packs_are_names_folders_or_files(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.toml").write_text('[a]\nask = "x"\nsay = "y"')
    (tmp_path / "mine" / ".hidden.toml").write_text("broken")
    for pack in ("./mine", "mine/a.toml", Path("mine"), str(tmp_path / "mine")):
        assert [rule.id for rule in load_rules([pack], {}, tmp_path).faqs] == ["a"], pack
    both = load_rules(["base", "./mine"], {}, tmp_path)
    assert both.faqs[-1].id == "a"
    assert both.faqs[-1].source == "mine/a.toml:1"
    assert both.flags[0].source.startswith("rules/base/")
    for pack, words in (("bas", "base"), ("mine", "./mine"), ("./none", "找不到"), ("none.toml", "找不到")):
        with pytest.raises(ConfigError, match=words):
            load_rules([pack], {}, tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="toml"):
        load_rules(["./empty"], {}, tmp_path)
    assert load_rules([], {}, tmp_path) == Rulebook()


def test_the_shipped_pack_loads_passes_its_examples_and_fits_every_platform(tmp_path: Path) -> None:
    book = load_rules(["base"], {}, tmp_path)
    assert check_examples(book) == []
    assert warnings(book) == []
    assert all(rule.examples and rule.not_examples for rule in (*book.faqs, *(rule for rule in book.flags if rule.raises_issue)))
    assert book.hash == load_rules(["base"], {}, tmp_path / "elsewhere").hash


def test_examples_are_the_rules_tests(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        """
[ship]
ask = ["什么时候发货"]
say = "看商品页"
examples = ["什么时候发货", "晚上好呀", "我要退货什么时候发货", "发货之前能换尺码吗"]
not_examples = ["什么时候发货啊"]

[swap]
when = ["换尺码"]
say = "看商品页"

[both]
when = ["运费"]
say = "看商品页"
with_flag = true
examples = ["我要退货运费"]

[return]
category = "post.return"
when = ["要退货"]
examples = ["要退货", "退了"]
not_examples = ["不要退货"]
""",
    )
    found = {(problem.table, problem.field, problem.zh.split("”")[0].strip("“")): problem for problem in check_examples(book)}
    assert set(found) == {
        ("ship", "examples", "晚上好呀"),
        ("ship", "examples", "我要退货什么时候发货"),
        ("ship", "examples", "发货之前能换尺码吗"),
        ("ship", "not_examples", "什么时候发货啊"),
        ("return", "examples", "退了"),
        ("return", "not_examples", "不要退货"),
    }
    assert "没有命中" in found["ship", "examples", "晚上好呀"].zh
    assert "swap" in found["ship", "examples", "发货之前能换尺码吗"].zh
    assert "要退货" in found["return", "not_examples", "不要退货"].zh
    assert all(problem.line and problem.file.endswith("a.toml") for problem in found.values())


def test_an_example_that_a_flag_takes_away_is_named(tmp_path: Path) -> None:
    book = load(tmp_path, '[q]\nwhen = ["发货"]\nsay = "x"\nexamples = ["没发货"]\n[f]\ncategory = "mid.urge_ship"\nwhen = ["没发货"]')
    (problem,) = check_examples(book)
    assert "登记规则 f" in problem.zh


def test_an_example_that_would_not_be_sure_is_named(tmp_path: Path) -> None:
    book = load(tmp_path, '[q]\nask = ["支持七天无理由退货吗"]\nsay = "x"\nexamples = ["无理由可以吗这个"]')
    (problem,) = check_examples(book)
    assert "把握" in problem.zh or "没有命中" in problem.zh


def test_a_later_pack_may_take_over_an_example_of_its_category(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('["自己的"]\ncategory = "pre.ship_when"\nask = ["什么时候发货", "几天能到"]\nsay = "两天内"\n')
    assert check_examples(load_rules(["base", "./mine.toml"], {}, tmp_path)) == []
    (tmp_path / "first.toml").write_text('[a]\ncategory = "pre.ship_when"\nask = ["几天到货"]\nsay = "x"\nexamples = ["几天到货呢亲们"]\n')
    for category, clash in (("pre.ship_when", False), ("pre.price", True)):
        (tmp_path / "then.toml").write_text(f'[b]\ncategory = "{category}"\nwhen = ["到货呢"]\nsay = "y"\n')
        assert bool(check_examples(load_rules(["./first.toml", "./then.toml"], {}, tmp_path))) is clash


def test_what_is_seldom_meant_is_a_hint_not_an_error(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        f'[q]\nwhen = ["退", ["一", "二"]]\nsay = "{"长" * 51}"\n[f]\ncategory = "post.return"\nwhen = "退货"\nack = "{"长" * 50}"',
    )
    assert [(hint.table, hint.field) for hint in warnings(book)] == [("q", "say"), ("q", "when")]


def test_a_changed_file_is_noticed_and_a_bad_one_keeps_the_old_rules(tmp_path: Path) -> None:
    load(tmp_path, '[a]\nask = "x"\nsay = "y"')
    watch = RuleWatch([tmp_path], {}, tmp_path)
    first = watch.rulebook
    assert not watch.changed()

    (tmp_path / "b.toml").write_text('[b]\nask = "x2"\nsay = "y"')
    assert watch.changed()
    assert watch.reload() is watch.rulebook
    assert [rule.id for rule in watch.rulebook.faqs] == ["a", "b"]
    assert [rule.id for rule in first.faqs] == ["a"]
    assert not watch.changed()

    good = watch.rulebook
    (tmp_path / "b.toml").write_text("[b]\nsay = “坏”")
    assert watch.changed()
    assert isinstance(watch.reload(), ConfigError)
    assert watch.rulebook is good
    assert not watch.changed()

    (tmp_path / "b.toml").unlink()
    assert watch.changed()
    assert isinstance(watch.reload(), Rulebook)
    stamp = (tmp_path / "a.toml").stat()
    os.utime(tmp_path / "a.toml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1_000_000))
    assert watch.changed()


def test_a_watched_file_that_disappears_is_noticed(tmp_path: Path) -> None:
    load(tmp_path, '[a]\nask = "x"\nsay = "y"')
    watch = RuleWatch([tmp_path / "a.toml"], {}, tmp_path)
    (tmp_path / "a.toml").unlink()
    assert watch.changed()
    assert isinstance(watch.reload(), ConfigError)


def test_no_old_rules_to_keep_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        RuleWatch(["./none"], {}, tmp_path)


VALUE = st.recursive(
    st.one_of(
        st.sampled_from(
            ['"退货"', '"(a"', '"{x}"', '""', '"！"', '"stream_ended + 2m"', '"post.return"', '"P1"', '"auto"', '"\\u0000"', '"a\\nb"']
        ),
        st.sampled_from(["true", "1", "-1.5", "nan", "inf", "2026-11-30", "0001-01-01", "9999-12-31T23:59:59Z", "9" * 20, "{}"]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=8).map(lambda text: f"'{text}'"),
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)
NAMES = ["ask", "when", "unless", "like", "say", "ack", "category", "priority", "mode", "cooldown", "expiry", "valid_until", "with_flag"]
FIELD = st.sampled_from([*NAMES, "examples", "not_examples", "after", "only_if", "x"])
TABLE = st.dictionaries(FIELD, VALUE, max_size=6).map(lambda fields: "".join(f"{name} = {value}\n" for name, value in fields.items()))
HEADER = st.sampled_from(["[a]", '["a.b"]', "[a.b]", "[[a]]", '["怎么"]', '[""]', ""])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(HEADER, TABLE), max_size=3).map(lambda parts: "\n".join(f"{header}\n{body}" for header, body in parts)))
def test_any_rule_file_is_rules_or_complaints(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "fuzzed-rules"
    folder.mkdir(exist_ok=True)
    try:
        book = load(folder, content)
    except ConfigError as complaint:
        found = list(complaint.problems)
        assert found
    else:
        found = [*check_examples(book), *warnings(book)]
    assert all(problem.zh and problem.en and problem.file for problem in found)
