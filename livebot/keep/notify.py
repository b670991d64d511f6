"""Tells systemd that livebot is ready, stopping or alive; without systemd it does nothing.

The protocol is one datagram to $NOTIFY_SOCKET (sd_notify(3)); the packages for it are unmaintained or wrap libsystemd, so it stands here.
"""

import os
import socket


def ready() -> bool:
    """Everything is open and at work."""
    return _tell("READY=1")


def stopping() -> bool:
    return _tell("STOPPING=1")


def watchdog() -> bool:
    """The loop turns; to be told more often than every half of WatchdogSec. Nothing happens where no watchdog was asked for."""
    wanted = os.environ.get("WATCHDOG_USEC", "") and os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return bool(wanted) and _tell("WATCHDOG=1")


def _tell(state: str) -> bool:
    """Whether it was handed over; a service manager that does not listen is no reason to fail."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    if address.startswith("@"):  # Linux's abstract namespace
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.setblocking(False)
            sock.sendto(state.encode(), address)
    except OSError:
        return False
    return True
