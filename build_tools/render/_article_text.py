"""The text of an article as HTML: its blocks in order, cut at every boundary of a claim.

Comes in: an `Article`, its claims with their numbers, furniture made elsewhere. Goes out: markup whose text, without
furniture, is the canonical text. Knows nothing of relations or notes.
"""
from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import le
from typing import NamedTuple

from markupsafe import Markup

from ..model import Article, Block, Claim, ClaimId, Span
from ._pieces import safe

_TAGS = {"quotation": "blockquote"}
_USUAL_GAP = 2
_MUTED = frozenset({"boilerplate", "citation", "byline", "caption"})
_OWN_MARKS = frozenset("•·–—-*◦▪‣")


class Marked(NamedTuple):
    """A claim with what stands beside it in the text."""

    claim: Claim
    number: int
    label: str
    """What the link to its note says: kind, who, hedged, disputed."""
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Ready markup that goes between the blocks."""

    after_title: Markup
    margin: Mapping[int, Markup]
    """Notes in the margin, by the number of the block that they stand beside."""


def article_text(article: Article, marked: Sequence[Marked], furniture: Furniture) -> Markup:
    """Return the inner HTML of `[data-article]`.

    Args:
        article: the text and its blocks.
        marked: its claims in reading order.
        furniture: what stands between the blocks.
    """
    parts: list[str] = []
    levels = heading_levels(article.blocks)
    in_list = False
    for number, (block, pieces) in enumerate(zip(article.blocks, _by_block(article.blocks, marked), strict=True), 1):
        if in_list != (block.kind == "list_item"):
            in_list = not in_list
            parts.append("<ul>" if in_list else "</ul>\n")
        inner = _inner(article.text, block, pieces)
        margin = furniture.margin.get(number, Markup())
        place = _Place(number=number, level=levels[number - 1], gap=_gap(article, number), margin=margin)
        parts.append(_block(article.text, block, place, inner))
        if block.kind == "title" and levels[number - 1] == 1:
            parts.append(furniture.after_title)
    return Markup("".join([*parts, "</ul>" if in_list else ""]))  # noqa: S704 — every word of the source was escaped


def heading_levels(blocks: Sequence[Block]) -> list[int]:
    """Return the level of each block's heading, 0 for the rest: one of level 1, none skipped."""
    levels: list[int] = []
    last, titled = 1, False
    for block in blocks:
        if block.kind == "title" and not titled:
            levels.append(1)
            titled = True
        elif block.kind in ("heading", "title"):
            last = min(max(block.level, 2), last + 1, 6)
            levels.append(last)
        else:
            levels.append(0)
    return levels


def _by_block(blocks: Sequence[Block], marked: Sequence[Marked]) -> list[list[Marked]]:
    """Give each block the claims that it holds a piece of."""
    found: list[list[Marked]] = [[] for _ in blocks]
    edges = [(block.span.start, block.span.end) for block in blocks]
    first, number = 0, len(blocks)
    for start, end, _, item in sorted(
        [(span.start, span.end, at, item) for at, item in enumerate(marked) if (span := item.claim.span)]
    ):
        while first < number and edges[first][1] <= start:
            first += 1
        place = first
        while place < number and edges[place][0] < end:
            found[place].append(item)
            place += 1
    return found


class _Place(NamedTuple):
    """Where a block stands on the page."""

    number: int
    level: int
    gap: int
    """Line feeds that part it from the block before."""
    margin: Markup


def _gap(article: Article, number: int) -> int:
    """Return how many line feeds stand before a block, so that a copy of several equals the canonical text."""
    if number == 1:
        return _USUAL_GAP
    before, block = article.blocks[number - 2], article.blocks[number - 1]
    return article.text.count("\n", before.end, block.start)


def _block(text: str, block: Block, place: _Place, inner: str) -> str:
    n = place.number
    link = f'<a class="para-link" href="#p{n}" tabindex="-1" aria-hidden="true" data-furniture>{n}</a>'
    gap = "" if place.gap == _USUAL_GAP else f' data-gap="{place.gap}"'
    names = f'id="p{n}" data-block="{block.kind}"{gap}'
    margin, level = place.margin, place.level
    if level:
        return f"{margin}<h{level} {names}>{link}{inner}</h{level}>\n"
    if block.kind == "list_item":
        own = ' class="own-sign"' if _has_own_sign(text[block.start : block.start + 8]) else ""
        return f"<li {names}{own}>{margin}{link}{inner}</li>\n"
    tag = _TAGS.get(block.kind, "p")
    muted = ' class="muted-block"' if block.kind in _MUTED else ""
    if tag == "blockquote":
        return f"{margin}<blockquote {names}>{link}<p>{inner}</p></blockquote>\n"
    return f"{margin}<p {names}{muted}>{link}{inner}</p>\n"


