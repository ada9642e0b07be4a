"""How well a place in a text fits a passage that stood in another state of it.

Comes in: what is known of the passage, an indexed text, a place. Goes out: a `Fit` with its named parts.
It doesn't decide: the floor and the margin are in `anchor`.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..model import Selector, Span
from ._words import Words, common, pairs, split

QUOTE = 0.60
"""The quote itself. Most of the whole, so that context alone, without half of the words, never carries."""
NEAR = 0.13
"""Each side's nearest words, 0.26 for both: what still stands around is what tells an edited sentence
from a deleted one, and one copy from another."""
WIDE = 0.05
"""Each side's neighbouring sentences: they agree by chance more often, and decide only between equals."""
POSITION = 0.04
"""Relative place in the text: an insertion above moves everything, so it only breaks ties."""
UNKNOWN = 0.5
"""Agreement of a side that nothing is known of, as in a quote copied down without its context: such a quote
has to agree nearly to the letter to reach the floor."""

NEAR_WORDS = 8
"""About the W3C's 32 characters and a little more: a clause."""
WIDE_WORDS = 40
"""Two sentences; 400 code points hold about 60 words."""


@dataclass(frozen=True, slots=True)
class Known:
    """A selector in words."""

    quote: tuple[str, ...]
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    """The words on either side; None where nothing is known of them."""
    place: float | None
    """Share of the text that stood before it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A place and how well it fits, each part from 0 to 1."""

    span: Span
    """Code points."""
    quote: float
    near: tuple[float, float]
    wide: tuple[float, float]
    position: float

    @property
    def context(self) -> float:
        """How well the surroundings agree."""
        return (NEAR * sum(self.near) + WIDE * sum(self.wide)) / (2 * (NEAR + WIDE))

    @property
    def score(self) -> float:
        """All parts with their weights."""
        return QUOTE * self.quote + 2 * (NEAR + WIDE) * self.context + POSITION * self.position


@lru_cache(maxsize=64)
def known(selector: Selector) -> Known:
    """Split a selector into words."""
    position, length = selector.position, selector.length
    before = split(selector.before or selector.prefix)[-WIDE_WORDS:]
    after = split(selector.after or selector.suffix)[:WIDE_WORDS]
    return Known(
        split(selector.quote),
        before if before or (position and length) else None,
        after if after or (position and length) else None,
        position.start / length if position and length else None,
    )


def agreement(mine: Sequence[str] | None, there: Sequence[str], count: int) -> float:
    """Return the share of the `count` words next to the passage that stand there, in order, within a quarter more.

    Both run outwards from the passage. A side on which nothing stood agrees where again nothing stands.
    """
    if mine is None:
        return UNKNOWN
    if not mine:
        return 0.0 if there else 1.0
    return common(mine[:count], there[: count + count // 4]) / min(count, len(mine))


def surroundings(wanted: Known, text: Words, first: int, last: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Compare what stands around the words `[first, last)` with what stood around the passage.

    Returns:
        The shares (left, right) of the nearest words and of the wider neighbours that are still there.
    """
    reach = WIDE_WORDS + WIDE_WORDS // 4
    left = text.words[max(0, first - reach) : first][::-1]
    right = text.words[last : last + reach]
    before = None if wanted.before is None else wanted.before[::-1]
    return (
        (agreement(before, left, NEAR_WORDS), agreement(wanted.after, right, NEAR_WORDS)),
        (agreement(before, left, WIDE_WORDS), agreement(wanted.after, right, WIDE_WORDS)),
    )


def judge(wanted: Known, quote: str, text: Words, place: tuple[int, int], span: Span) -> Fit:
    """Judge the words `[first, last)` of a text, which cover `span`, as the place of a quote."""
    first, last = place
    near, wide = surroundings(wanted, text, first, last)
    there = span.of(text.text)
    alike = 1.0 if there == quote else likeness(wanted.quote, text.words[first:last], text, quote, there)
    position = UNKNOWN if wanted.place is None else 1 - abs(wanted.place - span.start / len(text.text))
    return Fit(span, alike, near, wide, position)


def likeness(mine: Sequence[str], there: Sequence[str], text: Words, quote: str, found: str) -> float:
    """Return how alike two passages are: the mean of what they share in words and in letters.

    Words, rare ones counting more, tell one statement from another; letters forgive a corrected typo
    and a changed ending. Each is twice what is shared, in order, over what both hold.
    """
    if not mine or not there:
        return 0.0
    shared = text.total([mine[at] for at, _ in pairs(mine, there)])
    by_words = 2 * shared / (text.total(mine) + text.total(there))
    a, b = _plain(quote), _plain(found)
    return by_words / 2 + common(a, b) / (len(a) + len(b))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def align(
    wanted: Known, text: Words, window: tuple[int, int], within: tuple[int, int] | None = None
) -> tuple[int, int] | None:
    """Find the words `[first, last)` around the window that the quote became, lining up quote and context together.

    Nothing outside `within` is looked at.
    """
    bottom, top = within or (0, len(text.words))
    pad = NEAR_WORDS // 2 if wanted.before is None and wanted.after is None else NEAR_WORDS * 3
    low, high = max(bottom, window[0] - pad), min(top, window[1] + pad)
    before, after = (wanted.before or ())[-NEAR_WORDS * 2 :], (wanted.after or ())[: NEAR_WORDS * 2]
    start, stop = len(before), len(before) + len(wanted.quote)
    matched = [(mine, there + low) for mine, there in pairs(before + wanted.quote + after, text.words[low:high])]
    kept = _densest([there for mine, there in matched if start <= mine < stop], text)
    if kept is None:
        return None
    first, last = kept
    inner = [mine for mine, there in matched if start <= mine < stop and first <= there < last]
    lost = inner[0] - start, stop - 1 - inner[-1]
    left = max((there + 1 for mine, there in matched if mine < start and there < first), default=None)
    right = min((there for mine, there in matched if mine >= stop and there >= last), default=None)
    return (
        first - _widened(None if left is None else first - left, lost[0], first - bottom),
        last + _widened(None if right is None else right - last, lost[1], top - last),
    )


def _widened(gap: int | None, lost: int, room: int) -> int:
    """Return by how many words to move an edge out where the quote lost words.

    Up to the context where about as many words stand in between: they replaced the lost ones. Elsewhere
    by as many words as were lost.
    """
    spare = 2
    if not lost:
        return 0
    return gap if gap is not None and gap <= lost + spare else min(lost, room)


def _densest(there: Sequence[int], text: Words) -> tuple[int, int] | None:
    """Return the stretch that holds most of the matched words and least else (Kadane's maximum sum)."""
    gap_cost = 0.2  # a fifth of a rare word: an inserted clause of a dozen words doesn't split a sentence
    best, total, begin = 0.0, 0.0, 0
    chosen: tuple[int, int] | None = None
    for at, place in enumerate(there):
        total -= gap_cost * (place - there[at - 1] - 1) if at else 0.0
        if total <= 0:
            total, begin = 0.0, place
        total += text.weight(text.words[place])
        if total > best:
            best, chosen = total, (begin, place + 1)
    return chosen
