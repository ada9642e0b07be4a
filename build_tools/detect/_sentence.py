"""A sentence with what the detector knows of it: words, signs, cues, figures.

Comes in: text and its range. Goes out: one value that all signals look at, so that nothing is computed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..language import Phrases, lexicon, opening
from ..model import Quantity
from ._cues import Places, find
from ._quantities import figures
from ._words import PIECES, Sign

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_VERBS = lexicon("imperatives")
_IMPERATIVES = Phrases({label: _VERBS[label] for label in ("advice", "steering")})
_OPENERS = frozenset(entry.split()[0] for entry in lexicon("openers")["openers"])
_NOUNS_TOO = frozenset(_VERBS["nouns too"])
_AFTER_VERB = frozenset(_VERBS["after a verb"])


@dataclass(slots=True)
class Sentence:
    """One sentence; the places in it count from its own start, but for those of its figures."""

    text: str
    start: int
    """Where it begins in the article."""
    paragraph: int
    """1-based number of its block."""
    first: bool
    """It opens its block."""
    words: list[str]
    signs: int
    """Bits of `Sign` and `CUE`."""
    cues: Places
    quantities: list[Quantity]
    """Its figures, with their places in the article."""
    body: int = 0
    """Number of words that only open the sentence: `However`, `for example`."""
    opening: str = ""
    """`advice` or `steering` where it starts with such an imperative."""
    _placed: list[re.Match[str]] | None = None
    """The words from the first on, as far as their places were asked for; few are."""
    _rest: Iterator[re.Match[str]] | None = None

    @property
    def named(self) -> bool:
        """Whether a word has a capital that doesn't open the sentence."""
        return self.signs & Sign.CAPITAL != 0

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open range of the words `first` to `last`."""
        if self._placed is None or self._rest is None:
            self._placed, self._rest = [], _WORD.finditer(self.text)
        self._placed.extend(islice(self._rest, max(0, last - len(self._placed))))
        return self._placed[first].start(), self._placed[last - 1].end()


def look(text: str, start: int, paragraph: int, first: bool, comma: bool = False) -> Sentence:
    """Take in the words of one sentence.

    Args:
        text: the sentence.
        start: where it begins in the article.
        paragraph: 1-based number of its block.
        first: whether it opens its block.
        comma: whether its language has decimals after a comma.
    """
    words, known, starts = _taken_in(text.split())
    signs, cues = find(words, starts)
    signs |= known
    body = _body(words) if words and words[0] in _OPENERS else 0
    found = _opening(words, body)
    if not found and body < len(words) and words[body] == "if":
        found = _after_condition(text, words)
    return Sentence(text, start, paragraph, first, words, signs, cues, figures(text, signs, start, comma=comma), body, found)


def _taken_in(pieces: list[str]) -> tuple[list[str], int, list[int]]:
    """Return the words of a sentence, what they say one by one, and the places where a cue may start."""
    words: list[str] = []
    signs = 0
    starts: list[int] = []
    for piece in pieces:
        found, own, opening_, starting = PIECES[piece]
        signs |= own if words else opening_
        for place in starting:
            starts.append(len(words) + place)
        words += found
    return words, signs, starts


def _body(words: list[str]) -> int:
    """Return where the sentence proper begins: behind its openers, unless it is nothing else."""
    place = opening(words)
    return place if place < len(words) else 0


def _opening(words: Sequence[str], place: int) -> str:
    """The imperative that stands at `place`."""
    phrase = _IMPERATIVES.opens(words[place : place + 3])
    if phrase is None or (
        words[place] in _NOUNS_TOO and phrase.last == 1 and not _goes_on(words[place + 1 : place + 2])
    ):
        return ""
    return phrase.label


def _goes_on(after: Sequence[str]) -> bool:
    """Whether the word after `stop` or `test` shows that it is a verb: `test your …`, not `test results …`."""
    return bool(after) and (after[0] in _AFTER_VERB or after[0].endswith("ing"))


def _after_condition(quote: str, words: list[str]) -> str:
    """`If you operate globally, design …`: the imperative after the condition."""
    comma = quote.find(",")
    if comma <= 0:
        return ""
    place = next((number for number, match in enumerate(_WORD.finditer(quote)) if match.start() > comma), 0)
    return "advice" if place and _opening(words, place) == "advice" else ""
