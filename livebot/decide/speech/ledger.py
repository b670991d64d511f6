"""What the shop promised in the room: the commitments of a text that was said, with whom they bind, when they are due, what backs them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from livebot.decide.actions import action_id
from livebot.decide.guard import LONGEST, commitments
from livebot.decide.privacy import mask
from livebot.decide.promises import Promises
from livebot.decide.shop.facts import Facts, Product
from livebot.decide.shop.products import which
from livebot.decide.speech.commitments import Commitment, kept
from livebot.decide.speech.due import due_at, hours
from livebot.decide.speech.ledger_words import denied, frame, gift, life_long, link, prices, regions
from livebot.decide.speech.rules import pattern
from livebot.decide.speech.text import View, plain
from livebot.decide.text import fold

STATES: Final = ("open", "kept", "broken", "withdrawn", "contradicted")
MAY_BECOME: Final = {"open": STATES[1:], "contradicted": ("kept", "broken", "withdrawn")}
EVERYBODY: Final = ""
SOMEBODY: Final = "?"  # one viewer, whom the platform hides
PRICE: Final = "price"
BY_SHOP: Final = "promises"  # backed by the configuration's [promises]
_DONE: Final = "补发|补寄|补货|回复|回电|联系|解决|处理|答复|结果|换|修|上架"
_LIFE_H: Final = 876_000.0
_WIDE: Final = "wide."
_LONGEST_TEXT: Final = 200
_TIMES: Final = (
    ("time.refund", r"退|到账|打款|refund"),
    ("time.service", r"补发|补寄|回复|回电|联系您|联系你|解决|处理|答复|换新|补货|上架"),
    ("time.ship", r"发|寄|出库|出货|揽|ship|dispatch"),
    ("time.arrive", r"到|达|送|收|arriv|deliver"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text that left: viewer is the key of the one it answers, "" for none or nobody known; by: the moderator who let it pass, "" for
    none; edited: the words are theirs. facts: from what it was filled. Instants in Unix ms."""

    reply: str
    seq: int
    room: str
    stream: int
    rule: str
    kind: str
    text: str
    at: int
    viewer: str = ""
    by: str = ""
    edited: bool = False
    facts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One commitment as the ledger keeps it.

    kind: "time.ship", "gift", "warranty", "price" …; product, about: what it is for (link; regions, gift, quantity), "" for everything.
    size: how much (hours, yuan, pieces), None where none is said. text: the masked sentence. viewer: to whom, EVERYBODY for all. source:
    "rule:…", "policy:ID@VERSION", "moderator:…", "follow_up:…". backed_by: the fact that covers it ("policy:…", "product:LINK:FIELD",
    "promises", "moderator:…"), "" for none. due_at: Unix ms or None; by_day: it is the end of a day of the calendar. denied: the text
    says that there is no such thing; that is compared with promises and is none.
    """

    id: str
    kind: str
    text: str
    reply: str = ""
    seq: int = 0
    room: str = ""
    stream: int = 0
    product: str = ""
    about: str = ""
    size: float | None = None
    viewer: str = EVERYBODY
    source: str = ""
    backed_by: str = ""
    made_at: int = 0
    due_at: int | None = None
    by_day: bool = False
    denied: bool = False


def promised(said: Said, shop: Promises, facts: Facts, offset_s: int) -> tuple[Promise, ...]:
    """What a text promises, and what it denies, in its order. offset_s: the shop's local time minus UTC, seconds."""
    text = said.text[:LONGEST]
    view = plain(text)
    product = _product(said, facts)
    found: list[Promise] = []
    for one in _commitments(text):
        first, last = _clause(view, one)
        clause = view.text[first:last]
        if one.kind == "time.arrive" and _regex("到手").search(clause) and next(prices(view, product), None):
            continue  # "1号到手99元" tells a price
        mine = link(clause) or product
        backed, places = _backing(one, clause, shop, facts, mine, said.at)
        about = _about(_kind(one.kind, clause), clause) or places
        found.append(_promise(said, one, clause, view, (first, last), mine, about, backed, offset_s))
    found += _prices(said, view, facts, product)
    found += [_bare(said, kind, view, span, link(view.text[slice(*span)]) or product, denied=True) for kind, span in denied(view)]
    return tuple(replace(one, id=action_id("promise", said.reply, one.kind, n)) for n, one in enumerate(_distinct(found)))


