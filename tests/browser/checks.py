"""What every page must stand up to."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page, rules: list[str] | None = None) -> None:
    """axe finds nothing, target sizes included; or nothing against the rules named."""
    page.evaluate(_axe())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found: dict[str, Any] = page.evaluate("only => axe.run(document, {runOnly: only})", only)
    violations = [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not violations, "\n".join(violations)


def assert_fits(page: Page, width: int = 320) -> None:
    """At this width the page needs no scrolling sideways."""
    page.set_viewport_size({"width": width, "height": 640})
    needed = page.evaluate("document.documentElement.scrollWidth")
    assert needed <= width, f"{page.url} needs {needed} pixels"


def tab_stops(page: Page, most: int = 100) -> list[str]:
    """What the Tab key reaches in order, by role and words; each must show its focus."""
    stops: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(_FOCUSED)
        if stop["words"] in ("body", *stops[:1]):
            break
        assert stop["seen"], f"nothing shows that {stop['words']} has the focus"
        stops.append(stop["words"])
    return stops


_FOCUSED = """() => {
  const it = document.activeElement
  if (it === document.body) return {words: 'body', seen: true}
  const style = getComputedStyle(it)
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || it.type === 'radio'
  const words = (it.labels?.[0]?.innerText || it.getAttribute('aria-label') || it.innerText || it.id).trim()
  return {words: it.tagName.toLowerCase() + ' ' + words.split('\\n')[0], seen}
}"""


@cache
def _axe() -> str:
    return AXE.read_text()
