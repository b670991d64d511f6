"""axe-core in a page: what it finds that would keep somebody out."""

from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
_RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations.filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => [one.id, ...one.nodes.slice(0, 5).map((node) => node.target + " " + node.any.map((a) => a.message))].join("; "));
}"""


async def violations(page: "Page") -> list[str]:
    """Serious and critical ones, each with where it is."""
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    await page.evaluate(source)
    found: Any = await page.evaluate(_RUN)
    return [str(one) for one in found]


async def in_every_way(page: "Page", ready: str) -> list[str]:
    """In both languages, on a phone and on a desk, each in light or dark; ready: what the page shows once it is filled.

    axe styles what it looks at: open the page with bypass_csp=True."""
    wrong = []
    for language in ("zh", "en"):
        await page.evaluate("language => localStorage.setItem('livebot.language', language)", language)
        await page.reload()
        await page.wait_for_selector(ready)
        for size, scheme in ((NARROW, "light"), (WIDE, "dark")) if language == "zh" else ((NARROW, "dark"), (WIDE, "light")):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong += [f"{language} {size['width']} {scheme} {one}" for one in await violations(page)]
    return wrong
