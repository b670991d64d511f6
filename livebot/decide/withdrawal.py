"""What a deleted comment takes along: the replies that wait to be said about it and about nothing else."""

from livebot.decide.actions import Withdraw
from livebot.decide.session import Session


def withdrawn(session: Session, comment_id: str) -> list[Withdraw]:
    """One for each reply that may wait still; what left the house, or ended, stays as it is."""
    found = []
    for reply_id, served in _served(session).items():
        if comment_id in served and reply_id not in session.unseen and not session.memory.fates.get(reply_id):
            others = any(other != comment_id for other in served)
            if not others or session.addressed.get(reply_id) == comment_id:
                found.append(Withdraw(reply_id=reply_id, others=others))
    return found


def _served(session: Session) -> dict[str, tuple[str, ...]]:
    """Reply → the comments that it serves."""
    ids = dict.fromkeys((*session.addressed, *session.credited))
    return {id_: (*((to,) if (to := session.addressed.get(id_)) else ()), *session.credited.get(id_, ())) for id_ in ids}
