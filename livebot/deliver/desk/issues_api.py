"""What after-sales staff see over HTTP: the inbox, one issue with its evidence, and all of it as a file."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from aiohttp import web

from livebot.decide import issue_states, teams
from livebot.decide.categories import CATEGORIES, PROMISE
from livebot.deliver.desk import evidence as found_by
from livebot.deliver.desk import issues_models as m
from livebot.deliver.desk.context import Said
from livebot.deliver.desk.export import export, items
from livebot.deliver.desk.inbox import Inbox, Item
from livebot.deliver.desk.inbox import Wanted as Listed
from livebot.deliver.desk.issue_acts import MOST
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.room_reply import acknowledgement
from livebot.deliver.desk.routing import Answer, Call, Route
from livebot.deliver.issue_origin import seq_of
from livebot.deliver.masking import whole
from livebot.deliver.queue import QueuedIssue
from livebot.errors import Rejected, Unavailable
from livebot.keep import clock

URGENT: Final = ("P0", "P1")
URGENT_MOST: Final = 50
TERMS: Final = m.Terms(
    states={code: m.StateTerm(zh=issue_states.names(code)[0], en=issue_states.names(code)[1], next=next_)
            for code, next_ in issue_states.ISSUE_STATES.items()},
    teams={team.code: m.TeamTerm(zh=team.zh, en=team.en, fields=[m.FieldTerm(code=one.code, zh=one.zh, en=one.en) for one in team.fields])
           for team in teams.TEAMS.values()},
    fields={one.code: m.Named(zh=one.zh, en=one.en) for one in teams.FIELDS.values()},
    categories={one.code: m.Named(zh=one.zh, en=one.en) for one in (*CATEGORIES.values(), PROMISE)},
)  # fmt: skip


def inbox_of(desk: Desk) -> Inbox:
    """The app's; one without clocks where a desk is served by itself."""
    if desk.inbox is None:
        desk.inbox = Inbox(desk.queue)
    return desk.inbox


async def known(inbox: Inbox, id_: str) -> QueuedIssue:
    """The issue with its history; Refusal (404) where there is none."""
    try:
        return await inbox.queue.show(id_)
    except Rejected as error:
        raise Refusal(404, error.zh, error.en) from None


def changed(inbox: Inbox) -> Callable[[Sequence[str]], Awaitable[Sequence[Any]]]:
    """The stream's view of issues: the rows of the list."""

    async def view(ids: Sequence[str]) -> Sequence[Any]:
        return [m.row(item).model_dump() for item in await inbox.rows(ids)]

    return view


def routes(desk: Desk) -> list[Route]:
    inbox = inbox_of(desk)

    async def list_(call: Call, given: m.WantedPage) -> Answer:
        page = await inbox.list(given.listed(call.caller.name), after=given.after, limit=given.limit)
        return m.Page(items=[m.row(item) for item in page.items], cursor=page.cursor, now=clock.now_ms())

    async def counts(call: Call) -> Answer:
        found = await inbox.counts()
        urgent = [await inbox.list(Listed(priority=one, unclaimed=True), limit=URGENT_MOST) for one in URGENT]
        told = {name: getattr(found, name) for name in m.Counts.model_fields if hasattr(found, name)}
        ids = [item.issue.id for page in urgent for item in page.items]
        return m.Counts(**told, mine=found.holders.get(call.caller.name, 0), urgent=ids)

    async def matching(call: Call, given: m.Wanted) -> Answer:
        wanted = given.listed(call.caller.name)
        page = await inbox.list(wanted, limit=MOST)
        count = await inbox.count(wanted) if page.cursor else len(page.items)
        return m.Matching(count=count, ids=[item.issue.id for item in page.items])

    async def terms(_: Call) -> Answer:
        return TERMS

    async def one(call: Call) -> Answer:
        try:
            item = await inbox.show(await inbox.whole_id(call.part("id")))
        except Rejected as error:
            raise Refusal(404, error.zh, error.en) from None
        return await _whole(desk, inbox, item, call)

    async def file(call: Call, given: m.WantedFile) -> Answer:
        pieces = export(inbox, given.listed(call.caller.name), given.format, for_excel=True)
        return await _streamed(call, aiter(pieces), given.format)

    def get(path: str, handler: Any, takes: Any, gives: Any, zh: str, en: str) -> Route:
        return Route(method="GET", path="/api/v1/issues" + path, handler=handler, takes=takes, gives=gives, zh=zh, en=en)

    return [
        get("", list_, m.WantedPage, m.Page, "售后问题，最急的在前", "The issues, the most urgent first"),
        get("/counts", counts, None, m.Counts, "各有多少", "How many there are"),
        get("/matching", matching, m.Wanted, m.Matching, "符合筛选的有哪些、多少", "Which and how many match"),
        get("/terms", terms, None, m.Terms, "状态、部门和类别的说法", "The states, teams and categories"),
        get("/export", file, m.WantedFile, None, "导出 CSV 或 JSON", "All that match as CSV or JSON"),
        get("/{id}", one, None, m.Issue, "一个问题和它的证据、经过（编号的开头或凭证码也行）",
            "One issue with its evidence and history, by id, its beginning, or receipt code"),
    ]  # fmt: skip


async def _whole(desk: Desk, inbox: Inbox, item: Item, call: Call) -> m.Issue:
    issue = item.issue
    found = await found_by.evidence(desk.journal, inbox, issue, desk.facts())
    merged = await inbox.rows(issue.merged)
    ours = seq_of(desk.journal, issue) is not None
    return m.Issue(
        item=m.row(item),
        next=list(issue_states.ISSUE_STATES.get(issue.state, ())),
        merged=[m.row(one) for one in merged],
        also=m.also(issue),
        rules=[whole(str(one)) for one in items(issue.fields.get("rules", ""))],
        handover=m.handover(issue),
        masked=[*(("text", "author") if ours and found.comment else ()), *sorted(teams.PERSONAL & issue.handover.keys())],
        suggested=whole(acknowledgement(issue)),
        history=[m.Step(**{name: whole(value) if isinstance(value := getattr(step, name), str) else value for name in m.Step.model_fields})
                 for step in issue.history],
        evidence=_told(found, call),
        now=clock.now_ms(),
    )  # fmt: skip


def _told(found: found_by.Evidence, call: Call) -> m.Evidence:
    it = found.comment.seq if found.comment else -1
    return m.Evidence(
        why=whole(call.say(*found.why)) if found.why else "",
        around=[_line(said, it) for said in found.around],
        on_air=whole(found.on_air),
        comments=[_line(said, it) for said in found.comments],
        replies=list(found.replies),
        issues=[m.row(item) for item in found.issues],
        orders=[_line(said, it) for said in found.orders],
    )


def _line(said: Said, it: int) -> m.Line:
    return m.Line(at=said.at, who=whole(said.who), text=whole(said.text), own=said.own, it=said.seq == it)


async def _streamed(call: Call, pieces: Any, format: str) -> web.StreamResponse:
    """A file, written while it is read; what was begun and cannot be finished is cut off, so that nobody takes it for whole."""
    kind = "text/csv" if format == "csv" else "application/json"
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Disposition": f'attachment; filename="issues.{format}"'}
    response = web.StreamResponse(headers=headers)
    if call.request.method == "HEAD":
        return response
    first = await anext(pieces, "")
    await response.prepare(call.request)
    try:
        await response.write(whole(first).encode())
        async for piece in pieces:
            await response.write(whole(piece).encode())
    except Unavailable:
        if call.request.transport:
            call.request.transport.abort()
    return response
