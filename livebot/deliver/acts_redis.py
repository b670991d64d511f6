"""What staff do to issues, in Redis: each act is one script, so that programs, pages and terminals work side by side (docs/queue.md)."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

import msgspec

from livebot.decide.issue_states import ISSUE_STATES
from livebot.deliver import queue, refusals
from livebot.deliver.queue import Claim, Filter, QueuedIssue, Step
from livebot.deliver.redis_client import Client
from livebot.deliver.redis_names import Keys, Script
from livebot.keep import clock

PAGE: Final = 500
OWN: Final = frozenset(
    "state updated_at entry holder lease_until token duplicate_of team handover merged receipt respond_due resolve_due breached".split()  # noqa: SIM905
)  # of a hash; all else was announced

CLAIM, RELEASE, STATE, NOTE, HAND_OVER, RECEIPT = map(Script, ("claim", "release", "state", "note", "handover", "receipt"))

_to_json = msgspec.json.Encoder().encode


class RedisActs(ABC):
    """The staff's half of RedisQueue, which brings the connection."""

    keys: Keys
    _client: Client

    @abstractmethod
    def _asking(self) -> AbstractAsyncContextManager[None]:
        """Around each call of the server: what it may raise, and how long it may take."""

    async def find(self, wanted: Filter) -> list[QueuedIssue]:
        index = self.keys.open if wanted.open_only and not wanted.states else self.keys.all
        found: list[QueuedIssue] = []
        async with self._asking():
            start = 0
            while len(found) < wanted.limit:
                ids = await self._client.zrevrange(index, start, start + PAGE - 1)
                if not ids:
                    break
                start += PAGE
                hashes = await self._hashes(ids)
                found += [one for hash_ in hashes if hash_ and wanted.matches(one := issue_of(hash_))]
        return found[: wanted.limit][::-1]

    async def _hashes(self, ids: Iterable[str]) -> list[dict[str, str]]:
        pipe = self._client.pipeline(transaction=False)
        for issue_id in ids:
            pipe.hgetall(self.keys.issue(issue_id))
        hashes: list[dict[str, str]] = await pipe.execute()
        return hashes

    async def show(self, issue_id: str) -> QueuedIssue:
        async with self._asking():
            fields = await self._client.hgetall(self.keys.issue(issue_id))
            if not fields:
                raise refusals.missing(issue_id)
            lines = await self._client.lrange(self.keys.history(issue_id), 0, -1)
        return issue_of(fields, steps_of(lines))

    async def claim(self, issue_id: str, actor: str, lease: float = queue.LEASE_S, *, take_over: bool = False, key: str = "") -> Claim:
        answer, *rest = await self._act(CLAIM, issue_id, actor, int(lease * 1000), "1" if take_over else "", key)
        if answer == "claimed":
            return Claim(won=True, holder=actor, token=rest[0], lease_until=int(rest[1]))
        if answer == "held":
            return Claim(won=False, holder=rest[0], lease_until=int(rest[1]))
        raise refusals.refuse(issue_id, answer, rest)

    async def release(self, issue_id: str, actor: str, token: str, *, key: str = "") -> None:
        answer, *rest = await self._act(RELEASE, issue_id, actor, token, key)
        if answer != "ok":
            raise refusals.refuse(issue_id, answer, rest)

    async def set_state(
        self, issue_id: str, actor: str, state: str, note: str = "", token: str = "", duplicate_of: str = "", *, key: str = ""
    ) -> str:
        if state not in ISSUE_STATES:
            raise refusals.illegal("", state)
        keys = (self.keys.open, self.keys.stream)
        answer, *rest = await self._act(STATE, issue_id, actor, state, note, token, duplicate_of, key, keys=keys)
        if answer == "illegal":
            raise refusals.illegal(rest[0], state)
        if answer != "ok":
            raise refusals.refuse(issue_id, answer, rest)
        return str(rest[0])

    async def note(self, issue_id: str, actor: str, text: str, *, act: str = "note", key: str = "") -> None:
        answer, *rest = await self._act(NOTE, issue_id, actor, act, text, key)
        if answer != "ok":
            raise refusals.refuse(issue_id, answer, rest)

    async def hand_over(self, issue_id: str, actor: str, team: str, told: Mapping[str, str], token: str = "", *, key: str = "") -> str:
        answer, *rest = await self._act(HAND_OVER, issue_id, actor, team, _to_json(told), token, key)
        if answer == "unfit":
            raise refusals.unfit(team, dict(told))
        if answer != "ok":
            raise refusals.refuse(issue_id, answer, rest)
        return str(rest[0])

    async def receipt(self, issue_id: str, code: str) -> str:
        async with self._asking():
            answer, *rest = await RECEIPT(self._client, [self.keys.issue(issue_id), self.keys.receipts], code)
        if answer == "missing":
            raise refusals.missing(issue_id)
        return str(rest[0]) if rest else ""

    async def by_receipt(self, code: str) -> str:
        async with self._asking():
            found = await self._client.hget(self.keys.receipts, code)
        if not found:
            raise refusals.missing(code)
        return str(found)

    async def _act(self, script: Script, issue_id: str, *args: str | bytes | int, keys: tuple[str, ...] = ()) -> Any:
        async with self._asking():
            return await script(self._client, [*self._of(issue_id), *keys], *args)

    def _of(self, issue_id: str) -> list[str]:
        return [self.keys.issue(issue_id), self.keys.history(issue_id)]


def issue_of(fields: Mapping[str, str], history: tuple[Step, ...] = ()) -> QueuedIssue:
    """An issue from its hash."""
    lease, until = fields.get("holder", ""), int(fields.get("lease_until") or 0)
    live = bool(lease) and until > clock.now_ms()
    return QueuedIssue(
        id=fields.get("id", ""),
        fields={name: value for name, value in fields.items() if name not in OWN},
        state=fields.get("state", ""),
        created_at=int(fields.get("created_at") or 0),
        updated_at=int(fields.get("updated_at") or 0),
        holder=lease if live else "",
        lease_until=until if live else 0,
        duplicate_of=fields.get("duplicate_of", ""),
        team=fields.get("team", ""),
        handover=_object(fields.get("handover", "")),
        merged=_names(fields.get("merged", "")),
        receipt=fields.get("receipt", ""),
        respond_due=int(fields.get("respond_due") or 0),
        resolve_due=int(fields.get("resolve_due") or 0),
        breached=tuple(fields.get("breached", "").split()),
        history=history,
    )


def steps_of(lines: Iterable[str]) -> tuple[Step, ...]:
    """A history; a line that another program wrote otherwise than the scripts do is left out."""
    found = [one for text in lines if isinstance(one := _loads(text), dict)]
    return tuple(
        Step(
            at=int(one["at"]),
            actor=str(one["actor"]),
            act=str(one["act"]),
            before=str(one["from"]),
            after=str(one["to"]),
            note=str(one.get("note", "")),
        )
        for one in found
        if {"at", "actor", "act", "from", "to"} <= one.keys() and str(one["at"]).isdecimal()
    )


def _object(text: str) -> dict[str, str]:
    found = _loads(text)
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _names(text: str) -> tuple[str, ...]:
    found = _loads(text)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _loads(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None
