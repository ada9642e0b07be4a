"""Articles side by side: `/compare/` and a page for each pair that has something to compare.

Comes in: a `Catalogue`. Goes out: an index with a matrix of pairs, and a bundle of pages. Shows the links that stand in
the corpus, in the order of the reading; what a claim is not linked with counts as said by one article only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from markupsafe import Markup

from .. import cards
from ..catalogue import Catalogue, claim_address, compare_address
from ..document import Document, bundle, markdown_page
from ..labels import plural
from ..model import RELATION_KINDS, Article, ArticleId, Claim, Link, Page
from . import pictures
from ._items import FOUND, RELATION, Items, why
from ._listing import short_title
from ._pairs import LINKED_PAIRS, pairs
from ._pieces import BASE, pieces, safe, safe_name
from .templates import template
from .views import Named, article_name

CLOSEST = 6
_ROUNDING = 1e-9
_DIFFERS = ' class="differs"'
NAMES = 24
"""Names listed that only one article has."""
WHOLE_LISTS = 50
"""Up to so many articles a page lists all that only one says; above, the main claims of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an article, with its claims that have no counterpart."""

    heading: str
    count: int
    total: int
    """How many claims stand in the part."""
    claims: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyHere:
    """The claims of one article that have no counterpart in the other, in parts as its headings divide it."""

    article: Named
    short: str
    """Its title where the whole would be in the way."""
    total: int
    count: int
    main: Markup
    mains: int
    parts: tuple[Part, ...]
    figures: tuple[str, ...]
    """Figures that the other article doesn't give, wherever they stand."""
    names: Markup
    """Whom and what the other article doesn't name; the first of them."""
    named: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A pair in the index."""

    name: Named
    address: str
    counts: tuple[tuple[str, int], ...]
    total: int


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the index and the bundle of pairs."""
    found = pairs(catalogue)
    yield markdown_page(_index(catalogue, found), catalogue.site)
    items = Items(catalogue, BASE)
    documents = (_pair(items, catalogue.article(one), catalogue.article(other), links) for (one, other), links in found.items())
    yield bundle("compare", documents, catalogue.site)


def _pair(items: Items, one: Article, other: Article, links: Sequence[Link]) -> Document:
    catalogue = items.catalogue
    ordered = [_turned(catalogue, link, one.id) for link in links]
    rows = _rows(items, ordered)
    counts = Counter(link.kind for _, _, link in ordered)
    body = template("compare_pair.html.j2").render(
        base=items.base,
        one=article_name(one),
        other=article_name(other),
        articles=(one, other),
        rows=len(rows),
        aligned=Markup("".join(rows)),  # noqa: S704 — every word was escaped
        counts=[(kind, counts[kind]) for kind in RELATION_KINDS if counts[kind]],
        picture=_ribbons(one, other, ordered, catalogue),
        only=(
            _only(items, one, other, {a.id for a, _, _ in ordered}),
            _only(items, other, one, {b.id for _, b, _ in ordered}),
        ),
        figures=_figures(ordered),
        most_names=NAMES,
    )
    return Document(
        address=compare_address(one.id, other.id),
        title=f"{one.title} / {other.title}",
        description=f"{plural(len(links), 'link')} between two articles, side by side, and what only one of them says.",
        image=cards.image(catalogue, None),
        body=body,
        page_class="compare",
    )


def _turned(catalogue: Catalogue, link: Link, one: ArticleId) -> tuple[Claim, Claim, Link]:
    """Return a link's claims with that of the first article first."""
    source, target = catalogue.claim(link.source), catalogue.claim(link.target)
    return (source, target, link) if source.article == one else (target, source, link)


def _rows(items: Items, links: Sequence[tuple[Claim, Claim, Link]]) -> list[str]:
    """Align claims in the reading order of the first article; counterparts: closest first."""
    by_claim: dict[str, list[tuple[Claim, Claim, Link]]] = {}
    for row in sorted(links, key=lambda row: row[0].start):
        by_claim.setdefault(row[0].id, []).append(row)
    rank = ("restates", "disputes", "supports", "related")
    rows = []
    for found in by_claim.values():
        ordered = sorted(found, key=lambda row: (rank.index(row[2].kind), row[1].start))
        sides = "".join([_side(items, other, link) for _, other, link in ordered])
        one = items.item(found[0][0], source=False)
        rows.append(
            f'<li class="aligned-row">\n<div class="aligned-one">{one}</div>\n<ul class="aligned-sides">\n{sides}</ul>\n</li>\n'
        )
    return rows


def _side(items: Items, claim: Claim, link: Link) -> str:
    """Return a linked claim of the second article, and how it relates to the first one's."""
    detected, found = ("", "") if link.origin == "curated" else (" relation-detected", f" {FOUND}")
    reason = why(link)
    note = f'<p class="relation-note">{safe(reason)}</p>' if reason else ""
    return (
        f'<li class="aligned-side relation-{link.kind}{detected}">\n<p class="aligned-kind"><span class="rel rel-{link.kind}">'
        f"{RELATION[link.kind]}</span>{found}</p>\n{items.item(claim, source=False)}\n{note}</li>\n"
    )


