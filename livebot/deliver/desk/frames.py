"""Server-sent events: what changed in one moment, put together once for all browsers that asked for the same kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

to_json = msgspec.json.Encoder(enc_hook=str).encode
Kinds = frozenset[str]
EVERYBODY = frozenset({"status"})  # told to whoever listens


@dataclass(slots=True)
class Frame:
    """What changed in one moment: kind → its JSON. reset: kinds that must be fetched anew. beat: sent also to who asked for none of it."""

    position: str
    parts: Mapping[str, bytes]
    reset: Kinds = frozenset()
    beat: bool = False
    _made: dict[Kinds, bytes] = field(default_factory=dict)

    def of(self, kinds: Kinds) -> bytes:
        """The event for who asked for these kinds; b"" where nothing in it is for them."""
        if kinds not in self._made:
            told = {kind: data for kind, data in self.parts.items() if kind in kinds or kind in EVERYBODY}
            if hit := self.reset & kinds:
                told["reset"] = to_json(sorted(hit))
            self._made[kinds] = event(self.position, told) if told or self.beat else b""
        return self._made[kinds]


def event(position: str, parts: Mapping[str, bytes]) -> bytes:
    """{"kind": …, …} with its position as the id."""
    body = b",".join(b'"' + kind.encode() + b'":' + data for kind, data in parts.items())
    return b"id: " + position.encode() + b"\ndata: {" + body + b"}\n\n"
