"""Who may do what: every route that is served, with the roles that may use it. What is not in the table cannot be served."""

from collections.abc import Collection, Mapping
from typing import Final

ANYONE: Final = "anyone"  # without an account
HERE: Final = "here"  # anyone on this computer
PROGRAM: Final = "program"  # whoever can read the file api-token in the state folder
ROLES: Final = ("viewer", "streamer", "moderator", "after-sales", "supervisor", "admin", "overlay", PROGRAM)

_ALL: Final = "viewer streamer moderator after-sales supervisor admin"
_MODERATE: Final = "moderator supervisor admin"
_WATCH: Final = "viewer streamer " + _MODERATE

TABLE: Final[Mapping[str, str]] = {
    # who watches over livebot
    "GET /healthz": "anyone",
    "GET /readyz": "here supervisor admin",
    "GET /metrics": "here supervisor admin",
    # pages
    "GET /": "anyone",
    "GET /login": "anyone",
    "GET /setup": "anyone",
    "GET /static/{name}": "anyone",
    "GET /desk": "viewer streamer moderator supervisor admin",
    "GET /issues": "moderator after-sales supervisor admin",
    "GET /stage": "viewer streamer moderator supervisor admin",
    "GET /report": _ALL,
    "GET /settings": _ALL,
    "GET /overlay": "overlay viewer streamer moderator supervisor admin",
    # who one is
    "POST /api/v1/setup": "anyone",
    "POST /api/v1/login": "anyone",
    "POST /api/v1/logout": _ALL,
    "GET /api/v1/me": _ALL + " overlay",
    "POST /api/v1/me/password": _ALL,
    "GET /api/v1/me/sessions": _ALL,
    "DELETE /api/v1/me/sessions": _ALL,
    # accounts and programs
    "GET /api/v1/accounts": "supervisor admin",
    "POST /api/v1/accounts/links": "admin",
    "PUT /api/v1/accounts/{name}/role": "admin",
    "DELETE /api/v1/accounts/{name}": "admin",
    "DELETE /api/v1/accounts/{name}/sessions": "admin",
    "GET /api/v1/tokens": "supervisor admin",
    "POST /api/v1/tokens": "admin",
    "DELETE /api/v1/tokens/{name}": "admin",
    # the daemon
    "GET /api/v1/openapi.json": _ALL,
    "GET /api/v1/status": _ALL,
    "GET /api/v1/events": _ALL + " overlay",
    "POST /api/v1/freeze": "streamer moderator after-sales supervisor admin",
    "DELETE /api/v1/freeze": "streamer moderator supervisor admin",
    "POST /api/v1/rooms/{room}/on-air": "streamer moderator supervisor admin program",
    # moderators
    "GET /api/v1/held": _WATCH,
    "GET /api/v1/held/{id}": _WATCH,
    "POST /api/v1/held/{id}/judge": _MODERATE,
    "POST /api/v1/held/{id}/approve": _MODERATE,
    "POST /api/v1/held/{id}/reject": _MODERATE,
    "POST /api/v1/held/{id}/aloud": "streamer " + _MODERATE,
    "POST /api/v1/held/{id}/snooze": _MODERATE,
    "POST /api/v1/held/{id}/settle": _MODERATE,
    "POST /api/v1/held/{id}/again": _MODERATE,
    "POST /api/v1/held/{id}/teach": _MODERATE,
    "POST /api/v1/held/preview": _MODERATE,
    "POST /api/v1/held/all": _MODERATE,
    "POST /api/v1/held/undo": "streamer " + _MODERATE,
    "GET /api/v1/modes": _ALL,
    "PUT /api/v1/modes": _MODERATE,
    "GET /api/v1/quiet": _ALL,
    "PUT /api/v1/quiet": "streamer after-sales " + _MODERATE,
    "DELETE /api/v1/quiet": "streamer after-sales " + _MODERATE,
    "GET /api/v1/taught": _WATCH,
    "DELETE /api/v1/taught": _MODERATE,
    # the streamer
    "GET /api/v1/stage": "viewer streamer moderator supervisor admin",
    "POST /api/v1/stage/said": "streamer moderator supervisor admin",
    "POST /api/v1/stage/undo": "streamer moderator supervisor admin",
    "GET /api/v1/overlay": "overlay viewer streamer moderator supervisor admin",
    # after-sales
    "GET /api/v1/issues": "moderator after-sales supervisor admin",
    "GET /api/v1/issues/counts": "moderator after-sales supervisor admin",
    "GET /api/v1/issues/matching": "moderator after-sales supervisor admin",
    "GET /api/v1/issues/terms": "moderator after-sales supervisor admin",
    "GET /api/v1/issues/export": "after-sales supervisor admin",
    "GET /api/v1/issues/{id}": "moderator after-sales supervisor admin",
    "POST /api/v1/issues/all": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/claim": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/take-over": "supervisor admin",
    "POST /api/v1/issues/{id}/release": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/state": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/note": "moderator after-sales supervisor admin",
    "POST /api/v1/issues/{id}/hand-over": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/merge": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/unmerge": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/reply": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/reply/preview": "after-sales supervisor admin",
    "POST /api/v1/issues/{id}/unmask": "after-sales supervisor admin",
    # figures
    "GET /api/v1/system": "supervisor admin",
    "GET /api/v1/rules": "moderator after-sales supervisor admin",
    "GET /api/v1/streams": _ALL,
    "GET /api/v1/streams/{stream}/report": _ALL,
}

#: What /api/v1/events tells, and whom; "status" is told to everybody.
STREAM: Final[Mapping[str, str]] = {
    "reply": "viewer streamer moderator supervisor admin overlay",
    "card": _WATCH,
    "stream": _ALL + " overlay",
    "on_air": _ALL + " overlay",
    "gap": _ALL,
    "mode": _ALL,
    "quiet": _ALL,
    "issue": "moderator after-sales supervisor admin",
    "comment": _ALL,
    "stage": _WATCH,
}


def allowed(route: str) -> frozenset[str]:
    """The roles of a route such as "GET /desk"; raises KeyError for one that is not in the table."""
    return frozenset(TABLE[route].split())


def may_hear(role: str) -> frozenset[str]:
    """The kinds of /api/v1/events that a role may ask for."""
    return frozenset(kind for kind, roles in STREAM.items() if role in roles.split())


def differences(served: Collection[str], table: Mapping[str, str] = TABLE) -> list[str]:
    """Routes that are served without a row, and rows without a route; unknown roles in the table. Empty where all is well."""
    known = {ANYONE, HERE, *ROLES}
    wrong = [f"{route} is in no row of access.TABLE" for route in served if route not in table]
    wrong += [f"{route} is in access.TABLE and nowhere served" for route in table if route not in served]
    wrong += [f"{route}: no role {role!r}" for route, roles in table.items() for role in roles.split() if role not in known]
    wrong += [f"{route} is served twice" for route in set(served) if list(served).count(route) > 1]
    return wrong
