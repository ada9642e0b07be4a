"""Articles side by side: `/compare/` and a page for each pair that has something to compare.

Comes in: a `Catalogue`. Goes out: an index with a matrix of pairs, and a bundle of pages. Shows the links that stand in
the corpus, in the order of the reading; what a claim is not linked with counts as said by one article only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..catalogue import Catalogue, compare_address
from ..document import Document, bundle, markdown_page
from ..model import RELATION_KINDS, Article, ArticleId, Claim, Link, Page
from . import pictures
from ._listing import Items, plural, short_title
from ._pairs import pairs
from .templates import template
from .views import Named, article_name, concept_name

MATRIX = 20
"""Up to so many articles the index is a matrix; above, a list of each one's closest."""
CLOSEST = 6
WHOLE_LISTS = 50
"""Up to so many articles a page lists all that only one says; above, the main claims of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A linked claim of the second article, and how it relates to the first one's."""

    item: Markup
    kind: str
    curated: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedRow:
    """A claim of the first article with all its counterparts."""

    item: Markup
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyHere:
    """The claims of one article that have no counterpart in the other, in parts as its headings divide it."""

    article: Named
    total: int
    count: int
    main: tuple[Markup, ...]
    parts: tuple[tuple[str, tuple[Markup, ...]], ...]
    figures: tuple[str, ...]
    """Figures that the other article doesn't give, wherever they stand."""
    names: tuple[Named, ...]
    """Whom and what the other article doesn't name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePair:
    """Figures of one unit in two linked claims."""

    unit: str
    one: str
    other: str
    same: bool
    place: str


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
    items = Items(catalogue, "../../")
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
        rows=rows,
        counts=[(kind, counts[kind]) for kind in RELATION_KINDS if counts[kind]],
        picture=_ribbons(one, other, ordered, catalogue),
        only=(
            _only(items, one, other, {a.id for a, _, _ in ordered}),
            _only(items, other, one, {b.id for _, b, _ in ordered}),
        ),
        figures=_figures(ordered),
    )
    return Document(
        address=compare_address(one.id, other.id),
        title=f"{one.title} / {other.title}",
        description=f"{plural(len(links), 'link')} between two articles, side by side, and what only one of them says.",
        body=body,
        page_class="compare",
    )


def _turned(catalogue: Catalogue, link: Link, one: ArticleId) -> tuple[Claim, Claim, Link]:
    """Return a link's claims with that of the first article first."""
    source, target = catalogue.claim(link.source), catalogue.claim(link.target)
    return (source, target, link) if source.article == one else (target, source, link)


def _rows(items: Items, links: Sequence[tuple[Claim, Claim, Link]]) -> list[AlignedRow]:
    """Align claims in the reading order of the first article; counterparts: closest first."""
    by_claim: dict[str, list[tuple[Claim, Claim, Link]]] = {}
    for row in sorted(links, key=lambda row: row[0].start):
        by_claim.setdefault(row[0].id, []).append(row)
    rank = ("restates", "disputes", "supports", "related")
    return [
        AlignedRow(
            item=items.item(found[0][0], source=False),
            sides=tuple(
                Side(
                    item=items.item(other, source=False),
                    kind=link.kind,
                    curated=link.origin == "curated",
                    note=link.note or "; ".join(link.reasons),
                )
                for _, other, link in sorted(found, key=lambda row: (rank.index(row[2].kind), row[1].start))
            ),
        )
        for found in by_claim.values()
    ]


def _only(items: Items, article: Article, other: Article, linked: set[str]) -> OnlyHere:
    """List what stands in one article alone, under that article's own headings."""
    catalogue = items.catalogue
    claims, others = catalogue.claims_of(article.id), catalogue.claims_of(other.id)
    alone = [claim for claim in claims if claim.id not in linked]
    parts: dict[str, list[Markup]] = {}
    headings = [
        (block.start, " ".join(block.span.of(article.text).split())) for block in article.blocks if block.kind == "heading"
    ]
    whole = len(catalogue.articles) <= WHOLE_LISTS
    for claim in alone if whole else ():
        heading = next((words for start, words in reversed(headings) if start <= claim.start), "")
        parts.setdefault(heading, []).append(items.line(claim))
    theirs = {(quantity.unit, quantity.value) for claim in others for quantity in claim.quantities}
    known = {entity for claim in others for entity in claim.entities}
    named = dict.fromkeys(entity for claim in claims for entity in claim.entities if entity not in known)
    return OnlyHere(
        article=article_name(article),
        total=len(claims),
        count=len(alone),
        main=tuple(items.line(claim) for claim in alone if claim.weight == "main"),
        parts=tuple((heading, tuple(found)) for heading, found in parts.items()),
        figures=tuple(dict.fromkeys(q.text for claim in claims for q in claim.quantities if (q.unit, q.value) not in theirs)),
        names=tuple(concept_name(catalogue, entity) for entity in named),
    )


def _figures(links: Sequence[tuple[Claim, Claim, Link]]) -> list[FigurePair]:
    """Set figures of one unit in linked claims side by side; those that differ first."""
    found = [
        FigurePair(unit=a.unit, one=a.text, other=b.text, same=abs(a.value - b.value) <= abs(a.value) * 1e-9, place=one.id)
        for one, other, _ in links
        for a in one.quantities
        for b in other.quantities
        if a.unit == b.unit
    ]
    return sorted(found, key=lambda pair: pair.same)


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
    small = len(catalogue.articles) <= MATRIX
    rows = [
        (article_name(article), sorted(partners[article.id], key=lambda p: -p.total)[: None if small else CLOSEST])
        for article in catalogue.articles
    ]
    body = template("compare.html.j2").render(base="../", rows=rows, small=small, total=len(found))
    return Document(
        address="compare/",
        title="Compare",
        description=f"{plural(len(found), 'pair')} of articles, side by side: what both say, what only one says.",
        body=body,
        page_class="compare-index",
    )
