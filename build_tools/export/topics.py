"""`data/topics.jsonld`: topics and entities as SKOS concepts, with the claims that carry them counted.

Keeps SKOS's integrity conditions: no label twice on a concept, no concept related to one above it (S13, S27).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Which concepts stand above, below and beside each other, computed once."""

    broader: Mapping[ConceptId, Sequence[ConceptId]]
    narrower: Mapping[ConceptId, Sequence[ConceptId]]
    beside: Mapping[ConceptId, Sequence[ConceptId]]
    """Related in either direction, whatever stands above."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the one file: two schemes, topics and names, and their concepts."""
    ties = _ties((*catalogue.topics, *catalogue.entities))
    graph = [
        _scheme(catalogue, ties, "topics/", "Topics", catalogue.topics),
        _scheme(catalogue, ties, "a-z/", "Names", catalogue.entities),
        *(_concept(catalogue, ties, concept) for concept in (*catalogue.topics, *catalogue.entities)),
    ]
    yield json_page("data/topics.jsonld", {"@context": CONTEXT, "@graph": graph})


def _ties(concepts: Sequence[Concept]) -> Ties:
    broader: dict[ConceptId, list[ConceptId]] = defaultdict(list)
    narrower: dict[ConceptId, list[ConceptId]] = defaultdict(list)
    beside: dict[ConceptId, list[ConceptId]] = defaultdict(list)
    for concept in concepts:
        for other in dict.fromkeys(concept.broader):
            if other != concept.id:
                broader[concept.id].append(other)
                narrower[other].append(concept.id)
        for other in dict.fromkeys(concept.related):
            beside[concept.id].append(other)
            beside[other].append(concept.id)
    return Ties(broader=broader, narrower=narrower, beside=beside)


def _scheme(
    catalogue: Catalogue, ties: Ties, address: str, title: str, concepts: tuple[Concept, ...]
) -> dict[str, object]:
    tops = [_iri(catalogue, concept.id) for concept in concepts if not ties.broader.get(concept.id)]
    found: dict[str, object] = {
        "id": _home(catalogue) + address,
        "type": "skos:ConceptScheme",
        "title": f"{catalogue.site.name}: {title}",
    }
    return {**found, "hasTopConcept": tops} if tops else found


def _concept(catalogue: Catalogue, ties: Ties, concept: Concept) -> dict[str, object]:
    language = catalogue.site.language
    scheme = _home(catalogue) + ("topics/" if concept.kind == "topic" else "a-z/")
    alternative = [label for label in dict.fromkeys(concept.alt_labels) if label != concept.pref_label]
    shown = {concept.pref_label, *alternative}
    hidden = [label for label in dict.fromkeys(concept.hidden_labels) if label not in shown]
    found: dict[str, object] = {
        "id": _iri(catalogue, concept.id),
        "type": "skos:Concept",
        "inScheme": scheme,
        "kind": concept.kind,
        "notation": concept.id,
        "prefLabel": {language: concept.pref_label},
    }
    labels = (("altLabel", alternative), ("hiddenLabel", hidden))
    found |= {name: {language: several} for name, several in labels if several}
    broader = ties.broader.get(concept.id, ())
    linked = (
        ("broader", broader),
        ("narrower", ties.narrower.get(concept.id, ())),
        ("related", _related(ties, concept.id)),
    )
    found |= {name: [_iri(catalogue, other) for other in others] for name, others in linked if others}
    found |= {"scopeNote": {language: concept.scope_note}} if concept.scope_note else {}
    return found if broader else {**found, "topConceptOf": scheme}


def _related(ties: Ties, concept: ConceptId) -> list[ConceptId]:
    """Return what stands beside a concept, without what stands above or below it."""
    above = _above(ties, concept)
    beside = dict.fromkeys(ties.beside.get(concept, ()))
    return [o for o in beside if o != concept and o not in above and concept not in _above(ties, o)]


def _above(ties: Ties, concept: ConceptId) -> set[ConceptId]:
    found: set[ConceptId] = set()
    ahead = list(ties.broader.get(concept, ()))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(ties.broader.get(one, ()))
    return found


def _iri(catalogue: Catalogue, concept: ConceptId) -> str:
    return _home(catalogue) + concept_address(catalogue.concept(concept))


def _home(catalogue: Catalogue) -> str:
    return catalogue.site.url or "../"
