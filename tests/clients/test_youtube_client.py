"""Google's own API client finds its way about the practice YouTube."""

import json

from client_runs import Client

from livebot.simulate.recording import Line
from livebot.simulate.youtube import YouTubeSimulator

POLLING_S = 0.05


async def test_googles_client_reads_turns_pages_logs_in_speaks_and_comments(client_python: Client) -> None:
    lines = [Line(id=f"m{i}", t_ms=i, text=f"第{i}条😀", user=f"u{i}", name=f"名字{i}") for i in range(500)]
    async with YouTubeSimulator(lines, speed=None, polling=POLLING_S, ends=False) as youtube:
        given = {**youtube.settings, "api_key": youtube.key, "expect": len(lines), "polling": 2 * POLLING_S}
        told = await client_python("youtube_client.py", json.dumps(given))
        heard = {name: value for one in told for name, value in one.items()}
        assert heard["video"]["liveStreamingDetails"]["activeLiveChatId"] == youtube.chat.id
        assert heard["too_fast"] == [50, [403, "rateLimitExceeded"]]
        pages, texts = heard["heard"]
        assert [tuple(text) for text in texts] == [(line.id, line.text, line.name) for line in lines]
        assert pages == 3
        assert heard["without_login"][0] == 401
        assert heard["said"]["snippet"]["textMessageDetails"] == {"messageText": "在的"}
        assert heard["too_long"] == [400, "messageTextInvalid"]
        assert heard["commented"]["snippet"]["topLevelComment"]["snippet"]["textOriginal"] == "今天的汇总"
        assert [(say.room, say.text, say.key) for say in youtube.says] == [
            (youtube.chat.id, "在的", heard["said"]["id"]),
            ("video:livebotdemo", "今天的汇总", heard["commented"]["id"]),
        ]
        assert youtube.logins == 1
        assert youtube.units == 1 + 5 * 5 + 20 + 20 + 50
