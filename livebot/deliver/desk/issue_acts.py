"""What one member of staff does to issues: to one, or to many at once with a result for each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from livebot.decide.teams import PERSONAL, objection
from livebot.deliver.masking import masked, whole
from livebot.deliver.queue import LEASE_S, Claim, IssueQueue
from livebot.deliver.refusals import held
from livebot.errors import Rejected

MOST: Final = 500  # issues of one bulk act
LONGEST: Final = 2000  # characters of a note


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one issue of many: done, or why it was refused (zh, en)."""

    id: str
    done: bool
    why: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class IssueActs:
    """As `actor`. Every act raises Rejected with the reason, Unavailable while the queue is away.

    key: an act that is asked for again with the same key is not done again. token: of the claim; what it stands for must still hold.
    """

    queue: IssueQueue
    actor: str

    async def claim(self, issue_id: str, *, lease: float = LEASE_S, take_over: bool = False, key: str = "") -> Claim:
        """Takes it, or renews the lease (seconds). Not won: `holder` has it. take_over: for supervisors, whoever holds it."""
        return await self.queue.claim(issue_id, self.actor, lease, take_over=take_over, key=key)

    async def release(self, issue_id: str, token: str, *, key: str = "") -> None:
        await self.queue.release(issue_id, self.actor, token, key=key)

    async def move(self, issue_id: str, state: str, *, note: str = "", token: str = "", key: str = "") -> str:
        """To its next state; returns the one it was in."""
        return await self.queue.set_state(issue_id, self.actor, state, _note(note), token, key=key)

    async def note(self, issue_id: str, text: str, *, key: str = "") -> None:
        """Personal data in it is masked."""
        if not text.strip():
            raise Rejected("备注是空的", "the note is empty")
        await self.queue.note(issue_id, self.actor, _note(text), key=key)

    async def hand_over(self, issue_id: str, team: str, told: Mapping[str, str], *, token: str = "", key: str = "") -> str:
        """To a team (decide/teams.py), with what it must be told; returns the team before. Nobody holds it afterwards.

        Personal data is masked, but for the numbers that the team is asked to look up.
        """
        told = {code: whole(text.strip()) if code in PERSONAL else _note(text) for code, text in told.items() if text.strip()}
        if why := objection(team, told):
            raise Rejected(*why)
        return await self.queue.hand_over(issue_id, self.actor, team, told, token, key=key)

    async def merge(self, stays: str, ids: Sequence[str], *, note: str = "", key: str = "") -> list[Result]:
        """Makes the issues duplicates of the one that stays, which counts their viewers as well."""

        async def one(issue_id: str) -> None:
            await self.queue.set_state(issue_id, self.actor, "duplicate_of", _note(note), "", stays, key=key)

        return await self.each(ids, one)

    async def unmerge(self, issue_id: str, *, note: str = "", key: str = "") -> None:
        """Makes a duplicate an issue of its own again (reopened)."""
        if (await self.queue.show(issue_id)).state != "duplicate_of" and not key:
            raise Rejected("这个问题没有并到别的问题里", "this issue is not a duplicate")
        await self.queue.set_state(issue_id, self.actor, "reopened", _note(note), key=key)

    # ── many at once ──────────────────────────────────────────────────────────

    async def claim_all(self, ids: Sequence[str], *, lease: float = LEASE_S, key: str = "") -> list[Result]:
        async def one(issue_id: str) -> None:
            claim = await self.claim(issue_id, lease=lease, key=key)
            if not claim.won:
                raise held(claim.holder)

        return await self.each(ids, one)

    async def move_all(self, ids: Sequence[str], state: str, *, note: str = "", key: str = "") -> list[Result]:
        return await self.each(ids, lambda issue_id: self.move(issue_id, state, note=note, key=key))

    async def note_all(self, ids: Sequence[str], text: str, *, key: str = "") -> list[Result]:
        return await self.each(ids, lambda issue_id: self.note(issue_id, text, key=key))

    async def hand_over_all(self, ids: Sequence[str], team: str, told: Mapping[str, str], *, key: str = "") -> list[Result]:
        return await self.each(ids, lambda issue_id: self.hand_over(issue_id, team, told, key=key))

    async def each(self, ids: Sequence[str], act: Callable[[str], Awaitable[object]]) -> list[Result]:
        """One result for each id, in order; an issue that refuses stops no other one. An id that comes twice is done once."""
        if len(ids) > MOST:
            raise Rejected(f"一次最多 {MOST} 个", f"at most {MOST} at once")
        results: dict[str, Result] = {}
        for issue_id in ids:
            if issue_id in results:
                continue
            try:
                await act(issue_id)
                results[issue_id] = Result(id=issue_id, done=True)
            except Rejected as error:
                results[issue_id] = Result(id=issue_id, done=False, why=(error.zh, error.en))
        return [results[issue_id] for issue_id in ids]


def _note(text: str) -> str:
    return whole(masked(text.strip()[:LONGEST]))
