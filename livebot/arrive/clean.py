"""What adapters yield, made fit for the journal: any event, however hostile its fields, keeps all of it that is good."""

from hashlib import blake2b

from msgspec.structs import replace

from livebot.decide.events import (
    Broken,
    Comment,
    CommentDeleted,
    Gap,
    Heartbeat,
    OrderUpdate,
    Settled,
    StreamEnded,
    StreamEvent,
    StreamStarted,
    Viewer,
)

LATEST_MS = 1 << 53  # what every JSON reader can hold; far beyond any instant
LONGEST_HEARTBEAT_S = 3600.0
DERIVED = "derived:"  # how an id begins that the platform does not know


def clean_event(event: object) -> StreamEvent:
    """The event as it can be journalled; Broken for what is none."""
    match event:
        case Comment():
            return clean(event)
        case Settled(key=key, state="sent" | "refused" as state, native_id=native, reason=reason):
            return Settled(key=text_of(key), state=state, native_id=clean_id(native) if native else None, reason=text_of(reason))
        case StreamStarted(planned_end=end):
            return event if _instant(end) == end else StreamStarted()
        case Heartbeat(every=every):
            good = isinstance(every, int | float) and 0 < every <= LONGEST_HEARTBEAT_S
            return event if good else Heartbeat()
        case Gap(since=since, until=until, reason=reason) if _instant(since) is not None and _instant(until) is not None:
            return Gap(since=since, until=until, reason=text_of(reason))
        case Broken(reason=reason, sample=sample):
            return Broken(reason=text_of(reason), sample=text_of(sample))
        case StreamEnded():
            return event
        case CommentDeleted(id=id_):
            return CommentDeleted(id=clean_id(id_)) if id_ else Broken(reason="a deleted comment without its id")
        case OrderUpdate():
            return _order(event)
        case _:
            return Broken(reason=f"no event: {type(event).__name__}")


def clean(comment: Comment) -> Comment:
    """The comment without what no database or wire can carry: lone surrogates and NULs become U+FFFD, fields of a wrong kind are left out.

    An id that is missing, or that would not survive, becomes one that is derived from the content, the same for the same comment.
    """
    if _is_fit(comment):
        return comment
    who = _viewer(comment.author)
    text, sent_at = text_of(comment.text), _instant(comment.sent_at)
    return replace(
        comment,
        id=clean_id(comment.id) or _derived(who.id or who.name, "" if sent_at is None else str(sent_at), text),
        text=text,
        author=who,
        sent_at=sent_at,
        reply_to=text_of(comment.reply_to) or None,
        product=text_of(comment.product) or None,
    )


def _order(update: OrderUpdate) -> StreamEvent:
    order, state, at = text_of(update.order), text_of(update.state), _instant(update.at)
    if not (order or state):
        return Broken(reason="an order's update without order and state")
    who, product = _viewer(update.buyer), text_of(update.product)
    id_ = clean_id(update.id) or _derived(order, state, who.id or who.name, product, "" if at is None else str(at))
    return OrderUpdate(id=id_, order=order, state=state, buyer=who, product=product, at=at)


def clean_id(id_: object) -> str:
    """An id that is the same for the same id and for no other; "" for none."""
    text = id_ if isinstance(id_, str) else text_of(id_)
    return text if not text or _is_clean(text) else _derived(text)


def text_of(value: object) -> str:
    """A string or a number as clean text, anything else as none."""
    if isinstance(value, str):
        return value if _is_clean(value) else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    return "" if isinstance(value, bool) or not isinstance(value, int | float) else str(value)


def _is_fit(comment: Comment) -> bool:
    author, id_, at = comment.author, comment.id, comment.sent_at
    try:
        fields = "".join((id_, comment.text, author.id, author.name, comment.reply_to or "", comment.product or "", *author.roles))
        return bool(id_) and _is_clean(fields) and type(author.roles) is tuple and (at is None or _instant(at) is not None)
    except (AttributeError, TypeError):
        return False  # a field of a wrong kind


def _viewer(author: object) -> Viewer:
    if not isinstance(author, Viewer):
        return Viewer()
    found: object = author.roles
    roles = [found] if isinstance(found, str) else found if isinstance(found, list | tuple | set) else []
    names = [name for name in map(text_of, roles) if name]
    return Viewer(id=text_of(author.id), name=text_of(author.name), roles=tuple(sorted(names) if isinstance(roles, set) else names))


def _is_clean(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _instant(value: object) -> int | None:
    return value if type(value) is int and abs(value) < LATEST_MS else None


def _derived(*parts: str) -> str:
    return DERIVED + blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
