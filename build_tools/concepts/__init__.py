"""Gives every claim its topics and its entities.

Comes in: articles, claims and the vocabulary. Goes out: the concepts that are used or were given, and the claims
with them. What a curator set stays; a claim's empty topics or entities are filled. Knows no subject: without a
vocabulary the corpus itself supplies its index terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from .. import ids
from ..language import Once, language_of
from ..model import Article, ArticleId, Claim, Concept, ConceptId
from ._labels import Labels
from ._names import GENERIC, Uses, gather, kind_of
from ._terms import index_terms

__all__ = ["Tags", "name_concepts", "tagged"]

Tags = tuple[tuple[ConceptId, ...], tuple[ConceptId, ...]]
"""Topics and entities of a claim."""

_FEWEST_USES = 2
_MOST_TOPICS = 5
_HEAD = 600
"""Code points of an article's claims that show its language."""
_UNSPACED = frozenset({"zh", "ja", "ko"})


def name_concepts(
    articles: Sequence[Article], claims: Sequence[Claim], vocabulary: Sequence[Concept]
) -> tuple[tuple[Concept, ...], tuple[Claim, ...]]:
    """Find what the claims are about and who or what they name.

    Args:
        articles: of the corpus; their titles help to tell names from words.
        claims: of all articles; order is kept.
        vocabulary: concepts that a person wrote down. Where it holds topics, no others are made.

    Returns:
        The vocabulary with the detected concepts after it, and the claims with topics and entities where they had none.
    """
    found, tags = tagged(claims, vocabulary)
    return found, tuple(
        replace(claim, topics=topics, entities=entities) for claim, (topics, entities) in zip(claims, tags, strict=True)
    )


def tagged(claims: Sequence[Claim], vocabulary: Sequence[Concept]) -> tuple[tuple[Concept, ...], list[Tags]]:
    """Do the same, but leave the claims as they are.

    Args:
        claims: of all articles.
        vocabulary: concepts that a person wrote down.

    Returns:
        The concepts, and the topics and entities of each claim.
    """
    quotes = [claim.quote for claim in claims]
    tongues = _tongues(claims)
    labels = Labels(vocabulary)
    taken = {concept.id for concept in vocabulary}
    entities, named = _entities(quotes, [tongues[claim.article] for claim in claims], labels, taken)
    topics = (
        []
        if any(concept.kind == "topic" for concept in vocabulary)
        else _topics(claims, tongues, {*labels.known, *_names_of(entities)}, taken)
    )
    labels.add(topics)
    spoken_of = Once(labels.find)
    tags: list[Tags] = []
    same: dict[Tags, Tags] = {}  # many claims speak of the same: one value for all is less to keep and to send
    for claim, own in zip(claims, named, strict=True):
        found_topics, found_entities = spoken_of[claim.quote]
        entities_here = tuple(dict.fromkeys((*found_entities, *own))) if own else found_entities
        tag = claim.topics or found_topics[:_MOST_TOPICS], claim.entities or entities_here
        tags.append(same.setdefault(tag, tag))
    used = {concept for both in same for some in both for concept in some}
    made = [concept for concept in (*topics, *entities) if concept.id in used]
    return (*vocabulary, *made), tags


def _tongues(claims: Sequence[Claim]) -> dict[ArticleId, str]:
    """The language of each article, as its claims show it."""
    heads: dict[ArticleId, str] = {}
    for claim in claims:
        head = heads.get(claim.article, "")
        if len(head) < _HEAD:
            heads[claim.article] = f"{head} {claim.quote}"
    return {article: language_of(head) for article, head in heads.items()}


def _names_of(entities: Iterable[Concept]) -> set[str]:
    return {label.lower() for concept in entities for label in (concept.pref_label, *concept.alt_labels)}


def _entities(
    quotes: Sequence[str], tongues: Sequence[str], labels: Labels, taken: set[ConceptId]
) -> tuple[list[Concept], list[tuple[ConceptId, ...]]]:
    """Make a concept of each name that the corpus uses at least twice and the vocabulary doesn't have."""
    uses, held = gather(quotes, tongues)
    lower = _lower_words(quotes)
    kept = {name: use for name, use in uses.items() if _is_name(name, use, lower) and not labels.knows(name)}
    made: dict[str, Concept] = {}
    for name in sorted(kept, key=lambda name: (-kept[name].claims, name)):
        made[name] = _entity(name, kept[name], taken)
    return list(made.values()), [tuple(made[name].id for name in names if name in made) for names in held]


def _lower_words(quotes: Sequence[str]) -> set[str]:
    """All words that stand somewhere without a capital."""
    return {word for word in set(chain.from_iterable(map(str.split, set(quotes)))) if word[:1].islower()}


def _is_name(name: str, use: Uses, lower: set[str]) -> bool:
    if use.claims < _FEWEST_USES or name in GENERIC:
        return False
    return (use.firm > 0 and (" " in name or name.lower() not in lower)) or use.firm * 2 > use.claims


def _entity(name: str, use: Uses, taken: set[ConceptId]) -> Concept:
    kind = kind_of(name, use)
    return Concept(
        id=_free_id(name, kind, taken),
        kind=kind,
        pref_label=name,
        alt_labels=tuple(sorted({_dotted(written) for written in use.written})),
    )


def _dotted(written: str) -> str:
    """`U.S` gets back the full stop that closes it."""
    return f"{written}." if "." in written and written.replace(".", "").isupper() else written


def _topics(
    claims: Sequence[Claim], tongues: Mapping[ArticleId, str], names: set[str], taken: set[ConceptId]
) -> list[Concept]:
    """Make topics of the corpus's index terms, language by language; a script without spaces has none."""
    by_tongue: dict[str, list[Claim]] = {}
    for claim in claims:
        by_tongue.setdefault(tongues[claim.article], []).append(claim)
    terms = [
        term
        for tongue, own in sorted(by_tongue.items(), key=lambda item: (item[0] not in {"en", ""}, item[0]))
        if tongue not in _UNSPACED
        for term in index_terms([claim.quote for claim in own], [claim.article for claim in own], tongue)
    ]
    return [
        Concept(id=_free_id(term.label, "topic", taken), kind="topic", pref_label=term.label, hidden_labels=term.forms)
        for term in terms
        if term.label.lower() not in names
    ]


def _free_id(label: str, kind: str, taken: set[ConceptId]) -> ConceptId:
    """A slug that no other concept has, of any kind."""
    slug = ids.slug(label)
    number = 1
    found = ConceptId(slug)
    while found in taken:
        found = ConceptId(f"{slug}-{kind}" if number == 1 else f"{slug}-{kind}-{number}")
        number += 1
    taken.add(found)
    return found
