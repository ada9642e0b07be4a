"""Ids of topics and entities that last: a published address keeps its name, and a name its address.

Comes in: what earlier builds published and the concepts of this one. Goes out: ids to change, the next entries, and what
is gone. Ids that a person wrote are never changed, only those that were made from a label.
"""
from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import Concept, ConceptId, GoneConcept
from ._file import LedgerConcept

_LONGEST = 200
"""Code points of a label that are kept: enough to say what a page was about."""
_MATTER = frozenset("+#&%$€£*/<>=")
"""Signs that tell one name from another, as in `C`, `C++` and `C#`; hyphens, stops and apostrophes don't."""


@dataclass(frozen=True, slots=True)
class NamedConcepts:
    """The concepts of a build under the ids that they keep."""

    concepts: tuple[Concept, ...]
    ids: Mapping[ConceptId, ConceptId]
    """The ids that had to change, each with what it became."""
    entries: tuple[LedgerConcept, ...]
    """For the next ledger, by address."""
    gone: tuple[GoneConcept, ...]


def named_concepts(before: Sequence[LedgerConcept], concepts: Sequence[Concept], date: str) -> NamedConcepts:
    """Give concepts the ids under which they were published, and remember those that are gone.

    Args:
        before: what earlier builds published.
        concepts: those of this build, each id once; the ids of detected ones are provisional.
        date: ISO date for what is gone now, or "".
    """
    ids = _kept_ids(before, concepts)
    named = tuple(_renamed(concept, ids) for concept in concepts) if ids else tuple(concepts)
    entries = {entry.id: entry for entry in before}
    standing = {_address(concept): concept for concept in named}
    for address, entry in entries.items():
        if address not in standing and entry.state == "live":
            entries[address] = replace(entry, state="gone", since=date)
    for address, concept in standing.items():
        entries[address] = LedgerConcept(id=address, label=concept.pref_label[:_LONGEST])
    ordered = sorted(entries.values(), key=lambda entry: entry.id)
    heirs = _Heirs(named)
    gone = (entry for entry in ordered if entry.state == "gone")
    return NamedConcepts(named, ids, tuple(ordered), tuple(_gone(entry, heirs) for entry in gone))


def _address(concept: Concept, name: str = "") -> str:
    return f"{_group(concept)}/{name or concept.id}"


def _group(concept: Concept) -> str:
    return "topics" if concept.kind == "topic" else "entities"


def _key(label: str) -> str:
    """Fold what may differ between two spellings of one name: case, accents, spaces, hyphens, stops."""
    plain = unicodedata.normalize("NFKD", label[:_LONGEST]).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign in _MATTER) or plain


def _kept_ids(before: Sequence[LedgerConcept], concepts: Sequence[Concept]) -> dict[ConceptId, ConceptId]:
    """Return the ids of detected concepts that must change: to that of their name, or away from another's."""
    published = {entry.id: _key(entry.label) for entry in before}
    homes: dict[tuple[str, str], str] = {}
    for entry in sorted(before, key=lambda entry: (entry.state != "live", entry.id)):
        group, _, name = entry.id.partition("/")
        homes.setdefault((group, published[entry.id]), name)
    made = [concept for concept in concepts if concept.origin == "detected"]
    taken = {str(concept.id) for concept in concepts if concept.origin != "detected"}
    found: dict[ConceptId, str] = {}
    for concept in made:
        home = homes.get((_group(concept), _key(concept.pref_label)))
        if home is not None and home not in taken:
            found[concept.id] = home
            taken.add(home)
    for concept in made:
        if concept.id not in found:
            found[concept.id] = _free(concept, taken, published)
            taken.add(found[concept.id])
    return {name: ConceptId(now) for name, now in found.items() if name != now}


def _free(concept: Concept, taken: set[str], published: Mapping[str, str]) -> str:
    """Return the concept's own id, numbered where that is taken or was published for another name."""
    number, found = 1, str(concept.id)
    while found in taken or published.get(_address(concept, found), _key(concept.pref_label)) != _key(concept.pref_label):
        number += 1
        found = f"{concept.id}-{number}"
    return found


def _renamed(concept: Concept, ids: Mapping[ConceptId, ConceptId]) -> Concept:
    return replace(
        concept,
        id=ids.get(concept.id, concept.id),
        broader=tuple(ids.get(name, name) for name in concept.broader),
        related=tuple(ids.get(name, name) for name in concept.related),
    )


class _Heirs:
    """The living concepts by their labels: what a person would look for under an old name."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._by_label: dict[tuple[str, str], ConceptId] = {}
        self._groups = {concept.id: _group(concept) for concept in concepts}
        for labels in (_preferred, _other, _hidden):
            for concept in concepts:
                for label in labels(concept):
                    self._by_label.setdefault((_group(concept), _key(label)), concept.id)

    def of(self, entry: LedgerConcept) -> ConceptId | None:
        """Return the concept of this label, of the same group rather than of the other; else that of the same id."""
        group, _, name = entry.id.partition("/")
        key = _key(entry.label)
        other = "topics" if group == "entities" else "entities"
        same = ConceptId(name) if ConceptId(name) in self._groups else None
        return self._by_label.get((group, key)) or self._by_label.get((other, key)) or same


def _preferred(concept: Concept) -> tuple[str, ...]:
    return (concept.pref_label,)


def _other(concept: Concept) -> tuple[str, ...]:
    return concept.alt_labels


def _hidden(concept: Concept) -> tuple[str, ...]:
    return concept.hidden_labels


def _gone(entry: LedgerConcept, heirs: _Heirs) -> GoneConcept:
    return GoneConcept(address=f"{entry.id}/", label=entry.label, since=entry.since, heir=heirs.of(entry))
