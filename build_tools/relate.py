"""Finds which statements speak of the same matter.

Comes in: claims, or statements as strings. Goes out: links between claims of different articles, each pair once,
with a reason in words; or, for strings, the best matches of each. Links are never closed transitively, and
`disputes` is only said on strong evidence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ._relate_disputes import dispute
from ._relate_pairs import scored, strongest
from ._relate_scores import rank
from ._relate_terms import Reading, Weights, dot, stems
from .model import Claim, Link, Match, RelationKind

__all__ = ["compare", "relate"]

_RELATED = 0.20
_RELATED_FROM_THREE = 0.15
"""Least score where at least three telling terms are shared."""
_SMALL = 500
"""Claims of a corpus in which every likeness is worth showing."""
_TENFOLD, _MOST_MORE = 0.05, 0.15
"""What ten times as many claims add to both least scores, and all that is ever added."""
_RESTATES = 0.45
_CONTAINED = 0.62


def compare(statements: Sequence[str], others: Sequence[str]) -> list[list[Match]]:
    """Score `others` for each statement.

    What all of them share is discounted, so the score of a pair depends on the company it is in.

    Returns:
        For each statement its matches, best first, with the words they share as reasons.
    """
    bags = [stems(text) for text in statements], [stems(text) for text in others]
    weights = Weights.of(bag for side in bags for bag in side)
    reading = Reading(weights.idf)
    found: list[list[Match]] = []
    for statement, scores in zip(statements, rank(statements, others), strict=True):
        ordered = sorted((-score, index) for index, score in enumerate(scores) if score > 0)
        found.append(
            [_match(statement, others[index], index, -score, weights=weights, reading=reading) for score, index in ordered]
        )
    return found


def _match(statement: str, other: str, index: int, score: float, *, weights: Weights, reading: Reading) -> Match:
    left, right = stems(statement), stems(other)
    one, two = weights.vector(left), weights.vector(right)
    cosine, contained = dot(one, two), _contained(left, right, weights.idf)
    kind: RelationKind = "restates" if cosine >= _RESTATES and contained >= _CONTAINED else "related"
    if kind == "restates" and dispute(statement, other, cosine, contained):
        kind = "related"
    return Match(
        index=index,
        kind=kind,
        score=round(min(1.0, score), 4),
        reasons=reading.shared(statement, set(left) & set(right)),
    )


def relate(claims: Sequence[Claim]) -> list[Link]:
    """Link claims of different articles.

    Args:
        claims: of any number of articles; order doesn't matter.

    Returns:
        Links with source id < target id, sorted; at most four a claim, the strongest first chosen.
    """
    ordered = sorted(claims, key=lambda claim: claim.id)
    bags = [stems(claim.quote) for claim in ordered]
    weights = Weights.of(bags)
    vectors = [weights.vector(bag) for bag in bags]
    more = _more(len(ordered))
    pairs = scored([claim.article for claim in ordered], vectors, weights.counts, _RELATED_FROM_THREE + more)
    kept = sorted((one, other, -likeness) for likeness, one, other in strongest(pairs, len(ordered)))
    del pairs, vectors
    reading = Reading(weights.idf)
    links = (
        _link(ordered[one], ordered[other], (bags[one], bags[other]), score, reading=reading, floor=_RELATED + more)
        for one, other, score in kept
    )
    return [link for link in links if link is not None]


def _more(claims: int) -> float:
    """How much more likeness a link needs in a big corpus, where every claim finds some that are a little like it."""
    return min(_MOST_MORE, _TENFOLD * math.log10(claims / _SMALL)) if claims > _SMALL else 0.0


def _link(
    one: Claim, other: Claim, bags: tuple[Sequence[str], Sequence[str]], score: float, *, reading: Reading, floor: float
) -> Link | None:
    """Name the relation and say why; None where too little is shared."""
    idf = reading.idf
    common = {term for term in set(bags[0]).intersection(bags[1]) if idf[term] > 0}
    if len(common) < 2 or (len(common) < 3 and score < floor):
        return None
    terms = reading.shared(one.quote, common)
    contained = _contained(*bags, idf)
    reason = dispute(one.quote, other.quote, score, contained, (one.quantities, other.quantities))
    kind: RelationKind = "related"
    if reason:
        kind = "disputes"
    elif score >= _RESTATES and (contained >= _CONTAINED or _same_figure(one, other)):
        kind = "restates"
    return Link(
        source=one.id,
        target=other.id,
        kind=kind,
        score=round(score, 4),
        reasons=(*terms, reason) if reason else terms,
        note=_note(kind, terms, reason),
    )


def _same_figure(one: Claim, other: Claim) -> bool:
    return not {(q.value, q.unit) for q in one.quantities}.isdisjoint((q.value, q.unit) for q in other.quantities)


def _contained(left: Sequence[str], right: Sequence[str], idf: Mapping[str, float]) -> float:
    """Share of the shorter one's terms, by weight, that the other has too."""
    whole = min(_sum(left, idf), _sum(right, idf))
    return min(1.0, _sum([term for term in left if term in right], idf) / whole) if whole else 0.0


def _sum(terms: Sequence[str], idf: Mapping[str, float]) -> float:
    return sum([idf.get(term, 0.0) for term in terms])


def _note(kind: RelationKind, terms: tuple[str, ...], reason: str) -> str:
    """Say in one sentence why the two are linked."""
    matter = " and ".join(terms) if len(terms) < 3 else f"{', '.join(terms[:-1])} and {terms[-1]}"
    if kind == "disputes":
        return f"They differ on {matter}: {reason}."
    return f"Both say much the same of {matter}." if kind == "restates" else f"Both speak of {matter}."
