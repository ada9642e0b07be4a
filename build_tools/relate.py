"""Finds which statements speak of the same matter.

Comes in: claims, or statements as strings. Goes out: links between claims of different articles, each pair once,
with a reason in words; or, for strings, the best matches of each. Links are never closed transitively, and
`disputes` is only said on strong evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from ._relate_disputes import dispute
from ._relate_scores import rank
from ._relate_terms import Weights, dot, shared_words, stems
from .model import Claim, Link, Match, RelationKind

__all__ = ["compare", "relate"]

_POSTINGS = 250
"""Terms in more claims than this don't propose pairs, though they count in the score."""
_PROPOSERS = 7
_RERANKED = 12
_HOPELESS = 0.05
"""Rare terms that weigh less than this in a statement propose nothing."""
_RELATED = 0.20
_RELATED_FROM_THREE = 0.15
"""Least score where at least three telling terms are shared."""
_RESTATES = 0.45
_CONTAINED = 0.62
_MOST_LINKS = 6


def compare(statements: Sequence[str], others: Sequence[str]) -> list[list[Match]]:
    """Score `others` for each statement.

    What all of them share is discounted, so the score of a pair depends on the company it is in.

    Returns:
        For each statement its matches, best first, with the words they share as reasons.
    """
    bags = [stems(text) for text in statements], [stems(text) for text in others]
    weights = Weights.of(bag for side in bags for bag in side)
    found: list[list[Match]] = []
    for statement, scores in zip(statements, rank(statements, others), strict=True):
        ordered = sorted((-score, index) for index, score in enumerate(scores) if score > 0)
        found.append([_match(statement, others[index], index, -score, weights) for score, index in ordered])
    return found


def _match(statement: str, other: str, index: int, score: float, weights: Weights) -> Match:
    left, right = stems(statement), stems(other)
    one, two = weights.vector(left), weights.vector(right)
    cosine, contained = dot(one, two), _contained(left, right, weights)
    kind: RelationKind = "restates" if cosine >= _RESTATES and contained >= _CONTAINED else "related"
    if kind == "restates" and dispute(statement, other, cosine, contained):
        kind = "related"
    return Match(
        index=index,
        kind=kind,
        score=round(min(1.0, score), 4),
        reasons=shared_words(statement, set(left) & set(right), weights),
    )


def relate(claims: Sequence[Claim]) -> list[Link]:
    """Link claims of different articles.

    Args:
        claims: of any number of articles; order doesn't matter.

    Returns:
        Links with source id < target id, sorted; at most six a claim, the strongest first chosen.
    """
    ordered = sorted(claims, key=lambda claim: claim.id)
    bags = [stems(claim.quote) for claim in ordered]
    weights = Weights.of(bags)
    vectors = [weights.vector(bag) for bag in bags]
    pairs = _pairs(ordered, vectors, weights)
    links = [
        _link(ordered[one], ordered[other], (bags[one], bags[other]), score, weights)
        for one, other, score in sorted(_strongest(pairs))
    ]
    return [link for link in links if link is not None]


def _pairs(
    claims: Sequence[Claim], vectors: Sequence[dict[str, float]], weights: Weights
) -> list[tuple[int, int, float]]:
    """Propose pairs by rare shared terms, then score them exactly.

    Time grows with the number of claims, not its square.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    counts = weights.counts
    articles = [claim.article for claim in claims]
    found: list[tuple[int, int, float]] = []
    for place, vector in enumerate(vectors):
        rare = sorted((counts[term], term) for term in vector if 1 < counts[term] <= _POSTINGS)[:_PROPOSERS]
        partial: dict[int, float] = {}
        for _, term in rare:
            weight = vector[term]
            listed = postings[term]
            gain = weight * weight
            for other in listed:
                partial[other] = partial.get(other, 0.0) + gain
            listed.append(place)
        article = articles[place]
        for _, other in nlargest(
            _RERANKED,
            ((gain, -other) for other, gain in partial.items() if gain > _HOPELESS and articles[other] != article),
        ):
            score = dot(vector, vectors[-other])
            if score >= _RELATED_FROM_THREE:
                found.append((-other, place, score))
    return found


def _strongest(pairs: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Keep the strongest pairs so that no claim has more than its share."""
    used: Counter[int] = Counter()
    kept: list[tuple[int, int, float]] = []
    for one, other, score in sorted(pairs, key=lambda pair: (-round(pair[2], 9), pair[0], pair[1])):
        if used[one] < _MOST_LINKS and used[other] < _MOST_LINKS:
            used[one] += 1
            used[other] += 1
            kept.append((one, other, score))
    return kept


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What two claims have in common."""

    cosine: float
    contained: float
    terms: tuple[str, ...]
    figures: bool
    """A figure of the same value and unit in both."""


def _link(
    one: Claim, other: Claim, bags: tuple[Sequence[str], Sequence[str]], score: float, weights: Weights
) -> Link | None:
    """Name the relation and say why; None where too little is shared."""
    common = {term for term in bags[0] if term in bags[1] and weights.idf[term] > 0}
    if len(common) < 2 or (len(common) < 3 and score < _RELATED):
        return None
    terms = shared_words(one.quote, common, weights)
    evidence = _Evidence(score, _contained(*bags, weights), terms, _same_figure(one, other))
    reason = dispute(one.quote, other.quote, score, evidence.contained, (one.quantities, other.quantities))
    kind: RelationKind = "disputes" if reason else "restates" if _restates(evidence) else "related"
    return Link(
        source=one.id,
        target=other.id,
        kind=kind,
        score=round(score, 4),
        reasons=(*terms, *([reason] if reason else [])),
        note=_note(kind, terms, reason),
    )


def _restates(evidence: _Evidence) -> bool:
    """Two strong signals, of which likeness is one."""
    return evidence.cosine >= _RESTATES and (evidence.contained >= _CONTAINED or evidence.figures)


def _same_figure(one: Claim, other: Claim) -> bool:
    return not {(q.value, q.unit) for q in one.quantities}.isdisjoint((q.value, q.unit) for q in other.quantities)


def _contained(left: Sequence[str], right: Sequence[str], weights: Weights) -> float:
    """Share of the shorter one's terms, by weight, that the other has too."""
    idf = weights.idf
    whole = min(sum(idf.get(term, 0.0) for term in left), sum(idf.get(term, 0.0) for term in right))
    return min(1.0, sum(idf.get(term, 0.0) for term in left if term in right) / whole) if whole else 0.0


def _note(kind: RelationKind, terms: tuple[str, ...], reason: str) -> str:
    """Say in one sentence why the two are linked."""
    matter = " and ".join(terms) if len(terms) < 3 else f"{', '.join(terms[:-1])} and {terms[-1]}"
    if kind == "disputes":
        return f"They differ on {matter}: {reason}."
    return f"Both say much the same of {matter}." if kind == "restates" else f"Both speak of {matter}."
