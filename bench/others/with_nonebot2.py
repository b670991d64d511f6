"""nonebot2: one matcher a rule (keyword or regex), events through handle_event as its adapters hand them over."""

import asyncio
import time
from typing import Any

import nonebot
from contest import Rule, task, tell
from nonebot import on_message, on_regex
from nonebot.adapters import Adapter, Bot, Event, Message, MessageSegment
from nonebot.message import handle_event
from nonebot.rule import keyword

hits = 0


class BenchSegment(MessageSegment["BenchMessage"]):
    @classmethod
    def get_message_class(cls) -> type["BenchMessage"]:
        return BenchMessage

    def __str__(self) -> str:
        return str(self.data["text"])

    def is_text(self) -> bool:
        return True


class BenchMessage(Message[BenchSegment]):
    @classmethod
    def get_segment_class(cls) -> type[BenchSegment]:
        return BenchSegment

    @staticmethod
    def _construct(msg: str) -> Any:
        yield BenchSegment("text", {"text": msg})


class BenchEvent(Event):
    text: str

    def get_type(self) -> str:
        return "message"

    def get_event_name(self) -> str:
        return "message"

    def get_event_description(self) -> str:
        return self.text

    def get_user_id(self) -> str:
        return "u1"

    def get_session_id(self) -> str:
        return "u1"

    def get_message(self) -> BenchMessage:
        return BenchMessage(self.text)

    def is_tome(self) -> bool:
        return False


class BenchAdapter(Adapter):
    @classmethod
    def get_name(cls) -> str:
        return "bench"

    async def _call_api(self, bot: Bot, api: str, **data: Any) -> Any:
        return None


class BenchBot(Bot):
    async def send(self, event: Event, message: Any, **kwargs: Any) -> Any:
        return None


async def handled() -> None:
    global hits
    hits += 1


def register(rules: list[Rule]) -> None:
    for rule in rules:
        if rule["words"]:
            first, second = rule["words"]
            matcher = on_message(rule=keyword(first) & keyword(second), priority=1, block=True)
        else:
            matcher = on_regex(rule["pattern"], priority=1, block=True)
        matcher.handle()(handled)


async def run(comments: list[str], seconds: float) -> tuple[int, float]:
    bot = BenchBot(BenchAdapter(nonebot.get_driver()), "bench")
    began = time.perf_counter()
    done = 0
    for text in comments:
        await handle_event(bot, BenchEvent(text=text))
        done += 1
        if time.perf_counter() - began > seconds:
            break
    return done, time.perf_counter() - began


if __name__ == "__main__":
    rules, comments, seconds = task()
    nonebot.init(driver="~none", log_level="ERROR")
    register(rules)
    tell("nonebot2", *asyncio.run(run(comments, seconds)), hits)
