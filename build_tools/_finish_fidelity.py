"""Fidelity: the text of every article page, taken from the built HTML, equals the canonical text block by block."""
from __future__ import annotations

import json
from pathlib import Path

from lxml import etree, html

from .problems import Problem

_OPENING = '<article class="text" data-article="'
_CLOSING = "</article>"


def unfaithful(entry: dict[str, object], out: Path) -> tuple[Problem, ...]:
    """Compare one article page with its canonical text.

    Args:
        entry: the article's row of `data/articles.json`.
        out: the built site.

    Returns:
        A problem (F01) for the first difference; nothing when all blocks are equal.
    """
    folder = out / "articles" / str(entry["id"])
    text = (folder / "text.txt").read_text(encoding="utf-8")
    blocks = entry["blocks"]
    assert isinstance(blocks, list)  # the data file is ours
    wanted = [" ".join(text[block["start"] : block["end"]].split()) for block in blocks]
    shown = _shown(folder / "index.html")
    if shown == wanted:
        return ()
    place = next((n for n, pair in enumerate(zip(shown, wanted, strict=False)) if pair[0] != pair[1]), min(len(shown), len(wanted)))
    here, there = (side[place] if place < len(side) else "nothing" for side in (shown, wanted))
    return (
        Problem(
            file=f"articles/{entry['id']}/index.html", code="F01", severity="error",
            message=f"block {place + 1} of the page is not the block of the text: {_first_difference(here, there)}",
            remedy="report this: the text of a source must never change on its way to the page",
        ),
    )


def _shown(page: Path) -> list[str]:
    if not page.is_file():
        return []
    container = _container(page.read_text(encoding="utf-8"))
    if container is None:
        return []
    return [" ".join(_text(block).split()) for block in container.iterfind(".//*[@data-block]")]


def _container(page: str) -> etree._Element | None:
    """Parse the element that holds the text: that part of the page alone where it can be cut out, else all of it."""
    start = page.find(_OPENING)
    end = page.find(_CLOSING, start)
    if start < 0 or end < 0 or page.find(_OPENING, start + 1) > 0:
        return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).find(".//*[@data-article]")
    found: etree._Element = html.fragment_fromstring(page[start : end + len(_CLOSING)])
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


def article_rows(out: Path) -> list[dict[str, object]]:
    """Return the rows of the site's `data/articles.json`."""
    rows = json.loads((out / "data" / "articles.json").read_text(encoding="utf-8"))
    return list(rows["articles"] if isinstance(rows, dict) else rows)
