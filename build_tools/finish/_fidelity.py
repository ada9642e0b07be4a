"""Fidelity: the text of every article page, taken from the built HTML, equals the canonical text block by block.

Comes in: a page. Goes out: the first difference. A plain reading in one pass says that a page is right; whatever it is not sure
of, and whatever it finds wrong, a parser of HTML decides.
"""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path

from lxml import etree, html

from ..problems import Problem

Row = Mapping[str, object]
"""An article in `data/articles.json`."""
_OPENING = '<article class="text" data-article="'
_CLOSING = "</article>"
_BLOCK = ' data-block="'
_FURNITURE = re.compile(r"<a [^<>]* data-furniture>[^<]*</a>")
"""What stands in blocks beside their text."""
_WITHIN = re.compile(r"</?(?:a|b|br|cite|code|em|i|mark|q|small|span|strong|sub|sup|time|wbr)(?: [^<>]*)?>")
"""Tags that may stand in a block without ending it."""
_UNUSUAL = re.compile(
    r"<(?!/?(?:a|article|b|blockquote|br|cite|code|details|div|em|h[1-6]|i|li|mark|ol|p|q|section|small|span|strong|sub|summary|sup|time"
    r"|ul|wbr)(?: [a-z-]+(?:=\"[^\"<>]*\")?)*>)"
)
"""A tag that is not as plain as ours, or could change how what follows is read: a script, a comment."""


def unfaithful(entry: Row, out: Path, page: str | None = None) -> tuple[Problem, ...]:
    """Compare one article page with its canonical text.

    Args:
        entry: the article's row of `data/articles.json`.
        out: the built site.
        page: the page's HTML, or its `text_part`; read from the site where it is not given.

    Returns:
        A problem (F01) for the first difference; nothing when all blocks are equal.
    """
    folder = out / "articles" / str(entry["id"])
    text = (folder / "text.txt").read_text(encoding="utf-8")
    blocks = entry["blocks"]
    assert isinstance(blocks, list)  # the data file is ours
    wanted = [" ".join(text[block["start"] : block["end"]].split()) for block in blocks]
    if page is None:
        path = folder / "index.html"
        page = path.read_text(encoding="utf-8") if path.is_file() else ""
    if _plainly_shown(page) == wanted or (shown := _shown(page)) == wanted:
        return ()
    place = next((n for n, pair in enumerate(zip(shown, wanted, strict=False)) if pair[0] != pair[1]), min(len(shown), len(wanted)))
    here, there = (side[place] if place < len(side) else "nothing" for side in (shown, wanted))
    return (
        Problem(
            file=f"articles/{entry['id']}/index.html", code="F01", severity="error",
            message=f"block {place + 1} of the page differs from the text of the article: {_first_difference(here, there)}",
            remedy="report this as a fault of the program: no word of an article may change on its way to the page",
        ),
    )


def text_part(page: bytes) -> str:
    """Return the one element of a page that holds the text, where it can be cut out as it stands; else the whole page.

    An article's page is four times as long as its text: cutting before decoding takes half as long as all of it.
    """
    opening, closing = _OPENING.encode(), _CLOSING.encode()
    start = page.find(opening)
    end = page.find(closing, start)
    if start < 0 or end < 0 or page.find(opening, start + 1) > 0:
        return page.decode()
    return page[start : end + len(closing)].decode()


def _cut(page: str) -> str:
    """Return the one element that holds the text, where it can be cut out as it stands; else nothing."""
    start = page.find(_OPENING)
    end = page.find(_CLOSING, start)
    if start < 0 or end < 0 or page.find(_OPENING, start + 1) > 0:
        return ""
    return page[start : end + len(_CLOSING)]


def _plainly_shown(page: str) -> list[str] | None:
    """Return the text of the blocks as it is shown; None where anything is not written as we write it."""
    part = _cut(page)
    pieces = _FURNITURE.sub("", part).split(_BLOCK)
    if part.count("data-block") != len(pieces) - 1 or _UNUSUAL.search(part):
        return None
    blocks = []
    for before, after in pairwise(pieces):
        name = before.rpartition("<")[2].partition(" ")[0]
        content, closed, _ = after.partition(f"</{name}>")
        words = _WITHIN.sub("", content.partition(">")[2])
        if not closed or "<" in words or "data-furniture" in content:
            return None
        blocks.append(" ".join((unescape(words) if "&" in words else words).split()))
    return blocks


def _shown(page: str) -> list[str]:
    container = _container(page) if page else None
    if container is None:
        return []
    return [" ".join(_text(block).split()) for block in container.iterfind(".//*[@data-block]")]


def _container(page: str) -> etree._Element | None:
    """Parse the element that holds the text: that part of the page alone where it can be cut out, else all of it."""
    part = _cut(page)
    if not part:
        return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).find(".//*[@data-article]")
    found: etree._Element = html.fragment_fromstring(part)
    return found


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.get("data-furniture") is None:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _first_difference(here: str, there: str) -> str:
    place = next((n for n, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]), min(len(here), len(there)))
    return f"“…{here[max(0, place - 20) : place + 20]}…” stands where “…{there[max(0, place - 20) : place + 20]}…” should"


def article_rows(out: Path) -> list[Row]:
    """Return the rows of the site's `data/articles.json`."""
    rows = json.loads((out / "data" / "articles.json").read_text(encoding="utf-8"))
    return list(rows["articles"] if isinstance(rows, dict) else rows)
