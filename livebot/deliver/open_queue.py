"""Which queue it is: the embedded server's, a server of the user's, or the journal itself."""

from pathlib import Path

from livebot.deliver.acts_journal import Journal
from livebot.deliver.queue import IssueQueue
from livebot.deliver.queue_journal import JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.errors import Unavailable
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.server_binary import available


def open_queue(url: str, stream: str, group: str, journal: Journal, embedded: EmbeddedValkey | None) -> IssueQueue:
    """The daemon's queue for `[redis] url`: "" is the embedded server (the journal where there is none), "journal:" the journal.

    Does not connect yet. Raises ConfigError for a URL that it cannot read.
    """
    if url == "journal:" or (not url and embedded is None):
        return JournalQueue(journal, group)
    return RedisQueue(url or (embedded.url if embedded else ""), stream, group)


def join_queue(url: str, stream: str, group: str, state_dir: Path, journal: Journal) -> IssueQueue:
    """The same queue from another process beside the daemon; raises Unavailable (with what to do) before a daemon has ever run here."""
    if url:
        return open_queue(url, stream, group, journal, None)
    try:
        return RedisQueue((state_dir / "redis.url").read_text().strip(), stream, group)
    except FileNotFoundError:
        if available() is not None:
            return JournalQueue(journal, group)
        raise Unavailable(
            f"{state_dir} 里还没有运行过 livebot，所以没有问题队列。先运行 livebot run。",
            f"livebot has never run in {state_dir}, so there is no issue queue yet. Start `livebot run` first.",
        ) from None
    except OSError as error:
        raise Unavailable(
            f"读不了 {state_dir / 'redis.url'}：{error.strerror}。请用启动 livebot 的同一个用户。",
            f"cannot read {state_dir / 'redis.url'}: {error.strerror}. Use the account that livebot runs under.",
        ) from None
