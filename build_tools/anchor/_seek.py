"""Regions of a text where a passage may stand, by the rare words they share with it.

Comes in: words looked for and an indexed text. Goes out: the best few windows, as ranges of word numbers.
It doesn't compare word order or context: `_fit` does.
"""
from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

from ._words import Words

_REGIONS = 8
"""Windows looked at closely. The lookalikes that matter share most words, so they come first."""
_COMMON = 400
"""Words that stand more often than this in a text start no window, unless all words of the quote do."""
_HITS = 60_000
"""Hits looked at in all; bounds the time on a text that repeats the quote's words endlessly."""


def regions(wanted: Sequence[str], text: Words, *, limit: int = _REGIONS) -> list[tuple[int, int]]:
    """Return up to `limit` windows `[first, last)` of word numbers, those that share most first.

    A window is a quarter longer than what is looked for, since an edit may have added words.
    """
    width = len(wanted) + max(4, len(wanted) // 4)
    scored = _slide(Counter(wanted), _hits(wanted, text), text, width)
    scored.sort(key=lambda window: (-window[0], window[1]))
    chosen: list[tuple[int, int]] = []
    for _, first, last in scored:
        if all(abs(first - other) > len(wanted) // 2 for other, _ in chosen):
            chosen.append((first, last))
            if len(chosen) == limit:
                break
    return chosen


def _hits(wanted: Sequence[str], text: Words) -> list[int]:
    """Number, in order, every word of the text that is looked for."""
    known = sorted((len(text.places[word]), word) for word in set(wanted) if word in text.places)
    found: list[int] = []
    for count, word in known:
        if found and (count > _COMMON or len(found) + count > _HITS):
            break
        found.extend(text.places[word][:_HITS])
    return sorted(found)


def _slide(left: Counter[str], hits: Sequence[int], text: Words, width: int) -> list[tuple[float, int, int]]:
    """Score the window that begins at each hit: the weights of the words shared, each as often as looked for."""
    weight = {word: text.weight(word) for word in left}
    inside: deque[int] = deque()
    score = 0.0
    scored: list[tuple[float, int, int]] = []
    for at in reversed(hits):
        while inside and inside[-1] >= at + width:
            word = text.words[inside.pop()]
            left[word] += 1
            score -= weight[word] if left[word] > 0 else 0.0
        word = text.words[at]
        score += weight[word] if left[word] > 0 else 0.0
        left[word] -= 1
        inside.appendleft(at)
        scored.append((score, at, inside[-1] + 1))
    return scored
