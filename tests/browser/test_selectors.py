"""The exported selectors anchor in the built pages by somebody else's code: a small quote anchoring of this test's own."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import serve_folder
from places import built_site

from browser.looking import looking

if TYPE_CHECKING:
    from conftest import BuiltSite

pytestmark = pytest.mark.browser

ANCHOR = r"""([items, canonical]) => {
  // All text of the article, white space folded, a space between blocks; for each UTF-16 unit the node and offset it came from.
  const article = document.querySelector("[data-article]");
  const blockish = "p,h1,h2,h3,h4,h5,h6,li,blockquote,figcaption,div,section,pre,dd,dt,td";
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let text = "", last = null;
  const from = [];
  const put = (sign, node, at) => {
    if (sign === " " && (text === "" || text.endsWith(" "))) return;
    text += sign;
    from.push([node, at]);
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-furniture]")) continue;
    const block = node.parentElement.closest(blockish);
    if (last && block !== last) put(" ", node, 0);
    last = block;
    for (let at = 0; at < node.data.length; at++) put(/\s/.test(node.data[at]) ? " " : node.data[at], node, at);
  }
  const fold = (words) => words.replace(/\s+/g, " ");
  const alike = (one, other) => { let n = 0; while (n < one.length && n < other.length && one[n] === other[n]) n++; return n; };
  const turned = (words) => Array.from(words).reverse().join("");
  const byQuote = ({exact, prefix, suffix}) => {
    const wanted = fold(exact), found = [];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const context = alike(turned(fold(prefix).trim()), turned(text.slice(0, at).trim()))
        + alike(fold(suffix).trim(), text.slice(at + wanted.length).trim());
      found.push([context, at]);
    }
    found.sort((a, b) => b[0] - a[0]);
    if (!found.length) return {why: "not found"};
    if (found.length > 1 && found[0][0] === found[1][0]) return {why: "found twice in the same context"};
    return {start: found[0][1], end: found[0][1] + wanted.length};
  };
  // A position counts code points of the canonical text. What both texts share is their visible characters, in order.
  const points = Array.from(canonical), visible = [];
  for (let at = 0; at < text.length; at++) if (text[at] !== " ") visible.push(at);
  const before = [0];
  for (const point of points) before.push(before[before.length - 1] + (/\s/.test(point) ? 0 : point.length));
  const byPosition = ({start, end}) => ({start: visible[before[start]], end: visible[before[end] - 1] + 1});
  const rangeOf = ({start, end}) => {
    const range = document.createRange();
    range.setStart(...from[start]);
    range.setEnd(from[end - 1][0], from[end - 1][1] + 1);
    const copy = range.cloneContents();
    copy.querySelectorAll("[data-furniture]").forEach((one) => one.remove());
    return copy.textContent.replace(/\s+/g, "");
  };
  return items.map((item) => {
    const pick = (type) => item.target.selector.find((one) => one.type === type);
    const quote = pick("TextQuoteSelector"), position = pick("TextPositionSelector");
    const id = item.id.replace(/\/$/, "").split("/").pop();
    const q = byQuote(quote), p = byPosition(position);
    const bare = quote.exact.replace(/\s+/g, "");
    const marks = [...document.querySelectorAll(`mark.claim[data-claims~="${id}"]`)].map((mark) => {
      const copy = mark.cloneNode(true);
      copy.querySelectorAll("[data-furniture]").forEach((one) => one.remove());
      return copy.textContent;
    }).join("").replace(/\s+/g, "");
    return {
      id,
      why: q.why || "",
      quoted: !q.why && rangeOf(q) === bare,
      positioned: rangeOf(p) === bare,
      same: !q.why && q.start === p.start && q.end === p.end,
      marked: marks === bare,
      points: points.slice(position.start, position.end).join("") === quote.exact,
      units: canonical.slice(position.start, position.end) === quote.exact,
    };
  });
}"""

ROCKETS = """\
🚀 Rockets and 𝔸strals

Rockets 🚀 may rise by 30 % in 2026, says the agency. The families 👩‍👩‍👧 doubled their savings in 2025. It grew.

The 𝕏 company sold 40 million seats last year. Prices fell by 12 percent because of the 🛰 glut. It grew.

The index 𝒊𝒊 rose to 300 points in 2024. Two laws require labels on every 🚀 since 2021.
"""
SIDECAR = """\
claims:
  - quote: It grew.
    prefix: savings in 2025.
  - quote: It grew.
    prefix: 🛰 glut.
  - quote: by 30 % in 2026
  - quote: Rockets 🚀 may rise
"""


def anchored(browser: Any, address: str, out: Path) -> dict[str, list[dict[str, Any]]]:
    """Anchor every exported annotation in its page, by article."""
    found = {}
    for path in sorted((out / "data/annotations").glob("*.jsonld")):
        items = json.loads(path.read_text(encoding="utf-8"))["items"]
        text = (out / "articles" / path.stem / "text.txt").read_bytes().decode("utf-8")
        with looking(browser, address) as (page, _):
            page.goto(f"{address}articles/{path.stem}/?claims=all")
            found[path.stem] = page.evaluate(ANCHOR, [items, text])
        assert len(found[path.stem]) == len(items)
    return found


def wrong(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if not all(row[way] for way in ("quoted", "positioned", "same", "marked", "points"))]


def test_all_selectors_of_the_five_seeds_anchor(browser: Any, served: str, five: BuiltSite) -> None:
    found = anchored(browser, served, five.out)
    claims = json.loads((five.out / "data/claims.json").read_text(encoding="utf-8"))
    assert {row["id"] for rows in found.values() for row in rows} == {claim["id"] for claim in claims}
    assert len(found) == 5
    assert [row for rows in found.values() for row in wrong(rows)] == []


@pytest.fixture(scope="module")
def rockets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    files = {"rockets.txt": ROCKETS, "rockets.yml": SIDECAR}
    folders, _ = built_site(tmp_path_factory.mktemp("rockets"), files, url="http://127.0.0.1/")
    server, address = serve_folder(folders.out)
    yield address, folders.out
    server.shutdown()
    server.server_close()


def test_astral_characters_repeated_words_and_overlaps_anchor(browser: Any, rockets: tuple[str, Path]) -> None:
    (rows,) = anchored(browser, *rockets).values()
    assert len(rows) >= 8
    assert wrong(rows) == []


def test_positions_are_code_points_and_utf_16_units_would_miss(browser: Any, rockets: tuple[str, Path]) -> None:
    (rows,) = anchored(browser, *rockets).values()
    assert all(row["points"] for row in rows)
    assert not any(row["units"] for row in rows), "each of them stands behind an astral character"


def test_a_quote_that_is_not_there_does_not_anchor(browser: Any, rockets: tuple[str, Path]) -> None:
    """The check can fail: an altered quote is not found, and an altered position hits other words."""
    address, out = rockets
    (path,) = (out / "data/annotations").glob("*.jsonld")
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    for item in items:
        quote, position = item["target"]["selector"]
        quote["exact"] += " never"
        position["start"] += 1
    with looking(browser, address) as (page, _):
        page.goto(f"{address}articles/{path.stem}/")
        rows = page.evaluate(ANCHOR, [items, (out / "articles" / path.stem / "text.txt").read_text(encoding="utf-8")])
    assert {row["why"] for row in rows} == {"not found"}
    assert not any(row["positioned"] for row in rows)
