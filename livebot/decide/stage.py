"""What stands on the streamer's page: a question and a warning, each in its place, and at most one change in five seconds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

STILL_MS: Final = 5_000
LINGERS_MS: Final = 15_000  # a warning stays so long, though its reason may be gone: somebody is to read it
MORE: Final = 1.5  # another question takes the place of the one that is shown when so many times as many ask it …
MORE_BY: Final = 3  # … and so many more


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that waits for its answer. viewers: how many ask it; since: the event with which it was first asked."""

    id: str
    text: str
    viewers: int
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that the streamer should know now. urgency: higher ones come first; zh, en: in words."""

    code: str
    urgency: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What is shown. Instants in Unix ms."""

    question: Asked | None = None
    alert: Alert | None = None
    changed_at: int = -STILL_MS
    alerted_at: int = 0


def step(shown: Stage, questions: Collection[Asked], alerts: Sequence[Alert], now: int) -> Stage:
    """What is to be shown now: `shown` itself, or with one change where five seconds have passed since the last one.

    A warning goes before another question, another question before a new count of the same one.
    """
    if 0 <= now - shown.changed_at < STILL_MS:
        return shown
    alert = _alert(shown, alerts, now)
    if alert != shown.alert:
        return replace(shown, alert=alert, alerted_at=now, changed_at=now)
    question = _question(shown.question, questions)
    if question != shown.question:
        return replace(shown, question=question, changed_at=now)
    return shown


def question_id(*parts: str) -> str:
    """A name of a question that is the same whenever it is asked, and does not say what was asked."""
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _alert(shown: Stage, alerts: Sequence[Alert], now: int) -> Alert | None:
    best = max(alerts, key=lambda one: one.urgency, default=None)
    old = shown.alert
    if old is None or (best and best.urgency > old.urgency):
        return best
    same = next((one for one in alerts if one.code == old.code), None)
    lingers = 0 <= now - shown.alerted_at < LINGERS_MS
    return same or (old if lingers else best)


def _question(shown: Asked | None, questions: Collection[Asked]) -> Asked | None:
    """The most asked one; of two that are asked alike, the one that waits longer. The shown one stays until another is clearly ahead."""
    best = min(questions, key=lambda one: (-one.viewers, one.since, one.id), default=None)
    same = next((one for one in questions if shown and one.id == shown.id), None)
    if best is None or same is None:
        return best
    ahead = best.viewers >= same.viewers * MORE and best.viewers >= same.viewers + MORE_BY
    return best if ahead else replace(same, text=shown.text if shown else same.text)
