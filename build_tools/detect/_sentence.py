"""A sentence with what the detector knows of it: words, signs, cues, figures.

Comes in: texts. Goes out: for each one value that all signals look at, so that nothing is computed twice. Where a sentence stands
is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..language import Phrases, lexicon, opening
from ._cues import Places, find
from ._quantities import Figure, figures
from ._words import PIECES, Sign

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_VERBS = lexicon("imperatives")
_IMPERATIVES = Phrases({label: _VERBS[label] for label in ("advice", "steering")})
_OPENERS = frozenset(entry.split()[0] for entry in lexicon("openers")["openers"])
_NOUNS_TOO = frozenset(_VERBS["nouns too"])
_AFTER_VERB = frozenset(_VERBS["after a verb"])


@dataclass(slots=True)
class Sentence:
    """One sentence; all places in it count from its own start."""

    text: str
    words: list[str]
    signs: int
    """Bits of `Sign` and `CUE`."""
    cues: Places
    figures: tuple[Figure, ...]
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


def look(texts: Sequence[str], comma: bool = False) -> list[Sentence]:
    """Take in the words of some sentences.

    Step by step for all of them, and not sentence by sentence: what a step needs then stays near the processor.

    Args:
        texts: of the sentences.
        comma: whether their language has decimals after a comma.
    """
    taken = [_taken_in(text.split()) for text in texts]
    found = [find(words, starts) for words, _, starts in taken]
    signs = [known | more for (_, known, _), (more, _) in zip(taken, found, strict=True)]
    counted = [tuple(figures(text, own, comma=comma)) for text, own in zip(texts, signs, strict=True)]
    return [
        Sentence(text, words, own, cues, numbers, *_beginning(text, words))
        for text, (words, _, _), own, (_, cues), numbers in zip(texts, taken, signs, found, counted, strict=True)
    ]


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


def _beginning(text: str, words: list[str]) -> tuple[int, str]:
    """Return the `body` and the `opening` of a sentence."""
    body = _body(words) if words and words[0] in _OPENERS else 0
    found = _opening(words, body)
    if not found and body < len(words) and words[body] == "if":
        found = _after_condition(text, words)
    return body, found


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
