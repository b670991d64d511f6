"""The types of what conftest.py gives to tests."""

from collections.abc import Awaitable, Callable

from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]
Waiter = Callable[..., Awaitable[None]]
