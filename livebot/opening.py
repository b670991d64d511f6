"""From a configuration to an App with everything open: lock, journal, rules, queue, rooms."""

from contextlib import AsyncExitStack, closing, suppress
from functools import partial
from pathlib import Path

from livebot.app import App
from livebot.arrive import registry
from livebot.arrive.adapter import Capabilities
from livebot.arrive.intake import Intake
from livebot.config import Config, Privacy, RoomConfig
from livebot.decide.guard import judge
from livebot.decide.limits import Window
from livebot.decide.matching import Matcher
from livebot.decide.memory import MergeLimits
from livebot.decide.session import RoomPolicy
from livebot.deliver.desk.clocks import Clocks, stamp_of
from livebot.deliver.desk.inbox import Inbox
from livebot.deliver.desk.moderation import Moderation, Rules
from livebot.deliver.desk.parts import Desk
from livebot.deliver.followups import Chat, FollowUps
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.open_journal import open_journal
from livebot.deliver.open_queue import open_queue
from livebot.deliver.promising import Promising
from livebot.deliver.replies import Replies
from livebot.deliver.second_opinions import SecondOpinions
from livebot.deliver.token import NAME as TOKEN
from livebot.deliver.token import local_token
from livebot.engine import Engine
from livebot.errors import ConfigError, Problem
from livebot.keep import accounts, clock, freeze, second_model
from livebot.keep.accounts import Accounts
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.erasure import sweep
from livebot.keep.journal import Journal
from livebot.keep.lock import FolderLock
from livebot.keep.rulefiles import RuleWatch
from livebot.keep.seal import KeyedSealer
from livebot.keep.server_binary import available
from livebot.keep.supervisor import Status


async def open_app(stack: AsyncExitStack, config: Config, file: Path) -> App:
    """Opens everything that `config` names, to be closed with `stack`. Raises ConfigError, or Unavailable where another has the folder."""
    if not config.rooms:
        zh = "没有配置直播间：至少要有一个 [[rooms]]，写上 name 和 adapter。"
        en = "there is no room: write at least one [[rooms]] with a name and an adapter."
        raise ConfigError([Problem(file=str(file), table="rooms", zh=zh, en=en)])
    folder = config.state.dir
    stack.enter_context(FolderLock(folder))
    rules = RuleWatch(config.rules.packs, config.rules.variables, file.parent)
    journal = await open_journal(stack, folder)
    embedded = EmbeddedValkey(folder) if config.redis.url == "" and available() is None else None
    queue = open_queue(config.redis.url, config.redis.stream, config.redis.group, journal, embedded)
    stack.push_async_callback(queue.close)
    statuses = {room.name: _status(journal, room.name) for room in config.rooms}
    intakes = await _open_rooms(config, file, journal, statuses)
    policies = {room.name: _policy(config, room, intakes[room.name].capabilities) for room in config.rooms if room.name in intakes}
    engine = Engine(journal=journal, matcher=_warmed_up(Matcher(rules.rulebook)), policies=policies)
    replies = Replies(
        journal=journal,
        budget=Window(config.replies.budget_per_minute, 60.0),
        frozen=partial(freeze.pressed, folder),
        facts=lambda: engine.matcher.rulebook.facts,
        promises=config.promises.of_shop(),
        withheld=engine.withheld,
    )
    sla = config.sla.of_shop()
    inbox = Inbox(queue, sla)
    followups = FollowUps(
        journal=journal,
        rulebook=lambda: engine.matcher.rulebook,
        queue=queue,
        chats={room.name: _chat(room, intakes[room.name].capabilities) for room in config.rooms if room.name in intakes},
        folder=folder / "followups",
        webhook=config.followups.webhook,
        quiet_hours=config.followups.quiet_hours,
        shop=config.rules.variables.get("shop", ""),
        promises=config.promises.of_shop(),
        mode=engine.mode,
    )
    second = SecondOpinions(journal, lambda: engine.matcher, config.rules.second_opinion) if _second(config) else None
    promising = Promising(journal, lambda: engine.matcher.rulebook.facts, config.promises.of_shop())
    publisher = IssuePublisher(journal, queue, {room.name: room.adapter for room in config.rooms})
    retention = partial(_sweep, journal, config.privacy)
    desk = None
    if config.desk.listen:
        desk = Desk(
            journal=journal,
            queue=queue,
            accounts=stack.enter_context(closing(Accounts(folder / accounts.NAME))),
            folder=folder,
            listen=config.desk.listen,
            names=config.desk.names,
            local=_token(folder),
            rooms=tuple(intakes),
            facts=lambda: engine.matcher.rulebook.facts,
            moderation=_moderation(config, file, engine),
            inbox=inbox,
        )
    return App(
        journal=journal,
        engine=engine,
        replies=replies,
        publisher=publisher,
        queue=queue,
        followups=followups,
        clocks=Clocks(inbox, journal.producer, stamp_of(sla), config.followups.webhook),
        promising=promising,
        rules=rules,
        embedded=embedded,
        intakes=intakes,
        desk=desk,
        statuses=statuses,
        retention=retention,
        second=second,
    )