@lru_cache(maxsize=512)
def _commitments(text: str) -> tuple[Commitment, ...]:
    """A rule says the same all evening. What only a wide net caught counts where it says how much and nothing narrower was found there."""
    found = commitments(text)
    narrow = [one for one in found if not one.kind.startswith(_WIDE)]
    wide = [one for one in found if one.kind.startswith(_WIDE) and (one.hours or one.amount)]
    return (*narrow, *(one for one in wide if not any(one.span[0] < other.span[1] and other.span[0] < one.span[1] for other in narrow)))


def _promise(
    said: Said, one: Commitment, clause: str, view: View, span: tuple[int, int], product: str, about: str, backed: str, offset_s: int
) -> Promise:
    kind = _kind(one.kind, clause)
    due, by_day = due_at(clause, said.at, offset_s) if kind.startswith("time") else (None, False)
    bare = _bare(said, kind, view, span, product)
    return replace(
        bare,
        about=about,
        size=_size(one, kind, clause),
        due_at=due,
        by_day=by_day,
        backed_by=backed or bare.backed_by,
        source=backed if backed.startswith("policy:") and not said.edited else bare.source,
    )


def _size(one: Commitment, kind: str, clause: str) -> float | None:
    if kind == "gift":
        return gift(clause)[0]
    if kind == "warranty" and life_long(clause):
        return _LIFE_H
    return hours(clause) or one.hours or (None if kind.startswith("time") else one.amount)


def _about(kind: str, clause: str) -> str:
    """What exactly is given, done or discounted, so that only the same is compared."""
    if kind == "gift":
        return gift(clause)[1]
    if kind == "time.service" and (done := _regex(_DONE).search(clause)):
        return str(done.group())
    return regions(clause) or (frame(clause) if kind.startswith("money") else "")


def _bare(said: Said, kind: str, view: View, span: tuple[int, int], product: str, *, denied: bool = False) -> Promise:
    first, last = view.sentence(*span)
    start, end = view.span(first, last)
    personal = said.kind == "ack" or said.edited
    return Promise(
        id="",
        kind=kind,
        text=mask(said.text[start:end].strip())[:_LONGEST_TEXT],
        reply=said.reply,
        seq=said.seq,
        room=said.room,
        stream=said.stream,
        product=product,
        about=regions(view.text[slice(*span)]) if denied else "",
        viewer=(said.viewer or SOMEBODY) if personal and said.kind != "follow_up" else EVERYBODY,
        source=f"moderator:{said.by}" if said.edited else f"follow_up:{said.rule}" if said.kind == "follow_up" else f"rule:{said.rule}",
        backed_by=f"moderator:{said.by}" if said.by else "",
        made_at=said.at,
        denied=denied,
    )


def _kind(kind: str, clause: str) -> str:
    """One name for each thing that can be promised, whichever words of the guard found it."""
    if kind.startswith(_WIDE):
        kind = {"wide.time": "time.any", "wide.service": "time.service"}.get(kind, kind.removeprefix(_WIDE))
    if kind.startswith("time."):
        if kind in {"time.any", "time.sure", "time.ship"}:
            return next((name for name, words in _TIMES if _regex(words).search(clause)), kind)
        return kind
    return kind.partition(".")[0] if kind.startswith(("warranty", "returns")) else kind


def _clause(view: View, one: Commitment) -> tuple[int, int]:
    """Where the clause of a commitment is; the sentence where its time is told in another clause."""
    at = next(i for i in range(len(view.text)) if view.span(i, i + 1)[1] > one.span[0])
    clause = view.clause(at, at + 1)
    timed = one.hours is not None and one.kind.startswith("time") and due_at(view.text[slice(*clause)], 0, 0)[0] is None
    return view.sentence(at, at + 1) if timed else clause


def _distinct(found: Iterable[Promise]) -> Iterator[Promise]:
    """One of each; where one says how much, those of the same kind and thing that do not are the same."""
    rows = list(found)
    sized = {(one.kind, one.product, one.about) for one in rows if one.size is not None}
    seen = set()
    for one in rows:
        key = (one.kind, one.product, one.about, one.size, one.denied)
        if key not in seen and (one.size is not None or one.denied or key[:3] not in sized):
            seen.add(key)
            yield one


