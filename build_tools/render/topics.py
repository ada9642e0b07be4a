"""What the sources say about a topic: `/topics/` and a page for each.

Comes in: a `Catalogue`. Goes out: one page a topic and their index. A topic's own claims only: those of its narrower
topics stand on theirs, and are counted beside the links to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..catalogue import Catalogue, Related, article_address, concept_address
from ..document import Document, bundle, markdown_page
from ..labels import plural
from ..metadata import topic_metadata
from ..model import ArticleId, Claim, Concept, ConceptId, Link, Page
from . import pictures
from ._items import Items
from ._listing import (
    FULL_LIST,
    articles_of,
    bars,
    by_article,
    chips,
    commonest,
    link_topic,
    links_by_weight,
    narrower,
    short_title,
    some_of_each,
    source_lists,
)
from ._pieces import BASE
from .article import THROUGH_ENGINE
from .disagreements import agreements
from .templates import template
from .views import Named, concept_name

SOURCES = 12
"""Columns of the matrix; more do not fit a page."""
SOME_SOURCES, SOME_CLAIMS = 5, 2
"""What a part of a topic shows where the whole would be too long."""
PAIRS, AGREEING = 40, 12
"""Disputes and agreements on one page."""
ALONE = 2
"""Groups smaller than this are put together at the end."""
Agreed = tuple[Claim, tuple[Related, ...]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one claim says and others say too."""

    quote: str
    sources: int
    card: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The claims of a topic that share another topic."""

    id: str
    other: Named | None
    """None for those that carry this topic alone, or whose other topic is rare here."""
    count: int
    shown: int
    """How many of its claims stand on the page."""
    sources: Markup
    other_sources: int
    """How many more sources speak to it that the page does not show here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A topic in the tree of the index."""

    name: Named
    note: str
    count: int
    sources: int
    disputes: int
    narrower: tuple[Branch, ...]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the index and every topic's page."""
    disputes = _disputes_by_topic(catalogue)
    yield markdown_page(_index(catalogue, disputes), catalogue.site)
    items = Items(catalogue, BASE)
    below = narrower(catalogue)
    agreeing: dict[ConceptId, list[Agreed]] = {}
    for claim, ends in agreements(catalogue):
        for one in claim.topics:
            agreeing.setdefault(one, []).append((claim, ends))
    documents = (
        _topic(items, topic, _Known(below.get(topic.id, []), disputes.get(topic.id, []), agreeing.get(topic.id, [])))
        for topic in catalogue.topics
    )
    if len(catalogue.articles) > THROUGH_ENGINE:
        yield bundle("topics", documents, catalogue.site)
    else:
        yield from (markdown_page(one, catalogue.site) for one in documents)


