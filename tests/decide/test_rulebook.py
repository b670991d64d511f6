"""The rules as data: defaults, what a category implies, and a hash that names the content."""

import dataclasses

import pytest

from livebot.decide.categories import CATEGORIES, PRIORITIES, ROUTES, priority, raises_issue, route
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule, Rulebook

FAQ = FaqRule(id="a", ask=("几天到",), say=("看商品页",), source="a.toml:1")


def test_every_category_has_two_names_a_route_and_a_priority() -> None:
    assert len(CATEGORIES) == 44
    for code, category in CATEGORIES.items():
        assert code == category.code
        assert category.zh
        assert category.en
        assert category.route in ROUTES
        assert category.priority in PRIORITIES


def test_routes_and_priorities_by_code() -> None:
    assert (route("mid.pay_lost"), priority("mid.pay_lost")) == ("human", "P0")
    assert route("pre.price") == "auto"
    assert route("any.spam") == "moderate"
    assert route(None) == "ignore"
    assert raises_issue("post.return")
    assert raises_issue("any.privacy")
    assert not raises_issue("order.intent")
    assert not raises_issue(None)


def test_a_flag_takes_its_priority_from_its_category_unless_it_has_its_own() -> None:
    assert FlagRule(id="f", category="post.safety").priority == "P0"
    assert FlagRule(id="f", category="post.safety", priority="P2").priority == "P2"


def test_only_flags_of_issue_categories_raise_issues_and_moderated_ones_silence() -> None:
    assert FlagRule(id="f", category="post.return").raises_issue
    assert not FlagRule(id="f", category="order.intent").raises_issue
    assert FlagRule(id="f", category="any.abuse").silences
    assert not FlagRule(id="f", category="any.social").silences
    assert not FlagRule(id="f", category="post.return").silences


def test_the_hash_names_the_content_and_nothing_else() -> None:
    book = Rulebook(faqs=(FAQ,), variables={"shop": "小店", "x": "1"})
    moved = dataclasses.replace(FAQ, source="elsewhere.toml:99")
    assert book.hash == Rulebook(faqs=(moved,), variables={"x": "1", "shop": "小店"}).hash
    others = [
        Rulebook(faqs=(dataclasses.replace(FAQ, say=("别的",)),), variables={"shop": "小店", "x": "1"}),
        Rulebook(faqs=(FAQ,), variables={"shop": "大店", "x": "1"}),
        Rulebook(faqs=(FAQ,), flags=(FlagRule(id="f", category="post.return"),), variables={"shop": "小店", "x": "1"}),
        Rulebook(faqs=(FAQ,), follow_ups=(FollowUpRule(id="u", anchor="stream_ended", say=("x",)),), variables={"shop": "小店", "x": "1"}),
    ]
    assert len({book.hash, *(other.hash for other in others)}) == 5
    assert len(book.hash) == 24


def test_a_rulebook_cannot_be_changed() -> None:
    book = Rulebook(faqs=(FAQ,), variables={"shop": "小店"})
    with pytest.raises(TypeError):
        book.variables["shop"] = "大店"  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        book.faqs = ()  # type: ignore[misc]
