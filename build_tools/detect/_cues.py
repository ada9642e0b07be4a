"""Cues: the phrases of `lexicon/cues.txt` that the signals ask for, found in one pass over a sentence's words.

Comes in: lower-case words. Goes out: which labels have a phrase there, and where the phrases of some of them stand.
Doesn't judge what a cue means for a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ..language import lexicon
from ..language import words as _split

_PLACED: Final = ("recommend", "event", "evaluate", "stronghedge", "signpost")
"""Labels of which it matters where their phrases stand, and how many there are."""
_LABELS: Final = (
    *_PLACED,
    *("auxiliary", "verb", "strongcause", "strongrule", "contrast", "forecast", "if", "conditional"),
)
CUE: Final = {label: 1 << place for place, label in enumerate(_LABELS)}
"""One bit for each label that is asked for."""
_NO_CONTRAST: Final = frozenset({"rather than", "instead of", "match", "matches", "lagging"})
"""Phrases that stand in the way of a shorter one, but compare nothing themselves."""
_PLACES: Final = tuple((CUE[label], label) for label in _PLACED)
_ANY_PLACED: Final = sum(bit for bit, _ in _PLACES)

Places = dict[str, list[tuple[int, int]]]
"""For each label, its phrases in reading order: the first word, and one past the last."""


class _Cue(NamedTuple):
    """A phrase that starts at a known word."""

    length: int
    """Number of its words."""
    rest: tuple[str, ...]
    """Its words from the third on."""
    labels: int
    signs: int
    """Those of its labels that it speaks for."""


_Row = dict[str, tuple[_Cue, ...]]
"""The phrases that start with one word, by their second word, the longest first; under the empty word the one that is alone."""


def _gathered() -> dict[tuple[str, ...], int]:
    """Return the labels of each phrase."""
    found: dict[tuple[str, ...], int] = {}
    cues = lexicon("cues")
    for label, bit in CUE.items():
        for entry in cues[label]:
            split = tuple(_split(entry))
            found[split] = found.get(split, 0) | bit
    return found


def _cue(phrase: tuple[str, ...], labels: int) -> _Cue:
    speaks = labels & ~CUE["contrast"] if " ".join(phrase) in _NO_CONTRAST else labels
    return _Cue(len(phrase), phrase[2:], labels, speaks)


def _table(phrases: dict[tuple[str, ...], int]) -> dict[str, _Row]:
    """Return the phrases by their first word; of single words only those that PLAIN doesn't tell all about."""
    rows: dict[str, _Row] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        if len(phrase) > 1:
            row = rows.setdefault(phrase[0], {})
            row[phrase[1]] = (*row.get(phrase[1], ()), _cue(phrase, phrases[phrase]))
        elif phrases[phrase] & (_ANY_PLACED | CUE["contrast"]):
            alone, row = _cue(phrase, phrases[phrase]), rows.setdefault(phrase[0], {})
            rows[phrase[0]] = {"": (alone,), **{second: (*longer, alone) for second, longer in row.items()}}
    return rows


_GATHERED: Final = _gathered()
_ROWS: Final = _table(_GATHERED)
PLAIN: Final = {phrase[0]: labels & ~CUE["contrast"] for phrase, labels in _GATHERED.items() if len(phrase) == 1}
"""Labels of the words that are a cue by themselves: a look-up a word tells them, whatever stands beside it."""


STARTS: Final = frozenset(_ROWS)
"""Words that a phrase starts with which `find` has to look at."""


def find(words: Sequence[str], starts: Iterable[int]) -> tuple[int, Places]:
    """Find the cues among the words of a sentence, but for those in `PLAIN`.

    Args:
        words: the words in lower case.
        starts: the places of those in `STARTS`.

    Returns:
        The bits of the labels that are there, and the places of those where it matters; for each label only the longest
        phrase at each word.
    """
    signs = 0
    places: Places = {}
    ended = [*words, ""]
    for place in starts:
        row = _ROWS[words[place]]
        given = 0
        for length, rest, labels, speaks in row.get(ended[place + 1]) or row.get("", ()):
            if rest and tuple(words[place + 2 : place + length]) != rest:
                continue
            new = labels & ~given
            given |= new
            signs |= new & speaks
            if new & _ANY_PLACED:
                _put(places, new, place, place + length)
    return signs, places


def _put(places: Places, labels: int, first: int, last: int) -> None:
    for bit, label in _PLACES:
        if labels & bit:
            places.setdefault(label, []).append((first, last))
