"""What an edit did to the words that carry what is said: names, figures, negations, opposites.

Comes in: a passage as it was and a passage of another text. Goes out: which names and figures gave way to others, and
why the two say different things. It doesn't judge how alike they are or where they stand: `_fit` does.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ..contrast import turned_round
from ..language import lexicon, stop_words
from ._words import WORD, common, pairs

_WORD = re.compile(rf"\d+(?:[.,]\d+)+|{WORD.pattern}")
"""A decimal number is one word here: of 1.0 and 0.17 not even the nought is the same."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COUNTS = frozenset(lexicon("antonyms")["counts"])
_LONGEST = 6
"""Words of a stretch that may be one thing in place of another. A longer one is a clause rewritten."""
_MORE = 100
"""Code points looked at beyond as many as stood before or after a passage: longer names, an added clause."""
_Stretch = tuple[list[re.Match[str]], list[re.Match[str]]]
"""Words that gave way, and those that came for them."""


def difference(quote: str, there: str) -> str:
    """Return in words why a passage says something else than a quote that it is like; nothing where it doesn't.

    Args:
        quote: the words of the quote.
        there: the words of the passage.
    """
    given = [f"“{other}” for “{mine}”" for mine, other in replaced(quote, there)]
    return ", ".join(given) or ("one denies what the other says" if denied(quote, there) else "")


def denied(quote: str, there: str) -> bool:
    """Say whether a passage contradicts a quote: a negation that only one of them has, or an opposite."""
    parts = ((_plain(gone), _plain(came)) for gone, came in _stretches(quote, there) if gone and came)
    whole = " ".join(quote.split()), " ".join(there.split())
    return any(turned_round(one, other) for one, other in (whole, *parts))


def replaced(quote: str, there: str) -> Iterator[tuple[str, str]]:
    """Give the names and figures that others stand in place of, each with those others.

    A corrected letter is no other name; `1,000` and `1000` are one figure, and so are a name and its initials.
    """
    return _told(_stretches(quote, there))


def replaced_before(before: str, there: str) -> Iterator[tuple[str, str]]:
    """Give the same for what stood and what stands before a passage in its paragraph.

    Args:
        before: what was kept of the old text; it may begin within a word.
        there: the new text up to the passage.
    """
    _, whole, mine = before.rpartition("\n")
    found = _stretches(mine, there[-len(mine) - _MORE :].rpartition("\n")[2])
    return _told(found if whole else found[1:])


def replaced_after(after: str, there: str) -> Iterator[tuple[str, str]]:
    """Give the same for what stood and what stands after it; `after` may end, `there` begins where the passage ends."""
    mine, whole, _ = after.partition("\n")
    found = _stretches(mine, there[: len(mine) + _MORE].partition("\n")[0])
    return _told(found if whole else found[:-1])


def _stretches(one: str, other: str) -> list[_Stretch]:
    """Return what only one has and what only the other: before, between and after the words that both have in order."""
    mine, others = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    matched = pairs([word.group().lower() for word in mine], [word.group().lower() for word in others])
    found: list[_Stretch] = []
    last = (-1, -1)
    for at, to in [*matched, (len(mine), len(others))]:
        found.append((mine[last[0] + 1 : at], others[last[1] + 1 : to]))
        last = at, to
    return found


def _told(stretches: Iterable[_Stretch]) -> Iterator[tuple[str, str]]:
    for stretch in stretches:
        gone, came = ([word.group() for word in words if _tells(word)] for words in stretch)
        if gone and came and max(map(len, stretch)) <= _LONGEST and not _same(gone, came):
            yield " ".join(gone), " ".join(came)


def _tells(found: re.Match[str]) -> bool:
    """Say whether a word is a name or a figure; the number of a note, `[12]`, says nothing."""
    word, low, text = found.group(), found.group().lower(), found.string
    if any(sign.isdecimal() for sign in word):
        return text[found.start() - 1 : found.start()] != "[" or text[found.end() : found.end() + 1] != "]"
    return low in _COUNTS or (word[0].isupper() and (low not in stop_words() or (word.isupper() and len(word) > 1)))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether names or figures are the same in another spelling."""
    a, b = _letters(one), _letters(other)
    if a == b:
        return True
    if _COUNTS & {a, b} or any(sign.isdecimal() for sign in a + b):
        return False
    return _corrected(a, b) or a == _initials(other) or b == _initials(one)


def _corrected(a: str, b: str) -> bool:
    """Say whether a letter was added or taken away, or two changed places; `Iran` and `Iraq` are two names."""
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        return sorted(a) == sorted(b) and common(a, b) == len(a) - 1
    return common(a, b) == min(len(a), len(b))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0].lower() for word in words) if len(words) > 1 else ""


def _letters(words: Sequence[str]) -> str:
    """Return the bare letters and digits, without accents and the commas of thousands."""
    plain = unicodedata.normalize("NFKD", _THOUSANDS.sub("", "".join(words)).lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _plain(words: Sequence[re.Match[str]]) -> str:
    return " ".join(words[0].string[words[0].start() : words[-1].end()].split())
