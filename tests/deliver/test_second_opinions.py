"""The service that asks the larger model: every waiting answer gets an opinion in time, whatever the model does; a replay reads it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from livebot.decide.events import Comment, SecondOpinion, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FaqRule, Rulebook
from livebot.decide.session import RoomPolicy
from livebot.deliver.second_opinions import SecondOpinions
from livebot.engine import Engine
from livebot.keep import outbox, second_model
from livebot.keep.journal import Journal
from livebot.keep.model import load_meaning

Opener = Callable[..., Awaitable[Journal]]
Waiter = Callable[..., Awaitable[None]]

QUESTIONS = {
    "ship": ("when will you ship my order", "how long until it is sent", "what day does it go out"),
    "return": ("can I send it back", "how do returns work", "what is your return policy"),
    "size": ("which size should I take", "what size fits me", "how do I choose a size"),
    "pay": ("which cards do you take", "can I pay with paypal", "how can I pay"),
    "invoice": ("can I get an invoice", "where do I find my receipt", "please send a bill"),
}
BOOK = Rulebook(faqs=tuple(FaqRule(id=name, ask=asks, say=(f"see {name}",)) for name, asks in QUESTIONS.items()), meaning=load_meaning())
MATCHER = Matcher(BOOK)
ASKED = ("how soon does it leave your place", "will it be dispatched today", "is it ok to give it back", "do you accept mastercard")

needs_model = pytest.mark.skipif(not second_model.available(), reason="the extra e5 has no wheel for this machine")


@contextlib.asynccontextmanager
async def running(journal: Journal, box: float) -> AsyncIterator[SecondOpinions]:
    engine = Engine(journal=journal, matcher=MATCHER, policies={"r": RoomPolicy(second=True)})
    second = SecondOpinions(journal, lambda: engine.matcher, box)
    ears = journal.bell.listen(), journal.bell.listen()
    tasks = [asyncio.create_task(engine.run(ears[0])), asyncio.create_task(second.run(ears[1]))]
    try:
        yield second
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def opinions(journal: Journal) -> list[SecondOpinion]:
    return [one.event for one in journal.events("WHERE kind = 'second_opinion' ORDER BY seq") if isinstance(one.event, SecondOpinion)]


def waiting(journal: Journal) -> int:
    return len(outbox.rows(journal, "state = 'held' AND why = 'asking'"))


async def ask(journal: Journal) -> None:
    for n, text in enumerate(ASKED):
        await asyncio.shield(journal.append("r", Comment(id=f"c{n}", author=Viewer(id=f"u{n}"), text=text)))


async def test_without_time_everything_is_decided_by_our_own_confidence(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    async with running(journal, box=0.0):
        await ask(journal)
        await wait_until(lambda: len(opinions(journal)) >= 1 and not waiting(journal) and not journal.undecided(1))
    assert all(one.model == "" for one in opinions(journal))
    own = {hit.rule.id: hit.confidence for text in ASKED for hit in MATCHER.match(text).answers[:1]}
    assert own
    assert all(one.rule in own for one in opinions(journal))
    revised = journal.read("SELECT d.reason, r.state FROM decisions d JOIN replies r ON r.id = d.ref WHERE d.kind = 'revise'")
    assert revised
    assert all(reason == state for reason, state in revised)


@needs_model
async def test_the_model_is_asked_off_the_loop_and_what_it_said_is_journalled(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    async with running(journal, box=60.0) as second:
        await wait_until(lambda: second.ready, 60)
        await ask(journal)
        await wait_until(lambda: len(opinions(journal)) >= 1 and not waiting(journal) and not journal.undecided(1), 60)
    assert {one.model for one in opinions(journal)} == {"e5"}
    before = journal.read("SELECT seq, kind, rule, ref, reason FROM decisions ORDER BY seq, n")
    await journal.write(lambda conn: conn.execute("DELETE FROM decisions"))
    again = Engine(journal=journal, matcher=MATCHER, policies={"r": RoomPolicy(second=True)})
    while await again.step():
        pass
    assert journal.read("SELECT seq, kind, rule, ref, reason FROM decisions ORDER BY seq, n") == before


@needs_model
def test_it_knows_the_question_in_other_words_better_than_we_do() -> None:
    model = second_model.SecondModel()
    model.learn(BOOK)
    said = [(text, model.opinion(MATCHER.match(text), BOOK)) for text in ASKED]
    asked = [(text, opinion) for text, opinion in said if opinion is not None]
    assert asked
    right = {"how soon does it leave your place": "ship", "will it be dispatched today": "ship", "is it ok to give it back": "return"}
    assert all(opinion.rule == right.get(text, "pay") for text, opinion in asked)


@needs_model
def test_another_rulebook_than_the_one_learned_gets_no_opinion() -> None:
    model = second_model.SecondModel()
    model.learn(BOOK)
    other = Rulebook(faqs=BOOK.faqs[:2], meaning=BOOK.meaning)
    assert all(model.opinion(Matcher(other).match(text), other) is None for text in ASKED)


async def test_a_moderator_who_was_first_wins(open_journal: Opener) -> None:
    journal = await open_journal()
    engine = Engine(journal=journal, matcher=MATCHER, policies={"r": RoomPolicy(second=True)})
    await ask(journal)
    await engine.step()
    rows = outbox.rows(journal, "why = 'asking'")
    assert rows
    assert await outbox.settle(journal, rows[0], "denied", reason="wrong", actor="mod")
    for row in rows:
        await asyncio.shield(journal.append("r", SecondOpinion(key=row.id, rule=row.rule, confidence=0.99, model="e5")))
    while await engine.step():
        pass
    states = {row.id: row.state for row in outbox.rows(journal, "1")}
    assert states.pop(rows[0].id) == "denied"
    assert all(states[row.id] == "queued" for row in rows[1:])
