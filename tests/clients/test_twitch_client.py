"""The practice Twitch, heard and spoken to by PyPI's twitchAPI: subscribing, the chat, moving, sending, renewing the login."""

import json
from typing import Any

from client_runs import Client

from livebot.simulate.faults import parse_faults
from livebot.simulate.recording import Line
from livebot.simulate.twitch import TwitchSimulator

# twitchAPI knows what it has subscribed only once the answer has come: nothing is said in the first half second
LINES = [Line(id=f"m{i}", t_ms=500 + i * 20, text=f"第{i}条 😀", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(120)]


async def run(client: Client, twitch: TwitchSimulator, speaks: float = 0) -> list[dict[str, Any]]:
    return await client("twitch_client.py", json.dumps(twitch.settings), str(speaks))


def chat(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in told if "text" in one and one["user"] != "2002"]


async def test_it_subscribes_hears_the_chat_and_speaks(client_python: Client) -> None:
    async with TwitchSimulator(LINES) as twitch:
        told = await run(client_python, twitch)
        assert twitch.closes == [], "it did nothing that Twitch forbids, and the practice Twitch allowed what Twitch allows"
    assert {one["id"]: one["text"] for one in chat(told)} == {line.id: line.text for line in LINES}
    assert [one for one in told if "online" in one] == [{"online": "b-1", "kind": "live"}]
    assert told[-1] == {"offline": "1001"}
    ours = {"id": "bot-1", "user": "2002", "name": "livebot", "text": "第0句", "parent": "m0"}
    assert ours in told
    assert {"sent": True, "message": "bot-1", "reason": None} in told
    assert [(say.text, say.to, say.outcome) for say in twitch.says] == [("第0句", "m0", "said")]


async def test_it_is_moved_and_hears_everything_once(client_python: Client) -> None:
    async with TwitchSimulator(LINES, faults=parse_faults(["reconnect=25", "unknown=0.1"])) as twitch:
        told = await run(client_python, twitch)
        assert (twitch.accepted, twitch.subscribing) == (5, 4), "four moves, and nothing subscribed anew"
    assert sorted(one["id"] for one in chat(told)) == sorted(line.id for line in LINES)


async def test_its_login_expires_and_is_renewed(client_python: Client) -> None:
    async with TwitchSimulator(LINES, faults=parse_faults(["expire=1"])) as twitch:
        told = await run(client_python, twitch, speaks=2)
        assert twitch.accepted == 1
        assert twitch.logins.renewed >= 1
    assert {"renewed": True} in told
    assert all(one["sent"] for one in told if "sent" in one)


async def test_it_is_told_what_was_refused(client_python: Client) -> None:
    async with TwitchSimulator(LINES[:30], faults=parse_faults(["refuse"])) as twitch:
        told = await run(client_python, twitch)
    assert {"sent": False, "message": "", "reason": "msg_rejected"} in told
    assert [say.outcome for say in twitch.says] == ["refused"]
