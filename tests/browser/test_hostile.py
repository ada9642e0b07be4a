"""Hostile articles in a real browser: inert, and shown to the letter."""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import BuiltSite, serve_folder
from places import rows

from .looking import BLOCKS, looking

pytestmark = pytest.mark.browser
STARTED = """() => [window.pwned, window.frames.length, location.protocol, document.querySelectorAll('base, form[action], object, embed').length]"""
TOUCH = """() => { for (const one of document.querySelectorAll('main *')) for (const kind of ['mouseover', 'focus', 'animationstart'])
  one.dispatchEvent(new Event(kind, {bubbles: true})); }"""


@pytest.fixture(scope="module")
def address(hostile_site: BuiltSite) -> Iterator[str]:
    server, address = serve_folder(hostile_site.out)
    yield address
    server.shutdown()
    server.server_close()


def every_page(hostile_site: BuiltSite) -> list[str]:
    """All articles, the lists, and a share of the claim pages: those are of one making."""
    pages = ["", "articles/", "claims/", "topics/", "a-z/", "numbers/", "disagreements/", "compare/", "topics/evil/"]
    pages += [f"articles/{row['id']}/" for row in rows(hostile_site.out, "articles")]
    return pages + [f"claims/{row['id']}/" for row in rows(hostile_site.out, "claims")][::9]


@pytest.mark.parametrize("bypass", [False, True], ids=["as published", "without the content policy"])
def test_nothing_runs_and_nothing_is_asked_elsewhere(
    browser: Any, address: str, hostile_site: BuiltSite, *, bypass: bool
) -> None:
    with looking(browser, address, bypass_csp=bypass) as (page, record):
        for one in every_page(hostile_site):
            page.goto(address + one)
            page.evaluate(TOUCH)
            assert page.evaluate(STARTED) == [None, 0, "http:", 0], one
            assert record.clean, (one, record)


def test_the_text_is_shown_to_the_letter(browser: Any, address: str, hostile_site: BuiltSite) -> None:
    with looking(browser, address) as (page, record):
        for row in rows(hostile_site.out, "articles"):
            text = (hostile_site.out / "articles" / str(row["id"]) / "text.txt").read_text(encoding="utf-8")
            blocks: Any = row["blocks"]
            page.goto(f"{address}articles/{row['id']}/")
            wanted = [" ".join(text[block["start"] : block["end"]].split()) for block in blocks]
            assert [" ".join(shown.split()) for shown in page.evaluate(BLOCKS)] == wanted
        assert record.clean, record


def test_a_search_for_markup_shows_words(browser: Any, address: str) -> None:
    with looking(browser, address) as (page, record):
        for words in ("script pwned", "<img src=x onerror=window.pwned=1>", "javascript", "percent"):
            page.goto(address)
            page.keyboard.press("Tab")
            page.evaluate("() => document.querySelector('.search-open, [data-search], button[aria-label*=earch]')?.click()")
            box = page.locator("#search-q")
            box.fill(words)
            page.wait_for_timeout(250)
            assert page.evaluate("() => window.pwned") is None
        assert record.clean, record
