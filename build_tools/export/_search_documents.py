"""What can be searched, as one row of documents: claims, passages that hold no claim, articles, topics and entities.

Comes in: a `Catalogue`. Goes out: `Entry`s in the order that their numbers follow. Knows nothing of stems or files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .. import labels
from ..catalogue import Catalogue, concept_address
from ..model import BODY_KINDS, CLAIM_KINDS, Article, Claim, Concept

PASSAGE, MAIN = 0.75, 1.12
"""Weights against a claim's: a passage's, a main claim's."""
_SHORTEST_PASSAGE = 4
_READ = BODY_KINDS | {"heading", "caption"}
_KIND = {kind: place for place, kind in enumerate(CLAIM_KINDS)}


class Entry(NamedTuple):
    """A document: the text that is indexed, its weight, and the row that the engine shows."""

    text: str
    weight: float
    row: tuple[object, ...]
    """(place, text, flags) of a claim, (place, text) of a passage, ("", by whom) of an article, (address, name, kind) of a name."""
    article: Article | None = None
    asserter: str = ""
    names: tuple[str, ...] = ()
    """What else a claim is found under: the names of its topics and entities, each with all its variants in one, and its speaker."""


def documents(catalogue: Catalogue) -> Iterator[Entry]:
    """Give all documents: claims in the order of the corpus, passages, articles, topics and entities."""
    yield from _claims(catalogue)
    for article in catalogue.articles:
        for block, text in _passages(article, catalogue.claims_of(article.id)):
            yield Entry(text, PASSAGE, (f"p{block}", text), article)
    for article in catalogue.articles:
        by = ", ".join(part for part in (*article.authors, article.publisher, labels.spoken_date(article.published)) if part)
        yield Entry(f"{article.title} {by}", PASSAGE, ("", by), article)
    for concept in catalogue.corpus.concepts:
        shown = (concept_address(concept), concept.pref_label, labels.CONCEPT_LABEL[concept.kind])
        yield Entry(" · ".join(_labels(concept)), 1.0, shown)


def _claims(catalogue: Catalogue) -> Iterator[Entry]:
    articles = {article.id: article for article in catalogue.articles}
    names = {concept.id: " \n ".join(_labels(concept)) for concept in catalogue.corpus.concepts}
    named = names.__getitem__
    for claim, sign in zip(catalogue.claims, flags(catalogue), strict=True):
        text, asserter = one_line(claim.quote), claim.asserter
        known = (*map(named, claim.topics), *map(named, claim.entities))
        if asserter.evidence is not None:
            known = (*known, asserter.name)
        weight = MAIN if claim.weight == "main" else 1.0
        yield Entry(text, weight, (claim.id, text, sign), articles[claim.article], asserter.name, known)


def one_line(text: str) -> str:
    """Fold white space."""
    if "  " not in text and text.isprintable():  # most are so already
        return text.strip()
    return " ".join(text.split())


def _labels(concept: Concept) -> tuple[str, ...]:
    return (concept.pref_label, *concept.alt_labels, *concept.hidden_labels)


def flags(catalogue: Catalogue) -> list[int]:
    """Return kind, weight, hedge and dispute of all claims in six bits, as the facets and results have them."""
    disputed = {end for link in catalogue.corpus.links if link.kind == "disputes" for end in (link.source, link.target)}
    return [
        _KIND[claim.kind] | (claim.weight == "main") << 3 | (claim.hedge is not None) << 4 | (claim.id in disputed) << 5
        for claim in catalogue.claims
    ]


def _passages(article: Article, claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    """Give what stands between the claims of a block, and headings, with the number of the block."""
    spans = sorted((claim.span.start, claim.span.end) for claim in claims)
    spans.append((len(article.text) + 1, len(article.text) + 1))
    first = 0
    for place, block in enumerate(article.blocks, 1):
        if block.kind not in _READ:
            continue
        start, end = block.span.start, block.span.end
        while spans[first][1] <= start:
            first += 1
        parts, seen, at = [], start, first
        while spans[at][0] < end:
            if spans[at][0] > seen:
                parts.append(article.text[seen : spans[at][0]])
            seen = max(seen, spans[at][1])
            at += 1
        if seen < end:
            parts.append(article.text[seen:end])
        text = " ".join(" … ".join(part.strip() for part in parts if len(part.split()) >= _SHORTEST_PASSAGE).split())
        if block.kind == "heading" and not text:
            text = " ".join(block.span.of(article.text).split())
        if text:
            yield place, text
