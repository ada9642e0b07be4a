"""Stems with the documents they stand in, and how much they weigh there.

Comes in: documents. Goes out: an `Index`; its stems and words written as pieces' text. Knows nothing of files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ._search_documents import Entry
from ._search_pack import DIGITS, ascending, order
from ._search_words import STOP, every_word, fold, term

SATURATION, LENGTH = 1.2, 0.5
"""BM25's k1 and b (Robertson and Zaragoza, 2009). Claims are short and of like length, hence the small b."""
NAMED = 3
"""What a word weighs that stands only in a topic's, entity's or speaker's name."""
_BATCH = 500
_MOST_COUNTED = 6
_MANY_WORDS = 60_000
_SHORTEST_MENDED = 4

Put = Callable[[int], None]


@dataclass(slots=True)
class Index:
    """Stems with their documents, and the words that were met."""

    terms: dict[str, list[int]] = field(default_factory=dict)
    """`document << 4 | impact`, ascending."""
    keys: dict[str, str] = field(default_factory=dict)
    """What every word that was met is indexed under; empty for one that isn't."""


class _Lists(dict[str, Put]):
    """For every word how to put a document into the list of its stem; a new word finds its list when it is asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        nothing: list[int] = []
        self.nowhere: Put = nothing.append

    def __missing__(self, word: str) -> Put:
        key = self.index.keys[word] = "" if word in STOP else term(word)
        put = self[word] = self.index.terms.setdefault(key, []).append if key else self.nowhere
        return put  # equal for all words of a stem: methods are equal when they are of the same list


def build(entries: Sequence[Entry]) -> Index:
    """Index the documents' own words, and claims under every name of their topics, entities and speakers."""
    index = Index()
    lists = _Lists(index)
    lengths = max(1.0, sum(len(entry.text) for entry in entries) / max(1, len(entries)))
    named: dict[str, frozenset[Put]] = {}
    for first in range(0, len(entries), _BATCH):
        batch = entries[first : first + _BATCH]
        folded = fold("\n".join([entry.text.replace("\n", " ") for entry in batch])).split("\n")
        for document, (entry, text) in enumerate(zip(batch, folded, strict=True), first):
            impacts = _impacts(min(60, round(20 * len(entry.text) / lengths)), entry.weight)
            met = _add(lists, text, document << 4, impacts)
            for name in entry.names:
                if name not in named:
                    named[name] = frozenset(map(lists.__getitem__, every_word(fold(name)))) - {lists.nowhere}
                for put in named[name] - met:
                    put(document << 4 | NAMED)
                met |= named[name]
    return index


def _add(lists: _Lists, text: str, head: int, impacts: Sequence[int]) -> set[Put]:
    """Put a document into the lists of its words; return them."""
    found = list(map(lists.__getitem__, every_word(text)))
    met = set(found)
    nowhere = lists.nowhere
    skipped = 0
    if nowhere in met:
        met.remove(nowhere)
        skipped = found.count(nowhere)
    code = head | impacts[1]
    if len(met) + skipped == len(found):  # no word stands twice
        for put in met:
            put(code)
    else:
        counts = Counter(found)
        del counts[nowhere]
        for put, count in counts.items():
            put(code if count == 1 else head | impacts[min(_MOST_COUNTED, count)])
    return met


@cache
def _impacts(size: int, weight: float) -> tuple[int, ...]:
    """Return BM25's weights of a word that stands 0, 1, 2 … times in a document; `size` is in twentieths of the mean length."""
    wide = SATURATION * (1 - LENGTH + LENGTH * size / 20)
    values = (count * (SATURATION + 1) / (count + wide) for count in range(_MOST_COUNTED + 1))
    return tuple(max(1, min(15, round(6.5 * value * weight))) for value in values)


def rows(index: Index, best: int) -> tuple[list[str], list[str], list[str]]:
    """Write the stems, in order, each as a row; and the whole lists of the commonest.

    Args:
        index: what to write.
        best: a row holds at most so many documents, those where the stem weighs most.

    Returns:
        Stems; a row for each; the whole lists that the rows refer to by number.
    """
    keys = sorted(index.terms) if all(map(str.isascii, index.terms)) else sorted(index.terms, key=order)
    written: list[str] = []
    whole: list[str] = []
    for key in keys:
        listed, count = index.terms[key], ""
        if len(listed) > best:
            count = f"{len(listed)}.{len(whole)}!"
            whole.append(ascending(listed))
            listed = _heaviest(listed, best)
        written.append(f"{key}={count}{ascending(listed)}")
    return keys, written, whole


def _heaviest(listed: Sequence[int], most: int) -> list[int]:
    """Return the postings of the highest impacts, earlier documents first among equals, in order."""
    sorts: list[list[int]] = [[] for _ in range(16)]
    for code in listed:
        sorts[code & 15].append(code)
    return sorted([code for sort in reversed(sorts) for code in sort][:most])


def known_words(index: Index) -> tuple[list[str], Mapping[str, int]]:
    """Return the words that a misspelling may have meant, in order, letters only; and how many documents have each."""
    counts = {word: len(index.terms[key]) for word, key in index.keys.items() if key}
    least = 1 if len(counts) < _MANY_WORDS else 2  # in much text, what stands once is often itself a slip
    known = [word for word, count in counts.items() if len(word) >= _SHORTEST_MENDED and count >= least and word.isalpha()]
    return sorted(known, key=order), counts


def front_coded(known: Sequence[str], counts: Mapping[str, int]) -> str:
    """Write sorted words, each by what it shares with the last, the rest, and how often it stands (as a power of two)."""
    last, out = "", []
    for word in known:
        same = 0
        while same < min(len(last), len(word), 31) and last[same] == word[same]:
            same += 1
        out.append(f"{DIGITS[same]}{word[same:]}{min(9, counts[word].bit_length())}")
        last = word
    return "".join(out)
