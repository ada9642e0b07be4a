"""Reads a saved web page: its source as a string comes in, a draft of the article goes out.

The body is found by trafilatura (A. Barbaresi, Apache-2.0). Scripts, pictures and forms are left
behind; the page's own words are kept as blocks. It loads nothing and follows nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from lxml.etree import iterwalk  # comes with the extractor
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from . import _furniture as furniture
from . import _meta as meta
from ._draft import Draft, Piece, fold, join
from ._dress import authors_among, dress, published_in

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # our problems say it better
_MOST_ELEMENTS: Final = 60_000
_MOST_CHILDREN: Final = 8_000
_DEEPEST: Final = 200
_HEAD_SIGNS: Final = 80
_MOST_CAPTIONS: Final = 60
_LONGEST_CAPTION: Final = 900
_ROWS: Final = frozenset({"row"})


def read_html(source: str) -> Draft:
    """Return the article of a page; its blocks are empty where the page has none.

    Raises:
        RecursionError: where the page is nested deeper or holds more elements than any article does.
    """
    tree = load_html(source)
    if tree is None:
        return Draft(text="", blocks=())
    _check_size(tree)
    said = meta.statements(tree)
    publisher = meta.publisher_of(said)
    title = meta.title_of(tree, said, publisher)
    course = _figures(tree)
    document: Any = bare_extraction(tree, include_comments=False, with_metadata=False)
    body = list(_pieces(document.body)) if document is not None and document.body is not None else []
    wanted = [piece for piece in body if piece.kind == "quotation" or not furniture.is_advert(fold(piece.words))]
    pieces = _with_captions(dress(wanted, title), course)
    text, blocks = join(pieces)
    return Draft(
        text=text,
        blocks=blocks,
        title=title,
        authors=meta.authors_of(tree, said) or authors_among(pieces),
        publisher=publisher,
        published=meta.published_of(tree, said) or published_in(pieces),
        source_url=meta.address_of(tree, said, source),
        language=meta.language_of(tree, said),
    )


def _check_size(tree: Any) -> None:
    """Refuse a page that would take the extractor too long: its time grows with the square of the children."""
    depth = 0
    for count, (event, element) in enumerate(iterwalk(tree, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST or count > 2 * _MOST_ELEMENTS or len(element) > _MOST_CHILDREN:
            raise RecursionError("too deep or too large")


def _pieces(body: Any) -> Iterator[Piece]:
    """Give the blocks of the extractor's tree in reading order."""
    for element in body:
        tag = element.tag
        if tag == "head":
            yield Piece("heading", _words(element), _level(element.get("rend") or ""))
        elif tag == "list":
            yield from _items(element)
        elif tag == "quote":
            yield from _quotation(element)
        elif tag == "table":
            rows = (" | ".join(filter(None, map(_words, row))) for row in element.iter(*_ROWS))
            yield from (Piece("list_item", row) for row in rows)
        else:
            yield from (Piece("paragraph", words) for words in _paragraphs(element))
        if element.tail and element.tail.strip():
            yield Piece("paragraph", element.tail)


def _items(element: Any) -> Iterator[Piece]:
    """Give the items of a list; a list inside an item follows it."""
    for item in element:
        inner = [child for child in item if child.tag == "list"]
        own = item.text or ""
        for child in item:
            own += ("" if child.tag == "list" else " " + _words(child) if child.tag == "p" else _words(child)) + (
                child.tail or ""
            )
        yield Piece("list_item", own)
        for child in inner:
            yield from _items(child)


def _quotation(element: Any) -> Iterator[Piece]:
    """Give the paragraphs of a quotation."""
    if element.text and element.text.strip():
        yield Piece("quotation", element.text)
    parts = [child for child in element if child.tag in ("p", "quote", "list", "head")]
    if not parts:
        yield Piece(
            "quotation", " ".join(islice(element.itertext(), 1 if element.text and element.text.strip() else 0, None))
        )
        return
    for child in element:
        yield Piece("quotation", _words(child) + (child.tail or ""))


def _paragraphs(element: Any) -> Iterator[str]:
    """Give an element's words, parted where two line breaks follow each other."""
    gathered: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            if not (child.tail or "").strip() or (gathered and gathered[-1] == "\n"):
                yield "".join(gathered)
                gathered = []
            gathered += ["\n"] if gathered else []
        elif child.tag in ("p", "list", "quote", "table", "head"):
            yield "".join(gathered)
            gathered = [_words(child)]
        else:
            gathered.append(_words(child))
        gathered.append(child.tail or "")
    yield "".join(gathered)


def _words(element: Any) -> str:
    """Return all words of an element; a line break is a space."""
    return "".join(_in_order(element))


def _in_order(element: Any) -> Iterator[str]:
    """Give the strings of an element in reading order, a space at each inner block."""
    yield element.text or ""
    for child in element:
        if child.tag in ("lb", "p", "item", "row", "cell", "head", "list"):
            yield " "
        yield from _in_order(child)
        yield child.tail or ""


def _level(rend: str) -> int:
    """Return a heading's level from the extractor's `h1` to `h6`; the title alone has 1."""
    return max(2, int(rend[1])) if len(rend) == 2 and rend[1] in "123456" else 2


def _figures(tree: Any) -> list[tuple[str, str]]:
    """Return the page's course: the beginning of each block and, where it is one, the words of a caption."""
    course: list[tuple[str, str]] = []
    captions = 0
    for element in tree.iter("p", "h1", "h2", "h3", "h4", "li", "blockquote", "figcaption"):
        if element.tag != "figcaption":
            course.append((_head(element), ""))
        elif captions < _MOST_CAPTIONS:
            captions += 1
            words = fold("".join(element.itertext()))
            course += [("", words)] if 3 < len(words) <= _LONGEST_CAPTION else []
    return course


def _head(element: Any) -> str:
    """Return the first signs of an element's words."""
    head = ""
    for part in element.itertext():
        head += part
        if len(head) > 3 * _HEAD_SIGNS:
            break
    return "".join(head.split())[:_HEAD_SIGNS]


def _with_captions(pieces: list[Piece], course: list[tuple[str, str]]) -> list[Piece]:
    """Put captions back where they stood: beside a block of the article, and none twice."""
    places = {"".join(piece.words.split())[:_HEAD_SIGNS]: at for at, piece in enumerate(pieces)}
    there = {piece.words for piece in pieces}
    after: dict[int, list[Piece]] = {}
    before: int | None = None
    waiting: list[Piece] = []
    for head, caption in course:
        if caption and caption not in there:
            there.add(caption)
            waiting.append(Piece("caption", caption))
        elif head:
            here = places.get(head)
            at = before if before is not None else here - 1 if here else None
            if waiting and at is not None:
                after.setdefault(at, []).extend(waiting)
            waiting, before = [], here
    return [each for place, piece in enumerate(pieces) for each in (piece, *after.get(place, ()))]
