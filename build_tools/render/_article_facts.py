"""Where in an article its claims are, and how much of it other sources confirm, dispute or don't mention.

Comes in: an article, its notes, the catalogue. Goes out: small SVG pictures and counts for the template.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue, article_address, compare_address
from ..document import shorten
from ..model import CLAIM_KINDS, Article, ArticleId, Claim

_CONFIRM = frozenset({"restates", "supports"})
WIDTH = 1000
"""Units of a strip's width; the style sheet stretches it to the column."""
_HEIGHT, _LOW = 14, 5
"""Units of a tick's height: of main claims, of the others."""


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
class Other:
    """Another article that speaks to this one."""

    title: str
    source: str
    address: str
    compare: str
    confirms: int
    disputes: int
    touches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the bar that shows how the claims divide; each claim counts once, a disputed one as disputed."""

    name: str
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What other sources say about an article's claims, counted by claim."""

    claims: int
    confirmed: int
    disputed: int
    touched: int
    """Only related, neither confirmed nor disputed."""
    silent: int
    bar: tuple[Part, ...]
    others: tuple[Other, ...]


_TICK = Markup('<rect class="tick kind-{}" x="{}" y="{}" width="{}" height="{}"/>')
_STRIP = Markup(
    '<svg class="strip" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>'
)


def strip(article: Article, claims: Sequence[Claim]) -> Markup:
    """Return all claims as ticks along the article; main ones tall, the others low."""
    ticks = (_tick(article, claim) for claim in claims)
    return _STRIP.format(WIDTH, _HEIGHT, Markup().join(ticks))


def lanes(article: Article, claims: Sequence[Claim]) -> list[Lane]:
    """Return a strip for every kind that occurs."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.kind, []).append(claim)
    return [
        Lane(
            kind=kind,
            label=labels.KIND_LABEL[kind],
            sign=labels.KIND_SIGN[kind],
            count=len(found[kind]),
            picture=strip(article, found[kind]),
        )
        for kind in CLAIM_KINDS
        if kind in found
    ]


def _tick(article: Article, claim: Claim) -> Markup:
    height = _HEIGHT if claim.weight == "main" else _LOW
    length = max(len(article.text), 1)
    left = WIDTH * claim.start // length
    return _TICK.format(claim.kind, left, _HEIGHT - height, max(WIDTH * claim.end // length - left - 2, 4), height)


def outline(article: Article, claims: Sequence[Claim]) -> list[Heading]:
    """Return the headings with the number of claims below each, up to the next heading."""
    places = [n for n, block in enumerate(article.blocks, 1) if block.kind == "heading"]
    ends = [*places[1:], len(article.blocks) + 1]
    found = []
    for place, end in zip(places, ends, strict=False):
        below = [claim for claim in claims if place <= claim.paragraph < end]
        block = article.blocks[place - 1]
        found.append(
            Heading(
                block=place,
                label=shorten(block.span.of(article.text), 70),
                level=block.level,
                main=sum(claim.weight == "main" for claim in below),
                claims=len(below),
            )
        )
    return found


def standing(catalogue: Catalogue, article: Article) -> Standing:
    """Count what other sources say about the claims of an article."""
    claims = catalogue.claims_of(article.id)
    found = [{end.link.kind for end in catalogue.related(claim.id)} for claim in claims]
    disputed = sum("disputes" in kinds for kinds in found)
    confirmed = sum(bool(kinds & _CONFIRM) for kinds in found)
    only = sum(bool(kinds & _CONFIRM) and "disputes" not in kinds for kinds in found)
    silent = sum(not kinds for kinds in found)
    touched = len(claims) - silent - disputed - only
    by_article: dict[ArticleId, list[int]] = {}
    for claim in claims:
        for end in catalogue.related(claim.id):
            row = by_article.setdefault(end.claim.article, [0, 0, 0])
            row[0 if end.link.kind in _CONFIRM else 1 if end.link.kind == "disputes" else 2] += 1
    return Standing(
        claims=len(claims), confirmed=confirmed, disputed=disputed, touched=touched, silent=silent,
        bar=_bar(confirmed=only, disputed=disputed, touched=touched),
        others=_others(catalogue, article, by_article),
    )


def _bar(**lengths: int) -> tuple[Part, ...]:
    starts = accumulate(lengths.values(), initial=0)
    parts = zip(lengths.items(), starts, strict=False)
    return tuple(Part(name=name, start=start, length=length) for (name, length), start in parts)


def _others(catalogue: Catalogue, article: Article, counts: dict[ArticleId, list[int]]) -> tuple[Other, ...]:
    found = [
        Other(
            title=other.title,
            source=other.publisher,
            address=article_address(other.id),
            compare=compare_address(article.id, other.id),
            confirms=row[0],
            disputes=row[1],
            touches=row[2],
        )
        for name, row in counts.items()
        if (other := catalogue.article(name))
    ]
    return tuple(sorted(found, key=lambda other: (-(other.confirms + other.disputes), -other.touches)))

