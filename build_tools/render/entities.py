"""What is said about a person, organisation, product, place or law, and what it says itself: `/entities/` and a page each.

Comes in: a `Catalogue`. Goes out: an index and a bundle of pages. What counts as said by an entity, `_speakers` decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue, article_address, claim_address, concept_address
from ..document import Document, bundle, folded, markdown_page
from ..labels import plural
from ..metadata import topic_metadata
from ..model import ENTITY_KINDS, UNSIGNED, Claim, ClaimId, Concept, ConceptId, Link, Page
from ._items import Items
from ._listing import FULL_LIST, bars, by_article, chips, commonest, links_by_weight, some_of_each, source_lists
from ._pieces import BASE, safe, safe_name
from ._speakers import Speakers, by_and_of, speakers
from .templates import template
from .views import Named, concept_name

SOME_SOURCES, SOME_CLAIMS = 20, 3
"""Sources whose words are shown where there are too many claims for one page; the table leads to all."""
SAID = 60
"""Claims of its own that an entity's page shows."""
PAIRS = 6
"""Disputes shown on one entity's page."""
FIGURES = 40
"""Figures shown on one entity's page."""


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
    said = speakers(catalogue)
    yield markdown_page(_index(catalogue, said), catalogue.site)
    items = Items(catalogue, BASE)
    disputed = _disputed(catalogue, links_by_weight(catalogue, "disputes"))
    figures = _Figures(catalogue)
    documents = (
        _entity(items, figures, entity, said, disputed.get(entity.id, [])) for entity in catalogue.entities
    )
    yield bundle("entities", documents, catalogue.site)


def _disputed(catalogue: Catalogue, links: Iterable[Link]) -> dict[ConceptId, list[Link]]:
    """Find, for each entity, the disputes of which both ends name it."""
    found: dict[ConceptId, list[Link]] = {}
    for link in links:
        one, other = catalogue.claim(link.source), catalogue.claim(link.target)
        for entity in sorted(set(one.entities) & set(other.entities)):
            found.setdefault(entity, []).append(link)
    return found


def _entity(
    items: Items, figures: _Figures, entity: Concept, speaking: Speakers, disputed: Sequence[Link]
) -> Document:
    catalogue = items.catalogue
    claims, said, about = by_and_of(catalogue, speaking, entity)
    kind = labels.CONCEPT_LABEL[entity.kind]
    by_source = by_article(catalogue, claims)
    of_others = by_article(catalogue, about) if said else by_source
    shown = some_of_each(of_others, whole=len(about) <= FULL_LIST, sources=SOME_SOURCES, each=SOME_CLAIMS)
    others = Counter([other for claim in claims for other in claim.entities if other != entity.id])
    topics = Counter([topic for claim in claims for topic in claim.topics])
    body = template("entity.html.j2").render(
        base=items.base,
        entity=entity,
        kind=kind,
        bars=bars(catalogue, by_source),
        said=items.listed(said[:SAID]),
        says=len(said),
        said_here=min(len(said), SAID),
        said_by="&".join([f"asserter={quote(name, safe='')}" for name in speaking.names.get(entity.id, ())]),
        about=source_lists(items, shown, tag="h3", counted=True),
        about_count=len(about),
        left_out=len(about) - sum(len(source.claims) for source in shown),
        others=chips(catalogue, commonest(others, 10), "Named together with"),
        topics=chips(catalogue, commonest(topics, 10), "Topics"),
        figures=figures.of(claims),
        figures_count=sum([len(claim.quantities) for claim in claims]),
        figures_here=FIGURES,
        pairs=[items.pair(link) for link in disputed[:PAIRS]],
        disputes=len(disputed),
    )
    return Document(
        address=concept_address(entity),
        title=entity.pref_label,
        description=f"{entity.pref_label}: {kind.lower()}, in {plural(len(claims), 'claim')}. {entity.scope_note}".strip(),
        body=body,
        page_class="entity",
        **topic_metadata(catalogue, entity),
    )


class _Figures:
    """Figures with the sentences they stand in, each made once for all the entities that it names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sentences: dict[ClaimId, str] = {}

    def of(self, claims: Iterable[Claim]) -> Markup:
        """Return the first figures of some claims as list items."""
        found = ((claim, quantity) for claim in claims for quantity in claim.quantities)
        return Markup(  # noqa: S704 — every word was escaped
            "".join(
                [
                    f"<li><strong>{safe(' '.join(quantity.text.split()))}</strong> {self._sentence(claim)}</li>\n"
                    for claim, quantity in islice(found, FIGURES)
                ]
            )
        )

    def _sentence(self, claim: Claim) -> str:
        found = self._sentences.get(claim.id)
        if found is None:
            article = self._catalogue.article(claim.article)
            place = f"{BASE}{article_address(article.id)}#{claim.id}"
            name = "" if claim.asserter.name == UNSIGNED else f"{safe_name(claim.asserter.name)}, "
            found = self._sentences[claim.id] = (
                f'<a href="{BASE}{claim_address(claim.id)}">{safe(folded(claim.quote))}</a> <span class="claim-source">'
                f'{name}<a href="{place}">{safe_name(article.title)}</a></span>'
            )
        return found


def _index(catalogue: Catalogue, said: Speakers) -> Document:
    groups = []
    for kind in ENTITY_KINDS:
        listed = [_listed(catalogue, said, entity) for entity in catalogue.entities if entity.kind == kind]
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


def _listed(catalogue: Catalogue, said: Speakers, entity: Concept) -> Listed:
    claims, _, _ = by_and_of(catalogue, said, entity)
    return Listed(
        name=concept_name(catalogue, entity.id),
        count=len(claims),
        sources=len({claim.article for claim in claims}),
        note=entity.scope_note,
        detected=entity.origin == "detected",
    )
