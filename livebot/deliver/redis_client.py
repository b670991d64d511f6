"""A connection to any Redis (single, unix socket, Sentinel, Cluster) that never repeats a write by itself."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from livebot.errors import ConfigError, Problem

ANSWER_S = 5.0  # a server that is silent for longer is taken for dead
CONNECT_S = 2.0
Client = Any  # Redis | RedisCluster: their types agree in no method


def connect(url: str, *, blocking: bool = False) -> Client:
    """A lazy client for redis://, rediss://, unix://, redis+sentinel://host:port,…/service/db and redis+cluster://host:port,….

    `blocking` clients have no read timeout (theirs is the command's own). Raises ConfigError for a URL it cannot read.
    """
    options: dict[str, Any] = {
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": None if blocking else ANSWER_S,
        "socket_connect_timeout": CONNECT_S,
        "decode_responses": True,
        "encoding_errors": "replace",
        "protocol": 2,
    }
    try:
        scheme, plus, flavour = urlsplit(url).scheme.partition("+")
        if plus and flavour in {"sentinel", "cluster"} and scheme in {"redis", "rediss"}:
            options["ssl"] = scheme == "rediss"
            return _sentinel(url, options) if flavour == "sentinel" else _cluster(url, options)
        if plus or scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("unknown scheme")
        return Redis.from_url(url, **options)
    except (ValueError, RedisError) as error:
        raise ConfigError(
            [
                Problem(
                    file="config.toml",
                    table="redis",
                    field="url",
                    zh=f"看不懂这个地址：{redacted(url)}。例如 redis://127.0.0.1:6379/0，留空则用内置的 Valkey（{error}）",
                    en=f"cannot read this address: {redacted(url)}. For example redis://127.0.0.1:6379/0; "
                    f"empty means the embedded Valkey ({error})",
                )
            ]
        ) from None


async def close(client: Client) -> None:
    """Closes the client, and the connections to Sentinels that it opened and would forget."""
    await client.aclose()
    manager = getattr(getattr(client, "connection_pool", None), "sentinel_manager", None)
    for sentinel in manager.sentinels if manager else ():
        await sentinel.aclose()


def redacted(url: str) -> str:
    """The URL without its password, for messages."""
    return re.sub(r"(password=)[^&]*", r"\1***", re.sub(r"//([^/@:]*):[^/@]*@", r"//\1:***@", url))


def _hosts(url: str, port: int) -> tuple[list[tuple[str, int]], dict[str, Any], list[str]]:
    """Addresses, credentials and path parts of a URL with several hosts."""
    parts = urlsplit(url)
    user, at, places = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    hosts = []
    for place in places.split(","):
        host, colon, digits = place.rpartition(":") if not place.endswith("]") else (place, "", "")
        hosts.append(((host if colon else place).strip("[]"), int(digits) if colon else port))
    if not all(host for host, _ in hosts):
        raise ValueError("no host")
    login = {"username": unquote(name) or None, "password": unquote(password) or None} if at else {}
    return hosts, login, [unquote(part) for part in parts.path.split("/") if part]


def _sentinel(url: str, options: dict[str, Any]) -> Client:
    hosts, login, path = _hosts(url, 26379)
    if not path:
        raise ValueError("no service name, as in redis+sentinel://host:26379/mymaster")
    # the sentinels themselves are asked without the data nodes' login
    asked = {key: value for key, value in options.items() if key != "socket_timeout"} | {"socket_timeout": CONNECT_S}
    sentinel = Sentinel(hosts, sentinel_kwargs=asked, **options, **login)  # type: ignore[no-untyped-call]
    return sentinel.master_for(path[0], db=int(path[1]) if len(path) > 1 else 0)


def _cluster(url: str, options: dict[str, Any]) -> Client:
    hosts, login, _ = _hosts(url, 6379)
    return RedisCluster(startup_nodes=[ClusterNode(host, port) for host, port in hosts], **options, **login)
