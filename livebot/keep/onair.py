"""Which product is on air, said by a person or a program: an event like any other, so that a replay knows it too."""

import asyncio
from collections.abc import Iterable

from livebot.decide.events import OnAir
from livebot.decide.shop.facts import Facts, Product
from livebot.errors import Rejected
from livebot.keep.journal import Journal


async def put_on_air(journal: Journal, rooms: Iterable[str], product: str) -> None:
    """Durable when it returns. product: a link number or a name of it; "" for none. A running daemon sees it within a moment."""
    for room in rooms:
        await asyncio.shield(journal.append(room, OnAir(product=product)))


def known(facts: Facts, product: str) -> Product:
    """The product of that number or name. Raises Rejected where there is none."""
    name = product.strip().removesuffix("链接").removesuffix("号").strip().removeprefix("#")
    link = facts.by_id.get(product.strip(), facts.by_id.get(name))
    if link is None:
        shown, numbers = ascii(product[:40]) if not product.isprintable() else product[:40], "、".join(map(str, sorted(facts.by_link)[:20]))
        zh = f"商品表里没有 {shown}，有的是：{numbers}" if numbers else "还没有商品表，请先写 products.toml（见 docs/facts.md）"
        raise Rejected(zh, f"no product {shown}; there are: {numbers}" if numbers else "there is no product table yet, see docs/facts.md")
    return facts.by_link[link]