def _only(items: Items, article: Article, other: Article, linked: set[str]) -> OnlyHere:
    """List what stands in one article alone, under that article's own headings."""
    catalogue = items.catalogue
    claims, others = catalogue.claims_of(article.id), catalogue.claims_of(other.id)
    alone = [claim for claim in claims if claim.id not in linked]
    main = [claim for claim in alone if claim.weight == "main"]
    theirs = {(quantity.unit, quantity.value) for claim in others for quantity in claim.quantities}
    known = {entity for claim in others for entity in claim.entities}
    named = list(dict.fromkeys(entity for claim in claims for entity in claim.entities if entity not in known))
    return OnlyHere(
        article=article_name(article),
        short=short_title(article),
        total=len(claims),
        count=len(alone),
        main=items.listed(main, rich=False),
        mains=len(main),
        parts=_parts(items, article, alone) if len(catalogue.articles) <= WHOLE_LISTS else (),
        figures=tuple(dict.fromkeys(q.text for claim in claims for q in claim.quantities if (q.unit, q.value) not in theirs)),
        names=Markup(", ".join(map(pieces(catalogue).concept, named[:NAMES]))),  # noqa: S704 — pieces are escaped where they are made
        named=len(named),
    )


def _parts(items: Items, article: Article, alone: Sequence[Claim]) -> tuple[Part, ...]:
    """Divide the claims that stand in an article alone as its headings do."""
    headings = [
        (block.start, " ".join(block.span.of(article.text).split())) for block in article.blocks if block.kind == "heading"
    ]

    def under(claim: Claim) -> str:
        return next((words for start, words in reversed(headings) if start <= claim.start), "")

    totals = Counter(map(under, items.catalogue.claims_of(article.id)))
    parts: dict[str, list[Claim]] = {}
    for claim in alone:
        parts.setdefault(under(claim), []).append(claim)
    return tuple(
        Part(heading=heading, count=len(found), total=totals[heading], claims=items.listed(found, rich=False))
        for heading, found in parts.items()
    )


def _figures(links: Sequence[tuple[Claim, Claim, Link]]) -> Markup:
    """Set figures of one unit in linked claims side by side, as rows of a table; those that differ first."""
    same: list[str] = []
    different: list[str] = []
    for one, other, _ in links:
        for a, b in product(one.quantities, other.quantities):
            if a.unit == b.unit:
                alike = abs(a.value - b.value) <= abs(a.value) * _ROUNDING
                (same if alike else different).append(
                    f'<tr{"" if alike else _DIFFERS}><td><a href="{BASE}{claim_address(one.id)}">{safe(a.text)}</a></td>'
                    f"<td>{safe(b.text)}</td><td>{safe_name(a.unit) or '–'}</td><td>{'the same' if alike else 'differ'}</td></tr>\n"
                )
    return Markup("".join([*different, *same]))  # noqa: S704 — every word was escaped


def _ribbons(one: Article, other: Article, links: Sequence[tuple[Claim, Claim, Link]], catalogue: Catalogue) -> Markup:
    if not links:
        return Markup("")
    sizes = (max(1, len(one.text)), max(1, len(other.text)))
    counts = Counter(link.kind for _, _, link in links)
    words = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    return pictures.ribbons(
        "ribbons",
        "How the two articles line up",
        f"Each strip is an article from its beginning on the left to its end on the right; lines join linked claims: {words}. "
        "The same pairs follow as text.",
        tops=(short_title(one), short_title(other)),
        places=(
            [claim.start / sizes[0] for claim in catalogue.claims_of(one.id)],
            [claim.start / sizes[1] for claim in catalogue.claims_of(other.id)],
        ),
        links=[pictures.Ribbon(one=a.start / sizes[0], other=b.start / sizes[1], kind=link.kind) for a, b, link in links],
    )


def _index(catalogue: Catalogue, found: dict[tuple[ArticleId, ArticleId], list[Link]]) -> Document:
    partners: dict[ArticleId, list[Partner]] = {article.id: [] for article in catalogue.articles}
    for (one, other), links in found.items():
        counts = Counter(link.kind for link in links)
        listed = tuple((kind, counts[kind]) for kind in RELATION_KINDS if counts[kind])
        for here, there in ((one, other), (other, one)):
            partners[here].append(
                Partner(
                    name=article_name(catalogue.article(there)),
                    address=compare_address(one, other),
                    counts=listed,
                    total=len(links),
                )
            )
    small = len(catalogue.articles) <= LINKED_PAIRS  # a matrix is readable so far
    rows = [
        (article_name(article), sorted(partners[article.id], key=lambda p: -p.total)[: None if small else CLOSEST])
        for article in catalogue.articles
    ]
    body = template("compare.html.j2").render(base="../", rows=rows, small=small, total=len(found), linked=sum(map(bool, found.values())))
    return Document(
        address="compare/",
        title="Compare",
        description=f"{plural(len(found), 'pair')} of articles, side by side: what both say, what only one says.",
        body=body,
        page_class="compare-index",
    )
