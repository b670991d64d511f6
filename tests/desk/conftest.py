"""A real Chromium, and pages that remember what they complained of."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required", "--host-resolver-rules=MAP livebot.lan 127.0.0.1",
)  # fmt: skip
WHY_NOT = ""
if not CHROMIUM:
    WHY_NOT = "no chromium here: apt-get install chromium"
else:
    try:
        from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright
    except ImportError:
        WHY_NOT = "no playwright here: pip install -e '.[dev]'"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A suite of its own (`make pages`). Without a browser it skips, and says why; in CI it fails."""
    for item in items:
        if "/tests/desk/" in str(item.path):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)  # where the browser lives
            if WHY_NOT and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=WHY_NOT))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> "AsyncIterator[Browser]":
    """One for all tests."""
    assert not WHY_NOT, WHY_NOT
    async with async_playwright() as playwright:
        sandbox = os.name == "posix" and os.geteuid() != 0
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=sandbox)
        try:
            yield started
        finally:
            await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: "Browser") -> "AsyncIterator[Browser]":
    """`browser.new_context()` is a browser of somebody else, with nothing in it; all of them end with the test."""
    try:
        yield chromium
    finally:
        for context in chromium.contexts:
            await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: "Browser") -> "AsyncIterator[Callable[..., Awaitable[Page]]]":
    """`await open_page(url, **context)`: a page in a context of its own. No page may complain: errors, refused content, failed files."""
    complaints: list[str] = []

    async def opener(url: str, **context: object) -> "Page":
        made = await browser.new_context(locale="zh-CN", **context)  # type: ignore[arg-type]
        page = await made.new_page()
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}") if _matters(said) else None)
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if _is_broken(got.status, got.url) else None)
        await page.add_init_script("document.addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.blockedURI))")
        await page.goto(url)
        return page

    yield opener
    assert complaints == []


def _matters(said: "ConsoleMessage") -> bool:
    """What a page complains of; that an answer was 401, or livebot away, is no fault of it."""
    return said.type in {"error", "warning"} and not said.text.startswith("Failed to load resource")


def _is_broken(status: int, url: str) -> bool:
    return status >= 500 or (status >= 400 and "/static/" in url)
