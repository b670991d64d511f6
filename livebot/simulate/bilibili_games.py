"""The practice Bilibili's HTTP API: games are started, kept alive and ended by signed requests."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from livebot.keep.clock import now_ms
from livebot.simulate import bilibili_packets as packets
from livebot.simulate.faults import Faults
from livebot.simulate.patience import Patience
from livebot.simulate.play import Client

ROOM, ANCHOR = 4242, "anchor-open-id"
LARGEST_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the platform knows of the developer and of the streamer, and what it allows them (see BilibiliSimulator)."""

    access_key_id: str
    access_key_secret: str = field(repr=False)
    app_id: int
    code: str
    games: int
    game_ids: bool
    game_lives: float


@dataclass(slots=True, eq=False)
class Game:
    """One start: what its socket must show, and who listens to it. id is "" where the platform gives none."""

    id: str
    shown: dict[str, Any]
    timer: asyncio.TimerHandle | None = None
    closed: bool = False
    clients: list[Client] = field(default_factory=list)

    def live(self, seconds: float) -> None:
        """Until `close`, or until so much time went by."""
        self.stop_timer()
        self.timer = asyncio.get_running_loop().call_later(seconds, self.close)

    def close(self) -> None:
        """Nothing more is pushed, and whoever listens is told so."""
        self.stop_timer()
        self.closed = True
        for client in self.clients:
            client.news.set()

    def stop_timer(self) -> None:
        if self.timer:
            self.timer.cancel()


class Games:
    """`answer` is an aiohttp handler. calls: (path, code or HTTP status) of each request; patience: whether those who were told to
    wait did. socket_url: where a game is listened to."""

    def __init__(self, account: Account, faults: Faults) -> None:
        self.calls: list[tuple[str, int]] = []
        self.patience = Patience()
        self.socket_url = ""
        self._account, self.faults = account, faults
        self._all: list[Game] = []
        self._nonces: set[str] = set()

    @property
    def open(self) -> list[Game]:
        return [game for game in self._all if not game.closed]

    def shown(self, pass_: dict[str, Any] | None) -> Game | None:
        """The open game that this pass is for."""
        return next((game for game in self.open if game.shown == pass_), None)

    def stop(self) -> None:
        for game in self._all:
            game.stop_timer()

    async def answer(self, request: web.Request) -> web.Response:
        path, body, nth = request.path.removeprefix("/v2/app/"), await request.read(), len(self.calls)
        self.patience.tried()
        if self.faults.slow:
            await asyncio.sleep(self.faults.slow)
        for fault, status in (("limit", 429), ("failing", 503)):
            if self.faults.strikes(fault, getattr(self.faults, fault), nth):
                self.calls.append((path, status))
                self.patience.told(1)
                return web.Response(status=status, headers={"Retry-After": "1"})
        code, data = self._judged(request, path, body)
        self.calls.append((path, code))
        return web.json_response({"code": code, "message": packets.MESSAGES[code], "request_id": str(nth), "data": data})

    def _judged(self, request: web.Request, path: str, body: bytes) -> tuple[int, object]:
        now_s, account = now_ms() // 1000 + int(self.faults.skew), self._account
        key_id, secret = account.access_key_id, account.access_key_secret
        if code := packets.wrong(request.headers, body, key_id=key_id, secret=secret, now_s=now_s, nonces=self._nonces):
            return code, None
        answers = {"start": self._start, "heartbeat": self._heartbeat, "batchHeartbeat": self._batch_heartbeat, "end": self._end}
        if request.method != "POST" or path not in answers:
            return 4010, None
        asked = packets.read_object(body)
        return answers[path](asked) if asked is not None else (4000, None)

    def _start(self, asked: dict[str, Any]) -> tuple[int, object]:
        account = self._account
        if not isinstance(asked.get("code"), str) or type(asked.get("app_id")) is not int:
            return 4000, None
        if asked["app_id"] != account.app_id:
            return 8002, None
        if asked["code"] != account.code:
            return 7007, None
        if account.game_ids and len(self.open) >= account.games:
            return (7002 if account.games == 1 else 7010), None
        shown = {"roomid": ROOM, "protover": 2, "uid": 0, "key": uuid.uuid4().hex, "group": "open"}
        game = Game(str(uuid.uuid4()) if account.game_ids else "", shown)
        self._all.append(game)
        if game.id:
            game.live(account.game_lives)
        anchor = {"room_id": ROOM, "uname": "主播", "uface": "", "uid": 0, "open_id": ANCHOR, "union_id": ""}
        socket = {"auth_body": json.dumps(shown, separators=(",", ":")), "wss_link": [self.socket_url]}
        return 0, {"game_info": {"game_id": game.id}, "websocket_info": socket, "anchor_info": anchor}

    def _heartbeat(self, asked: dict[str, Any]) -> tuple[int, object]:
        id_ = asked.get("game_id")
        if not isinstance(id_, str) or not id_:
            return 4000, None
        for game in self.open:
            if game.id == id_:
                game.live(self._account.game_lives)
                return 0, {}
        return 7003, None

    def _batch_heartbeat(self, asked: dict[str, Any]) -> tuple[int, object]:
        ids = asked.get("game_ids")
        if not isinstance(ids, list) or not all(isinstance(id_, str) for id_ in ids):
            return 4000, None
        if len(ids) > LARGEST_BATCH or len(set(ids)) < len(ids):
            return (7004 if len(ids) > LARGEST_BATCH else 7005), None
        return 0, {"failed_game_ids": [id_ for id_ in ids if self._heartbeat({"game_id": id_})[0]] or None}

    def _end(self, asked: dict[str, Any]) -> tuple[int, object]:
        if asked.get("app_id") != self._account.app_id:
            return 8002, None
        for game in self.open:
            if game.id and game.id == asked.get("game_id"):
                game.close()
                return 0, {}
        return 7000, None
