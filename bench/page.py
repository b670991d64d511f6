"""One real Chromium at the moderators' page, and how long it was busy at a stretch: what a hand that presses a key would wait."""

import os
import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from bench.daemon import Daemon

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
_WATCH = """() => new Promise((proved) => {
    window.busy = [];
    const observer = new PerformanceObserver((list) => {
        window.busy.push(...list.getEntries().map((one) => one.duration));
        if (proved) {  // that it sees a task of ours
            window.busy = [];
            proved = proved();
        }
    });
    observer.observe({ type: "longtask" });
    setTimeout(() => { for (const end = performance.now() + 80; performance.now() < end;); });
})"""


class Page:
    """`with Page(daemon) as page:` /desk is open in a browser, and has drawn what there was; without a Chromium nothing is."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon, self._stack = daemon, ExitStack()
        self._tab: Tab | None = None

    def __enter__(self) -> Self:
        if CHROMIUM:
            with ExitStack() as stack:
                self._tab = self._open(stack)
                self._stack = stack.pop_all()
        return self

    def _open(self, stack: ExitStack) -> "Tab":
        from playwright.sync_api import sync_playwright

        playwright = stack.enter_context(sync_playwright())
        sandbox = hasattr(os, "geteuid") and os.geteuid() != 0
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"], chromium_sandbox=sandbox)
        stack.callback(browser.close)
        tab = browser.new_page(locale="zh-CN")
        tab.goto(f"http://127.0.0.1:{self._daemon.desk}/login?next=/desk")
        tab.locator("input[name=name]").fill("bench")
        tab.locator("input[name=password]").fill(self._daemon.password)
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".now, .empty")
        tab.evaluate(_WATCH)
        return tab

    def longest(self) -> float | None:
        """Milliseconds of the longest task since it was opened (0: none was over 50); None without a browser."""
        return float(self._tab.evaluate("Math.max(0, ...window.busy)")) if self._tab else None

    def __exit__(self, *_: object) -> None:
        self._stack.close()
