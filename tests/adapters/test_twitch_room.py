"""The Twitch adapter against the practice Twitch: moving house, renewing the login, every answer to a send, and what it leaves behind."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from adapter_rooms import comments, recorded, wait_until
from pydantic import ValidationError

from adapters.airtime import Airtime
from adapters.beside import beside
from adapters.twitch import TwitchAdapter, TwitchRoom, TwitchSettings
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Broken, Comment, CommentDeleted, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer
from livebot.errors import ConfigError, LivebotError, LoginRequired, Rejected, Unavailable
from livebot.keep.clock import monotonic
from livebot.simulate.faults import parse_faults
from livebot.simulate.recording import Line
from livebot.simulate.twitch import TwitchSimulator


def connected(twitch: TwitchSimulator, **settings: Any) -> AbstractAsyncContextManager[TwitchRoom]:
    return TwitchAdapter().connect(TwitchSettings.model_validate(twitch.settings | settings), after=None)


async def read_all(adapter: TwitchAdapter, twitch: TwitchSimulator, patience: float = 5.0, **settings: Any) -> list[StreamEvent]:
    """Every event until the stream ends, over as many connections as it takes; gives up on a silent one after `patience` seconds."""
    events: list[StreamEvent] = []
    config = TwitchSettings.model_validate(twitch.settings | settings)
    while not (events and isinstance(events[-1], StreamEnded)):
        try:
            async with adapter.connect(config, after=None) as room:
                stream = room.events()
                while not (events and isinstance(events[-1], StreamEnded)):
                    async with asyncio.timeout(patience):
                        events.append(await anext(stream))
        except (Unavailable, TimeoutError, StopAsyncIteration) as error:
            await asyncio.sleep(error.retry_after or 0 if isinstance(error, Unavailable) else 0)
    return events


@asynccontextmanager
async def entered(
    twitch: TwitchSimulator, seen: list[StreamEvent], ended: list[LivebotError], **settings: Any
) -> AsyncIterator[TwitchRoom]:
    """A room whose events are read beside; how the reading ended goes into `ended`."""
    adapter = TwitchAdapter()

    async def read(room: TwitchRoom) -> None:
        try:
            async for event in room.events():
                seen.append(event)
        except LivebotError as error:
            ended.append(error)

    async with adapter.connect(TwitchSettings.model_validate(twitch.settings | settings), after=None) as room, beside(read(room)):
        yield room


def texts(events: list[StreamEvent]) -> list[str]:
    return list(dict.fromkeys(comment.text for comment in comments(events)))


ALL = [f"第{i}条" for i in range(60)]


# ── listening ──────────────────────────────────────────────────────────────────


async def test_typed_events_in_order() -> None:
    async with TwitchSimulator(recorded(60), speed=None) as twitch:
        events = [event for event in await read_all(TwitchAdapter(), twitch) if not isinstance(event, Heartbeat)]
    assert isinstance(events[0], StreamStarted)
    assert isinstance(events[-1], StreamEnded)
    assert [comment.text for comment in comments(events)] == ALL
    first = comments(events)[0]
    assert (first.id, first.author) == ("m0", Viewer(id="u0", name="名字0", roles=("subscriber",)))
    assert first.sent_at is not None
    assert twitch.closes == [], "nothing that it did made Twitch show it out"


FAULTS = ["duplicate=0.3", "history=5", "broken=0.3", "unknown=0.5", "missing=0.6", "stall=25", "midframe=25", "drop=25", "reconnect=25"]


@pytest.mark.parametrize("fault", [*FAULTS, "accept_close", "skew", "limit=0.1", "failing=0.2"])
async def test_no_fault_loses_a_comment_or_raises_anything_unsorted(fault: str) -> None:
    faults = parse_faults([fault], seed=7)
    async with TwitchSimulator(recorded(60), speed=None, faults=faults, limited_for=0.05) as twitch:
        events = await read_all(TwitchAdapter(), twitch, patience=0.3)
    assert texts(events) == ALL
    assert len({comment.id for comment in comments(events)}) == 60, "a comment that comes twice has one id"
    struck = sum(faults.strikes(name, getattr(faults, name), f"m{i}") for i in range(60) for name in ("broken", "unknown"))
    assert sum(isinstance(event, Broken) for event in events) == struck
    assert sum(isinstance(event, StreamStarted | StreamEnded) for event in events) == 2, "each told once, over all connections"
    assert twitch.helix.patience.impatient == 0


async def test_it_moves_as_often_as_it_is_told_to_and_loses_nothing() -> None:
    faults = parse_faults(["reconnect=10"])
    async with TwitchSimulator(recorded(60), speed=0.1, faults=faults) as twitch:  # every 10 ms
        events = await read_all(TwitchAdapter(), twitch)
        assert [comment.text for comment in comments(events)] == ALL, "in order, each once"
        moves = sum(isinstance(event, Heartbeat) for event in events) - 1
    assert moves >= 4
    assert twitch.subscribing == 4, "it subscribed to each of the four once: moving needs no subscriptions"
    assert twitch.missed == []


async def test_a_move_that_fails_is_a_lost_connection() -> None:
    seen: list[StreamEvent] = []
    ended: list[LivebotError] = []
    async with TwitchSimulator([], ends=False) as twitch, entered(twitch, seen, ended):
        await wait_until(lambda: bool(twitch.connected and seen))
        (session,) = twitch.sessions.values()
        session.id, before = "elsewhere", session.id
        await twitch.move(session)  # to where nobody knows it
        await wait_until(lambda: bool(ended))
        session.id = before
    assert type(ended[0]) is Unavailable
    assert "move" in ended[0].en


async def test_what_is_in_the_old_socket_comes_before_what_is_in_the_new() -> None:
    """A reader that is busy elsewhere while the move goes on finds both, in order."""
    async with TwitchSimulator(recorded(30), speed=None, ends=False) as twitch:
        adapter = TwitchAdapter()
        async with adapter.connect(TwitchSettings.model_validate(twitch.settings), after=None) as room:
            stream = room.events()
            first = await anext(stream)
            await wait_until(lambda: twitch.sent == 30)
            (session,) = twitch.sessions.values()
            await twitch.move(session)
            seen = [first]
            while len(comments(seen)) < 10:
                seen.append(await anext(stream))
            twitch.push(Line(id="late", t_ms=0, text="后来"))
            while not any(comment.id == "late" for comment in comments(seen)):
                async with asyncio.timeout(5):
                    seen.append(await anext(stream))
    assert [comment.id for comment in comments(seen)] == [*(f"m{i}" for i in range(30)), "late"]


async def test_a_quiet_chat_is_alive_and_a_stall_is_not() -> None:
    seen: list[StreamEvent] = []
    async with TwitchSimulator([], ends=False, keepalive=0.1) as twitch, entered(twitch, seen, []):
        await wait_until(lambda: seen.count(Heartbeat(every=0.1)) >= 4)
    stall = parse_faults(["stall=1"])
    async with TwitchSimulator(recorded(2), speed=None, keepalive=0.1, faults=stall) as twitch, connected(twitch) as room:
        stream = room.events()
        while not isinstance(await anext(stream), Comment):
            pass
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2.5 * 0.1 + 1.0):  # the daemon's watchdog
                await anext(stream)


async def test_a_deleted_comment_is_told() -> None:
    seen: list[StreamEvent] = []
    async with TwitchSimulator(recorded(1), speed=None, ends=False) as twitch, entered(twitch, seen, []):
        await wait_until(lambda: len(comments(seen)) == 1)
        twitch.delete("m0")
        await wait_until(lambda: CommentDeleted(id="m0") in seen)


async def test_a_revocation_needs_a_person_and_so_does_the_next_connection() -> None:
    async with TwitchSimulator(recorded(60), speed=0.1, faults=parse_faults(["revoke=20"])) as twitch:
        adapter = TwitchAdapter()
        with pytest.raises(LoginRequired, match="authorization_revoked"):
            await read_all(adapter, twitch)
        with pytest.raises(LoginRequired):
            await read_all(adapter, twitch)


# ── on air ─────────────────────────────────────────────────────────────────────


async def test_an_end_that_was_missed_is_believed_once_twitch_s_list_keeps_saying_so() -> None:
    adapter = TwitchAdapter()
    async with TwitchSimulator(recorded(5), speed=None, ends=False, keepalive=0.05) as twitch:
        config = TwitchSettings.model_validate(twitch.settings | {"offline_after": 0.3})
        async with adapter.connect(config, after=None) as room:
            stream = room.events()
            while not isinstance(await anext(stream), Comment):
                pass
        twitch.broadcast = ""  # it ends while nobody listens
        twitch.ended.set()
        began = monotonic()
        async with adapter.connect(config, after=None) as room:
            async for event in room.events():
                if isinstance(event, StreamEnded):
                    break
        assert monotonic() - began >= 0.3


def test_begin_and_end_are_told_once_whoever_tells() -> None:
    air = Airtime(patience=10)
    assert air.listed("", 0) == air.listed(None, 0) == ()
    assert air.listed("b1", 1) == (StreamStarted(),)
    assert air.began("b1") == ()
    assert air.ended("d1") == (StreamEnded(),)
    assert air.ended("d1") == (), "the same end, delivered again"
    assert air.listed("b1", 2) == (), "the list is late"
    assert air.began("b2") == (StreamStarted(),)
    assert air.ended("d1") == ()
    assert air.listed("", 3) == ()
    assert not air.doubtful(12)
    assert air.doubtful(13)
    assert air.listed(None, 13) == (), "nobody answered: not yet"
    assert not air.doubtful(14)
    assert air.listed("b2", 23) == ()
    assert not air.doubtful(99), "it goes on after all"
    assert air.began("b3") == (StreamEnded(), StreamStarted())
    assert air.listed("", 100) == ()
    assert air.listed("", 110) == (StreamEnded(),)


# ── speaking ───────────────────────────────────────────────────────────────────


async def said(twitch: TwitchSimulator, *words: str, to: str | None = None, **settings: Any) -> list[Receipt]:
    async with entered(twitch, [], [], **settings) as room:
        target = Comment(id=to, author=Viewer(), text="") if to else None
        return [await room.send(text, to=target, key=text) for text in words]


async def test_what_is_said_shows_in_the_chat_and_answers_a_comment() -> None:
    seen: list[StreamEvent] = []
    async with TwitchSimulator(recorded(1), speed=None, ends=False) as twitch, entered(twitch, seen, []) as room:
        await wait_until(lambda: bool(comments(seen)))
        receipt = await room.send("在的", to=comments(seen)[0], key="k1")
        assert receipt == Receipt(state="sent", native_id="bot-1")
        (say,) = twitch.says
        assert (say.text, say.to, say.outcome) == ("在的", "m0", "said")
        await wait_until(lambda: len(comments(seen)) == 2)
    echo = comments(seen)[1]
    assert (echo.id, echo.text, echo.author.id, echo.reply_to) == ("bot-1", "在的", "2002", "m0")


async def test_a_derived_id_is_nothing_to_answer() -> None:
    async with TwitchSimulator([], ends=False) as twitch:
        (receipt,) = await said(twitch, "在的", to="derived:1234")
        assert (receipt.state, [say.to for say in twitch.says]) == ("sent", [None])


async def test_refused_comes_with_twitch_s_own_reason() -> None:
    async with TwitchSimulator([], ends=False, faults=parse_faults(["refuse"])) as twitch:
        (receipt,) = await said(twitch, "在的")
    assert receipt.state == "refused"
    assert receipt.reason.startswith("msg_rejected: ")


async def test_the_same_text_too_soon_too_long_a_text_and_an_answer_to_nothing_are_refused() -> None:
    async with TwitchSimulator([], ends=False) as twitch:
        first, again, long = await said(twitch, "在的", "在的", "长" * 501)
        (lost,) = await said(twitch, "有的", to="nobody said this")
    assert [receipt.state for receipt in (first, again, long, lost)] == ["sent", "refused", "refused", "refused"]
    assert "msg_duplicate" in again.reason
    assert "422" in long.reason
    assert "cannot be replied to" in lost.reason


async def test_without_an_answer_it_is_unknown_and_was_said_once() -> None:
    async with TwitchSimulator([], ends=False, faults=parse_faults(["silent"])) as twitch:
        (receipt,) = await said(twitch, "在的", receipt_timeout=0.2)
        assert (receipt.state, [say.text for say in twitch.says]) == ("unknown", ["在的"])


async def test_a_text_that_nobody_sees_is_called_so_where_the_chat_goes_on() -> None:
    shadow = parse_faults(["shadow"])
    async with TwitchSimulator(recorded(200), speed=0.1, ends=False, faults=shadow) as twitch:
        async with entered(twitch, [], [], confirm=0.2) as room:
            before = await room.send("在的", to=None, key="k1")
            twitch.faults = parse_faults([])
            shown = await room.send("好的", to=None, key="k2")
            twitch.faults = shadow
            after = await room.send("有的", to=None, key="k3")
        assert [receipt.state for receipt in (before, shown, after)] == ["unknown", "sent", "shadow"], (
            "once texts of ours are known to show"
        )
        assert (before.native_id, before.reason) == ("bot-1", "not shown in the chat")
    async with TwitchSimulator([], ends=False, faults=shadow) as twitch:
        quiet, trusting = [await said(twitch, text, confirm=confirm) for text, confirm in (("在的", 0.1), ("好的", 0))]
    assert [receipt.state for receipt in (*quiet, *trusting)] == ["sent", "sent"], "where nothing is heard nobody can tell"


async def test_429_is_obeyed_and_means_that_it_was_not_said() -> None:
    async with TwitchSimulator([], ends=False, limited_for=1.0) as twitch, entered(twitch, [], []) as room:
        twitch.faults = parse_faults(["limit=1"])
        waits = list[float]()
        for _ in range(2):
            with pytest.raises(Unavailable) as caught:
                await room.send("在的", to=None, key="k1")
            assert type(caught.value) is Unavailable
            waits.append(caught.value.retry_after or 0)
        assert 0 < waits[1] <= waits[0] <= 2
        assert (twitch.helix.patience.limited, twitch.helix.patience.impatient, twitch.says) == (1, 0, [])
        twitch.faults = parse_faults([])
        await asyncio.sleep(waits[1])
        assert (await room.send("在的", to=None, key="k1")).state == "sent"


async def test_read_only_it_never_speaks_and_needs_no_leave_to() -> None:
    async with TwitchSimulator([], ends=False) as twitch:
        twitch.grant.scopes = ("user:read:chat",)
        with pytest.raises(Rejected):
            await said(twitch, "在的", can_send=False)
        assert twitch.says == []
        with pytest.raises(LoginRequired, match="user:write:chat"):
            await said(twitch, "在的")


# ── the login ──────────────────────────────────────────────────────────────────


async def test_a_token_that_expires_is_renewed_on_the_same_socket() -> None:
    seen: list[StreamEvent] = []
    expire = parse_faults(["expire=0.4"])
    async with TwitchSimulator(recorded(200), speed=0.1, faults=expire) as twitch, entered(twitch, seen, []) as room:
        began = monotonic()
        while monotonic() - began < 1.5:
            assert (await room.send(f"{monotonic()}", to=None, key="k")).state == "sent"
            await asyncio.sleep(0.2)
        assert twitch.logins.renewed >= 2
        assert twitch.accepted == 1, "one socket for all that time"


async def test_many_at_once_renew_the_login_once() -> None:
    async with TwitchSimulator([], ends=False) as twitch, entered(twitch, [], []) as room:
        twitch.grant.until = 0.0  # it has expired
        async with asyncio.TaskGroup() as tasks:
            sends = [tasks.create_task(room.send(f"第{i}句", to=None, key=f"k{i}")) for i in range(10)]
        assert {send.result().state for send in sends} == {"sent"}
        assert twitch.logins.renewed == 1, "a refresh token is good for one renewal"


async def test_two_rooms_with_one_login_share_what_is_kept_in_the_file(tmp_path: Path) -> None:
    async with TwitchSimulator([], ends=False) as twitch:
        settings = twitch.settings | {"token_file": str(tmp_path / "twitch.json")}
        async with entered(twitch, [], [], **settings) as one, entered(twitch, [], [], **settings) as two:
            for room in (one, two):
                twitch.grant.until = 0.0 if room is one else twitch.grant.until
                assert (await room.send(f"{room}", to=None, key="k")).state == "sent"
        assert twitch.logins.renewed == 1


async def test_the_login_is_validated_each_hour_and_renewed_before_it_ends() -> None:
    async with TwitchSimulator([], ends=False, faults=parse_faults(["expire=0.4"])) as twitch, entered(twitch, [], [], validate_every=0.1):
        await wait_until(lambda: twitch.logins.asked >= 4 and twitch.logins.renewed >= 2)
        assert twitch.accepted == 1


async def test_a_login_that_is_taken_back_ends_the_session_within_the_hour() -> None:
    async def taken_back(twitch: TwitchSimulator) -> None:
        async with entered(twitch, [], [], validate_every=0.1):
            twitch.logins.revoke()
            await asyncio.sleep(5)

    async with TwitchSimulator([], ends=False) as twitch:
        with pytest.raises(LoginRequired):
            await taken_back(twitch)


async def test_a_send_that_finds_the_login_gone_was_not_said_and_ends_the_session() -> None:
    ended: list[LivebotError] = []
    async with TwitchSimulator([], ends=False) as twitch, entered(twitch, [], ended) as room:
        twitch.logins.revoke()
        with pytest.raises(Unavailable):
            await room.send("在的", to=None, key="k1")
        await wait_until(lambda: bool(ended))
        assert (type(ended[0]), twitch.says) == (LoginRequired, [])


async def test_renewed_tokens_outlive_a_restart_in_a_file_that_only_we_can_read(tmp_path: Path) -> None:
    file = tmp_path / "twitch.json"
    async with TwitchSimulator([], ends=False, faults=parse_faults(["expire=1"])) as twitch:
        before = twitch.settings
        await said(twitch, "在的", validate_every=3600, token_file=str(file))
        await wait_until(lambda: twitch.logins.renewed >= 1)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        kept = json.loads(file.read_text("utf-8"))
        assert kept["refresh_token"] == twitch.grant.refresh != before["refresh_token"]
        restarted = TwitchSettings.model_validate(before | {"token_file": str(file)})
        async with TwitchAdapter().connect(restarted, after=None):
            pass
        with pytest.raises(LoginRequired):  # without the file, the tokens in the settings are worthless by now
            async with TwitchAdapter().connect(TwitchSettings.model_validate(before), after=None):
                pass
        new = twitch.logins.grant(twitch.bot)  # whoever authorises anew is not held to the old file
        fresh = TwitchSettings.model_validate(restarted.model_dump() | {"access_token": new.access, "refresh_token": new.refresh})
        async with TwitchAdapter().connect(fresh, after=None):
            pass


WRONG: list[tuple[dict[str, Any], type[LivebotError], str]] = [
    ({"channel": "nobody_here"}, ConfigError, "nobody_here"),
    ({"client_id": "another-client"}, ConfigError, "client_id"),
    ({"access_token": "x", "refresh_token": None}, LoginRequired, "refresh_token"),
    ({"access_token": "x", "refresh_token": "y"}, LoginRequired, "HTTP 400"),
    ({"access_token": "x", "client_secret": "geheim"}, LoginRequired, "HTTP 403"),
    ({"token_file": "/nowhere/at/all.json"}, ConfigError, "/nowhere/at/all.json"),
    ({"eventsub_url": "ws://127.0.0.1:1/"}, Unavailable, "127.0.0.1:1"),
]


@pytest.mark.parametrize(("settings", "error", "words"), WRONG)
async def test_what_is_wrong_is_told_by_who_can_mend_it(settings: dict[str, Any], error: type[LivebotError], words: str) -> None:
    async with TwitchSimulator([], ends=False) as twitch:
        with pytest.raises(error) as caught:
            async with entered(twitch, [], [], **settings):
                pass
    assert words in caught.value.en + str(caught.value)
    assert "geheim" not in caught.value.en + caught.value.zh + str(caught.value)


GOOD = {"channel": "https://www.twitch.tv/My_Shop/", "client_id": "c", "access_token": "a"}
BAD: list[tuple[str, object]] = [
    ("channel", "我的店"),
    ("channel", ""),
    ("channel", "a/b"),
    ("access_token", ""),
    ("access_token", {"env": "NO_SUCH_X"}),
]
BAD += [
    ("keepalive", 5),
    ("validate_every", 7200),
    ("api_url", "ws://h"),
    ("eventsub_url", "http://h"),
    ("colour", "red"),
    ("client_id", "我"),
]


@pytest.mark.parametrize(("field", "value"), BAD)
def test_bad_settings_are_refused_by_name(field: str, value: object) -> None:
    assert TwitchSettings.model_validate(GOOD).channel == "my_shop"
    with pytest.raises(ValidationError) as caught:
        TwitchSettings.model_validate(GOOD | {field: value})
    assert {str(error["loc"][0]) for error in caught.value.errors()} == {field}


def test_what_it_can_do_depends_on_the_settings() -> None:
    adapter, settings = TwitchAdapter(), TwitchSettings.model_validate(GOOD)
    assert adapter.limits(settings).sends == (20, 30.0)
    assert adapter.limits(settings.model_copy(update={"moderator": True})).sends == (100, 30.0)
    mute = adapter.limits(settings.model_copy(update={"can_send": False}))
    assert (mute.can_send, mute.follow_up) == (False, "none")
    assert "'a'" not in repr(settings)
