"""What the queue is made of in Redis: the names of its keys, and the scripts that alone change them."""

from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path
from typing import Any

from redis.exceptions import NoScriptError

from livebot.deliver.redis_client import Client
from livebot.errors import ConfigError, Problem


class Script:
    """A file of livebot/deliver/lua, sent whole only when the server does not know it yet."""

    def __init__(self, name: str) -> None:
        self.text = (Path(__file__).parent / "lua" / f"{name}.lua").read_text("utf-8")
        self.sha = sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, client: Client, keys: Sequence[str], *args: str | bytes | int) -> Any:
        try:
            return await client.evalsha(self.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await client.eval(self.text, len(keys), *keys, *args)


class Keys:
    """The names in Redis. All share the hash slot of the stream, so that scripts work in a Cluster."""

    def __init__(self, stream: str) -> None:
        tag = stream.partition("{")[2].partition("}")
        if not stream or (("{" in stream or "}" in stream) and not (tag[0] and tag[1])):
            raise ConfigError(
                [
                    Problem(
                        file="config.toml",
                        table="redis",
                        field="stream",
                        zh=f"队列名 {stream!r} 不能用：不能为空，花括号只能成对地用作 hash tag，例如 livebot:issues",
                        en=f"the stream cannot be called {stream!r}: braces may only be a hash tag. For example livebot:issues",
                    )
                ]
            )
        self.prefix = stream if tag[0] else f"{{{stream}}}"
        self.stream = stream
        self.producers, self.all, self.open = (f"{self.prefix}:{name}" for name in ("producers", "all", "open"))
        self.dead, self.reminders, self.updates = (f"{self.prefix}:{name}" for name in ("dead", "reminders", "updates"))
        self.changed, self.turn, self.receipts = (f"{self.prefix}:{name}" for name in ("changed", "turn", "receipts"))
        self.places, self.alarms, self.clocks = (f"{self.prefix}:{name}" for name in ("places", "alarms", "clocks"))
        self.words, self.facets, self.indexed = (f"{self.prefix}:{name}" for name in ("words", "facets", "indexed"))
        self.pages = f"{self.prefix}:pages"

    def issue(self, issue_id: str) -> str:
        return f"{self.prefix}:issue:{issue_id}"

    def history(self, issue_id: str) -> str:
        return f"{self.prefix}:history:{issue_id}"

    def reminded(self, issue_id: str) -> str:
        return f"{self.prefix}:reminded:{issue_id}"

    def inbox(self, name: str) -> str:
        """The sorted set of the issues of which something is so, such as "open:state:verifying"."""
        return f"{self.prefix}:in:{name}"
