"""While a person answers a viewer or a topic, livebot says nothing of its own there: a lease that the open page renews."""

from livebot.decide import categories
from livebot.decide.events import Quiet
from livebot.decide.recap import shown
from livebot.decide.rulebook import Rulebook
from livebot.deliver.desk.moderation import Moderation
from livebot.errors import Rejected
from livebot.keep import clock, steering
from livebot.keep.rulecheck import replying
from livebot.keep.steering import Lease

LEASE_S = 60.0  # renew it every 20 s or so


async def lease(desk: Moderation, room: str, *, actor: str, viewer: str = "", topic: str = "", seconds: float = LEASE_S) -> Lease:
    """Begins or renews a lease: of a viewer (the pseudonym of a Said), or of a topic (a rule's id or a category).

    It ends by itself. Meanwhile answers there are held ("human"), receipts passed over ("human"), and what was queued by itself comes back
    to the moderators. Raises Rejected.
    """
    if room not in desk.policies:
        raise Rejected(f"没有直播间 {shown(room, 40)}", f"there is no room {shown(room, 40)}")
    if bool(viewer) == bool(topic):
        raise Rejected("要说清楚是哪位观众，或者哪个话题", "name a viewer or a topic, one of them")
    if viewer and (len(viewer) != 16 or not set(viewer) <= set("0123456789abcdef")):
        raise Rejected("这位观众没有编号（匿名），只能按话题", "this viewer is anonymous; name the topic")
    if topic and not _known(topic, desk.book()):
        raise Rejected(f"没有规则或类别 {shown(topic, 80)}", f"there is no rule or category {shown(topic, 80)}")
    until = clock.now_ms() + int(min(max(seconds, 1.0), steering.LONGEST_S) * 1000)
    await steering.steer(desk.journal, room, Quiet(viewer=viewer, topic=topic, until=until, by=actor))
    return Lease(room=room, viewer=viewer, topic=topic, until=until, by=actor)


async def release(desk: Moderation, room: str, *, actor: str, viewer: str = "", topic: str = "") -> None:
    """Ends a lease at once; one that is over already is no error."""
    await steering.steer(desk.journal, room, Quiet(viewer=viewer, topic=topic, by=actor))


def leases(desk: Moderation, room: str = "") -> tuple[Lease, ...]:
    """Who is answering what right now."""
    return tuple(one for one in steering.leases(desk.journal) if room in {"", one.room})


def _known(topic: str, book: Rulebook) -> bool:
    return topic in categories.CATEGORIES or any(topic in {rule.id, rule.category} for rule in replying(book))
