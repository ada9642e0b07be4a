"""Finds the sentences of a text: canonical text in, spans out.

Sentences never cross a block and cover everything that is not white space. It changes no text and
does not say what a sentence is worth: a heading or a cut-off word is a span like any other.
"""
from __future__ import annotations

from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from ._layout import is_reference, layout
from ._segment_guards import BREAK, STOP, address_breaks, judge, list_breaks
from .model import Span

_WINDOW = 8_000
"""The splitter's time grows with the square of the block, so long blocks are shown to it in pieces."""


def segment(text: str) -> list[Span]:
    """Divide a text into sentences.

    The splitter is sentencex (Wikimedia, MIT); stops that it is known to judge wrongly are judged again.

    Args:
        text: canonical text, as in `Article.text`.

    Returns:
        Half-open code points in reading order, without outer white space and without overlap.
    """
    sentences: list[Span] = []
    for block in layout(text):
        words = block.of(text)
        if is_reference(words):
            sentences.append(block)
            continue
        start = 0
        for end in [*_ends(words), len(words)]:
            piece = words[start:end]
            bare = piece.strip()
            if bare:
                first = block.start + start + len(piece) - len(piece.lstrip())
                sentences.append(Span(first, first + len(bare)))
            start = end
    return sentences


def _ends(block: str) -> list[int]:
    """Return where sentences end inside a block, in order."""
    line = block.replace("\n", " ")
    fixed = sorted({*list_breaks(line), *address_breaks(line), *(found.end() for found in BREAK.finditer(line))})
    proposed = _proposed(line)
    ends: list[int] = []
    start = 0
    for at, verdict in _verdicts(line, proposed, fixed):
        if verdict(start):
            ends.append(at)
            start = at
    return ends
