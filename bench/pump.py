"""A bridge server that costs as little as one can: a raw socket that pours comments out and notes when each `say` came back.

`python -m bench.pump RULES [greet]` (RULES 0: the talk of a shop's room) prints {"port"}, waits for a hello, prints {"connected"}, and then
obeys JSON lines: {"pour": N} sends N comments as fast as they are taken, {"pace": N, "rate": R, "journal": FILE} sends R a second and looks
for their decisions in the journal. Each line is answered by one. Times are monotonic seconds, which all processes of a machine share.
"""

import base64
import hashlib
import json
import random
import selectors
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from bench import material

CHUNK = 256  # frames in one write, when nothing is paced
LOOK_S = 0.001  # how often the journal is looked at, when it is


def frame(payload: bytes) -> bytes:
    """One text frame of a server."""
    size = len(payload)
    return (b"\x81" + bytes((size,)) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")) + payload


def frames(rules: int) -> Iterator[bytes]:
    """Comments as frames, without end; each has its own number as id, one of 5,000 viewers, and the time it was made."""
    dice = random.Random(3)
    made_up = (text for text, _ in material.comments(material.rules(rules), sys.maxsize)) if rules else material.room(sys.maxsize)
    for n, text in enumerate(made_up):
        viewer = dice.randrange(5000)
        user = f'{{"id":"u{viewer}","name":"观众{viewer}","roles":[]}}'
        body = f'{{"type":"comment","id":"c{n}","text":"{text}","user":{user},"t_ms":{int(time.time() * 1000)}}}'
        yield frame(body.encode())


@dataclass
class Seen:
    """What happened, in monotonic seconds."""

    first: float = 0.0  # comment written
    last: float = 0.0
    said: dict[str, float] = field(default_factory=dict)  # comment id → when its answer arrived
    written: list[float] = field(default_factory=list)  # by comment number, when paced
    decided: dict[str, float] = field(default_factory=dict)  # comment id → when its decision was seen in the journal


class Pump:
    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.seen = sock, Seen()
        self._in, self._out = bytearray(), bytearray()
        self._select = selectors.DefaultSelector()
        self._select.register(sock, selectors.EVENT_READ)

    def handshake(self) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            request += self.sock.recv(4096)
        key = next(line for line in request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key")).partition(b":")[2].strip()
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        self.sock.sendall(head + accept + b"\r\n\r\n")
        while not self._received(b'"hello"'):
            self._in += self.sock.recv(4096)
        self.sock.setblocking(False)
        self.write(frame(b'{"type":"welcome"}') + frame(b'{"type":"stream_started"}'))

    def _received(self, word: bytes) -> bool:
        return any(word in payload for _, payload in self._messages())

    def write(self, data: bytes) -> None:
        """Hands it to the kernel, and listens while that cannot take it."""
        self._out += data
        while self._out:
            try:
                del self._out[: self.sock.send(self._out)]
            except BlockingIOError:
                self._select.modify(self.sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
                ready = self._select.select(1.0)
                self._select.modify(self.sock, selectors.EVENT_READ)
                if any(events & selectors.EVENT_READ for _, events in ready):
                    self.hear()

    def listen(self, seconds: float) -> bool:
        """Hears what comes within so many seconds; False once the client has gone."""
        return not self._select.select(max(seconds, 0)) or self.hear()

    def hear(self) -> bool:
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        self._in += data
        now = time.monotonic()
        for opcode, payload in self._messages():
            if opcode == 9:
                self._out += bytes((0x8A, len(payload))) + payload
            elif opcode == 1 and (message := json.loads(payload))["type"] == "say":
                self.seen.said.setdefault(message.get("to", ""), now)
                self._out += frame(json.dumps({"type": "said", "key": message["key"], "id": "s" + message["key"]}).encode())
        if self._out:
            self.write(b"")
        return bool(data)

    def _messages(self) -> list[tuple[int, bytes]]:
        """Whole (opcode, payload) frames of a client."""
        found, at, data = [], 0, self._in
        while len(data) >= at + 6:
            size, start = data[at + 1] & 0x7F, at + 2
            if size == 126:
                size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            if len(data) < start + 4 + size:
                break
            mask, body = data[start : start + 4], data[start + 4 : start + 4 + size]
            found.append((data[at] & 0x0F, bytes(byte ^ mask[i & 3] for i, byte in enumerate(body))))
            at = start + 4 + size
        del data[:at]
        return found


class Watch:
    """Looks for decisions as any reader of the journal would see them: committed."""

    def __init__(self, path: str, seen: Seen) -> None:
        self._conn, self._seen, self._version, self._done = sqlite3.connect(path, isolation_level=None), seen, -1, 0

    def look(self) -> None:
        (version,) = self._conn.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        self._version = version
        (last,) = self._conn.execute("SELECT coalesce(max(seq), 0) FROM decisions").fetchone()
        if last > self._done:
            now = time.monotonic()
            rows = self._conn.execute("SELECT native_id FROM events WHERE seq > ? AND seq <= ? AND kind = 'comment'", (self._done, last))
            self._seen.decided.update((native, now) for (native,) in rows)
            self._done = last


def pour(pump: Pump, seen: Seen, source: list[bytes]) -> None:
    chunks = [b"".join(source[start : start + CHUNK]) for start in range(0, len(source), CHUNK)]
    seen.first = time.monotonic()
    for chunk in chunks:
        pump.write(chunk)
    seen.last = time.monotonic()


def pace(pump: Pump, seen: Seen, source: Iterator[bytes], rate: float, watch: Watch) -> None:
    """One comment every 1/rate seconds, none of them early; between them it listens and looks, and afterwards until all is decided."""
    began = seen.first = time.monotonic()
    for n, data in enumerate(source):
        while (wait := began + n / rate - time.monotonic()) > 0:
            pump.listen(min(wait, LOOK_S))
            watch.look()
        seen.written.append(time.monotonic())
        pump.write(data)
    seen.last = time.monotonic()
    while time.monotonic() < seen.last + 2:
        pump.listen(LOOK_S)
        watch.look()


def obey(pump: Pump, source: Iterator[bytes], order: dict[str, Any]) -> Seen:
    seen = pump.seen = Seen()
    if "pour" in order:
        pour(pump, seen, list(islice(source, order["pour"])))
    else:
        pace(pump, seen, islice(source, order["pace"]), order["rate"], Watch(order["journal"], seen))
    return seen


def greet(pump: Pump, source: Iterator[bytes]) -> Seen:
    """One question, and the time of its answer."""
    seen = pump.seen
    seen.first = time.monotonic()
    pump.write(next(islice(source, 5, None)))  # the sixth comment is a question
    while not seen.said and pump.listen(10.0):
        pass
    return seen


def main(rules: int, greets: bool) -> None:
    source = frames(rules)
    server = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"port": server.getsockname()[1]}), flush=True)
    sock, _ = server.accept()
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    pump = Pump(sock)
    pump.handshake()
    print(json.dumps({"connected": time.monotonic()}), flush=True)
    if greets:
        print(json.dumps(asdict(greet(pump, source))), flush=True)
    with selectors.DefaultSelector() as orders:
        orders.register(sys.stdin, selectors.EVENT_READ, None)
        orders.register(sock, selectors.EVENT_READ, pump)
        while True:
            for key, _ in orders.select():
                if key.data:
                    if not pump.hear():
                        return
                elif line := sys.stdin.readline():
                    print(json.dumps(asdict(obey(pump, source, json.loads(line)))), flush=True)
                else:
                    return


if __name__ == "__main__":
    main(int(sys.argv[1]), "greet" in sys.argv)
