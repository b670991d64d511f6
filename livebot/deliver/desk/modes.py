"""How bold livebot is, room by room and rule by rule, switched while it runs; of the room's mode and the rule's the more careful counts."""

from dataclasses import dataclass

from livebot.decide.events import ModeSet
from livebot.decide.recap import shown
from livebot.decide.rulebook import FaqRule, Rulebook
from livebot.decide.session import MODES, Mode
from livebot.deliver.desk.moderation import Moderation
from livebot.errors import Rejected
from livebot.keep import steering
from livebot.keep.rulecheck import replying


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """The mode of a room (rule "") or of a rule in it. live: a person set it (by, at in Unix ms); else it is the configured one."""

    room: str
    rule: str
    mode: Mode
    configured: Mode
    live: bool = False
    by: str = ""
    at: int = 0


def modes(desk: Moderation) -> tuple[Set, ...]:
    """Every room's mode, and each rule's that a person has set. What was set over another configured mode than today's is over."""
    found, own, policies = steering.modes(desk.journal), configured_modes(desk.book()), desk.policies
    wanted = [(room, "") for room in policies] + [key for key in found if key[1] and key[0] in policies]
    out = []
    for room, rule in wanted:
        configured = own.get(rule, "auto") if rule else policies[room].mode
        one = found.get((room, rule))
        event = one.event if one and isinstance(one.event, ModeSet) else None
        live = event and next((mode for mode in MODES if mode == event.mode and event.over == configured), None)
        if one and event and live:
            out.append(Set(room=room, rule=rule, mode=live, configured=configured, live=True, by=event.by, at=one.received_at))
        elif not rule:
            out.append(Set(room=room, rule=rule, mode=configured, configured=configured))
    return tuple(out)


def configured_modes(book: Rulebook) -> dict[str, Mode]:
    """By rule, as its file says."""
    return {rule.id: rule.mode if isinstance(rule, FaqRule) else "auto" for rule in replying(book)}


async def set_mode(desk: Moderation, mode: str, *, actor: str, room: str = "", rule: str = "") -> tuple[str, ...]:
    """Sets a room's mode, or with `rule` that rule's in the room; room "": in all. mode "": back to what is configured.

    Durable when it returns; what was queued by itself and may not leave any more goes back to the moderators. Returns the rooms.
    Raises Rejected for a mode, a room or a rule that is not there.
    """
    if mode and mode not in MODES:
        raise Rejected(f"没有 {shown(mode, 20)} 这种模式", f"no mode {shown(mode, 20)}; there are {', '.join(MODES)}")
    rooms = tuple(name for name in desk.policies if room in {"", name})
    if not rooms:
        raise Rejected(f"没有直播间 {shown(room, 40)}", f"there is no room {shown(room, 40)}")
    own = configured_modes(desk.book())
    if rule and rule not in own:
        raise Rejected(f"没有规则 {shown(rule, 80)}", f"there is no rule {shown(rule, 80)}")
    for name in rooms:
        over = own[rule] if rule else desk.policies[name].mode
        await steering.steer(desk.journal, name, ModeSet(mode=mode, rule=rule, over=over, by=actor))
    return rooms
