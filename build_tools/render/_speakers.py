"""Who speaks: what each entity says itself, and who speaks without being one.

Comes in: a `Catalogue`. Goes out: claims by entity and by name. Who "it" is comes from the labels of the entities: an asserter is
an entity where its name is one of them, or lists some (`OpenAI and Google DeepMind`). Articles that nobody signed are no speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..catalogue import Catalogue
from ..model import UNSIGNED, Claim, Concept, ConceptId


@dataclass(frozen=True, slots=True)
class Speakers:
    """Claims by who asserts them, each list in the order of the corpus."""

    entities: Mapping[ConceptId, list[Claim]]
    """What entities say, alone or together."""
    others: Mapping[str, list[Claim]]
    """What those say whose name, or a part of it, is no entity's."""
    names: Mapping[ConceptId, list[str]]
    """The names under which entities speak."""
    known: Mapping[str, tuple[ConceptId, ...]]
    """The entities that a speaker's name stands for or lists."""


def speakers(catalogue: Catalogue) -> Speakers:
    """Sort all claims by who asserts them."""
    labels: dict[str, ConceptId] = {}
    for entity in catalogue.entities:
        for label in (entity.pref_label, *entity.alt_labels):
            labels.setdefault(label.casefold(), entity.id)
    said: dict[str, list[Claim]] = {}
    for claim in catalogue.claims:
        if claim.asserter.name != UNSIGNED:
            said.setdefault(claim.asserter.name, []).append(claim)
    place = {claim.id: at for at, claim in enumerate(catalogue.claims)}
    known: dict[str, tuple[ConceptId, ...]] = {}
    entities: dict[ConceptId, list[Claim]] = {}
    names: dict[ConceptId, list[str]] = {}
    others: dict[str, list[Claim]] = {}
    for name, claims in said.items():
        parts = _parts(name)
        found = dict.fromkeys(labels[part] for part in parts if part in labels)
        known[name] = tuple(found)
        for entity_id in found:
            entities.setdefault(entity_id, []).extend(claims)
            names.setdefault(entity_id, []).append(name)
        if parts[0] not in labels and not (parts[1:] and all(part in labels for part in parts[1:])):
            others[name] = claims
    ordered = {entity: sorted(mine, key=lambda claim: place[claim.id]) for entity, mine in entities.items()}
    return Speakers(ordered, others, names, known)


def by_and_of(catalogue: Catalogue, said: Speakers, entity: Concept) -> tuple[Sequence[Claim], Sequence[Claim], Sequence[Claim]]:
    """Return all claims of an entity's page, those that it says itself, and the rest, in which others name it."""
    named, own = catalogue.claims_on(entity.id), said.entities.get(entity.id, [])
    if not own:
        return named, own, named
    ids = {claim.id for claim in own}
    about = [claim for claim in named if claim.id not in ids]
    return [*own, *about], own, about


def _parts(name: str) -> tuple[str, ...]:
    """Return a name and, where it lists several, each of them; in the form in which labels are compared."""
    whole = name.casefold()
    return (whole, *(part for piece in whole.replace(" and ", ",").split(",") if (part := piece.strip()) and part != whole))
