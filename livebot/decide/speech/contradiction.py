"""Whether a text promises less than, or otherwise than, what was promised before and still stands."""

from collections.abc import Iterable
from typing import Final

from livebot.decide.guard import OK, Verdict, commitments
from livebot.decide.promises import Promises
from livebot.decide.speech.commitments import kept
from livebot.decide.speech.ledger import BY_SHOP, EVERYBODY, PRICE, SOMEBODY, Promise
from livebot.decide.speech.text import plain

SAME: Final = 0.02  # twelve months and a year are the same
RULE: Final = "commitment.contradiction"


def contradicts(new: Promise, old: Promise, now: int) -> bool:
    """Whether `new` is another promise of the same thing than `old`, which stands.

    To the same people any other size is a contradiction. What is said to one viewer contradicts what everybody was promised only where it
    is less; what is said to everybody takes nothing from what one viewer was promised. A price stands for its stream, a promise of time
    until it is due.
    """
    if (new.kind, new.product) != (old.kind, old.product) or old.denied or new.reply == old.reply:
        return False
    if (new.about != old.about and not (new.denied and not new.about)) or (new.kind == PRICE and new.stream != old.stream):
        return False
    if (old.due_at is not None and old.due_at <= now) or not _concerns(new, old):
        return False
    if new.denied:
        return True
    if new.viewer != old.viewer:
        return _less(new, old)
    return _other(new, old)


def first_of(new: Iterable[Promise], old: Iterable[Promise], now: int) -> tuple[Promise, Promise] | None:
    """The first contradiction: what is said, and what it contradicts."""
    standing = list(old)
    return next(((one, other) for one in new for other in standing if contradicts(one, other, now)), None)


def verdict(found: tuple[Promise, Promise] | None) -> Verdict:
    """The guard's verdict on a text that has not been said yet."""
    if found is None:
        return OK
    old = found[1].text
    return Verdict(
        verdict="needs_evidence",
        rule=RULE,
        kind="commitment",
        article="电子商务法 20 · 广告法 28(2)",
        zh=f"和说过的承诺不一致：{old}",
        en=f"this is not what was promised before: {old}",
    )


def _concerns(new: Promise, old: Promise) -> bool:
    return old.viewer == EVERYBODY or (old.viewer == new.viewer and old.viewer != SOMEBODY)


def _other(new: Promise, old: Promise) -> bool:
    if new.size is not None and old.size is not None:
        return abs(new.size - old.size) > SAME * max(abs(new.size), abs(old.size))
    return new.by_day and old.by_day and new.size is None and old.size is None and new.due_at != old.due_at


def _less(new: Promise, old: Promise) -> bool:
    """For time and price more is less."""
    if not _other(new, old):
        return False
    if new.size is not None and old.size is not None:
        return new.size > old.size if new.kind == PRICE or new.kind.startswith("time") else new.size < old.size
    return (new.due_at or 0) > (old.due_at or 0)


def lapsed(old: Promise, shop: Promises, now: int) -> bool:
    """Whether a promise that the shop's own promises backed is backed by them no longer."""
    if old.backed_by != BY_SHOP or (old.due_at is not None and old.due_at <= now):
        return False
    view = plain(old.text)
    if any(words and words in view.text for words in shop.proven):
        return False
    return not any(kept(one, view.text, shop) for one in commitments(old.text))
