"""Patience with a page."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


async def becomes(true: Callable[[], Awaitable[Any]]) -> None:
    """Returns once it is true. A page's CSP forbids what wait_for_function does, unless the page was opened without it."""
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.05)
