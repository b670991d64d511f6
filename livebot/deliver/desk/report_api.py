"""The report of a stream over HTTP: the same figures, plots and tables as `livebot report` shows."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import Field

from livebot.decide.figures import Figures
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.deliver.masking import whole
from livebot.deliver.report import sections
from livebot.keep import clock
from livebot.keep.figures import as_data, figures, latest, streams
from livebot.keep.journal import Journal

FRESH_S: Final = 5.0  # a report is made anew no more often: one of a million comments takes ten seconds
KEPT: Final = 8
LISTED: Final = 500


class StreamView(Model):
    """Times in Unix ms; ended_at null: it goes on."""

    id: int
    room: str
    started_at: int
    ended_at: int | None
    comments: int


class StreamsView(Model):
    """The latest streams, and the one to begin with: the latest with a comment."""

    streams: list[StreamView]
    latest: int | None


class OfRoom(Model):
    room: Annotated[str, Field(max_length=200)] = ""


class SectionView(Model):
    """plot: SVG without styles of its own, "" for none; rows: a table; summed: its last row is a sum."""

    name: str
    title: str
    plot: str
    head: list[str]
    rows: list[list[str | int]]
    summed: bool


class Report(Model):
    """figures: as `livebot report --format json` writes them; sections: the same to look at, in the caller's language."""

    figures: dict[str, Any]
    sections: list[SectionView]


def routes(desk: Desk) -> list[Route]:
    books = Books(desk.journal)

    async def list_streams(_: Call, given: OfRoom) -> StreamsView:
        room = given.room or None
        found = await asyncio.to_thread(streams, desk.journal, room)
        rows = [
            StreamView(id=one.id, room=one.room, started_at=one.started_at, ended_at=one.ended_at, comments=one.comments)
            for one in found[:LISTED]
        ]
        return StreamsView(streams=rows, latest=latest(desk.journal, room))

    async def report(call: Call) -> Report:
        number = call.part("stream")
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise Refusal(404, "没有这场直播", "there is no such stream")
        try:
            known = await books.of(int(number))
        except KeyError:
            raise Refusal(404, "没有这场直播", "there is no such stream") from None
        return Report(figures=_fit(as_data(known)), sections=_views(known, call.say))

    return [
        Route(method="GET", path="/api/v1/streams", handler=list_streams, takes=OfRoom, gives=StreamsView,
              zh="有哪些直播场次", en="The streams"),
        Route(method="GET", path="/api/v1/streams/{stream}/report", handler=report, gives=Report,
              zh="一场直播的数字、图和表", en="The figures, plots and tables of a stream"),
    ]  # fmt: skip


def _views(known: Figures, say: Callable[[str, str], str]) -> list[SectionView]:
    return [
        SectionView.model_validate(_fit({"name": one.name, "title": one.title, "plot": one.plot, "head": list(one.head),
                                         "rows": [list(row) for row in one.rows], "summed": one.summed}))
        for one in sections(known, say)
    ]  # fmt: skip


def _fit(data: Any) -> Any:
    """Without lone surrogates, which JSON on the wire cannot carry."""
    if isinstance(data, str):
        return whole(data)
    if isinstance(data, dict):
        return {_fit(key): _fit(value) for key, value in data.items()}
    return [_fit(one) for one in data] if isinstance(data, (list, tuple)) else data


class Books:
    """Figures, made in a thread, one stream at a time, and kept for a moment: many may look at the same report."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._turn = asyncio.Lock()
        self._made: dict[int, tuple[float, Figures]] = {}

    async def of(self, stream: int) -> Figures:
        """Raises KeyError where there is no such stream."""
        async with self._turn:
            at, known = self._made.get(stream, (0.0, None))
            if known is None or clock.monotonic() - at > FRESH_S:
                known = await asyncio.to_thread(figures, self._journal, stream)
                self._made.pop(stream, None)
                self._made[stream] = (clock.monotonic(), known)
                while len(self._made) > KEPT:
                    del self._made[next(iter(self._made))]
            return known
