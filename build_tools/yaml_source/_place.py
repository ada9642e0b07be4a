"""Where things stand in a YAML file.

Comes in: its text. Goes out: lines and columns as editors count them. Knows nothing of YAML.
"""
from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands in its file."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    start: int
    end: int
    """Half-open range of code points in the text, without a byte order mark."""


@dataclass(slots=True)
class Lines:
    """Turns an offset into line and column; only line feeds and carriage returns end a line, as in editors."""

    text: str
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Find the lines once."""
        self._starts = [0, *(match.end() for match in re.finditer("\r\n?|\n", self.text))]

    def place(self, start: int, end: int) -> Place:
        """Return the place of a range."""
        start = min(start, len(self.text))
        line = bisect.bisect_right(self._starts, start)
        return Place(line, start - self._starts[line - 1] + 1, start, end)

    def line(self, number: int) -> str:
        """Return a line's text without its end, cut where it is very long."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start : min(end, start + 400)].rstrip("\r\n")

    def at(self, number: int, column: int) -> Place:
        """Return the place of a column, counted from 0, in a line, counted from 1."""
        start = self._starts[number - 1] + column
        return Place(number, column + 1, start, start)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._starts)
