"""`data/topics.jsonld`: topics and entities as SKOS concepts, with the claims that carry them counted.

Keeps SKOS's integrity conditions: no label twice on a concept, no concept related to one above it (S13, S27).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..catalogue import Catalogue, concept_address
from ..model import Concept, ConceptId, Page
from ._write import json_page

CONTEXT: Final[dict[str, object]] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "type": "@type",
    "id": "@id",
    **{
        name: {"@id": f"skos:{name}", "@type": "@id"}
        for name in ("broader", "narrower", "related", "inScheme", "topConceptOf", "hasTopConcept")
    },
    **{
        name: {"@id": f"skos:{name}", "@container": "@language"}
        for name in ("prefLabel", "altLabel", "hiddenLabel", "scopeNote")
    },
    "notation": "skos:notation",
    "title": "dct:title",
    "kind": "dct:type",
}


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the one file: two schemes, topics and names, and their concepts."""
    schemes = [
        _scheme(catalogue, "topics/", "Topics", catalogue.topics),
        _scheme(catalogue, "a-z/", "Names", catalogue.entities),
    ]
    graph = [*schemes, *(_concept(catalogue, concept) for concept in (*catalogue.topics, *catalogue.entities))]
    yield json_page("data/topics.jsonld", {"@context": CONTEXT, "@graph": graph})


def _scheme(catalogue: Catalogue, address: str, title: str, concepts: tuple[Concept, ...]) -> dict[str, object]:
    tops = [_iri(catalogue, concept.id) for concept in concepts if not _broader(catalogue, concept)]
    found: dict[str, object] = {
        "id": _home(catalogue) + address,
        "type": "skos:ConceptScheme",
        "title": f"{catalogue.site.name}: {title}",
    }
    return {**found, "hasTopConcept": tops} if tops else found


def _concept(catalogue: Catalogue, concept: Concept) -> dict[str, object]:
    language, scheme = catalogue.site.language, _home(catalogue) + ("topics/" if concept.kind == "topic" else "a-z/")
    broader = _broader(catalogue, concept)
    narrower = [c.id for c in (*catalogue.topics, *catalogue.entities) if concept.id in _broader(catalogue, c)]
    alternative = [label for label in dict.fromkeys(concept.alt_labels) if label != concept.pref_label]
    hidden = [
        label for label in dict.fromkeys(concept.hidden_labels) if label not in {concept.pref_label, *alternative}
    ]
    found: dict[str, object] = {
        "id": _iri(catalogue, concept.id),
        "type": "skos:Concept",
        "inScheme": scheme,
        "kind": concept.kind,
        "notation": concept.id,
        "prefLabel": {language: concept.pref_label},
    }
    several = (("altLabel", alternative), ("hiddenLabel", hidden))
    found |= {name: {language: labels} for name, labels in several if labels}
    linked = (("broader", broader), ("narrower", narrower), ("related", _related(catalogue, concept)))
    found |= {name: [_iri(catalogue, other) for other in others] for name, others in linked if others}
    found |= {"scopeNote": {language: concept.scope_note}} if concept.scope_note else {}
    return found if broader else {**found, "topConceptOf": scheme}


def _broader(catalogue: Catalogue, concept: Concept) -> list[ConceptId]:
    return [other for other in dict.fromkeys(concept.broader) if other != concept.id]


def _related(catalogue: Catalogue, concept: Concept) -> list[ConceptId]:
    """Return both directions of `related`, without concepts above or below."""
    every = (*catalogue.topics, *catalogue.entities)
    named = [*concept.related, *(c.id for c in every if concept.id in c.related)]
    above = _above(catalogue, concept)
    return [
        other
        for other in dict.fromkeys(named)
        if other != concept.id and other not in above and concept.id not in _above(catalogue, catalogue.concept(other))
    ]


def _above(catalogue: Catalogue, concept: Concept) -> set[ConceptId]:
    found: set[ConceptId] = set()
    ahead = list(concept.broader)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(catalogue.concept(one).broader)
    return found


def _iri(catalogue: Catalogue, concept: ConceptId) -> str:
    return _home(catalogue) + concept_address(catalogue.concept(concept))


def _home(catalogue: Catalogue) -> str:
    return catalogue.site.url or "../"
