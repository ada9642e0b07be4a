"""A claim and its neighbours as a small picture: which sources speak for it, against it, or of the same thing.

Comes in: the other ends of its links. Goes out: static SVG with its text alternative: a line for each source and the way it
answers, no more than eight. The quotes themselves are listed below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

from ..catalogue import Catalogue, Related
from ..document import shorten
from ..labels import RELATION_LABEL, RELATION_SIGN
from ..model import Article, RelationKind

MOST: Final = 8
_ROW: Final = 26
_WIDTH: Final = 400
_WORDS: Final = 44


def neighbourhood(catalogue: Catalogue, ends: Sequence[Related]) -> str:
    """Return the picture; nothing for a claim that stands alone."""
    if not ends:
        return ""
    counts = Counter((end.link.kind, end.claim.article) for end in ends)
    shown = list(counts.items())[:MOST]
    height = len(shown) * _ROW
    middle = height // 2
    rows = "".join(
        _row(catalogue.article(article), kind, number, (place * _ROW + _ROW // 2, middle))
        for place, ((kind, article), number) in enumerate(shown)
    )
    return (
        f'<svg class="neighbourhood" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" role="img" '
        f'aria-label="{escape(_summary(ends, sum(number for _, number in shown)))}">{rows}<circle cx="10" cy="{middle}" r="7"/></svg>'
    )


def _row(article: Article, kind: RelationKind, number: int, heights: tuple[int, int]) -> str:
    """Return the line to a source and its name, with how many of its claims answer, where that is more than one."""
    y, middle = heights
    tail = (f", {article.published[:4]}" if article.published else "") + (f" ({number})" if number > 1 else "")
    label = escape(shorten(article.publisher or article.title, _WORDS - len(tail)) + tail)
    return (
        f'<path class="to-{kind}" d="M10 {middle}C48 {middle} 38 {y} 76 {y}"/>'
        f'<text x="82" y="{y + 4}">{RELATION_SIGN[kind]} {label}</text>'
    )


def _summary(ends: Sequence[Related], shown: int) -> str:
    counts = Counter(RELATION_LABEL[end.link.kind].lower() for end in ends)
    kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    rest = f"; the first {shown} are drawn" if len(ends) > shown else ""
    return f"This claim and the {len(ends)} linked with it: {kinds}{rest}. The same is listed in words."
