"""Words of a text with their places, and how two runs of words line up.

Comes in: any text. Goes out: an index of its words, cached for the texts in hand, and aligned pairs.
It doesn't judge whether an alignment is good enough: `_fit` does.
"""
from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_CJK = "぀-ヿ㐀-䶿一-鿿豈-﫿가-힣"
"""Scripts that set no space between words: every sign counts as a word of its own."""
WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text in lower case; word `i` covers `text[starts[i]:ends[i]]`."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: Mapping[str, tuple[int, ...]]
    """Where each word stands, as word numbers in order."""

    def weight(self, word: str) -> float:
        """Return how much a word tells: 1 where it stands once or not at all, less the more often it stands."""
        return 1 / (1 + math.log(max(1, len(self.places.get(word, ())))))

    def total(self, words: Sequence[str]) -> float:
        """Add up the weights of some words."""
        return sum(self.weight(word) for word in words)


def split(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case."""
    return tuple(word.lower() for word in WORD.findall(text))


@lru_cache(maxsize=4)
def index(text: str) -> Words:
    """Index the words of a text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places: dict[str, list[int]] = {}
    for found in WORD.finditer(text):
        word = found.group().lower()
        places.setdefault(word, []).append(len(words))
        words.append(word)
        starts.append(found.start())
        ends.append(found.end())
    return Words(text, tuple(words), tuple(starts), tuple(ends), {word: tuple(at) for word, at in places.items()})


def _rows(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """Return the bit vectors of the longest common subsequence, one for each word of `b`.

    Bit-parallel (Crochemore et al., 2001; Hyyrö, 2004): a row costs a few operations on an integer of
    `len(a)` bits, so that 900 words against 2,000 take a few milliseconds.
    """
    masks: dict[str, int] = {}
    for at, word in enumerate(a):
        masks[word] = masks.get(word, 0) | 1 << at
    full = (1 << len(a)) - 1
    row = full
    rows: list[int] = []
    for word in b:
        hit = row & masks.get(word, 0)
        row = ((row + hit) | (row - hit)) & full
        rows.append(row)
    return rows


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    return len(a) - _rows(a, b)[-1].bit_count() if a and b else 0


def pairs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs (number in `a`, number in `b`) of one longest common subsequence, in order."""
    if not a or not b:
        return []
    return list(_walk(len(a), _rows(a, b)))[::-1]


def _walk(column: int, rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    row = len(rows)
    while row and column:
        bit = 1 << (column - 1)
        if rows[row - 1] & bit:
            column -= 1
            continue
        row -= 1
        if not row or rows[row - 1] & bit:
            column -= 1
            yield column, row
