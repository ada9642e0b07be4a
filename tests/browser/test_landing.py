"""Arriving at a claim and going back in a real browser: cold, from the claim's page and from another article's note."""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.looking import window
from tests.conftest import BuiltSite

pytestmark = pytest.mark.browser
WIDTHS = ((360, 740), (768, 1024), (1440, 900))
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
SIZE = pytest.mark.parametrize("size", WIDTHS, ids=lambda size: str(size[0]))
LANDED = """id => {
  const mark = document.getElementById(id), box = mark.getClientRects()[0];
  return {top: box.top, bar: document.querySelector('.reading-bar').getBoundingClientRect().bottom, height: innerHeight,
          ground: getComputedStyle(mark).backgroundColor};
}"""
HIGH = "link => { link.scrollIntoView({block: 'start'}); scrollBy(0, -100); }"
WHERE = "link => [scrollY, link.getBoundingClientRect().top]"


@pytest.fixture(scope="module")
def rows(five: BuiltSite) -> list[dict[str, Any]]:
    """The claims of the five seeds, as the site's data has them."""
    return list(json.loads((five.out / "data" / "claims.json").read_text(encoding="utf-8")))


@pytest.fixture
def page(browser: Any, size: tuple[int, int], script: bool) -> Iterator[Any]:
    with window(browser, size, java_script_enabled=script) as opened:
        yield opened


def landed(page: Any, claim: str) -> bool:
    """Whether the claim's first line stands below the header in the upper half, and is marked: at once, or on a busy machine soon."""
    page.wait_for_load_state()
    for _ in range(20):
        page.wait_for_timeout(50)
        found = page.evaluate(LANDED, claim)
        if found["bar"] - 1 <= found["top"] < found["height"] / 2 and found["ground"] != "rgba(0, 0, 0, 0)":
            return True
    return False


def there_and_back(page: Any, link: Any) -> tuple[list[float], list[float]]:
    """Follow a link and go back; return where page and link stood before and after.

    What a reader sees is the link's place in the window. The page's may differ: a face that came late the first time is here the
    second, and lines above break anew.
    """
    before = link.evaluate(WHERE)
    claim = link.get_attribute("href").split("#")[1]
    link.click()
    assert landed(page, claim), claim
    page.go_back()
    page.wait_for_load_state()
    page.wait_for_timeout(100)
    return before, link.evaluate(WHERE)


@SCRIPT
@SIZE
def test_a_claim_lands_marked_in_the_upper_half(page: Any, served: str, rows: list[dict[str, Any]]) -> None:
    for row in rows[:: len(rows) // 4]:
        page.goto("about:blank")
        page.goto(f"{served}articles/{row['article']}/#{row['id']}")
        assert landed(page, row["id"]), row["id"]


@SCRIPT
@SIZE
def test_from_a_claims_page_to_its_article_and_back(page: Any, served: str, rows: list[dict[str, Any]]) -> None:
    scrolled = 0
    for row in rows[:: len(rows) // 3]:
        page.goto(f"{served}claims/{row['id']}/")
        link = page.locator(f"main a[href$='articles/{row['article']}/#{row['id']}']").last
        link.evaluate(HIGH)
        before, after = there_and_back(page, link)
        scrolled += before[0] > 0
        assert after[1] == pytest.approx(before[1], abs=1), row["id"]
    assert scrolled > 1


@pytest.mark.parametrize(("size", "script"), [(WIDTHS[0], True), (WIDTHS[2], True), (WIDTHS[2], False)], ids=["360", "1440", "no-script"])
def test_from_a_note_to_another_article_and_back(page: Any, served: str, rows: list[dict[str, Any]]) -> None:
    """Notes far from the window are not laid out, yet the one that was left stands where it stood."""
    for article in sorted({row["article"] for row in rows}):
        claim = [row["id"] for row in rows if row["article"] == article and row["relations"]][-1]
        page.goto("about:blank")
        page.goto(f"{served}articles/{article}/")
        link = page.locator(f"#n-{claim} .relation a[href*='/#c']").first
        for _ in range(3):  # what comes near is laid out, and moves what follows
            link.evaluate(HIGH)
            page.wait_for_timeout(60)
        before, after = there_and_back(page, link)
        assert before[0] > 0
        assert after[1] == pytest.approx(before[1], abs=2), claim
