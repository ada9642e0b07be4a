"""What everyone needs on every kind of page, measured in a real browser: names, targets, contrast, focus, keys, announcements."""
from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.browser.looking import window
from tests.conftest import BuiltSite

pytestmark = pytest.mark.browser
KINDS = {
    "home": "", "articles": "articles/", "article": "articles/*/", "claims": "claims/", "claim": "claims/c*/",
    "topics": "topics/", "topic": "topics/*/", "entities": "entities/", "entity": "entities/*/", "a-z": "a-z/", "compare": "compare/",
    "pair": "compare/*--*/", "disagreements": "disagreements/", "agreements": "agreements/", "numbers": "numbers/", "data": "data/", "guide": "guide/",  # noqa: E501
    "about": "about/", "404": "404.html",
}  # fmt: skip
TOO_SMALL = """() => {
  const small = [];
  for (const one of document.querySelectorAll('a[href], button, summary, select, input')) {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (box.width < 2 || !box.height || style.visibility === 'hidden' || one.closest('[aria-hidden=true], .skip')) continue;
    // WCAG 2.2, 2.5.8: links within a line of text are excepted.
    if (one.tagName === 'A' && style.display === 'inline') continue;
    const label = (one.closest('label') || one).getBoundingClientRect();
    const width = Math.max(box.width, label.width), height = Math.max(box.height, label.height);
    if (Math.round(width) < 24 || Math.round(height) < 24)
      small.push(`${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)} ${width | 0}x${height | 0}`);
  }
  return small;
}"""
PALE = """() => {
  // Colours are read through a canvas, so that every notation is understood.
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      known.set(colour, [...pen.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba(getComputedStyle(document.documentElement).backgroundColor);
  };
  const apart = 'svg, script, style, .visually-hidden, .skip, [disabled]';
  const pale = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !holder.getClientRects().length || holder.closest(apart)) continue;
    const found = ratio(rgba(getComputedStyle(holder).color), ground(holder)), words = walk.currentNode.data.trim().slice(0, 30);
    if (found < 4.5) pale.push(`${holder.className || holder.tagName}: ${words} ${found.toFixed(2)}`);
  }
  for (const mark of document.querySelectorAll('mark.claim')) {
    const style = getComputedStyle(mark);
    if (style.textDecorationLine !== 'underline') continue;
    const found = ratio(rgba(style.textDecorationColor), ground(mark));
    if (found < 3) pale.push(`line of ${mark.dataset.kind} ${found.toFixed(2)}`);
  }
  return [...new Set(pale)].slice(0, 20);
}"""


def found(five: BuiltSite, kind: str) -> str:
    """The address of the largest page of a kind."""
    pattern = KINDS[kind]
    if "*" not in pattern:
        return pattern
    files = five.out.glob(pattern + "index.html")
    largest = max(files, key=lambda file: (file.stat().st_size, file.as_posix()))
    return largest.parent.relative_to(five.out).as_posix() + "/"


@pytest.fixture(scope="module")
def pages(browser: Any) -> Iterator[dict[str, Any]]:
    """One page for each scheme: on a phone in dark colours, on a desk in light ones and in dark ones."""
    with ExitStack() as open_:
        yield {
            name: open_.enter_context(window(browser, (width, 900), color_scheme=scheme, reduced_motion="reduce"))
            for name, width, scheme in (("phone", 390, "dark"), ("light", 1440, "light"), ("dark", 1440, "dark"))
        }


@pytest.fixture
def article(pages: dict[str, Any], served: str, five: BuiltSite) -> Any:
    pages["light"].goto(served + found(five, "article"))
    return pages["light"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["phone", "light"])
def test_names_targets_and_contrast(pages: dict[str, Any], served: str, five: BuiltSite, kind: str, name: str) -> None:
    page = pages[name]
    page.goto(served + found(five, kind))
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(PALE) == []
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = ("link", "button", "checkbox", "radio", "combobox", "searchbox", "textbox")
    nameless = [
        node["role"]["value"] for node in tree
        if not node.get("ignored") and node["role"]["value"] in roles and not node.get("name", {}).get("value", "").strip()
    ]  # fmt: skip
    assert nameless == []
    assert page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map(e => +e.tagName[1])")
    assert all(other - one <= 1 for one, other in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mark_can_be_read_when_all_are_shown(pages: dict[str, Any], served: str, five: BuiltSite, scheme: str) -> None:
    """In every article, with every claim shown, each mark as it is and as it is when it was pointed at."""
    page = pages[scheme]
    for file in sorted(five.out.glob("articles/*/text.txt")):
        page.goto(f"{served}articles/{file.parent.name}/?claims=all")
        assert page.evaluate("document.querySelectorAll('.claim-ref:not(.off)').length") > 10
        page.locator(".claim-ref").first.click()
        page.locator(".card").wait_for()
        assert page.evaluate(PALE) == []
        assert page.evaluate(TOO_SMALL) == []
        page.evaluate("for (const mark of document.querySelectorAll('mark.claim')) mark.classList.add('now')")
        assert page.evaluate(PALE) == []


def test_focus_can_be_seen_wherever_tab_leads(article: Any) -> None:
    seen: set[str] = set()
    for _ in range(40):
        article.keyboard.press("Tab")
        where, outline, inside = article.evaluate("""() => {
          const one = document.activeElement, shown = one.matches('.density input') ? one.nextElementSibling : one;
          const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
          return [one.tagName + one.className, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                  box.top >= -1 && box.bottom <= innerHeight + 1]; }""")
        assert outline, where
        assert inside, where
        seen.add(where)
    assert len(seen) > 5


def test_from_text_to_note_and_back_in_two_keys(article: Any) -> None:
    reference = article.locator(".claim-ref:visible").nth(1)
    reference.focus()
    article.keyboard.press("Enter")
    assert article.evaluate("document.activeElement.getAttribute('role')") == "dialog"
    article.keyboard.press("Escape")
    assert article.evaluate("document.activeElement.id") == reference.get_attribute("id")
