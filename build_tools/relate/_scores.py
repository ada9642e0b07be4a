"""Scores of every statement against every other side, for short lists.

Comes in: two lists of statements. Goes out: a table of likeness. Looks at whole words and at their parts, takes
away what the list shares, and lets each of the others learn the words of the statements nearest to it. Quadratic:
meant for lists of hundreds, not for a corpus.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest

from ._terms import stems

_WORDS, _PARTS = 0.65, 0.35
"""What whole words and parts of words count.

From a coarse search on other people's argument pairs, see tests/quality.
"""
_SHARED = 0.5
"""Share of the statements' mean that is taken from each vector."""
_LEARNT_FROM = 50
"""Statements that lend their words (Rocchio's relevance feedback, 1971, with the best hits taken as right)."""

_Vector = dict[str, float]
_Table = list[list[float]]


def rank(statements: Sequence[str], others: Sequence[str]) -> _Table:
    """Score `others` for each statement, 0 to 1."""
    bags = [[Counter(stems(text)) for text in side] for side in (statements, others)]
    grams = [[_grams(bag) for bag in side] for side in bags]
    words, parts = _table(*bags), _table(*grams)
    return [
        [_WORDS * word + _PARTS * part for word, part in zip(*rows, strict=True)]
        for rows in zip(words, parts, strict=True)
    ]


def _grams(bag: Counter[str]) -> Counter[str]:
    """Runs of three to five letters inside the words."""
    grams: Counter[str] = Counter()
    for word in bag:
        padded = f" {word} "
        for size in (3, 4, 5):
            grams.update(padded[place : place + size] for place in range(len(padded) - size + 1))
    return grams


def _table(statements: Sequence[Counter[str]], others: Sequence[Counter[str]]) -> _Table:
    vectors = _vectors([*statements, *others], len(statements))
    left, right = vectors[: len(statements)], vectors[len(statements) :]
    learnt = [_learnt(vector, left) for vector in right]
    return [[min(1.0, max(0.0, _dot(one, other))) for other in learnt] for one in left]


def _vectors(bags: Sequence[Counter[str]], statements: int) -> list[_Vector]:
    """Unit vectors of inverse document frequencies, less a share of the statements' mean.

    Less of it where there are few.
    """
    counts = Counter(term for bag in bags for term in bag)
    total = len(bags)
    vectors = [
        _unit(
            {term: (1 + math.log(count)) * math.log((1 + total) / (0.5 + counts[term])) for term, count in bag.items()}
        )
        for bag in bags
    ]
    mean: dict[str, float] = {}
    for vector in vectors[:statements]:
        for term, weight in vector.items():
            mean[term] = mean.get(term, 0.0) + weight / statements
    share = _SHARED * statements / (statements + 10)
    return [
        _unit({term: weight - share * mean.get(term, 0.0) for term, weight in vector.items()}) for vector in vectors
    ]


def _learnt(vector: _Vector, statements: Sequence[_Vector]) -> _Vector:
    """The vector with the words of its nearest statements, each as far as it is near.

    Only where there are enough to learn from.
    """
    if len(statements) < _LEARNT_FROM:
        return vector
    whole = dict(vector)
    near = ((_dot(vector, statement), -place) for place, statement in enumerate(statements))
    for score, place in nlargest(_LEARNT_FROM, near):
        if score > 0:
            for term, weight in statements[-place].items():
                whole[term] = whole.get(term, 0.0) + score * weight
    return _unit(whole)


def _unit(vector: _Vector) -> _Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _dot(left: _Vector, right: _Vector) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[term] for term, weight in left.items() if term in right)
