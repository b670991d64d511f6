"""Approve and teach: a viewer's phrasing joins the rule that answers it, where no example of any rule breaks by it; it can be forgotten."""

import asyncio
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from livebot.decide.matching import Matcher
from livebot.decide.privacy import find
from livebot.decide.recap import shown
from livebot.decide.rulebook import FaqRule, Rulebook
from livebot.decide.text import fold, letters_only
from livebot.deliver.desk.acts import new_batch
from livebot.deliver.desk.moderation import Moderation, Rules
from livebot.errors import Problem, Rejected, Unavailable
from livebot.keep import clock, outbox, taught
from livebot.keep.files import write_whole
from livebot.keep.journal import Journal
from livebot.keep.packs import learned
from livebot.keep.rulecheck import check_examples
from livebot.keep.rulelint import lint

LONGEST: Final = 60  # code points of a phrasing: who writes more asks several things


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What was, or would be, written: into which file, and the difference as `diff -u` shows it."""

    rule: str
    phrasing: str
    file: str
    diff: str


async def teach(desk: Moderation, rule: str, phrasing: str, *, actor: str, preview: bool = False) -> Taught:
    """Adds a phrasing to the `ask` of a rule, in the learned file beside its pack; a running daemon reads it within a second or two.

    preview: nothing is written. Raises Rejected for what holds personal data, breaks an example, is in another rule's way, or would not be
    answered by that rule; ConfigError where the rules have errors already.
    """
    text, rules = _clean(phrasing), _rules(desk)
    book = await asyncio.to_thread(rules.load)
    found = _rule(book, rule)
    if text in found.ask:
        raise Rejected(f"{rule} 已经有这一句了", f"{rule} has this phrasing already")
    if faults := await asyncio.to_thread(_faults, book, found, text):
        raise Rejected(f"不能教：{faults[0].zh}", f"not taught: {faults[0].en}")
    path, file = learned(rules.packs[found.pack], rules.base)
    return await _write(desk.journal, path, file, rule, text, actor, preview=preview)


async def teach_comment(desk: Moderation, reply_id: str, *, actor: str, phrasing: str | None = None, preview: bool = False) -> Taught:
    """The comment of a reply (or a moderator's wording of it) to the rule that made the reply. Raises as `teach` does."""
    found = outbox.rows(desk.journal, "id = ?", (reply_id,))
    words = desk.journal.read("SELECT text, viewer FROM events WHERE seq = ? AND kind = 'comment'", (found[0].seq,)) if found else []
    if not words:
        raise Rejected("这条回复没有对应的弹幕", "there is no comment behind this reply")
    return await teach(desk, found[0].rule, phrasing or desk.journal.unseal(*words[0]), actor=actor, preview=preview)


async def forget(desk: Moderation, rule: str, phrasing: str, *, actor: str) -> Taught:
    """Takes a taught phrasing out again. Raises Rejected where it was not taught; what the streamer wrote is never touched."""
    rules = _rules(desk)
    for pack in rules.packs:
        path, file = learned(pack, rules.base)
        if phrasing in taught.read(path).get(rule, ()):
            return await _write(desk.journal, path, file, rule, phrasing, actor, forgetting=True)
    raise Rejected("没有教过这一句", "this was never taught")


def phrasings(desk: Moderation) -> dict[str, list[str]]:
    """What was taught, by rule. Raises ConfigError."""
    found, rules = dict[str, list[str]](), _rules(desk)
    for pack in rules.packs:
        found |= taught.read(learned(pack, rules.base)[0])
    return found


def _rules(desk: Moderation) -> Rules:
    if desk.rules is None:
        raise Rejected("这里不能教", "nothing can be taught here")
    return desk.rules


def _clean(phrasing: str) -> str:
    """One line that names nobody. Raises Rejected."""
    if find(phrasing):
        raise Rejected("这句话里有个人信息，不能教", "this holds personal data and is not taught")
    text = shown(phrasing, 10 * LONGEST)
    if len(text) > LONGEST:
        raise Rejected(f"太长了，最多 {LONGEST} 个字", f"too long: at most {LONGEST} characters")
    if len(letters_only(fold(text))) < 2:
        raise Rejected("这句话里没有几个字，教不了", "there are too few words in this to teach")
    return text


def _rule(book: Rulebook, rule: str) -> FaqRule:
    found = next((one for one in book.faqs if one.id == rule), None)
    if found is None:
        name = shown(rule, 80)
        raise Rejected(f"没有会回答的规则 {name}", f"there is no rule {name} that answers")
    return found


def _faults(book: Rulebook, rule: FaqRule, text: str) -> list[Rejected]:
    """What the rules' own examples, and the hints of `livebot check`, say against it; what they said before does not count."""
    asking = replace(rule, ask=(*rule.ask, text), examples=(*rule.examples, text))
    after = replace(book, faqs=tuple(asking if one.id == rule.id else one for one in book.faqs), hash="")
    found = _complaints(after)
    known = {*map(str, _complaints(book))} if found else set()
    return [Rejected(f"[{one.table}] {one.zh}", f"[{one.table}] {one.en}") for one in found if str(one) not in known]


def _complaints(book: Rulebook) -> list[Problem]:
    matcher = Matcher(book)
    return [*check_examples(book, matcher), *lint(book, matcher, most=None)]


async def _write(
    journal: Journal, path: Path, file: str, rule: str, text: str, actor: str, *, forgetting: bool = False, preview: bool = False
) -> Taught:
    """The file changes inside the commit that notes who did it, so that two moderators never overwrite each other."""
    batch, at, act = new_batch(), clock.now_ms(), "forget" if forgetting else "teach"
    note = msgspec.json.encode({"rule": rule, "phrasing": text}).decode()

    def work(conn: sqlite3.Connection) -> tuple[str, str] | None:
        texts = taught.changed(path, rule, text, forget=forgetting)
        if texts and not preview:
            write_whole(path, texts[1])
            sql = "INSERT INTO acts (batch, at, actor, act, reply, version, was) VALUES (?,?,?,?,'',0,?)"
            conn.execute(sql, (batch, at, actor, act, note))
        return texts

    try:
        texts = await journal.write(work)
    except OSError as error:
        raise Unavailable(f"{file} 写不了：{error.strerror}", f"{file} cannot be written: {error.strerror}") from error
    if texts is None:
        raise Rejected("刚刚有人改过了，请再看一次", "somebody changed it just now: look again")
    return Taught(rule=rule, phrasing=text, file=file, diff=taught.diff(*texts, file))
