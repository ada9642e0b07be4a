"""Scores of every statement against every other side, for short lists.

Comes in: two lists of statements. Goes out: a table of likeness. Looks at whole words and at their parts, and takes away what the whole
list shares, so that the common subject doesn't drown the rest. Quadratic: meant for lists of hundreds, not for a corpus.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from ._relate_terms import stems


def rank(statements: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Score `others` for each statement, 0 to 1."""
    texts = [*statements, *others]
    spaces = [_space([_words(text) for text in texts]), _space([_grams(text) for text in texts])]
    return [[sum(weight * _likeness(space, one, len(statements) + other) for space, weight in zip(spaces, (0.5, 0.5), strict=True))
             for other in range(len(others))] for one in range(len(statements))]


def _words(text: str) -> Counter[str]:
    return Counter(stems(text))


def _grams(text: str) -> Counter[str]:
    grams: Counter[str] = Counter()
    for word in stems(text):
        padded = f" {word} "
        for size in (3, 4, 5):
            grams.update(padded[place : place + size] for place in range(len(padded) - size + 1))
    return grams


_Vector = dict[str, float]
_Space = tuple[list[_Vector], list[float], float]


def _space(bags: list[Counter[str]]) -> _Space:
    """Unit vectors, their products with the mean of all, and the mean's own length squared."""
    counts = Counter(term for bag in bags for term in bag)
    vectors = [_unit({term: (1 + math.log(count)) * (math.log((1 + len(bags)) / (1 + counts[term])) + 1) for term, count in bag.items()})
               for bag in bags]
    mean: Counter[str] = Counter()
    for vector in vectors:
        for term, weight in vector.items():
            mean[term] += weight / len(vectors)
    along = [sum(weight * mean[term] for term, weight in vector.items()) for vector in vectors]
    return vectors, along, sum(weight * weight for weight in mean.values())


def _unit(vector: _Vector) -> _Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _likeness(space: _Space, one: int, other: int) -> float:
    """Cosine after the mean has been taken from both; never below 0."""
    vectors, along, square = space
    left, right = vectors[one], vectors[other]
    if len(left) > len(right):
        left, right = right, left
    product = sum(weight * right[term] for term, weight in left.items() if term in right)
    if product == 0.0:
        return 0.0
    lengths = math.sqrt(max(1e-12, 1 - 2 * along[one] + square) * max(1e-12, 1 - 2 * along[other] + square))
    return max(0.0, min(1.0, (product - along[one] - along[other] + square) / lengths))
