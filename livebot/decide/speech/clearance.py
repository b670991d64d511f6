"""Whether a text may leave now: the guard, with what the shop has promised and what its product table says."""

from dataclasses import replace

from livebot.decide.guard import Origin, Verdict, judge
from livebot.decide.promises import Promises
from livebot.decide.shop.backing import backing
from livebot.decide.shop.facts import Facts


def clear(text: str, shop: Promises, facts: Facts, now: int, link: int | None = None, *, origin: Origin = "rule") -> Verdict:
    """The guard's verdict on a text about the product with that link; without one, the facts of any product may be told."""
    found = judge(text, promises=shop, origin=origin)
    if found.verdict == "ok" or not facts:
        return found
    links = facts.by_link if link is None else (link,)
    proven = dict.fromkeys(words for one in links for words in backing(facts, one, now).proven)
    return judge(text, promises=replace(shop, proven=(*shop.proven, *proven)), origin=origin) if proven else found
