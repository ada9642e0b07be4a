"""A reader's way through the site in a real browser: home, article, claim, permalink and back, search."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import BuiltSite
from places import rows

from .looking import BLOCKS, looking

pytestmark = pytest.mark.browser
LISTS = ("articles", "claims", "topics", "a-z", "compare", "disagreements", "numbers")


def test_home_article_claim_permalink_and_back(browser: Any, served: str) -> None:
    with looking(browser, served) as (page, record):
        page.goto(served)
        assert page.title()
        page.locator("main a[href*='articles/']:visible").first.click()
        page.wait_for_url("**/articles/**")
        if page.locator("[data-article]").count() == 0:
            page.locator("main a[href*='articles/'], main h2 a, main h3 a").first.click()
        page.wait_for_selector("[data-article]")
        article = page.url
        reference = page.locator("[data-article] a.claim-ref:visible").first
        claim = reference.get_attribute("id").removeprefix("r-")
        reference.click()
        page.goto(f"{article.partition('#')[0]}#n-{claim}")
        page.locator(f"#n-{claim} a[href*='claims/{claim}']").first.click()
        page.wait_for_url(f"**/claims/{claim}/")
        assert page.locator("main h1").count() == 1
        page.locator(f"main a[href$='#{claim}']").first.click()
        page.wait_for_url(f"**#{claim}")
        assert page.locator(f"mark#{claim}").count() == 1
        assert record.clean, record


def test_a_deep_link_shows_its_claim_in_view(browser: Any, served: str, five: BuiltSite) -> None:
    with looking(browser, served) as (page, record):
        for row in rows(five.out, "claims")[10::60]:
            page.goto(f"{served}articles/{row['article']}/#{row['id']}")
            box = page.locator(f"mark#{row['id']}").bounding_box()
            assert box is not None
            assert 0 <= box["y"] < 900, row["id"]
        assert record.clean, record


def test_the_pieces_of_every_claim_give_its_quote(browser: Any, served: str, five: BuiltSite) -> None:
    script = """() => { const found = {};
      for (const mark of document.querySelectorAll('[data-article] mark.claim')) {
        const copy = mark.cloneNode(true);
        copy.querySelectorAll('[data-furniture]').forEach(one => one.remove());
        for (const id of mark.dataset.claims.split(' ')) found[id] = (found[id] ?? '') + copy.textContent;
      } return found; }"""
    claims = rows(five.out, "claims")
    with looking(browser, served) as (page, record):
        for row in rows(five.out, "articles"):
            page.goto(f"{served}articles/{row['id']}/?claims=all")
            found = page.evaluate(script)
            own = {str(claim["id"]): str(claim["quote"]) for claim in claims if claim["article"] == row["id"]}
            squeezed = {name: "".join(words.split()) for name, words in found.items()}
            assert squeezed == {name: "".join(words.split()) for name, words in own.items()}
        assert record.clean, record


def test_every_article_is_shown_to_the_letter(browser: Any, served: str, five: BuiltSite) -> None:
    with looking(browser, served, java_script_enabled=True) as (page, record):
        for row in rows(five.out, "articles"):
            text = (five.out / "articles" / str(row["id"]) / "text.txt").read_text(encoding="utf-8")
            blocks: Any = row["blocks"]
            page.goto(f"{served}articles/{row['id']}/")
            wanted = [" ".join(text[block["start"] : block["end"]].split()) for block in blocks]
            assert [" ".join(shown.split()) for shown in page.evaluate(BLOCKS)] == wanted
        assert record.clean, record


def test_the_density_follows_the_address_and_the_reader(browser: Any, served: str, five: BuiltSite) -> None:
    article = rows(five.out, "articles")[0]["id"]
    with looking(browser, served) as (page, record):
        page.goto(f"{served}articles/{article}/")
        assert page.locator("html").get_attribute("data-claims-shown") == "main"
        page.goto(f"{served}articles/{article}/?claims=all")
        assert page.locator("html").get_attribute("data-claims-shown") == "all"
        page.locator("#claims-none").check(force=True)
        assert page.locator("html").get_attribute("data-claims-shown") == "none"
        assert record.clean, record


def test_search_opens_by_its_button_and_lands_on_a_claim(browser: Any, served: str) -> None:
    with looking(browser, served) as (page, record):
        page.goto(served)
        page.get_by_role("button", name="Search").or_(page.get_by_role("link", name="Search")).first.click()
        page.locator("#search-q").fill("export controls")
        first = page.locator(".search-dialog .results a").first
        first.wait_for()
        first.click()
        page.wait_for_url(lambda url: url.removeprefix(served) not in ("", "#"))
        page.wait_for_load_state()
        assert "export" in page.content().lower()
        assert record.clean, record


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_every_kind_of_page_opens_without_a_complaint(browser: Any, served: str, *, script: bool) -> None:
    with looking(browser, served, java_script_enabled=script) as (page, record):
        for address in ("", *(f"{name}/" for name in LISTS), "guide/", "about/", "404.html"):
            page.goto(served + address)
            assert page.locator("main h1").count() >= 1, address
            assert record.clean, (address, record)
