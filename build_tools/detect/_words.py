"""What single words tell: each distinct piece of text between white space is cut into words and looked up once.

Comes in: a piece of a text. Goes out: its words in lower case and one number that holds their signs. Knows nothing of
what stands beside the piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from operator import itemgetter
from typing import Final

from ..language import lexicon, stop_words
from ._cues import PLAIN, STARTS
from ._numbers import DIGIT, NUMBER_WORDS

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_LETTERS: Final = re.compile(r"[a-z]+")
_LONGEST: Final = 40
"""Code points of a piece that is worth keeping."""
_MOST: Final = 200_000
"""Pieces that are kept; then all are forgotten, so that a corpus of any size fits into memory."""


class Sign:
    """The bits above those of the cues: what the words, the signs and the capitals of a sentence say without their order."""

    DIGIT: Final = 1 << 16
    NUMBER_WORD: Final = 1 << 17
    ONE: Final = 1 << 18
    """Something that people count singly: `a gallon`, `a third`."""
    LETTER: Final = 1 << 19
    CAPITAL: Final = 1 << 20
    """A word with a capital; the first word of a sentence doesn't count."""
    ED: Final = 1 << 21
    THAN: Final = 1 << 22
    SUPERLATIVE: Final = 1 << 23
    MAGNITUDE: Final = 1 << 24
    """`hundreds`, `billions`."""
    FUTURE: Final = 1 << 25
    DUTY: Final = 1 << 26
    READER: Final = 1 << 27
    AUTHOR: Final = 1 << 29
    """Somebody speaks of himself."""
    SPEECH: Final = 1 << 28
    """A word without which no phrase gives what is said to somebody."""


def _telling(phrase: str) -> str:
    """Return a word of a phrase that few sentences hold: its last one that is no function word, else its first."""
    split = phrase.split()
    return next((word for word in reversed(split) if word not in stop_words()), split[0])


_SPEECH: Final = lexicon("speech")
_SINGLE_UNITS: Final = frozenset(
    ["gallon", "pint", "penny", "dime", "barrel", "litre", "liter", "tonne", "kilogram", "ounce"]
    + [f"{size}byte" for size in ("kilo", "mega", "giga", "tera", "exa", "kibi", "mebi", "gibi")]
    + ["third", "quarter", "fifth", "tenth"]
)
_KNOWN: Final[tuple[tuple[int, Iterable[str]], ...]] = (
    (Sign.THAN, ["than"]),
    (Sign.SUPERLATIVE, ["most", "least", "best", "worst"]),
    (Sign.MAGNITUDE, ["hundreds", "thousands", "millions", "billions", "trillions"]),
    (Sign.FUTURE, ["will", "won't", "shall", "it'll", "they'll", "we'll", "he'll", "she'll"]),
    (Sign.DUTY, ["should", "must", "ought", "shouldn't", "mustn't"]),
    (Sign.READER, ["you", "your", "you're", "we", "us"]),
    (Sign.AUTHOR, ["i", "i'm", "i've", "i'd", "i'll", "me", "my", "myself"]),
    (Sign.SPEECH, [_telling(entry) for section in ("strong", "according") for entry in _SPEECH[section]]),
)


def _signs() -> dict[str, int]:
    table = dict(PLAIN)
    for bit, entries in _KNOWN:
        for word in entries:
            table[word] = table.get(word, 0) | bit
    return table


_SIGNS: Final = _signs()
_COUNTED: Final = {**dict.fromkeys(NUMBER_WORDS, Sign.NUMBER_WORD), **dict.fromkeys(_SINGLE_UNITS, Sign.ONE)}
"""Runs of letters without which a text holds no number in words."""

_SAME: Final[dict[int, int]] = {}

Piece = tuple[tuple[str, ...], int, int, tuple[int, ...]]
"""Its words, their signs, their signs where the piece opens a sentence, and which of its words a cue may start with."""


class Pieces(dict[str, Piece]):
    """What is known of each piece: words by natural law repeat, so that nearly every piece of a text is here already."""

    def __missing__(self, piece: str) -> Piece:
        """Look at a piece for the first time."""
        found = _look(piece)
        if len(piece) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[piece] = found
        return found


PIECES: Final = Pieces()
_WORDS_OF: Final = itemgetter(0)


def split(text: str) -> list[str]:
    """Return the lower-case words of a text."""
    return list(chain.from_iterable(map(_WORDS_OF, map(PIECES.__getitem__, text.split()))))


def counted(text: str) -> int:
    """Return which signs of numbers a text holds: digits, number words, things counted singly."""
    found = Sign.DIGIT if DIGIT.search(text) else 0
    for letters in _LETTERS.findall(text.lower()):
        found |= _COUNTED.get(letters, 0)
    return found


def _look(piece: str) -> Piece:
    written = _WORD.findall(piece)
    words = tuple([word.lower().replace("’", "'") for word in written])
    signs = counted(piece)
    if piece[0].isalpha() or any(sign.isalpha() for sign in piece):
        signs |= Sign.LETTER
    for word in words:
        signs |= _SIGNS.get(word, 0)
        if word.endswith("ed"):
            signs |= Sign.ED
        elif word.endswith("est") and len(word) > 5:
            signs |= Sign.SUPERLATIVE
    capitals = [word[0].isupper() for word in written]
    opening = _same(signs | Sign.CAPITAL if any(capitals[1:]) else signs)
    anywhere = _same(signs | Sign.CAPITAL if any(capitals) else signs)
    return words, anywhere, opening, tuple([place for place, word in enumerate(words) if word in STARTS])


def _same(signs: int) -> int:
    """Return the one number that all pieces with these signs share: what is used often stays near the processor."""
    return _SAME.setdefault(signs, signs)
