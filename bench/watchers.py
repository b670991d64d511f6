"""Many browsers that watch the desk, as cheap as one can: `python -m bench.watchers PORT TOKEN COUNT` reads streams until a line comes in.

Prints {"watching"} once all of them heard their first frame, and at the end how much they heard and how old (ms) the comments were by then.
"""

import json
import selectors
import socket
import sys
import time

KINDS = "reply,issue,comment,stream"


def watch(port: int, token: str) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port))
    head = f"GET /api/v1/events?kinds={KINDS} HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    sock.sendall(head.encode())
    sock.setblocking(False)
    return sock


def ages(frame: bytes, now: float) -> list[float]:
    """How long ago its comments came in."""
    told = json.loads(frame.partition(b"data: ")[2]) if b'"comment"' in frame else {}
    return [now - one["at"] for one in told.get("comment", {}).get("comments", ())]


def main() -> None:
    port, token, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    waiting = selectors.DefaultSelector()
    first = None
    for _ in range(count):
        sock = watch(port, token)
        first = first or sock
        waiting.register(sock, selectors.EVENT_READ, bytearray())
    waiting.register(sys.stdin, selectors.EVENT_READ)
    silent, taken, frames, lost, old = count, 0, 0, 0, list[float]()
    while True:
        for key, _ in waiting.select():
            if key.fileobj is sys.stdin:
                old.sort()
                shown = {name: old[int(share * len(old))] if old else 0.0 for name, share in (("p50", 0.5), ("p95", 0.95))}
                print(json.dumps({"bytes": taken, "frames": frames, "lost": lost, "comments": len(old), **shown}), flush=True)
                return
            data = key.fileobj.recv(1 << 18)  # type: ignore[union-attr]
            now = time.time() * 1000
            taken += len(data)
            if not data:
                waiting.unregister(key.fileobj)
                lost += 1
            if not key.data and data:
                silent -= 1
                if silent == 0:
                    print(json.dumps({"watching": count}), flush=True)
            if key.fileobj is not first:
                key.data[:] = b"x"
                continue
            key.data.extend(data)  # one of them reads what it hears; the others only take it
            while (end := key.data.find(b"\n\n")) >= 0:
                frames += key.data[:end].count(b"data: ")
                old += ages(bytes(key.data[:end]), now)
                del key.data[: end + 2]
            key.data.extend(b"" if key.data else b" ")


if __name__ == "__main__":
    main()
