"""Pairs: which claims of a corpus are worth comparing, and which of the compared ones are kept.

Comes in: the terms of each claim and its article. Goes out: pairs of places with their likeness. Time grows with
the number of claims, not with its square. It names no relation and gives no reason.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ._terms import Terms

_POSTINGS = 250
"""Terms in more claims than this don't propose pairs, though they count in the score."""
_PROPOSERS = 7
_ENOUGH = 60
"""Once a claim's rarest terms stand in so many others together, its commoner terms propose nothing more."""
_RERANKED = 8
_HOPELESS = 0.05
"""Rare terms that weigh less than this in a statement propose nothing."""
MOST_LINKS = 4
_FINE = 10**9
"""Likeness is counted in billionths: the same claims are as alike whatever the order in which their terms are added."""


def scored(articles: Sequence[Hashable], terms: Terms, floor: float, part: range | None = None) -> list[int]:
    """Compare the proposed pairs exactly; those below `floor` are left out.

    Args:
        articles: of each claim.
        terms: of each claim.
        floor: the least likeness that counts.
        part: as for `proposals`.

    Returns:
        Each pair as one number (numbers sort three times as fast as tuples), the likest least: what it lacks in likeness,
        then the earlier claim, then the later one, in as many bits as the number of claims has.
    """
    found: list[int] = []
    bags, ranked, lengths, square = terms.bags, terms.ranked, terms.lengths, terms.squares.__getitem__
    bits, least = len(bags).bit_length(), floor * _FINE
    proposed = list(proposals(articles, terms, part))  # all first: proposing and comparing each need the cache of the processor
    for place, others in proposed:
        shared_with, scale = bags[place].intersection, _FINE / lengths[place]
        for other in others:
            score = scale * math.fsum(map(square, shared_with(ranked[other]))) / lengths[other]
            if score >= least:
                found.append(((_FINE - int(score + 0.5)) << bits | other) << bits | place)
    return found


def proposals(
    articles: Sequence[Hashable],
    terms: Terms,
    part: range | None = None,
    listing: Callable[[Iterable[int]], list[int]] = list,
) -> Iterator[tuple[int, list[int]]]:
    """Give for each claim the few earlier claims of other articles with which it shares most of its rare terms.

    Args:
        articles: of each claim.
        terms: of each claim.
        part: the claims for which earlier ones are sought; all where it isn't given. What parts give is together what all give.
        listing: makes the list of the claims that hold a term; a test counts with it how much is read.

    Returns:
        The places of the claims that have such others, each with theirs, the nearest first.
    """
    postings: dict[int, list[int]] = {}
    held: list[list[int]] = []
    alone, common = bisect_right(terms.counts, 1), bisect_right(terms.counts, _POSTINGS)
    part = range(len(terms.ranked)) if part is None else part
    for place, ranked in enumerate(terms.ranked[: part.stop]):
        first = bisect_left(ranked, alone)
        own = _proposers(ranked[first : first + _PROPOSERS], terms.counts, common)
        held.append(own)
        if place >= part.start:
            found = _nearest(place, [term for term in own if term in postings], postings, held, articles, terms)
            if found:
                yield place, found
        for term in own:
            if term in postings:
                postings[term].append(place)
            else:
                postings[term] = listing((place,))


def _proposers(rarest: Sequence[int], counts: Sequence[int], common: int) -> list[int]:
    """The rarest terms of a claim that others have too, until they stand in enough others."""
    listed = 0
    found: list[int] = []
    for term in rarest:
        if term >= common or listed > _ENOUGH:
            break
        found.append(term)
        listed += counts[term]
    return found


def _nearest(
    place: int,
    own: Sequence[int],
    postings: Mapping[int, list[int]],
    held: Sequence[Sequence[int]],
    articles: Sequence[Hashable],
    terms: Terms,
) -> list[int]:
    """The first few of those that share a claim's proposing terms, by the weight of what they share, then by place.

    Most claims have one or two such terms. So only those that share several are looked at one by one; of the others, who
    share one and weigh the same, the first few are enough.
    """
    article, squares, least = articles[place], terms.squares, _HOPELESS * terms.lengths[place] ** 2
    several = _several([postings[term] for term in own]) if len(own) > 1 else ()
    best = [
        (-sum([squares[term] for term in own if term in held[other]]), other)
        for other in several
        if articles[other] != article
    ]
    for term in own:
        once = (other for other in postings[term] if articles[other] != article and other not in several)
        best += [(-squares[term], other) for other in islice(once, _RERANKED)]
    best.sort()
    return [other for gain, other in best[:_RERANKED] if gain < -least]


def _several(lists: Sequence[Iterable[int]]) -> set[int]:
    """What stands in more than one list."""
    found: set[int] = set()
    seen: set[int] = set()
    for listed in lists:
        found |= seen.intersection(listed)
        seen.update(listed)
    return found


def strongest(pairs: list[int], claims: int) -> list[tuple[int, int, float]]:
    """Keep the strongest pairs so that no claim has more than its share; sorts `pairs` in place.

    Returns:
        The earlier and the later claim of each, in order, with their likeness.
    """
    left = [MOST_LINKS] * claims
    kept: list[tuple[int, int, float]] = []
    pairs.sort()
    bits = claims.bit_length()
    place = (1 << bits) - 1
    for pair in pairs:
        other = pair & place
        if left[other] and left[one := pair >> bits & place]:
            left[one] -= 1
            left[other] -= 1
            kept.append((one, other, (_FINE - (pair >> 2 * bits)) / _FINE))
    kept.sort()
    return kept
