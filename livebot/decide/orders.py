"""What an order's update means: an issue for staff where something is to be done, one for each order, and never a word in the room."""

from collections.abc import Mapping
from typing import Final

from livebot.decide.actions import Decision, Flag, Issue, Join, Pass, action_id
from livebot.decide.categories import priority
from livebot.decide.events import OrderUpdate

ORDER: Final = "livebot.order"  # in place of the rule that raises an issue
CATEGORY: Final = {"cancelled": "mid.cancel", "return": "post.return", "refund": "post.refund", "exchange": "post.exchange"}


def judge(known: Mapping[str, Issue], room: str, update: OrderUpdate) -> Decision:
    """known: the issues of earlier updates by their ids. A state that asks for nothing is only noted."""
    category = CATEGORY.get(update.state.lower())
    if category is None:
        return Pass(reason="noted")
    id_ = action_id(room, "order", update.order) if update.order else action_id(room, "update", update.id)
    if issue := known.get(id_):
        how = "update" if issue.category == category else "order"
        return Join(issue_id=id_, rule=ORDER, category=issue.category, how=how, priority=priority(category), base=issue.priority)
    return Flag(Issue(id=id_, category=category, priority=priority(category), rules=(ORDER,)))