def _disputes_by_topic(catalogue: Catalogue) -> dict[ConceptId, list[Link]]:
    """Group disputes by the topics that both claims carry, or by the one under which they are listed."""
    found: dict[ConceptId, list[Link]] = {}
    for link in links_by_weight(catalogue, "disputes"):
        one, other = catalogue.claim(link.source), catalogue.claim(link.target)
        listed = link_topic(catalogue, link)
        for topic in dict.fromkeys((*(t for t in one.topics if t in other.topics), *((listed,) if listed else ()))):
            found.setdefault(topic, []).append(link)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a topic besides its claims."""

    below: Sequence[Concept]
    disputes: Sequence[Link]
    """All of them, the weightiest first."""
    agreeing: Sequence[Agreed]


def _topic(items: Items, topic: Concept, known: _Known) -> Document:
    catalogue, below = items.catalogue, known.below
    claims = catalogue.claims_on(topic.id)
    by_source = by_article(catalogue, claims)
    entities = Counter([entity for claim in claims for entity in claim.entities])
    parts = questions(items, topic, claims, [c.id for c in below])
    body = template("topic.html.j2").render(
        base=items.base,
        topic=topic,
        count=len(claims),
        bars=bars(catalogue, by_source),
        broader=chips(catalogue, topic.broader, "Part of"),
        narrower=[(concept_name(catalogue, c.id), len(catalogue.claims_on(c.id))) for c in below],
        related=chips(catalogue, topic.related, "Related"),
        entities=chips(catalogue, commonest(entities, 12), "Named here"),
        pairs=[items.pair(link) for link in known.disputes[:PAIRS]],
        arcs=_dispute_map(catalogue, topic, known.disputes[:PAIRS]),
        agreeing=[_agreement(items, *found) for found in known.agreeing[:AGREEING]],
        disputes=len(known.disputes),
        agreed=len(known.agreeing),
        questions=parts,
        left_out=len(claims) - sum(part.shown for part in parts),
    )
    note = topic.scope_note or f"What {plural(len(by_source), 'source')} say about {topic.pref_label}."
    return Document(
        address=concept_address(topic),
        title=topic.pref_label,
        description=f"{plural(len(claims), 'claim')}. {note}",
        body=body,
        page_class="topic",
        **topic_metadata(catalogue, topic),
    )


def _agreement(items: Items, claim: Claim, ends: Sequence[Related]) -> Agreement:
    return Agreement(
        quote=" ".join(claim.quote.split()),
        sources=len({end.claim.article for end in ends} | {claim.article}),
        card=items.agreement(claim, ends),
    )


def questions(items: Items, topic: Concept, claims: Sequence[Claim], below: Sequence[ConceptId]) -> list[Question]:
    """Divide a topic's claims by what else they are about, and then by source.

    Each goes to its narrower topic where it has one, else to the other topic that it shares with most of its
    neighbours here; what is left over stands at the end.
    """
    shared = Counter([other for claim in claims for other in claim.topics if other != topic.id])
    groups: dict[ConceptId | None, list[Claim]] = {}
    for claim in claims:
        others = [other for other in claim.topics if other != topic.id and shared[other] > ALONE]
        best = max(others, key=lambda other: (other in below, shared[other], other)) if others else None
        groups.setdefault(best, []).append(claim)
    few = len(claims) <= FULL_LIST
    ordered = sorted(groups.items(), key=lambda group: (group[0] is None, -len(group[1]), group[0] or ""))
    return [_question(items, other, found, few) for other, found in ordered]


def _question(items: Items, other: ConceptId | None, claims: Sequence[Claim], few: bool) -> Question:
    by_source = by_article(items.catalogue, claims)
    shown = some_of_each(by_source, whole=few, sources=SOME_SOURCES, each=SOME_CLAIMS)
    return Question(
        id=f"and-{other}" if other else "more",
        other=concept_name(items.catalogue, other) if other else None,
        count=len(claims),
        shown=sum(len(source.claims) for source in shown),
        sources=source_lists(items, shown, tag="h4"),
        other_sources=len(by_source) - len(shown),
    )


def _dispute_map(catalogue: Catalogue, topic: Concept, links: Sequence[Link]) -> Markup:
    """Draw which sources dispute which on a topic; nothing where fewer than two pairs of them do."""
    counts: Counter[tuple[ArticleId, ArticleId]] = Counter()
    for link in links:
        one, other = sorted((catalogue.claim(link.source).article, catalogue.claim(link.target).article))
        counts[one, other] += 1
    if len(counts) < 2:
        return Markup("")
    articles = articles_of(catalogue, {end for pair in counts for end in pair})[:SOURCES]
    number = {article.id: at for at, article in enumerate(articles)}
    titles = {article.id: short_title(article) for article in articles}
    kept = {pair: count for pair, count in counts.items() if pair[0] in number and pair[1] in number}
    words = "; ".join(f"{titles[one]} and {titles[other]}: {count}" for (one, other), count in sorted(kept.items()))
    return pictures.arcs(
        "dispute-map",
        f"Which sources dispute each other on {topic.pref_label}, and how often",
        f"Number of disputes between each two sources. {words}.",
        [titles[article.id] for article in articles],
        [pictures.Arc(one=number[one], other=number[other], count=count) for (one, other), count in sorted(kept.items())],
    )


def _index(catalogue: Catalogue, disputes: dict[ConceptId, list[Link]]) -> Document:
    below = narrower(catalogue)
    roots = [topic for topic in catalogue.topics if not topic.broader]
    branches = [_branch(catalogue, topic, below, disputes) for topic in roots]
    body = template("topics.html.j2").render(
        base="../", branches=branches, count=len(catalogue.topics), picture=topic_matrix(catalogue, "../")
    )
    return Document(
        address="topics/",
        title="Topics",
        description=f"{plural(len(catalogue.topics), 'topic')}: which source speaks to which, and how much.",
        body=body,
        page_class="topics",
    )


def _branch(
    catalogue: Catalogue, topic: Concept, below: dict[ConceptId, list[Concept]], disputes: dict[ConceptId, list[Link]]
) -> Branch:
    claims = catalogue.claims_on(topic.id)
    return Branch(
        name=concept_name(catalogue, topic.id),
        note=topic.scope_note,
        count=len(claims),
        sources=len({claim.article for claim in claims}),
        disputes=len(disputes.get(topic.id, ())),
        narrower=tuple(_branch(catalogue, found, below, disputes) for found in below.get(topic.id, [])),
    )


def topic_matrix(catalogue: Catalogue, base: str) -> Markup:
    """Draw which source speaks to which topic, as far as it fits: the sources with most claims."""
    sizes = Counter(claim.article for claim in catalogue.claims)
    kept = {article for article, _ in sizes.most_common(SOURCES)}
    articles = [article for article in catalogue.articles if article.id in kept]
    rows: list[pictures.Row] = []
    below = narrower(catalogue)

    def add(topic: Concept, depth: int) -> None:
        counts = Counter(claim.article for claim in catalogue.claims_on(topic.id))
        rows.append(
            pictures.Row(
                label=topic.pref_label,
                address=base + concept_address(topic),
                counts=[counts[article.id] for article in articles],
                depth=depth,
            )
        )
        for found in below.get(topic.id, []):
            if found.broader[0] == topic.id:
                add(found, depth + 1)

    for topic in catalogue.topics:
        if not topic.broader:
            add(topic, 0)
    some = "" if len(kept) == len(catalogue.articles) else f" (the {len(kept)} sources with most claims)"
    columns = [pictures.Column(label=article.title, address=base + article_address(article.id)) for article in articles]
    return pictures.matrix(rows, columns, caption=f"Claims by topic and source{some}", corner="Topic")
