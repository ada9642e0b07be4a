"""Claims in lists: the same item on every page, made once, and the order in which pages show them.

Comes in: a `Catalogue` and the way up to the site's base. Goes out: markup and plain values for templates. Groups
nothing by itself: which claims stand together is each page's own business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from markupsafe import Markup, escape

from ..catalogue import Catalogue, article_address, claim_address, compare_address
from ..document import shorten
from ..labels import KIND_SIGN
from ..model import Article, Claim, ClaimId, Concept, ConceptId, Link
from ._pairs import compared
from .templates import template
from .views import ClaimView, Named, claim_view, concept_name

FULL_LIST = 300
"""Above so many claims a page shows some of each part and points to complete lists."""


RICH = 5_000
"""Above so many claims in the corpus, lists show the quotes alone; who says it is one step away."""


class _Macros(Protocol):
    def item(self, claim: ClaimView, base: str, with_source: bool) -> Markup: ...


class Items:
    """Renders claims as list items, each once for all the pages of one depth."""

    def __init__(self, catalogue: Catalogue, base: str) -> None:
        """Take the corpus and the way up from the pages on which the items will stand."""
        self.catalogue = catalogue
        self.base = base
        self._macros = cast("_Macros", template("_claim.html.j2").module)
        self._views: dict[ClaimId, ClaimView] = {}
        self._items: dict[tuple[ClaimId, bool], Markup] = {}
        self._lines: dict[ClaimId, Markup] = {}

    def view(self, claim: Claim) -> ClaimView:
        """Return what templates print of a claim."""
        found = self._views.get(claim.id)
        if found is None:
            found = self._views[claim.id] = claim_view(self.catalogue, claim)
        return found

    def item(self, claim: Claim, *, source: bool = True) -> Markup:
        """Return a claim as an item: quote, kind, asserter, hedge, origin and, if wished, its source."""
        key = (claim.id, source)
        found = self._items.get(key)
        if found is None:
            found = self._items[key] = Markup(self._macros.item(self.view(claim), self.base, source))  # noqa: S704 — the template escapes
        return found

    def line(self, claim: Claim) -> Markup:
        """Return a claim as one line: its kind's sign and the quote as a link."""
        found = self._lines.get(claim.id)
        if found is None:
            found = self._lines[claim.id] = Markup(  # noqa: S704 — the quote is escaped
                f'<span class="kind-sign kind-{claim.kind}" aria-hidden="true">{KIND_SIGN[claim.kind]}</span> '
                f'<a class="claim-link" href="{self.base}{claim_address(claim.id)}">{escape(shorten(claim.quote, 300))}</a>'
            )
        return found

    def items(self, claims: Iterable[Claim], *, source: bool = True) -> list[Markup]:
        """Return several items; lines where the corpus is large, since many pages then list many claims."""
        if len(self.catalogue.claims) > RICH:
            return [self.line(claim) for claim in claims]
        return [self.item(claim, source=source) for claim in claims]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How much one source says: a row of a small table with its share as a bar."""

    name: Named
    count: int
    share: int
    """In hundredths of the longest bar."""
    main: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A link with both its claims in view."""

    one: ClaimView
    other: ClaimView
    kind: str
    curated: bool
    note: str
    main: bool
    """Whether both claims are among the main ones of their articles."""
    compare: str
    """Address of the page on which both articles stand side by side; empty where there is none."""


def pair_view(items: Items, link: Link) -> PairView:
    """Return a link as a card of two quotes."""
    one, other = items.catalogue.claim(link.source), items.catalogue.claim(link.target)
    return PairView(
        one=items.view(one),
        other=items.view(other),
        kind=link.kind,
        curated=link.origin == "curated",
        note=link.note or "; ".join(link.reasons),
        main=one.weight == other.weight == "main",
        compare=compare_address(one.article, other.article) if compared(items.catalogue, one.article, other.article) else "",
    )


def links_by_weight(catalogue: Catalogue, kind: str) -> list[Link]:
    """Return the links of a kind, weightiest first: main claims, then those a person stated, then by score."""
    place = {claim.id: at for at, claim in enumerate(catalogue.claims)}

    def weight(link: Link) -> tuple[int, bool, float, int, int]:
        ends = (catalogue.claim(link.source), catalogue.claim(link.target))
        main = sum(end.weight == "main" for end in ends)
        return (-main, link.origin != "curated", -link.score, place[link.source], place[link.target])

    return sorted((link for link in catalogue.corpus.links if link.kind == kind), key=weight)


def link_topic(catalogue: Catalogue, link: Link) -> ConceptId | None:
    """Return the topic under which a link is listed: one that both claims carry, else the first of either."""
    one, other = catalogue.claim(link.source), catalogue.claim(link.target)
    shared = [topic for topic in one.topics if topic in other.topics]
    return next(iter((*shared, *one.topics, *other.topics)), None)


def by_main(claims: Iterable[Claim]) -> list[Claim]:
    """Return main claims first, each part in its given order."""
    return sorted(claims, key=lambda claim: claim.weight != "main")


def source_bars(catalogue: Catalogue, claims: Sequence[Claim]) -> list[Bar]:
    """Count claims by article, the most first; equal ones in the order of the articles."""
    counts: dict[str, int] = {}
    mains: dict[str, int] = {}
    for claim in claims:
        counts[claim.article] = counts.get(claim.article, 0) + 1
        mains[claim.article] = mains.get(claim.article, 0) + (claim.weight == "main")
    most = max(counts.values(), default=1)
    found = [
        Bar(
            name=Named(id=article.id, label=article.title, address=article_address(article.id)),
            count=counts[article.id],
            share=round(100 * counts[article.id] / most),
            main=mains[article.id],
        )
        for article in articles_of(catalogue, counts)
    ]
    return sorted(found, key=lambda bar: -bar.count)


def articles_of(catalogue: Catalogue, ids: Iterable[str]) -> list[Article]:
    """Return articles by their ids, in the order of the corpus."""
    wanted = set(ids)
    return [article for article in catalogue.articles if article.id in wanted] if wanted else []


def plural(count: int, word: str, many: str = "") -> str:
    """Return a count with its noun: `1 claim`, `3 claims`, `1,200 claims`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def short_title(article: Article) -> str:
    """Return the first words of a title, enough to tell which article is meant."""
    return shorten(article.title, 36)


def names(catalogue: Catalogue, concepts: Iterable[ConceptId]) -> list[Named]:
    """Return links to topics or entities."""
    return [concept_name(catalogue, concept) for concept in concepts]


def narrower(catalogue: Catalogue) -> dict[ConceptId, list[Concept]]:
    """Return for each topic those that name it as their broader one, by label."""
    found: dict[ConceptId, list[Concept]] = {}
    for concept in catalogue.corpus.concepts:
        for broader in concept.broader:
            found.setdefault(broader, []).append(concept)
    return found
