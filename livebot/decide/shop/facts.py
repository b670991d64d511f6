"""What a shop knows about its products: the only source of a price, a size or a promise in an automatic answer."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide.text import fold

#: What a rule's text may take from the facts, as {price}; what each is filled with is told in docs/facts.md.
BUNDLE: Final = "bundle"
FACT_VARIABLES: Final = ("price", "size", "link", "product", "stock", "ship", "coupon", "spec", "policy", "warranty", "bundle")

Span = tuple[float, float]  # from, to; both count


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """Whom a size fits: height in cm, weight in kg, age in months, foot in mm. None: the table does not ask for it."""

    size: str
    height: Span | None = None
    weight: Span | None = None
    age: Span | None = None
    foot: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One colour, size or flavour. `words` are all that must be named to mean it, such as ("红", "m"); stock as the shop wrote it."""

    name: str
    words: tuple[str, ...]
    stock: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the shop promises after the sale, with the id and version that an answer quotes."""

    id: str
    version: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One link. Texts are said as they are written; "" or () is not known.

    ids: what the platform calls it. spec: (attribute, text), the attribute "" for a text about the whole. ship: (regions, promise), no
    regions for everywhere else. valid_until, coupon_until: Unix milliseconds. source: "file:line".
    """

    link: int
    name: str
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    price: str = ""
    coupon: str = ""
    coupon_until: int | None = None
    stock: str = ""
    variants: tuple[Variant, ...] = ()
    sizes: tuple[SizeRow, ...] = ()
    spec: tuple[tuple[str, str], ...] = ()
    ship: tuple[tuple[tuple[str, ...], str], ...] = ()
    policy: Policy | None = None
    warranty: str = ""
    returnable: bool = True
    valid_until: int | None = None
    owner: str = ""
    last_verified: int | None = None
    source: str = ""

    def fresh(self, now: int) -> bool:
        return self.valid_until is None or self.valid_until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Products that are sold together, told only to somebody who asks for a suggestion."""

    name: str
    links: tuple[int, ...]
    text: str
    valid_until: int | None = None
    source: str = ""

    def fresh(self, now: int) -> bool:
        return self.valid_until is None or self.valid_until > now


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All products of a shop. Link numbers and aliases are unique: whoever loads them has checked it."""

    products: tuple[Product, ...] = ()
    bundles: tuple[Bundle, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.products)

    @cached_property
    def by_link(self) -> dict[int, Product]:
        return {product.link: product for product in self.products}

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Everything that names a product to a program: its link number, the platform's ids, its name and aliases → its link."""
        names = {str(product.link): product.link for product in self.products}
        for product in self.products:
            for name in (*product.ids, product.name, *product.aliases):
                names.setdefault(name, product.link)
        return names

    @cached_property
    def folded_names(self) -> tuple[tuple[str, int], ...]:
        """(folded name or alias, link) of every product."""
        return tuple((fold(name), product.link) for product in self.products for name in (product.name, *product.aliases))

    @cached_property
    def names(self) -> tuple[Any, tuple[int, ...]]:
        """An automaton that finds names and aliases (None without any), and the link of each of its words."""
        by_name = {name: link for name, link in self.folded_names if name}
        return (Automaton(list(by_name)) if by_name else None), tuple(by_name.values())

    @cached_property
    def content(self) -> str:
        """All of it as text, wherever it was written: what a rulebook's hash covers."""
        return repr(([_content(one) for one in self.products], [_content(one) for one in self.bundles]))


def _content(one: Product | Bundle) -> list[tuple[str, object]]:
    return [(f.name, getattr(one, f.name)) for f in fields(one) if f.name != "source"]


def stamp(values: Iterable[object]) -> str:
    """Eight hex digits of what an answer was made from: as long as they are the same, so is the answer."""
    return blake2b(repr(list(values)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def is_bundle(mark: str) -> bool:
    """Whether an answer with this mark (Reply.facts) suggests products to buy together."""
    return mark.startswith(BUNDLE)


NO_FACTS: Final = Facts()
