"""What the product table backs: the commitments that an answer about a product may repeat before the guard."""

import re
from collections.abc import Iterable
from functools import lru_cache

from livebot.decide.guard import judge
from livebot.decide.promises import Promises
from livebot.decide.shop.facts import Facts, Product
from livebot.decide.speech.text import plain

_CLAUSES = re.compile(r"[,，。；;!！?？~\s（）()]+")


def backing(facts: Facts, link: int | None, now: int) -> Promises:
    """The promises in the facts of the product with that link, and in the bundles that it is part of; none where it is out of date.

    A table makes a commitment the shop's own. It makes no superlative true, no cure lawful and no other platform allowed.
    """
    product = facts.by_link.get(link or 0)
    if product is not None and not product.fresh(now):
        return Promises()
    bundles = tuple(one.text for one in facts.bundles if one.fresh(now) and (link is None or link in one.links))
    return Promises(proven=_proven((*(_texts(product, now) if product else ()), *bundles)))


def _texts(product: Product, now: int) -> Iterable[str]:
    yield from (promise for _, promise in product.ship)
    if product.coupon_until is None or product.coupon_until > now:
        yield product.coupon
    yield product.policy.text if product.policy else ""
    yield product.warranty
    yield product.price


@lru_cache(maxsize=1024)
def _proven(texts: tuple[str, ...]) -> tuple[str, ...]:
    clauses = (clause for text in texts for clause in _CLAUSES.split(text) if len(clause) > 1)
    return tuple(dict.fromkeys(plain(clause).text for clause in clauses if judge(clause).kind == "commitment"))
