"""The vocabulary of topics and entities that people keep in `topics.yml`, in SKOS terms.

Comes in: the file. Goes out: `Concept`s whose every reference resolves, and problems V01 to V13. Does not look for
their labels in any text, and knows nothing of concepts that were detected.
"""
from __future__ import annotations

import graphlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from .ids import fold
from .model import ENTITY_KINDS, Concept, ConceptId, ConceptKind
from .problems import Problems
from .sidecar.formats import bad_concept_id
from .yaml_source import Entry, Place, Report, Scalar, Table, parse_yaml, read_source
from .yaml_source.fields import Fields, kind_of, nearest, one_of, shown

TOP_KEYS: Final = ("topics", "entities")
TOPIC_KEYS: Final = ("prefLabel", "altLabel", "hiddenLabel", "broader", "related", "scopeNote")
ENTITY_KEYS: Final = ("kind", *TOPIC_KEYS)
_MOST_CYCLES: Final = 20


@dataclass(frozen=True, slots=True)
class _Kept:
    """A concept with the places that problems point at."""

    concept: Concept
    where: str
    place: Place
    fields: Fields


def load_vocabulary(path: Path, *, file: str, problems: Problems) -> tuple[Concept, ...]:
    """Read the vocabulary.

    Args:
        path: the file.
        file: how problems name it.
        problems: takes all that is wrong with it, at once.

    Returns:
        The sound concepts, topics first, in the order of the file; `related` stands on both ends; references that
        lead nowhere, and those that close a circle, are left out.
    """
    report = Report(file, "V", problems)
    text = read_source(path, report)
    return () if text is None else _parse(text, report)


def parse_vocabulary(text: str, *, file: str, problems: Problems) -> tuple[Concept, ...]:
    """Read the vocabulary from its text; the same as `load_vocabulary` otherwise."""
    return _parse(text, Report(file, "V", problems))


def _parse(text: str, report: Report) -> tuple[Concept, ...]:
    root = parse_yaml(text, report)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        return ()
    if not isinstance(root, Table):
        report.error(
            6, root.place, f"the file is {kind_of(root)}, not keys with values",
            "begin with topics: or entities: in a line of its own, and indent the concepts below it",
        )
        return ()
    top = Fields(root, "", report, TOP_KEYS)
    kept: dict[ConceptId, _Kept] = {}
    for group in TOP_KEYS:
        _read_group(top, group, kept)
    _check_labels(kept, report)
    return _linked(kept, report)


def _read_group(top: Fields, group: str, kept: dict[ConceptId, _Kept]) -> None:
    found = top.node(group)
    if found is None:
        return
    if not isinstance(found, Table):
        top.report.error(
            6, found.place, f"{group} is {kind_of(found)}, not concepts by their ids",
            f"write each concept as an id and a colon below {group}:, without a dash, with prefLabel: below the id",
        )
        return
    for entry in found.entries:
        if top.report.full:
            return
        if (one := _concept(entry, group, top.report, kept)) is not None:
            kept[one.concept.id] = one


def _concept(entry: Entry, group: str, report: Report, kept: Mapping[ConceptId, _Kept]) -> _Kept | None:
    name, where = entry.key.text, f"{group}.{entry.key.text[:80]}"
    if wrong := bad_concept_id(name):
        report.error(9, entry.key.place, f"{shown(name)} can't be the id of a concept", wrong[2])
        return None
    if (earlier := kept.get(ConceptId(name))) is not None:
        report.error(
            9, entry.key.place, f"the id {name} is taken already by {earlier.where} in line {earlier.place.line}",
            f"give one of the two another id, such as {name}-{'topic' if group == 'topics' else 'name'}",
        )
        return None
    if not isinstance(entry.value, Table):
        _no_label(where, name, entry.key.place, report)
        return None
    return _read(entry, Fields(entry.value, where, report, TOPIC_KEYS if group == "topics" else ENTITY_KEYS), where)


def _no_label(where: str, name: str, place: Place, report: Report) -> None:
    label = name.replace("-", " ").capitalize()
    report.error(8, place, f"{where} has no prefLabel: readers need a name for it", f"add prefLabel: {label}")


