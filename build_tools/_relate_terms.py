"""Terms: what a statement is about, as stems, and how much each tells in this corpus.

Comes in: statements. Goes out: for each its stems with weights of unit length, and the words they stand for.
Discourse openers and function words are left out; what the whole corpus shares weighs next to nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from ._words import opening, stem, stop_words

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FEW = 6.0
_COMMON = 0.5
"""A term in this share of the statements says nothing at all."""


def stems(statement: str) -> tuple[str, ...]:
    """Return the stems of a statement's content words, each once, in order, without discourse openers."""
    words = _WORD.findall(statement.lower().replace("’", "'"))
    stops = stop_words()
    return tuple(dict.fromkeys([stem(word) for word in words[opening(words) :] if word not in stops and len(word) > 1]))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each stem tells: inverse document frequency, less what every statement shares."""

    idf: dict[str, float]
    counts: dict[str, int]

    @classmethod
    def of(cls, bags: Iterable[Iterable[str]]) -> Weights:
        """Count the stems of all statements, each once a statement."""
        counts: Counter[str] = Counter()
        total = 0
        for bag in bags:
            counts.update(bag)
            total += 1
        most = max(_FEW, total * _COMMON)
        return cls({found: max(0.0, math.log((most + 0.5) / count)) for found, count in counts.items()}, counts)

    def vector(self, bag: Iterable[str]) -> dict[str, float]:
        """Weigh the stems of a statement, to unit length; stems that tell nothing are left out."""
        weighted = {found: weight for found in bag if (weight := self.idf.get(found, 0.0)) > 0.0}
        length = math.sqrt(sum([weight * weight for weight in weighted.values()]))
        return {found: weight / length for found, weight in weighted.items()} if length else {}


def dot(one: dict[str, float], other: dict[str, float]) -> float:
    """Cosine of two vectors of unit length."""
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[found] for found, weight in one.items() if found in other])


class Reading:
    """Names what statements share in their own words; keeps the words of the statement it read last."""

    def __init__(self, idf: Mapping[str, float]) -> None:
        """Take what each stem of the corpus tells."""
        self.idf = idf
        self._last = ""
        self._words: list[tuple[str, int, int]] = []

    def shared(self, one: str, common: Container[str], most: int = 3) -> tuple[str, ...]:
        """Name what a statement shares, as it writes it: neighbouring words together, the most telling first.

        Args:
            one: the statement.
            common: the stems that another has too.
            most: how many runs of words are wanted.
        """
        runs: list[tuple[float, int, int]] = []
        end = -1
        for word, first, last in self._read(one):
            if word not in common:
                continue
            if runs and first == end + 1 and one[end] in " -‑":
                weight, start, _ = runs.pop()
            else:
                weight, start = 0.0, first
            runs.append((weight - self.idf.get(word, 0.0), start, last))
            end = last
        telling = sorted(run for run in runs if run[0] < 0)
        return tuple(dict.fromkeys([_as_named(one, start, last) for _, start, last in telling]))[:most]

    def _read(self, statement: str) -> list[tuple[str, int, int]]:
        """The stem of each word with its place."""
        if statement != self._last:
            self._last = statement
            self._words = [
                (stem(match.group().lower().replace("’", "'")), *match.span()) for match in _WORD.finditer(statement)
            ]
        return self._words


def _as_named(text: str, start: int, end: int) -> str:
    """The words as they stand, but without the capital that only opens a sentence."""
    words = text[start:end]
    words = words[:-2] if words.endswith(("’s", "'s")) else words
    opens = not start or text[:start].rstrip().endswith((".", "“"))
    return words[:1].lower() + words[1:] if opens and not any(letter.isupper() for letter in words[1:]) else words
