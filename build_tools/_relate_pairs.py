"""Pairs: which claims of a corpus are worth comparing, and which of the compared ones are kept.

Comes in: the weighed terms of each claim and its article. Goes out: pairs of places with their likeness. Time grows with
the number of claims, not with its square. It names no relation and gives no reason.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from ._relate_terms import dot

_POSTINGS = 250
"""Terms in more claims than this don't propose pairs, though they count in the score."""
_PROPOSERS = 7
_ENOUGH = 60
"""Once a claim's rarest terms stand in so many others together, its commoner terms propose nothing more."""
_RERANKED = 8
_HOPELESS = 0.05
"""Rare terms that weigh less than this in a statement propose nothing."""
MOST_LINKS = 4

Pair = tuple[float, int, int]
"""Likeness with its sign turned, so that the likest sort first, then the earlier claim and the later one."""


def scored(
    articles: Sequence[Hashable], vectors: Sequence[dict[str, float]], counts: Mapping[str, int], floor: float
) -> list[Pair]:
    """Compare the proposed pairs exactly; those below `floor` are left out."""
    found: list[Pair] = []
    for place, others in proposals(articles, vectors, counts):
        vector = vectors[place]
        for other in others:
            score = dot(vector, vectors[other])
            if score >= floor:
                found.append((-round(score, 9), other, place))
    return found


def proposals(
    articles: Sequence[Hashable],
    vectors: Sequence[dict[str, float]],
    counts: Mapping[str, int],
    listing: Callable[[Iterable[int]], list[int]] = list,
) -> Iterator[tuple[int, list[int]]]:
    """Give for each claim the few earlier claims of other articles with which it shares most of its rare terms.

    Args:
        articles: of each claim.
        vectors: of each claim.
        counts: how many claims hold each term.
        listing: makes the list of the claims that hold a term; a test counts with it how much is read.
    """
    postings: dict[str, list[int]] = {}
    for place, vector in enumerate(vectors):
        partial: dict[int, float] = {}
        for term in _proposers(vector, counts):
            listed = postings.get(term)
            if listed is None:
                postings[term] = listing((place,))
                continue
            gain = vector[term] ** 2
            for other in listed:
                partial[other] = partial.get(other, 0.0) + gain
            listed.append(place)
        article = articles[place]
        ranked = [
            (-gain, other) for other, gain in partial.items() if gain > _HOPELESS and articles[other] != article
        ]
        ranked.sort()
        yield place, [other for _, other in ranked[:_RERANKED]]


def _proposers(vector: Iterable[str], counts: Mapping[str, int]) -> Iterator[str]:
    """The rarest terms of a claim that others have too, until they stand in enough others."""
    listed = 0
    rare = sorted((count, term) for term in vector if 1 < (count := counts[term]) <= _POSTINGS)
    for count, term in rare[:_PROPOSERS]:
        yield term
        listed += count
        if listed > _ENOUGH:
            break


def strongest(pairs: list[Pair], claims: int) -> list[Pair]:
    """Keep the strongest pairs so that no claim has more than its share; sorts `pairs` in place."""
    left = [MOST_LINKS] * claims
    kept: list[Pair] = []
    pairs.sort()
    for pair in pairs:
        _, one, other = pair
        if left[one] and left[other]:
            left[one] -= 1
            left[other] -= 1
            kept.append(pair)
    return kept
