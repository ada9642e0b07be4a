"""Where in an article its claims are, and how much of it other sources confirm, dispute or don't mention.

Comes in: an article, its notes, the catalogue. Goes out: small SVG pictures and counts for the template.
"""
from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue, compare_address
from ..document import shorten
from ..model import CLAIM_KINDS, Article, ArticleId, Claim
from ._pairs import compared
from ._pieces import BASE, pieces, safe_name

WIDTH = 1000
"""Units of a strip's width; the style sheet stretches it to the column."""
_HEIGHT, _LOW = 14, 5
"""Units of a tick's height: of main claims, of the others."""
_COLUMN = {"restates": 0, "supports": 0, "disputes": 1, "related": 2}
_WORDS = ("in agreement", "disputed", "related")
MOST_OTHERS = 12
"""So many other articles in the summary, those that speak most to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the outline."""

    block: int
    label: str
    level: int
    main: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Claims of one kind along the article."""

    kind: str
    label: str
    sign: str
    count: int
    picture: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the bar that shows how the claims divide; what is confirmed and disputed, too, is halved between both."""

    name: str
    start: int
    length: int
    top: int = 0
    """0 where it takes the whole height of the bar, which is 2; 1 for the lower half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What other sources say about an article's claims, counted by claim."""

    claims: int
    confirmed: int
    disputed: int
    both: int
    """Confirmed and disputed."""
    touched: int
    """Only related, neither confirmed nor disputed."""
    silent: int
    bar: tuple[Part, ...]
    others: Markup
    """The articles that speak most to this one, as list items."""


def strip(article: Article, claims: Sequence[Claim]) -> Markup:
    """Return all claims as ticks along the article; main ones tall, the others low."""
    return _picture(_ticks(article, claims))


def lanes(article: Article, claims: Sequence[Claim]) -> tuple[Markup, list[Lane]]:
    """Return the strip of all claims, and one for every kind that occurs."""
    ticks = _ticks(article, claims)
    found: dict[str, list[str]] = {}
    for claim, tick in zip(claims, ticks, strict=True):
        found.setdefault(claim.kind, []).append(tick)
    by_kind = [
        Lane(
            kind=kind,
            label=labels.KIND_LABEL[kind],
            sign=labels.KIND_SIGN[kind],
            count=len(found[kind]),
            picture=_picture(found[kind]),
        )
        for kind in CLAIM_KINDS
        if kind in found
    ]
    return _picture(ticks), by_kind


def _picture(ticks: Iterable[str]) -> Markup:
    return Markup(  # noqa: S704 — numbers and names of kinds only
        f'<svg class="strip" viewBox="0 0 {WIDTH} {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{"".join(ticks)}</svg>'
    )


def _ticks(article: Article, claims: Iterable[Claim]) -> list[str]:
    length = max(len(article.text), 1)
    ticks = []
    for claim in claims:
        height = _HEIGHT if claim.weight == "main" else _LOW
        span = claim.span
        left = WIDTH * span.start // length
        width = max(WIDTH * span.end // length - left - 2, 4)
        ticks.append(
            f'<rect class="tick kind-{claim.kind}" x="{left}" y="{_HEIGHT - height}" width="{width}" height="{height}"/>'
        )
    return ticks


def outline(article: Article, claims: Sequence[Claim]) -> list[Heading]:
    """Return the headings with the number of claims below each, up to the next heading."""
    places = [n for n, block in enumerate(article.blocks, 1) if block.kind == "heading"]
    counts, main = Counter[int](), Counter[int]()
    for claim in claims:
        below = bisect_right(places, claim.paragraph) - 1
        counts[below] += 1
        main[below] += claim.weight == "main"
    return [
        Heading(
            block=place,
            label=shorten(article.blocks[place - 1].span.of(article.text), 70),
            level=article.blocks[place - 1].level,
            main=main[number],
            claims=counts[number],
        )
        for number, place in enumerate(places)
    ]


def standing(catalogue: Catalogue, article: Article) -> Standing:
    """Count what other sources say about the claims of an article."""
    claims = catalogue.claims_of(article.id)
    by_article: dict[ArticleId, list[int]] = {}
    disputed = confirmed = both = silent = 0
    for claim in claims:
        columns = set[int]()
        for end in catalogue.related(claim.id):
            column = _COLUMN[end.link.kind]
            columns.add(column)
            row = by_article.get(end.claim.article)
            if row is None:
                row = by_article[end.claim.article] = [0, 0, 0]
            row[column] += 1
        confirmed += 0 in columns
        disputed += 1 in columns
        both += columns >= {0, 1}
        silent += not columns
    answered = confirmed + disputed - both
    touched = len(claims) - silent - answered
    return Standing(
        claims=len(claims), confirmed=confirmed, disputed=disputed, both=both, touched=touched, silent=silent,
        bar=_bar(confirmed, disputed, both, touched),
        others=_others(catalogue, article, by_article),
    )


def _bar(confirmed: int, disputed: int, both: int, touched: int) -> tuple[Part, ...]:
    parts = (
        Part(name="confirmed", start=0, length=confirmed),
        Part(name="disputed", start=confirmed - both, length=both, top=1),
        Part(name="disputed", start=confirmed, length=disputed - both),
        Part(name="touched", start=confirmed + disputed - both, length=touched),
    )
    return tuple(part for part in parts if part.length)


def _others(catalogue: Catalogue, article: Article, counts: dict[ArticleId, list[int]]) -> Markup:
    """Return the articles that speak most to this one; two that have no page side by side get no link to one."""
    rows = sorted([(-(row[0] + row[1]), -row[2], name) for name, row in counts.items()])[:MOST_OTHERS]
    return Markup("".join([_other(catalogue, article, name, counts[name]) for _, _, name in rows]))  # noqa: S704 — every word was escaped


def _other(catalogue: Catalogue, article: Article, name: ArticleId, counts: Sequence[int]) -> str:
    other = catalogue.article(name)
    source = f", {safe_name(other.publisher)}" if other.publisher else ""
    found = ", ".join([f"{count} {word}" for count, word in zip(counts, _WORDS, strict=True) if count])
    side = (
        f' <a class="compare-link" href="{BASE}{compare_address(article.id, name)}"'
        f' aria-label="Compare with {safe_name(other.title)}">Compare</a>'
        if compared(catalogue, article.id, name)
        else ""
    )
    return f"<li><span>{pieces(catalogue).article(name)}{source}</span> <span>{found}</span>{side}</li>\n"
