"""Contrast: says whether one of two nearly identical sentences denies what the other says.

Comes in: two sentences. Goes out: the reason, or nothing. It knows nothing of claims, and doesn't ask how alike they are.
"""
from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import chain

from .language import Once, lexicon, stem, words

_LISTS = lexicon("antonyms")
_NEGATIONS = frozenset(_LISTS["negations"])


def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in _LISTS["pairs"]:
        left, right = (stem(word.strip()) for word in pair.split("|"))
        table.setdefault(left, set()).add(right)
        table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


_OPPOSITES = _opposites()
_DENIALS = Once(lambda piece: sum([word in _NEGATIONS for word in words(piece)]))
_STEMS = Once(lambda piece: tuple([stem(word) for word in words(piece)]))
"""Of a piece of text between two spaces."""


@lru_cache(maxsize=1)  # who compares two statements asks whether they dispute each other, and then whether one restates the other
def turned_round(one: str, other: str) -> str:
    """Return why one sentence is the other turned round: a negation on one side only, or an opposite; else nothing.

    Args:
        one: a sentence, its words parted by single spaces.
        other: another, of much the same words.
    """
    left, right = one.split(" "), other.split(" ")
    denials = _DENIALS.__getitem__
    if (sum(map(denials, left)) - sum(map(denials, right))) % 2 == 1:
        return "one side denies it"
    for word in sorted(_only(left, right, _OPPOSITES.keys())):
        for opposite in sorted(_only(right, left, _OPPOSITES[word])):
            return f"“{word}” against “{opposite}”"
    return ""


def _only(pieces: Sequence[str], others: Sequence[str], wanted: Set[str]) -> Set[str]:
    """The wanted stems that only the first of two statements has; they are in the few pieces that only it has."""
    found = wanted & set(chain.from_iterable(map(_STEMS.__getitem__, set(pieces).difference(others))))
    return found - set(chain.from_iterable(map(_STEMS.__getitem__, others))) if found else found
