"""Where the sources dispute each other, and what several of them say: `/disagreements/` and `/agreements/`.

Comes in: a `Catalogue`. Goes out: two pages. Shows only links that stand in the corpus; none is inferred from others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..catalogue import Catalogue, Related
from ..document import Document, markdown_page
from ..labels import plural
from ..model import Claim, ClaimId, ConceptId, Page
from ._items import Items
from ._listing import link_topic, links_by_weight
from .templates import template
from .views import Named, concept_name

MOST = 250
"""Cards on one page; the rest stand on their topics' pages."""
AGREEMENTS = 120
"""Groups on the page; the weightiest come first."""
SOURCES = 3
"""How many articles must say a thing before it counts as an agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The disputes on one topic."""

    topic: Named | None
    pairs: tuple[Markup, ...]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give both pages."""
    yield markdown_page(_disagreements(catalogue), catalogue.site)
    yield markdown_page(_agreements(catalogue), catalogue.site)


def agreements(catalogue: Catalogue) -> list[tuple[Claim, tuple[Related, ...]]]:
    """Return claims that at least two other articles restate or support, with those links; most sources first.

    A claim that already stands in an earlier group leads none of its own, so nothing is told twice.
    """
    found: list[tuple[int, int, int, int, Claim, tuple[Related, ...]]] = []
    for place, claim in enumerate(catalogue.claims):
        every = catalogue.related(claim.id)
        if len(every) < SOURCES - 1:
            continue
        ends = tuple([end for end in every if end.link.kind in {"restates", "supports"}])
        restating = {end.claim.article for end in ends if end.link.kind == "restates"}
        sources = len({end.claim.article for end in ends} | {claim.article})
        if sources >= SOURCES and restating:
            found.append((-sources, -len(restating), claim.weight != "main", place, claim, ends))
    told: set[ClaimId] = set()
    chosen: list[tuple[Claim, tuple[Related, ...]]] = []
    for *_, claim, ends in sorted(found, key=lambda row: row[:4]):
        if claim.id not in told:
            told.add(claim.id)
            told.update(end.claim.id for end in ends)
            chosen.append((claim, ends))
    return chosen


def _disagreements(catalogue: Catalogue) -> Document:
    items = Items(catalogue, "../")
    links = links_by_weight(catalogue, "disputes")
    grouped: dict[ConceptId | None, list[Markup]] = {}
    for link in links[:MOST]:
        grouped.setdefault(link_topic(catalogue, link), []).append(items.pair(link))
    groups = [
        Group(topic=concept_name(catalogue, topic) if topic else None, pairs=tuple(pairs)) for topic, pairs in grouped.items()
    ]
    body = template("disagreements.html.j2").render(groups=groups, base="../", total=len(links), most=MOST)
    return Document(
        address="disagreements/",
        title="Disagreements",
        description=f"{plural(len(links), 'dispute')} between the sources, each with both quotes and the reason.",
        body=body,
        page_class="disagreements",
    )


def _agreements(catalogue: Catalogue) -> Document:
    items = Items(catalogue, "../")
    found = agreements(catalogue)
    groups = [items.agreement(claim, ends) for claim, ends in found[:AGREEMENTS]]
    body = template("agreements.html.j2").render(groups=groups, base="../", total=len(found), least=SOURCES, most=AGREEMENTS)
    return Document(
        address="agreements/",
        title="Agreements",
        description=f"{plural(len(found), 'statement')} that at least three of the sources make.",
        body=body,
        page_class="agreements",
    )
