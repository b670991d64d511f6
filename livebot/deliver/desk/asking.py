"""What viewers of a room ask and nobody answered, kept up to date while a page looks: new comments are read once."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from livebot.decide.recap import looks_like_question, question_key, shown
from livebot.decide.shop.facts import Product
from livebot.decide.stage import Asked, question_id
from livebot.decide.text import fold
from livebot.keep.journal import DELETED, Journal
from livebot.keep.said import said_aloud
from livebot.keep.seal import ERASED

WINDOW_MS: Final = 600_000  # a question that nobody repeated for so long is asked no more
PRICES_MS: Final = 120_000
AT_ONCE: Final = 500  # comments in one look: of more than that the latest
KEPT: Final = 400  # different questions
COMMENTS: Final = 2_000  # of one question that are credited when it is answered aloud
LETTERS: Final = 40
WRITINGS: Final = 30  # of a held question that are looked at for the one to show

_NEW: Final = """
SELECT e.seq, e.received_at, e.text, e.viewer, d.reason, d.ref FROM events e
LEFT JOIN decisions d ON d.seq = e.seq AND d.kind = 'pass' AND d.reason IN ('no_match', 'unsure', 'listen', 'same_question')
WHERE e.stream = ? AND e.seq > ? AND e.seq <= (SELECT max(seq) FROM decisions) AND e.kind = 'comment' AND e.history = 0
ORDER BY e.seq DESC LIMIT ?
"""
_DELETED: Final = """
SELECT d.seq, c.native_id, c.seq, c.viewer FROM events d
LEFT JOIN events c ON c.room = d.room AND c.native_id = substr(d.native_id, ?)
WHERE d.stream = ? AND d.seq > ? AND d.kind = 'comment_deleted'
"""
_HELD: Final = """
SELECT r.rule, r.facts, min(e.seq), count(DISTINCT coalesce(nullif(e.viewer, ''), -e.seq)), max(r.id)
FROM replies r JOIN decisions d ON d.ref = r.id AND d.kind IN ('send', 'hold', 'credit') JOIN events e ON e.seq = d.seq
WHERE r.room = ? AND r.state = 'held' AND r.kind = 'answer' AND r.expires_at > ? AND e.kind = 'comment' GROUP BY r.rule, r.facts
"""
_WRITTEN: Final = """
SELECT e.text, e.viewer FROM decisions d JOIN events e USING (seq)
WHERE d.ref = ? AND d.kind IN ('send', 'hold', 'credit') AND e.kind = 'comment' ORDER BY e.seq LIMIT ?
"""
_AMOUNT: Final = re.compile(r"(?<![\d.])(\d{1,5}(?:\.\d{1,2})?)\s*(?:块|元|rmb)")
_NO_PRICE: Final = re.compile(r"便宜|减|少|优惠|返|差|送|运费|红包|券|满")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(slots=True)
class _Heard:
    text: str
    first: int
    viewers: dict[str, int] = field(default_factory=dict)  # → when they asked last
    comments: dict[int, int] = field(default_factory=dict)  # seq → when


@dataclass(slots=True)
class Asking:
    """One room's questions. A new stream begins anew."""

    journal: Journal
    room: str
    stream: int = 0
    seen: int = 0
    gone: int = 0  # up to which event it is known what was deleted
    heard: dict[str, _Heard] = field(default_factory=dict)  # by question id
    ids: dict[str, str] = field(default_factory=dict)  # native id of a comment → question id, for whoever joins it
    prices: dict[str, dict[str, int]] = field(default_factory=dict)  # amount → viewer → when

    def look(self, now: int) -> None:
        """Reads what came since; at most AT_ONCE comments."""
        stream = self.journal.stream_of(self.room)
        if stream != self.stream:
            self.stream, self.seen, self.gone = stream, 0, 0
            self.heard, self.ids, self.prices = {}, {}, {}
        rows = self.journal.read(_NEW, (self.stream, self.seen, AT_ONCE))
        for seq, at, sealed, viewer, reason, ref in reversed(rows):
            self.seen = max(self.seen, seq)
            if now - at < WINDOW_MS:
                self._hear(seq, at, self.journal.unseal(sealed, viewer), viewer or f"-{seq}", reason, ref)
        self._drop_deleted()
        self._forget(now)

    def _drop_deleted(self) -> None:
        for at, native, seq, viewer in self.journal.read(_DELETED, (len(DELETED) + 1, self.stream, self.gone)):
            self.gone = max(self.gone, at)
            if one := self.heard.get(self.ids.pop(native, "")):
                one.comments.pop(seq, None)
                one.viewers.pop(viewer or f"-{seq}", None)

    def _hear(self, seq: int, at: int, text: str, viewer: str, reason: str | None, ref: str | None) -> None:
        if text == ERASED:
            return
        for amount in amounts(text):
            self.prices.setdefault(amount, {})[viewer] = at
        key = question_key(text) if reason and looks_like_question(text[:200]) else ""
        if not key:
            return
        id_ = question_id(key)
        if reason == "same_question" and ref:
            id_ = self.ids.get(ref, id_)
        one = self.heard.setdefault(id_, _Heard(shown(text, LETTERS), seq))
        one.viewers[viewer] = one.comments[seq] = at
        if len(one.comments) > COMMENTS:
            del one.comments[next(iter(one.comments))]
        native = self.journal.value("SELECT native_id FROM events WHERE seq = ?", (seq,))
        if native:
            self.ids[native] = id_

    def _forget(self, now: int) -> None:
        said = said_aloud(self.journal.read, self.stream)
        for id_, one in list(self.heard.items()):
            since = max(said.get(id_, 0), now - WINDOW_MS)
            one.viewers = {viewer: at for viewer, at in one.viewers.items() if at > since}
            one.comments = {seq: at for seq, at in one.comments.items() if at > since}
            if not one.viewers:
                del self.heard[id_]
        if len(self.heard) > KEPT:
            most = sorted(self.heard.items(), key=lambda item: -len(item[1].viewers))
            self.heard = dict(most[: KEPT // 2])
        self.ids = {native: id_ for native, id_ in self.ids.items() if id_ in self.heard}
        for amount, viewers in list(self.prices.items()):
            fresh = {viewer: at for viewer, at in viewers.items() if now - at < PRICES_MS}
            if fresh:
                self.prices[amount] = fresh
            else:
                del self.prices[amount]

    def questions(self, now: int) -> list[Asked]:
        """Those that wait for a moderator with a drafted answer, and those that livebot knew no answer to."""
        found = [self._held(row) for row in self.journal.read(_HELD, (self.room, now))]
        return found + [Asked(id=id_, text=one.text, viewers=len(one.viewers), since=one.first) for id_, one in self.heard.items()]

    def _held(self, row: tuple[Any, ...]) -> Asked:
        rule, facts, seq, viewers, reply = row
        written = (self.journal.unseal(sealed, viewer) for sealed, viewer in self.journal.read(_WRITTEN, (reply, WRITINGS)))
        texts = Counter(text for text in written if text != ERASED)
        text = max(texts, key=lambda one: (looks_like_question(one[:200]), texts[one], -len(one)), default="")
        return Asked(id=question_id("held", rule, facts), text=shown(text, LETTERS), viewers=viewers, since=seq)

    def askers(self, id_: str) -> list[int]:
        """The comments (seq) that ask a question without a drafted answer."""
        return list(self.heard[id_].comments) if id_ in self.heard else []

    def held_reply(self, id_: str, now: int) -> str | None:
        """The reply behind a question that waits for a moderator; None for one without a drafted answer."""
        rows = self.journal.read(_HELD, (self.room, now))
        return next((reply for rule, facts, _, _, reply in rows if question_id("held", rule, facts) == id_), None)

    def wrong_price(self, product: Product, least: int = 2) -> tuple[str, int] | None:
        """An amount that at least so many viewers named of late and that is none of the product's: (amount, viewers)."""
        own = set(_numbers((product.price, product.coupon, *(variant.price for variant in product.variants))))
        price = next(iter(_numbers((product.price,))), None)
        if price is None:
            return None
        odd = [(amount, len(who)) for amount, who in self.prices.items() if float(amount) not in own and 0.3 < float(amount) / price < 3]
        best = max(odd, key=lambda one: one[1], default=None)
        return best if best and best[1] >= least else None


def amounts(text: str) -> list[str]:
    """Sums of money that a comment names as a price: "不是59块吗" → ["59"]; not what is taken off or added."""
    folded = fold(text[:200])
    return [] if _NO_PRICE.search(folded) else [f"{float(found):g}" for found in _AMOUNT.findall(folded) if float(found) > 0]


def _numbers(texts: Iterable[str]) -> list[float]:
    return [float(found) for text in texts for found in _NUMBER.findall(text) if float(found) > 0]
