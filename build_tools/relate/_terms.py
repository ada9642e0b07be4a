"""Terms: what each statement of a corpus is about, as stems, and how much each tells there.

Comes in: statements. Goes out: for each its terms as numbers, how alike any two are, and the words they share.
Discourse openers and function words are left out; what the whole corpus shares weighs next to nothing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from itertools import chain

from ..language import Once, certainly_foreign, lexicon, may_open, opening, stem, stop_words

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['’]\w+)*")
_DULL = frozenset(
    stem(word) for word in (*lexicon("names")["number words"], *lexicon("speech")["strong"], "day", "gone") if " " not in word
)
"""Stems that two statements on different matters share as well: `said`, `million`."""
_FEW = 6.0
_COMMON = 0.5
"""A term in this share of the statements says nothing at all."""


def stems(statement: str) -> tuple[str, ...]:
    """Return the stems of a statement's content words, each once, in order, without discourse openers."""
    return next(_stems([statement]))


def _stems(statements: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The same for many.

    Cut at spaces first: there are few different pieces, and each is cut into words and stemmed but once.
    """
    cut = Once(lambda piece: tuple(_WORD.findall(piece.lower().replace("’", "'"))))
    content = Once(lambda piece: _content(cut[piece]))
    heads = Once(lambda piece: not cut[piece] or may_open(cut[piece][0]))  # a piece without a word leaves it open
    for statement in statements:
        pieces = statement.split(" ")
        found = map(content.__getitem__, pieces)
        if heads[pieces[0]]:
            whole = list(chain.from_iterable(map(cut.__getitem__, pieces)))
            if after := opening(whole):
                found = map(content.__getitem__, whole[after:])
        yield tuple(dict.fromkeys(chain.from_iterable(found)))


def _content(found: Iterable[str]) -> tuple[str, ...]:
    stops, foreign = stop_words(), certainly_foreign()
    return tuple([stem(word) for word in found if word not in stops and len(word) > 1 and word not in foreign])


class Terms:
    """The statements of a corpus as sets of numbers: the rarer a term, the smaller its number.

    A term weighs its inverse document frequency, less what every statement shares.
    """

    def __init__(self, statements: Sequence[str]) -> None:
        """Read and count all statements."""
        self.statements = statements
        different = dict.fromkeys(statements)
        read = dict(zip(different, _stems(different), strict=True))
        bags = list(map(read.__getitem__, statements))
        order = sorted([(count, found) for found, count in Counter(chain.from_iterable(bags)).items()])
        self._numbers = {found: number for number, (_, found) in enumerate(order)}
        self.counts = [count for count, _ in order]
        """How many statements hold each term."""
        most = max(_FEW, len(statements) * _COMMON) + 0.5
        self.weights = [max(0.0, math.log(most / count)) for count in self.counts]
        self.squares = [weight * weight for weight in self.weights]
        self._mute = bisect_left(self.counts, most)
        """The terms from here on tell nothing."""
        self._dull = frozenset(number for found, number in self._numbers.items() if found in _DULL)
        number = self._numbers.__getitem__
        ranked = {statement: sorted(map(number, bag)) for statement, bag in read.items()}
        self.ranked = list(map(ranked.__getitem__, statements))
        """The terms of each statement, the rarest first."""
        sets = {statement: frozenset(own) for statement, own in ranked.items()}
        self.bags = list(map(sets.__getitem__, statements))
        square = self.squares.__getitem__
        self.lengths = [math.sqrt(sum(map(square, bag))) for bag in self.ranked]
        """Of each statement's vector of weights."""
        weight = self.weights.__getitem__
        self._wholes = [sum(map(weight, bag)) for bag in self.ranked]
        self._placed = Once(self._places)
        self._last: tuple[int, list[tuple[int, int, int]]] = (-1, [])

    def common(self, one: int, other: int) -> Set[int]:
        """The terms that two statements share."""
        return self.bags[one].intersection(self.ranked[other])

    def telling(self, common: Set[int]) -> Set[int]:
        """Those of some terms that tell something."""
        return {term for term in common if term < self._mute and term not in self._dull}

    def things(self, one: int, common: Container[int]) -> int:
        """Count what some terms of a statement name: the words of a name, such as `Northern Relief Road`, are one."""
        text, found, end = self.statements[one], 0, -1
        known: set[int] = set()
        named = False
        for term, first, last in self._standing(one):
            if term in common:
                joined = first == end + 1 and text[first].isupper() and named
                found += term not in known and not joined
                known.add(term)
                named, end = text[first].isupper(), last
        return found

    def likeness(self, one: int, other: int) -> float:
        """Cosine of the vectors of two statements."""
        lengths = self.lengths[one] * self.lengths[other]
        return math.fsum(map(self.squares.__getitem__, self.common(one, other))) / lengths if lengths else 0.0

    def contained(self, one: int, other: int, common: Iterable[int]) -> float:
        """Share of the shorter statement's terms, by weight, that are among those which both have."""
        whole = min(self._wholes[one], self._wholes[other])
        return min(1.0, math.fsum(map(self.weights.__getitem__, common)) / whole) if whole else 0.0

    def shared(self, one: int, common: Container[int], most: int = 3) -> tuple[str, ...]:
        """Name what a statement shares, as it writes it: neighbouring words together, the most telling first.

        Args:
            one: the statement's place.
            common: the terms that another has too.
            most: how many runs of words are wanted.
        """
        text, weights = self.statements[one], self.weights
        runs: list[tuple[float, int, int]] = []
        end = -1
        for term, first, last in [place for place in self._standing(one) if place[0] in common]:
            if first == end + 1 and runs and text[end] in " -‑":
                weight, start, _ = runs[-1]
                runs[-1] = weight - weights[term], start, last
            else:
                runs.append((-weights[term], first, last))
            end = last
        runs.sort()
        named: dict[str, None] = {}
        for weight, start, end in runs:
            if weight == 0 or len(named) == most:
                break
            named[_as_named(text, start, end)] = None
        return tuple(named)

    def _standing(self, one: int) -> list[tuple[int, int, int]]:
        """The terms of a statement with their places, in order; those of the last one are kept, since links come sorted."""
        if self._last[0] != one:
            found: list[tuple[int, int, int]] = []
            placed, before = self._placed, 0
            for piece in self.statements[one].split(" "):
                for term, start, end in placed[piece]:
                    found.append((term, before + start, before + end))
                before += len(piece) + 1
            self._last = one, found
        return self._last[1]

    def _places(self, piece: str) -> tuple[tuple[int, int, int], ...]:
        """The terms of a piece of text with their places in it."""
        numbers = self._numbers
        stemmed = [(stem(match.group().lower().replace("’", "'")), *match.span()) for match in _WORD.finditer(piece)]
        return tuple([(numbers[found], start, end) for found, start, end in stemmed if found in numbers])


def _as_named(text: str, start: int, end: int) -> str:
    """The words as they stand, but without the capital that only opens a sentence."""
    words = text[start:end]
    words = words[:-2] if words.endswith(("’s", "'s")) else words
    opens = not start or text[:start].rstrip().endswith((".", "“"))
    return words[:1].lower() + words[1:] if opens and not any(letter.isupper() for letter in words[1:]) else words
