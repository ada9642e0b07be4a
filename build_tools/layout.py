"""Where the blocks of a plain text lie: canonical text in, block spans out.

The reader and the segmenter share this rule, so that no sentence crosses a block. It looks at
lines and blank lines only; what kind of block each one is, it does not say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .model import Span

LIST_MARK = re.compile(r"(?:[-–*+•‣◦⁃·▪●○■□➤✓]|\(?\d{1,3}[.)]|\[\d{1,3}\]|\(?[a-zA-Z][.)])[ \t\u00a0]+(?=\S)")
"""What begins a list item; a single capital letter counts only with a bracket (see `is_item`)."""
_ENDS = '.!?…。！？”"’»)]：:;'
_FULL = ".!?…。！？"
_REFERENCE = re.compile(
    r"(?:\[\d{1,3}\] |\d{1,3}[.)] )?"  # a number in the list
    r"(?P<who>[^\W\d_][^()\n]{1,300}?) ?"  # authors or a body
    r"\((?:(?:19|20)\d\d[a-z]?(?:, [^()\n]{1,30})?|n\.d\.)\)[.,:]? "  # (2026, March 9).
)
_INITIALS = re.compile(r"[^\W\d_][^,\n]{1,40}, (?:[A-Z]\.[ -]?){1,4}")
_ADDRESS = re.compile(r"https?://\S|\bdoi[:.]", re.IGNORECASE)
_NUMBERED = re.compile(r"\[\d{1,3}\] ")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_LONGEST_REFERENCE = 700
_NARROW, _WIDE = 30, 140
"""Hard-wrapped lines are between these many code points wide."""


class _Line(NamedTuple):
    """One line without the white space around it."""

    start: int
    end: int
    words: str
    indent: int


@lru_cache(maxsize=2)  # the reader asks for it, and the segmenter asks again for the same text
def layout(text: str) -> tuple[Span, ...]:
    """Divide a text into blocks: half-open code points, in order, without outer white space.

    Blank lines part blocks. A single line break parts them too, unless the text is hard-wrapped:
    there it is a space, except before a list item and after a line that plainly stopped short.
    """
    groups = _groups(text)
    if all(len(group) == 1 for group in groups):
        return tuple([Span(group[0].start, group[0].end) for group in groups])
    wrapped = _is_wrapped(groups)
    width = max(
        (len(line.words) for group in groups if len(group) > 1 for line in group if len(line.words) <= _WIDE), default=0
    )
    blocks: list[Span] = []
    for group in groups:
        first = group[0]
        for line, following in zip(group, [*group[1:], None], strict=True):
            if following is None or not wrapped or _stops_short(line, following, width):
                blocks.append(Span(first.start, line.end))
                first = following or first
    return tuple(blocks)


def is_item(words: str) -> bool:
    """Say whether a line begins as a list item: with a bullet, a number or a letter."""
    if words[:2].isalpha():  # as most lines begin, and no mark does
        return False
    found = LIST_MARK.match(words)
    return found is not None and not (found[0][0].isupper() and found[0].rstrip().endswith("."))


def is_reference(words: str) -> bool:
    """Say whether a block is one entry of a reference list: `Chan, K. (2026). Title`."""
    if len(words) > _LONGEST_REFERENCE:
        return False
    dated = "(19" in words or "(20" in words or "(n.d." in words
    found = _REFERENCE.match(words) if dated else None
    if found:
        return bool(_INITIALS.match(found["who"]) or _ADDRESS.search(words, found.end()))
    return words.startswith("[") and bool(
        _NUMBERED.match(words) and _YEAR.search(words) and (_ADDRESS.search(words) or '"' in words or "“" in words)
    )


def _groups(text: str) -> list[list[_Line]]:
    """Gather the lines between blank lines."""
    groups: list[list[_Line]] = []
    at, fresh = 0, True
    for raw in text.split("\n"):
        words = raw.strip()
        if not words:
            fresh = True
        else:
            indent = len(raw) - len(raw.lstrip()) if len(raw) > len(words) else 0
            line = _Line(at + indent, at + indent + len(words), words, indent)
            if fresh:
                groups.append([])
            groups[-1].append(line)
            fresh = False
        at += len(raw) + 1
    return groups


def _is_wrapped(groups: list[list[_Line]]) -> bool:
    """Say whether single line breaks are spaces: many of them stand in the middle of a sentence."""
    breaks = votes = 0
    for group in groups:
        width = max(len(line.words) for line in group)
        ends_well = group[-1].words[-1] in _ENDS
        for line, following in pairwise(group):
            if not is_item(following.words):
                breaks += 1
                votes += ends_well and width <= _WIDE and _runs_on(line, following, width)
    return votes * 4 > breaks


def _runs_on(line: _Line, following: _Line, width: int) -> bool:
    """Say whether the break after a line is in the middle of a sentence."""
    if line.words[-1] in _FULL or _is_rule(line.words):
        return False
    head = following.words[0]
    if head.islower():
        return True
    caseless = head.isalpha() and not head.isupper()
    return caseless and width >= _NARROW // 2 and len(line.words) >= 0.9 * width


def _stops_short(line: _Line, following: _Line, width: int) -> bool:
    """Say whether a block ends with this line of a hard-wrapped text."""
    if is_item(following.words) or _is_rule(line.words) or _is_rule(following.words):
        return True
    if following.indent > line.indent + 1 and line.words[-1] in _ENDS and not is_item(line.words):
        return True
    if following.words[0].islower() or line.words[-1] in ",-–—":
        return False
    room = width - len(line.words) - 1
    next_word = following.words.split(None, 1)[0]
    return room > len(next_word) + 0.2 * width


def _is_rule(words: str) -> bool:
    """Say whether a line holds no letter and no digit, as a drawn rule does."""
    return len(words) < 200 and not any(character.isalnum() for character in words)
