"""npm bilibili-live-ws, which we did not write, hears the practice Bilibili: messages, compressed batches, heartbeats, the end."""

from typing import Any

import pytest
from client_runs import Client

from livebot.simulate.bilibili import BilibiliSimulator
from livebot.simulate.recording import Line

LINES = [Line(id=f"m{i}", t_ms=i, text=f"第{i}条，有货吗", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(60)]


@pytest.mark.parametrize("compression", ["none", "zlib", "brotli"])
async def test_it_hears_all_that_is_played(client_node: Client, compression: Any) -> None:
    if compression == "brotli":
        pytest.importorskip("brotli")
    async with BilibiliSimulator(LINES, speed=None, compression=compression) as platform:
        settings = platform.settings
        names = ("api_url", "access_key_id", "access_key_secret", "app_id", "code")
        told = await client_node("bilibili_client.mjs", *(str(settings[name]) for name in names), str(len(LINES)))
        heard = [value for what, value in told if what == "LIVE_OPEN_PLATFORM_DM"]
        heard.sort(key=lambda one: int(one["msg_id"][1:]))  # it inflates several frames at once, and tells of them as they are done
        assert [(one["msg_id"], one["msg"], one["open_id"], one["uname"]) for one in heard] == [
            (line.id, line.text, line.user, line.name) for line in LINES
        ]
        kinds = [what for what, _ in told]
        assert kinds[0] == "live", "the pass that start gave was taken"
        assert "error" not in kinds
        assert {"LIVE_OPEN_PLATFORM_LIVE_START", "LIVE_OPEN_PLATFORM_LIVE_END", "LIVE_OPEN_PLATFORM_INTERACTION_END"} <= set(kinds)
        assert kinds[-1] == "closed"
        found = dict(map(tuple, told))
        assert (found["heartbeat"], found["asked again"]) == (1, 1)
        assert (found["kept"], found["ended"]) == (0, 0)
        assert found["kept in a batch"] == {"failed_game_ids": ["none"]}
        assert platform.beats >= 2, "one right after the pass, one when it was asked for"
        assert platform.games.calls == [("start", 0), ("heartbeat", 0), ("batchHeartbeat", 0), ("end", 0)]