def _warmed_up(matcher: Matcher) -> Matcher:
    """What is made when it is first needed is made now, before anybody waits for it."""
    matcher.fresh("请问1号kuai递几天到, 138? how much")
    judge("请看商品页, OK?")
    return matcher


def _moderation(config: Config, file: Path, engine: Engine) -> Moderation:
    return Moderation(
        journal=engine.journal,
        policies=engine.policies,
        facts=lambda: engine.matcher.rulebook.facts,
        match=lambda text: engine.matcher.match(text),
        undo=config.desk.undo,
        book=lambda: engine.matcher.rulebook,
        rules=Rules(packs=config.rules.packs, variables=config.rules.variables, base=file.parent),
    )


def _token(folder: Path) -> str:
    try:
        return local_token(folder)
    except OSError as error:
        zh, en = f"写不了：{error.strerror}", f"cannot be written: {error.strerror}"
        raise ConfigError([Problem(file=str(folder / TOKEN), zh=zh, en=en)]) from error


def _sweep(journal: Journal, privacy: Privacy) -> int:
    sealer = journal.sealer
    assert isinstance(sealer, KeyedSealer)
    return sweep(journal, sealer, clock.now_ms(), privacy.comments_days, privacy.issues_days)


async def _open_rooms(config: Config, file: Path, journal: Journal, statuses: dict[str, Status]) -> dict[str, Intake]:
    """A room whose adapter or settings are wrong is parked with its reason; the others open."""
    rows = [(room.name, room.adapter) for room in config.rooms]
    sql = "INSERT INTO rooms (name, platform) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET platform = excluded.platform"
    await journal.write(lambda conn: conn.executemany(sql, rows))
    intakes = {}
    for room in config.rooms:
        try:
            adapter = registry.load(room.adapter, file=str(file), room=room.name)
            settings = registry.settings(adapter, room.settings, file=str(file), room=room.name)
        except ConfigError as error:
            statuses[room.name].park(error)
            continue
        intakes[room.name] = Intake(
            name=room.name,
            adapter=adapter,
            config=settings,
            capabilities=registry.limits(adapter, settings),
            journal=journal,
            status=statuses[room.name],
            catch_up=config.replies.expiry,
        )
    return intakes


def room_policies(config: Config, file: Path) -> dict[str, RoomPolicy]:
    """How livebot may behave in each room, for those who work beside the daemon; a room that would be parked is left out."""
    policies = {}
    for room in config.rooms:
        with suppress(ConfigError):
            adapter = registry.load(room.adapter, file=str(file), room=room.name)
            settings = registry.settings(adapter, room.settings, file=str(file), room=room.name)
            policies[room.name] = _policy(config, room, registry.limits(adapter, settings))
    return policies


def _status(journal: Journal, room: str) -> Status:
    def changed(status: Status) -> None:
        row = (status.state, status.detail, room)
        _ = journal.submit(lambda conn: conn.execute("UPDATE rooms SET status = ?, detail = ? WHERE name = ?", row))

    return Status(room, changed=changed)


def _second(config: Config) -> bool:
    return config.rules.second_opinion > 0 and second_model.available()


def _chat(room: RoomConfig, can: Capabilities) -> Chat:
    return Chat(mode=room.mode, can_send=can.can_send, max_chars=can.max_chars, unit=can.unit, follow_up=can.follow_up)


def _policy(config: Config, room: RoomConfig, can: Capabilities) -> RoomPolicy:
    return RoomPolicy(
        mode=room.mode,
        expiry=config.replies.expiry,
        delay=room.delay,
        max_chars=can.max_chars,
        unit=can.unit,
        can_send=can.can_send,
        follow_ups=config.followups.enabled,
        second=_second(config),
        promises=config.promises.of_shop(),
        merging=MergeLimits(**config.merging.model_dump()),
    )
