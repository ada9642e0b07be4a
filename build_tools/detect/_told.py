"""What a sentence tells wherever it stands: each distinct sentence is looked at once.

Comes in: texts of sentences. Goes out: for each all that its claim gets but its place, or nothing where it asserts nothing.
Articles on one matter quote each other, and those of one publisher repeat themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from ..ids import fold
from ..language import Once, stem, stop_words
from ..model import ClaimKind
from ._asserters import attributed, hedge
from ._quantities import Figure
from ._sentence import look
from ._signals import asserts, kinds, own_signals

_STOPS: Final = stop_words()
_MOST: Final = 3_000_000
"""Code points of the sentences that are kept, with some thirty megabytes about them; then all are forgotten."""


class Told(NamedTuple):
    """A sentence that asserts something; places count from its own start."""

    folded: str
    """Its text, as ids are minted from it."""
    stems: tuple[str, ...]
    """Of its content words, each once, in no certain order."""
    kinds: tuple[ClaimKind, ...]
    """All that fit, that of the main assertion first."""
    signals: tuple[bool, ...]
    """Which signals fire that need nothing but the sentence."""
    asserter: tuple[str, int, int] | None
    """Who else asserts it, and the range of the words that say so."""
    hedge: tuple[int, int] | None
    figures: tuple[Figure, ...]


class Tellings:
    """What is known of sentences of languages that are looked at alike."""

    def __init__(self, comma: bool, english: bool) -> None:
        """Say how they are looked at.

        Args:
            comma: their decimals stand after a comma.
            english: whether they assert something is told by English words.
        """
        self._comma, self._english = comma, english
        self._known: dict[str, Told | None] = {}
        self._room = _MOST

    def of(self, texts: Sequence[str]) -> list[Told | None]:
        """Return what each sentence of an article tells; None for one that asserts nothing."""
        if self._room < 0:
            self._known.clear()
            self._room = _MOST
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._told(new), strict=True))
        self._room -= sum(map(len, new))
        return list(map(self._known.__getitem__, texts))

    def _told(self, texts: Sequence[str]) -> list[Told | None]:
        """Look at sentences for the first time, step by step for all of them, as `look` does."""
        looked = look(texts, self._comma)
        asserting = [sentence for sentence in looked if asserts(sentence, self._english)]
        asserters = list(map(attributed, asserting))
        fitting = list(map(kinds, asserting))
        stemmed = [tuple(stems(sentence.words)) for sentence in asserting]
        told: dict[str, Told] = {
            sentence.text: Told(
                fold(sentence.text), own, some, own_signals(sentence, who is not None), who, hedge(sentence), sentence.figures
            )
            for sentence, own, some, who in zip(asserting, stemmed, fitting, asserters, strict=True)
        }
        return list(map(told.get, texts))


@cache
def tellings(comma: bool, english: bool) -> Tellings:
    """Return what is known of the sentences of such languages."""
    return Tellings(comma, english)


_STEMS: Final = Once(lambda word: "" if word in _STOPS else stem(word))
"""The stem of each word, empty for a stop word."""


def stems(words: Iterable[str]) -> set[str]:
    """Return the stems of content words."""
    found = set(map(_STEMS.__getitem__, words))
    found.discard("")
    return found
