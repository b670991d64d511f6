"""Where the desk listens, and by which names it may be called: this computer alone until there is an account."""

import ipaddress
import re
from collections.abc import Iterable
from typing import Final

from livebot.errors import ConfigError, Problem, Unavailable

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_LISTEN: Final = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^\[\]:/\s]+):(\d{1,5})")


def address(listen: str) -> tuple[str, int]:
    """ "[::1]:8787" → ("::1", 8787); raises ConfigError for what is no address."""
    parts = _LISTEN.fullmatch(listen)
    if parts is None or int(parts[2]) > 65535:
        zh, en = f"看不懂 {listen!r}，应写成 127.0.0.1:8787", f"cannot read {listen!r}; write 127.0.0.1:8787"
        raise ConfigError([Problem(file="config.toml", table="desk", field="listen", zh=zh, en=en)])
    return parts[1].strip("[]"), int(parts[2])


def is_loopback(host: str) -> bool:
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.lower() == "localhost"
    return found.is_loopback or bool(isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped and found.ipv4_mapped.is_loopback)


def hosts(names: Iterable[str], own: str, port: int) -> frozenset[str]:
    """The Host headers that are meant for us: this computer's names, those of the configuration, and `own`, the address that a connection
    reached. A name that is not ours is a page elsewhere that tries to reach in; an address cannot be lent to anybody."""
    here = f"[{own}]" if ":" in own else own
    known = {name.lower() for name in (*LOOPBACK, here, *names) if name}
    whole = {name for name in known if ":" in name and not name.startswith("[")}  # a name with its port, as behind a proxy
    return frozenset((*(f"{name}:{port}" for name in known), *(known if port in {80, 443} else whole)))


def taken(listen: str, error: OSError) -> Unavailable:
    """The error of a port that cannot be had."""
    reason = error.strerror or str(error)
    return Unavailable(
        f'{listen} 打不开（{reason}）：可能有别的程序在用。在配置里换一个 [desk] listen，或写 "" 关掉；其他功能不受影响。',
        f'cannot listen on {listen} ({reason}); another program may use it. Set another [desk] listen, or "" for none. All else goes on.',
    )