# ── what it is about, and what backs it ────────────────────────────────────────


def _product(said: Said, facts: Facts) -> str:
    """The link that the text is about, by the facts in it or by its own words; "" for none or several."""
    mark = said.facts.partition("|")[0]
    if mark.isdigit():
        return mark
    if facts:
        reference = which(fold(said.text), facts, None)
        return str(reference.link) if reference.link and reference.how in {"number", "name"} else ""
    return ""


def _texts(product: Product) -> Iterator[tuple[str, str, str]]:
    """(fact, regions, words) of everything that a product's facts may promise."""
    yield from (("ship", "、".join(sorted(places)), promise) for places, promise in product.ship)
    if product.policy:
        yield "policy", "", product.policy.text
    yield "warranty", "", product.warranty
    yield "coupon", "", product.coupon


def _backing(one: Commitment, clause: str, shop: Promises, facts: Facts, product: str, at: int) -> tuple[str, str]:
    """The fact that a commitment repeats, and the regions for which it stands."""
    chosen = [facts.by_link[int(product)]] if product.isdigit() and int(product) in facts.by_link else facts.products
    for known in chosen:
        for name, places, text in _texts(known) if known.fresh(at) else ():
            if any(words in clause for words in _clauses(text)):
                policy = known.policy
                return f"policy:{policy.id}@{policy.version}" if policy and name == "policy" else f"product:{known.link}:{name}", places
    if kept(one, clause, shop) or any(words and words in clause for words in shop.proven):
        return BY_SHOP, ""
    return "", ""


@lru_cache(maxsize=1024)
def _clauses(text: str) -> tuple[str, ...]:
    """The clauses of a fact that promise something, in plain spelling."""
    view = plain(text)
    spans = dict.fromkeys(_clause(view, one) for one in commitments(text))
    return tuple(view.text[first:last].strip() for first, last in spans)


def of_facts(product: Product, at: int, offset_s: int) -> tuple[Promise, ...]:
    """What the product table itself promises of a product now."""
    price = "" if any(one.price for one in product.variants) else product.price
    texts = (*_texts(product), ("price", "", f"价格{price}元" if _plain_number(price) else price))
    found: list[Promise] = []
    for n, (_, places, text) in enumerate(texts):
        mark = f"{product.link}|"
        said = Said(reply=f"{mark}{n}", seq=0, room="", stream=0, rule="", kind="answer", text=text, at=at, facts=mark)
        found += (replace(one, about=one.about or places) for one in promised(said, Promises(), Facts(), offset_s))
    return tuple(found)


def _plain_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _prices(said: Said, view: View, facts: Facts, product: str) -> list[Promise]:
    """The price that a text tells, where it tells one."""
    known = facts.by_link.get(int(product)) if product.isdigit() else None
    if known is not None and any(variant.price for variant in known.variants):
        return []  # one price is as true as the other
    found = list(prices(view, product))
    if not found and known is not None and "price" in _filled(said.facts) and known.price in said.text:
        at = said.text.index(known.price)
        digits = _regex(r"[0-9]+(?:\.[0-9]+)?").search(known.price)
        found = [(float(digits.group()), "", (at, at + len(known.price)))] if digits else []
    return [
        replace(
            _bare(said, PRICE, view, span, link(view.text[slice(*view.clause(*span))]) or product),
            size=size,
            about=about,
            backed_by=f"product:{product}:price"
            if known is not None and _has(known.price, size)
            else f"moderator:{said.by}"
            if said.by
            else "",
        )
        for size, about, span in found
    ]


def _filled(mark: str) -> list[str]:
    """Which facts a text was filled with (filling.Filled.print)."""
    parts = mark.split("|")
    return parts[1].split(",") if len(parts) > 1 else []


def _has(price: str, size: float) -> bool:
    found = _regex(r"[0-9]+(?:\.[0-9]+)?").search(price)
    return bool(found) and float(found.group()) == size


@lru_cache(maxsize=64)
def _regex(like: str) -> Any:
    return pattern(like)
