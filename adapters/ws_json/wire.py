"""Any JSON to events by a mapping of dotted paths: pure, and never raises over what a server sends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from adapters.fields import comment_id, loaded, number_of, plausible, roles_of, sample, text_of
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer

Path = tuple[str, ...]
Wanted = tuple[tuple[Path, tuple[object, ...]], ...]
FURTHEST = 1e15
_ALIVE = (Heartbeat(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Where each field lies. A path is a tuple of keys (an index into a list is a key of digits); () means: not there.

    only, started, ended: messages in which every path holds one of the values. messages: the list of messages in a frame.
    decode: places whose string is JSON itself.
    """

    text: Path
    id: Path = ()
    user_id: Path = ()
    user_name: Path = ()
    roles: Path = ()
    t_ms: Path = ()
    time_unit: Literal["ms", "s"] = "ms"
    reply_to: Path = ()
    product: Path = ()
    only: Wanted = ()
    started: Wanted = ()
    ended: Wanted = ()
    messages: Path = ()
    decode: tuple[Path, ...] = field(default=())


def path_of(dotted: str) -> Path:
    """ "data.content" → ("data", "content"); raises ValueError for an empty step."""
    steps = tuple(dotted.split(".")) if dotted else ()
    if not all(steps):
        raise ValueError(dotted)
    return steps


def wanted_of(conditions: Mapping[str, object]) -> Wanted:
    return tuple((path_of(path), tuple(value) if isinstance(value, list | tuple) else (value,)) for path, value in conditions.items())


def read(frame: bytes | str, now: int, mapped: Mapped) -> Sequence[StreamEvent]:
    """The events in one frame, in order. A frame that holds nothing of interest is still a sign of life: one Heartbeat."""
    try:
        value = loaded(frame)
    except (ValueError, RecursionError):
        return (Broken(reason="not JSON", sample=sample(frame)),)
    for path in mapped.decode:
        if not _decode_in_place(value, path):
            return (Broken(reason=f"no JSON in {'.'.join(path)}", sample=sample(frame)),)
    if mapped.messages:
        value = _at(value, mapped.messages)
    messages = value if isinstance(value, list) else [] if value is None else [value]
    return [event for message in messages for event in _read_message(message, now, mapped, frame)] or _ALIVE


def _read_message(message: object, now: int, mapped: Mapped, frame: bytes | str) -> Iterator[StreamEvent]:
    if mapped.started and _matches(message, mapped.started):
        yield StreamStarted()
    elif mapped.ended and _matches(message, mapped.ended):
        yield StreamEnded()
    elif _matches(message, mapped.only):
        if text := text_of(_at(message, mapped.text)):
            yield _comment(message, text, now, mapped)
        elif mapped.only:
            yield Broken(reason=f"no text in {'.'.join(mapped.text)}", sample=sample(frame))


def _comment(message: object, text: str, now: int, mapped: Mapped) -> Comment:
    def word(path: Path) -> str:
        return text_of(_at(message, path)) if path else ""

    time = number_of(_at(message, mapped.t_ms)) if mapped.t_ms else None
    t_ms = None if time is None or abs(time) > FURTHEST else int(time * 1000 if mapped.time_unit == "s" else time)
    user, name = word(mapped.user_id), word(mapped.user_name)
    return Comment(
        id=comment_id(word(mapped.id), user or name, t_ms, text),
        author=Viewer(id=user, name=name, roles=roles_of(_at(message, mapped.roles)) if mapped.roles else ()),
        text=text,
        sent_at=plausible(t_ms, now),
        reply_to=word(mapped.reply_to) or None,
        product=word(mapped.product) or None,
    )


def _at(value: object, path: Path) -> Any:
    """The value at the end of the path, None where there is none."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isascii() and step.isdigit() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        else:
            return None
    return value


def _decode_in_place(value: object, path: Path) -> bool:
    """Replaces a string of JSON by what it holds; False where it holds none. A place that is not there is no fault."""
    holder = _at(value, path[:-1])
    text = holder.get(path[-1]) if isinstance(holder, dict) else None
    if isinstance(holder, dict) and isinstance(text, str):
        try:
            holder[path[-1]] = loaded(text)
        except (ValueError, RecursionError):
            return False
    return True


def _matches(message: object, wanted: Wanted) -> bool:
    """Every path holds one of its values; 1 and "1" are the same, True and 1 are not."""
    return all(_same(_at(message, path), values) for path, values in wanted)


def _same(found: object, values: tuple[object, ...]) -> bool:
    if isinstance(found, bool) or found is None:
        return any(found is value for value in values)
    return any(not isinstance(value, bool) and (found == value or text_of(found) == text_of(value) != "") for value in values)
