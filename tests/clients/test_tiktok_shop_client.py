"""What the practice TikTok Shop pushes, verified and parsed by the library of others; and what we verify is what it makes."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from client_runs import Client

from adapters.listening import listening
from adapters.pushed import Push, PushedRoom
from adapters.tiktok_shop import wire
from livebot.decide.events import StreamEvent
from livebot.simulate.faults import Faults
from livebot.simulate.recording import Line
from livebot.simulate.tiktok_shop import TikTokShopSimulator

LINES = [Line(id=f"m{n}", t_ms=n, text="x") for n in range(25)]


async def test_others_verify_and_parse_what_the_practice_platform_pushes(client_python: Client, tmp_path: Path) -> None:
    heard: list[Push] = []

    def judge(push: Push, now: int) -> Sequence[StreamEvent]:
        heard.append(push)
        return ()

    faults = Faults(forge=0.3, unknown=0.3, seed=4)
    async with TikTokShopSimulator(LINES, speed=None, faults=faults) as platform:
        settings = platform.settings
        async with listening(settings["listen"], settings["path"], PushedRoom(judge=judge)), asyncio.timeout(20):
            await platform.finished.wait()
    file = tmp_path / "heard.jsonl"
    told = [{"body": one.body.decode(), "signature": one.headers["authorization"]} for one in heard]
    file.write_text("".join(f"{json.dumps(one)}\n" for one in told), "utf-8")
    found = await client_python("tiktok_shop_client.py", platform.app_key, platform.app_secret, str(file))
    assert len(found) == len(heard) == 25 + platform.forged + platform.unknown
    assert sum(one.get("error") == "signature" for one in found) == platform.forged > 0
    known = [one for one in found if "error" not in one and one["event"] != "ActivityChangeWebhook"]
    assert [one["id"] for one in known] == platform.delivered
    orders = [one["order"] or one["packages"][0]["order_id_list"][0] for one in known]
    assert orders == [str(576460752303423488 + n // 5) for n in range(25)]
    kinds = {
        1: "OrderStatusChangeWebhook",
        4: "PackageUpdateWebhook",
        11: "CancellationStatusChangeWebhook",
        12: "ReturnStatusChangeWebhook",
    }
    assert [one["event"] for one in known] == [kinds[type_] for _, type_, _ in platform.told]
    assert not [one["error"] for one in found if one.get("error", "signature") != "signature"]
    ours = [wire.is_signed(one.headers["authorization"], platform.app_key, platform.app_secret, one.body) for one in heard]
    assert ours == ["error" not in one for one in found], "we believe what they believe, and nothing else"
