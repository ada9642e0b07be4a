"""Classes the blocks of a marked-up article by their words: pieces come in, pieces go out.

Mark-up says what is a heading, an item or a quotation; by-lines, captions, references and footers
it leaves to the words. Order and words stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from ..layout import is_reference
from ..model import BlockKind
from . import _furniture as furniture
from ._dates import is_date_line, published_among
from ._draft import Piece, fold

_TOP, _END = 6, 6
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def dress(body: list[Piece], title: str) -> list[Piece]:
    """Put the title first, once, and class what the words tell.

    Returns:
        The pieces; none where nothing but a title is there.
    """
    pieces = [Piece("title", title, 1)] if title else []
    known = fold(title).casefold()
    for piece in body:
        words = fold(piece.words)
        if words and not (known and words.casefold() == known and piece.kind in ("heading", "paragraph")):
            pieces.append(Piece(_told(piece.kind, words, len(pieces)), words, piece.level))
    while pieces and pieces[-1].kind == "heading":
        pieces.pop()
    if all(piece.kind == "title" for piece in pieces):
        return []
    return _footed(_referenced(pieces))


def authors_among(pieces: list[Piece]) -> tuple[str, ...]:
    """Return the names in the by-lines, each once."""
    return tuple(
        dict.fromkeys(name for piece in pieces if piece.kind == "byline" for name in furniture.names_of(piece.words))
    )


def published_in(pieces: list[Piece]) -> str:
    """Return the day of publication that the by-lines give."""
    return published_among(piece.words for piece in pieces if piece.kind == "byline")


def _told(kind: BlockKind, words: str, at: int) -> BlockKind:
    """Return the kind that a block's words tell, or the one its mark-up has."""
    if kind == "list_item":
        if at < 2 * _TOP and (is_date_line(words) or furniture.is_fact_label(words)):
            return "byline"
        return "citation" if is_reference(words) else kind
    if kind != "paragraph":
        return kind
    if at < _TOP and (furniture.names_of(words) or is_date_line(words)):
        return "byline"
    if is_reference(words) or furniture.is_sourced(words):
        return "citation"
    if furniture.is_caption(words):
        return "caption"
    if furniture.is_advert(words) or not any(sign.isalnum() for sign in words):
        return "boilerplate"
    return kind


def _referenced(pieces: list[Piece]) -> list[Piece]:
    """Class the entries below a label such as `References` as citations."""
    out: list[Piece] = []
    inside = False
    for piece in pieces:
        if piece.kind in ("heading", "paragraph") and furniture.REFERENCE_LABEL.fullmatch(piece.words):
            inside = True
        elif inside:
            listed = piece.kind in ("list_item", "paragraph", "citation")
            goes_on = piece.kind == "list_item" and bool(out) and out[-1].kind == "citation"
            inside = goes_on or (listed and bool("://" in piece.words or _YEAR.search(piece.words)))
        is_entry = inside and bool(out) and not furniture.REFERENCE_LABEL.fullmatch(piece.words)
        out.append(piece._replace(kind="citation") if is_entry else piece)
    return out


def _footed(pieces: list[Piece]) -> list[Piece]:
    """Class what a publisher says of itself at the end as boilerplate."""
    out = list(pieces)
    for at in range(len(out) - 1, max(1, len(out) - _END), -1):
        if out[at].kind in ("citation", "boilerplate", "byline"):
            continue
        if out[at].kind != "paragraph" or not furniture.is_footer(out[at].words):
            break
        out[at] = out[at]._replace(kind="boilerplate")
    return out