def _read(entry: Entry, fields: Fields, where: str) -> _Kept | None:
    name = entry.key.text
    kind: ConceptKind | None = "topic"
    if "kind" in fields.known:
        kind = fields.choice("kind", ENTITY_KINDS)
        if not fields.given("kind"):
            fields.report.error(
                8, entry.key.place, f"{where} has no kind: the index sorts names by what they are",
                f"add kind: organisation, or another of {one_of(ENTITY_KINDS)}",
            )
    if not fields.given("prefLabel"):
        _no_label(where, name, entry.key.place, fields.report)
    label = fields.text("prefLabel", name.replace("-", " ").capitalize())
    concept = Concept(
        id=ConceptId(name),
        kind=kind or "other",
        pref_label=label or "",
        alt_labels=fields.texts("altLabel", "another name") or (),
        hidden_labels=fields.texts("hiddenLabel", "a common misspelling") or (),
        broader=tuple(map(ConceptId, fields.texts("broader", "policy") or ())),
        related=tuple(map(ConceptId, fields.texts("related", "compute") or ())),
        scope_note=fields.text("scopeNote", "What belongs here.", may_be_empty=True) or "",
        origin="curated",
    )
    return _Kept(concept, where, entry.key.place, fields) if label else None


def _check_labels(kept: Mapping[ConceptId, _Kept], report: Report) -> None:
    """Report labels that two concepts share, or that one concept has twice."""
    owners: dict[str, _Kept] = {}
    for one in kept.values():
        concept, own = one.concept, set[str]()
        for key, label in _labels(concept):
            folded = fold(label)
            owner = owners.setdefault(folded, one)
            if owner is not one:
                report.error(
                    12, one.fields.place(key),
                    f"the label {shown(label)} of {one.where} is a label of {owner.where} too",
                    f"leave it to one of the two, or make it clearer, such as {label[:40]} ({concept.kind})",
                )
            elif folded in own:
                report.warning(
                    12, one.fields.place(key),
                    f"{one.where} has the label {shown(label)} twice; capitals make no difference",
                    f"delete it from {key}",
                )
            own.add(folded)


def _labels(concept: Concept) -> list[tuple[str, str]]:
    return [
        ("prefLabel", concept.pref_label),
        *(("altLabel", label) for label in concept.alt_labels),
        *(("hiddenLabel", label) for label in concept.hidden_labels),
    ]


def _linked(kept: Mapping[ConceptId, _Kept], report: Report) -> tuple[Concept, ...]:
    broader = {name: _there(one, "broader", one.concept.broader, kept, report) for name, one in kept.items()}
    related = {name: set(_there(one, "related", one.concept.related, kept, report)) for name, one in kept.items()}
    _break_circles(broader, kept, report)
    for name, others in list(related.items()):
        for other in sorted(others):
            related[other].add(name)
    _check_distance(broader, related, kept, report)
    return tuple(
        replace(one.concept, broader=tuple(broader[name]), related=tuple(sorted(related[name])))
        for name, one in kept.items()
    )


def _there(
    one: _Kept, key: str, named: Sequence[ConceptId], kept: Mapping[ConceptId, _Kept], report: Report
) -> list[ConceptId]:
    for name in named:
        if name in kept or report.full:
            continue
        near = nearest(name, kept)
        report.error(
            11, one.fields.place(key), f"{one.where}.{key} names {shown(name)}, which is no concept of this file",
            f"write {one_of(near)}, or delete it" if near else f"add the concept {shown(name)}, or delete it here",
        )
    if key == "related" and one.concept.id in named:
        report.warning(13, one.fields.place(key), f"{one.where} is related to itself", "delete its own id from related")
    return [name for name in named if name in kept and (key == "broader" or name != one.concept.id)]


def _break_circles(
    broader: dict[ConceptId, list[ConceptId]], kept: Mapping[ConceptId, _Kept], report: Report
) -> None:
    """Report every circle of broader concepts, and open it where it closes."""
    for _ in range(_MOST_CYCLES):
        try:
            graphlib.TopologicalSorter(broader).prepare()
            return
        except graphlib.CycleError as error:
            circle: list[ConceptId] = list(reversed(error.args[1]))[:-1]
        first = min(circle, key=lambda name: kept[name].place.line)
        at = circle.index(first)
        circle = [*circle[at:], *circle[:at]]
        last = kept[circle[-1]]
        shown_circle = " → ".join([*circle[:8], *(["…"] if len(circle) > 8 else []), first])
        report.error(
            10, last.fields.place("broader"), f"the broader concepts run in a circle: {shown_circle}",
            f"delete {first} from broader of {circle[-1]}, or another link of the circle",
        )
        broader[circle[-1]].remove(first)
    for links in broader.values():
        links.clear()


def _check_distance(
    broader: Mapping[ConceptId, Sequence[ConceptId]],
    related: dict[ConceptId, set[ConceptId]],
    kept: Mapping[ConceptId, _Kept],
    report: Report,
) -> None:
    """Warn of concepts that are both broader and related, which SKOS (S27) rules out."""
    for name, parents in broader.items():
        for parent in parents:
            if parent in related[name]:
                report.warning(
                    13, kept[name].fields.place("related" if parent in kept[name].concept.related else "broader"),
                    f"{kept[name].where} names {parent} as broader and as related",
                    f"keep broader: [{parent}] only; pages show broader and narrower concepts already",
                )