def _has_own_sign(start: str) -> bool:
    first = start.split(" ", 1)[0]
    return first in _OWN_MARKS or (first[:-1].isalnum() and len(first) <= 4 and first[-1:] in ".)")


def _inner(text: str, block: Block, marked: Sequence[Marked]) -> str:
    """Return a block's text with its claims marked."""
    if not marked:
        return safe(text[block.start : block.end])
    sics = [span for item in marked if item.claim.sic for span in item.claim.sic]
    ends, starts = [item.claim.span.end for item in marked], [item.claim.span.start for item in marked[1:]]
    if not sics and all(map(le, ends, starts)):
        return _apart(text, block, marked)
    return "".join(_pieces(text, block, marked, sics))


def _apart(text: str, block: Block, marked: Sequence[Marked]) -> str:
    """Return the pieces of a block whose claims don't overlap, as most don't: what `_pieces` gives, in a fifth of the time."""
    first, last = block.span.start, block.span.end
    place, parts = first, list[str]()
    for item in marked:
        span = item.claim.span
        start, end = max(span.start, first), min(span.end, last)
        claim = item.claim
        name = f' id="{claim.id}"' if start == span.start else ' role="none"'
        parts.append(
            f'{safe(text[place:start])}<mark class="claim"{name} data-claims="{claim.id}" data-weight="{claim.weight}"'
            f' data-kind="{claim.kind}" data-origin="{claim.origin}">{safe(text[start:end])}</mark>'
            f"{_reference(item) if end == span.end else ''}"
        )
        place = end
    parts.append(safe(text[place:last]))
    return "".join(parts)


def _pieces(text: str, block: Block, marked: Sequence[Marked], sics: Sequence[Span]) -> Iterator[str]:
    cuts = {block.start, block.end}
    for span in (*(item.claim.span for item in marked), *sics):
        cuts.update(place for place in (span.start, span.end) if block.start < place < block.end)
    edges = sorted(cuts)
    for start, end in itertools.pairwise(edges):
        active = [item for item in marked if item.claim.start < end and start < item.claim.end]
        words = safe(text[start:end])
        if any(span.start <= start and end <= span.end for span in sics):
            words = f'<span class="sic">{words}</span><span class="sic-note" data-furniture> [sic]</span>'
        if active:
            yield from _opened(active, start)
            yield _mark(active, words, start)
            yield from (_reference(item) for item in active if item.claim.end == end)
        else:
            yield words


def _opened(active: Sequence[Marked], start: int) -> Iterator[str]:
    """Where several claims begin at one place, give all but the last an empty first piece: an element has one id."""
    for item in [item for item in active if item.claim.start == start][:-1]:
        yield f'<mark class="claim" role="none" id="{item.claim.id}" {_facts(item, [item.claim.id])}></mark>'


def _mark(active: Sequence[Marked], words: str, start: int) -> str:
    """Return one piece; only the first piece of a claim is announced."""
    begins = [item for item in active if item.claim.start == start]
    name = f' id="{begins[-1].claim.id}"' if begins else ' role="none"'
    leading = min(active, key=lambda item: (item.claim.weight != "main", item.claim.end - item.claim.start))
    return f'<mark class="claim"{name} {_facts(leading, [item.claim.id for item in active])}>{words}</mark>'


def _facts(item: Marked, claims: Sequence[ClaimId]) -> str:
    claim = item.claim
    return (
        f'data-claims="{" ".join(claims)}" data-weight="{claim.weight}" data-kind="{claim.kind}"'
        f' data-origin="{claim.origin}"'
    )


def _reference(item: Marked) -> str:
    claim = item.claim
    disputed = " disputed" if item.disputed else ""
    return (
        f'<a class="claim-ref{disputed}" id="r-{claim.id}" href="#n-{claim.id}" role="doc-noteref"'
        f' aria-label="{safe(item.label)}" data-weight="{claim.weight}" data-kind="{claim.kind}" data-furniture>'
        f"{item.number}</a>"
    )
