"""Finds the sentences of a text: canonical text in, spans out.

Sentences never cross a block and cover everything that is not white space. It changes no text and
does not say what a sentence is worth: a heading or a cut-off word is a span like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sentencex import segment as split

from ..layout import is_reference, layout
from ..model import Span
from ._guards import STOP, Breaks, breaks, judge, possible

_WINDOW = 8_000
"""The splitter's time grows with the square of the block, so long blocks are shown to it in pieces."""
_ODD: Final = "[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000](?=\\.)"
_BEFORE_STOP: Final = re.compile(_ODD)
"""White space that isn't ASCII before a full stop: rare, and looked for first, since that takes less time than the next pattern."""
_PITFALL: Final = re.compile(rf"([A-Z]\s*){_ODD}")
"""The same behind a capital: there sentencex 1.0.32 breaks off, and the whole build with it."""


def segment(text: str) -> list[Span]:
    """Divide a text into sentences.

    The splitter is sentencex (Wikimedia, MIT); stops that it is known to judge wrongly are judged again.

    Args:
        text: canonical text, as in `Article.text`.

    Returns:
        Half-open code points in reading order, without outer white space and without overlap.
    """
    flat = text.replace("\n", " ")
    needed = possible(flat)
    sentences: list[Span] = []
    for block in layout(text):
        if is_reference(text[block.start : block.end]):
            sentences.append(block)
            continue
        line = flat[block.start : block.end]
        start = 0
        for end in [*_ends(line, needed), len(line)]:
            piece = line[start:end]
            bare = piece.strip()
            if bare:
                first = block.start + start + (len(piece) - len(piece.lstrip()) if piece[0].isspace() else 0)
                sentences.append(Span(first, first + len(bare)))
            start = end
    return sentences


def _ends(line: str, needed: Sequence[Breaks]) -> list[int]:
    """Return where sentences end inside a block, in order: each the start of the next one."""
    stops = {stop.end(): stop for stop in STOP.finditer(line)}
    proposed = _proposed(line)
    certain = breaks(line, needed)
    if stray := proposed.difference(stops):
        certain |= stray.difference(_reach_of(stops))
    stops.pop(len(line), None)  # the block ends there anyhow
    ends: list[int] = []
    start = 0
    for at in sorted(certain.union(stops)):
        if at not in certain:
            verdict = judge(line, start, stops[at])
            if not (at in proposed if verdict is None else verdict):
                continue
        ends.append(at)
        start = at
    return ends


def _reach_of(stops: dict[int, re.Match[str]]) -> Iterator[int]:
    """Give every place that a stop has a say in."""
    for stop in stops.values():
        yield from range(stop.start() + 1, stop.end())


def _proposed(line: str) -> set[int]:
    """Return where the splitter would begin new sentences; the end of a window is no opinion of its own."""
    found: set[int] = set()
    if not line.isascii() and _BEFORE_STOP.search(line):
        line = _PITFALL.sub(r"\1 ", line)
    for low, high in _windows(line):
        at = low
        for sentence in split("en", line[low:high]):
            at += len(sentence)
            found.add(at)
        found.discard(high)
    return found


def _windows(line: str) -> Iterator[tuple[int, int]]:
    """Cut a long line into pieces, after a stop or at white space where there is one."""
    low = 0
    while len(line) - low > _WINDOW:
        cuts = (line.rfind(mark, low, low + _WINDOW) + len(mark) for mark in (". ", "。", " "))
        high = next((cut for cut in cuts if cut > low + _WINDOW // 2), low + _WINDOW)
        yield low, high
        low = high
    yield low, len(line)
