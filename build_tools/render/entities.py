"""What is said about a person, organisation, product, place or law, and what it says itself: `/entities/` and a page each.

Comes in: a `Catalogue`. Goes out: an index and a bundle of pages. Who "it" is comes from the vocabulary: an asserter
counts as the entity where the asserter's name is one of its labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import labels
from ..catalogue import Catalogue, concept_address
from ..document import Document, bundle, markdown_page
from ..metadata import topic_metadata
from ..model import ENTITY_KINDS, Claim, ClaimId, Concept, ConceptId, Link, Page
from ._listing import FULL_LIST, Items, articles_of, by_main, links_by_weight, pair_view, plural, source_bars
from .numbers import Figure, figures
from .templates import template
from .topics import SourceClaims
from .views import Named, article_name, concept_name

if TYPE_CHECKING:
    from markupsafe import Markup

SOME_SOURCES = 20
"""Sources whose words are shown where there are too many claims for one page; the table leads to all."""
SAID = 60
"""Claims of its own that an entity's page shows."""
PAIRS = 6
"""Disputes shown on one entity's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entity in the index."""

    name: Named
    count: int
    sources: int
    note: str
    detected: bool


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the index and the bundle of all entities."""
    yield markdown_page(_index(catalogue), catalogue.site)
    items = Items(catalogue, "../../")
    said = _said_by(catalogue)
    links = links_by_weight(catalogue, "disputes")
    disputed = _disputed(catalogue, links)
    found = figures(catalogue)
    documents = [
        _entity(items, entity, said.get(entity.id, []), disputed.get(entity.id, []), found) for entity in catalogue.entities
    ]
    yield bundle("entities", documents, catalogue.site)


def _said_by(catalogue: Catalogue) -> dict[ConceptId, list[Claim]]:
    """Find what entities assert themselves: the asserter's name is a label, or lists it (`OpenAI and Google DeepMind`)."""
    known: dict[str, ConceptId] = {}
    for entity in catalogue.entities:
        for label in (entity.pref_label, *entity.alt_labels):
            known.setdefault(label.casefold(), entity.id)
    found: dict[ConceptId, list[Claim]] = {}
    for claim in catalogue.claims:
        name = claim.asserter.name.casefold()
        parts = {name, *(part.strip() for part in name.replace(" and ", ",").split(","))}
        for entity_id in sorted({known[part] for part in parts if part in known}):
            found.setdefault(entity_id, []).append(claim)
    return found


def _disputed(catalogue: Catalogue, links: Iterable[Link]) -> dict[ConceptId, list[Link]]:
    """Find, for each entity, the disputes of which both ends name it."""
    found: dict[ConceptId, list[Link]] = {}
    for link in links:
        one, other = catalogue.claim(link.source), catalogue.claim(link.target)
        for entity in sorted(set(one.entities) & set(other.entities)):
            found.setdefault(entity, []).append(link)
    return found


def _entity(
    items: Items, entity: Concept, said: Sequence[Claim], disputed: Sequence[Link], found: dict[ClaimId, tuple[Figure, ...]]
) -> Document:
    catalogue = items.catalogue
    claims = catalogue.claims_on(entity.id)
    own = {claim.id for claim in said}
    about = [claim for claim in claims if claim.id not in own]
    others = Counter(other for claim in claims for other in claim.entities if other != entity.id)
    topics = Counter(topic for claim in claims for topic in claim.topics)
    by_source = _by_source(items, about)
    body = template("entity.html.j2").render(
        base=items.base,
        entity=entity,
        kind=labels.CONCEPT_LABEL[entity.kind],
        count=len(claims),
        sources=source_bars(catalogue, claims),
        said=items.items(said[:SAID]),
        says=len(said),
        about=by_source,
        about_count=len(about),
        left_out=len(about) - sum(len(source.claims) for source in by_source),
        others=[concept_name(catalogue, other) for other, _ in others.most_common(10)],
        topics=[concept_name(catalogue, topic) for topic, _ in topics.most_common(10)],
        figures=[figure for claim in claims for figure in found.get(claim.id, ())],
        pairs=[pair_view(items, link) for link in disputed[:PAIRS]],
        disputes=len(disputed),
    )
    return Document(
        address=concept_address(entity),
        title=entity.pref_label,
        description=f"{labels.CONCEPT_LABEL[entity.kind]}, named in {plural(len(claims), 'claim')}. {entity.scope_note}".strip(),
        body=body,
        page_class="entity",
        **topic_metadata(catalogue, entity),
    )


def _by_source(items: Items, claims: Sequence[Claim]) -> list[SourceClaims]:
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article, []).append(claim)
    found = []
    articles = articles_of(items.catalogue, by_article)
    if len(claims) > FULL_LIST:
        articles = sorted(articles, key=lambda article: -len(by_article[article.id]))[:SOME_SOURCES]
    for article in articles:
        mine = by_article[article.id]
        shown = mine if len(claims) <= FULL_LIST else by_main(mine)[:3]
        shown_items: tuple[Markup, ...] = tuple(items.items(shown, source=False))
        found.append(SourceClaims(article=article_name(article), claims=shown_items, left_out=len(mine) - len(shown)))
    return found


def _index(catalogue: Catalogue) -> Document:
    groups = []
    for kind in ENTITY_KINDS:
        listed = [_listed(catalogue, entity) for entity in catalogue.entities if entity.kind == kind]
        if listed:
            groups.append((labels.CONCEPT_LABEL[kind], kind, sorted(listed, key=lambda e: (-e.count, e.name.label))))
    total = len(catalogue.entities)
    body = template("entities.html.j2").render(base="../", groups=groups, count=total)
    return Document(
        address="entities/",
        title="People, organisations, products",
        description=f"{plural(total, 'name')} that the sources speak of: what is said of each and by it.",
        body=body,
        page_class="entities",
    )


def _listed(catalogue: Catalogue, entity: Concept) -> Listed:
    claims = catalogue.claims_on(entity.id)
    return Listed(
        name=concept_name(catalogue, entity.id),
        count=len(claims),
        sources=len({claim.article for claim in claims}),
        note=entity.scope_note,
        detected=entity.origin == "detected",
    )
