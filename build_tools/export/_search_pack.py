"""How the search index is written: numbers as short text, pieces as scripts.

Comes in: sorted numbers, texts with sizes. Goes out: strings that `static/js/search.js` reads, and how to divide them. A piece
is a classic script that calls one global function, so that it loads from `file://` and under a strict CSP.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

from ._write import compact

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
IMPACT_BITS = 4
"""A posting's last bits say how much the word weighs in that document, 1 to 15."""


def number(value: int) -> str:
    """Write a number with five bits a sign, lowest first; the sixth bit says that more follow (as LEB128 does)."""
    out = ""
    while value >= 32:
        out += DIGITS[32 | value & 31]
        value >>= 5
    return out + DIGITS[value]


class _Written(dict[int, str]):
    """Numbers as they are written; each is written once only, for there are a million of them and few differ."""

    def __missing__(self, value: int) -> str:
        text = self[value] = number(value)
        return text


_WRITTEN = _Written()


def ascending(values: Sequence[int]) -> str:
    """Write sorted numbers as their distances; postings are `document << 4 | impact`."""
    return "".join(map(_WRITTEN.__getitem__, map(sub, values, (0, *values))))


def divide(sizes: Sequence[int], parts: int) -> list[int]:
    """Divide a row of things into at most `parts` runs of like size; return where each run begins."""
    total, begins, seen = sum(sizes), [0], 0
    for at, size in enumerate(sizes):
        if at and seen * parts >= total * len(begins):
            begins.append(at)
        seen += size
    return begins


def order(key: str) -> bytes:
    """Return what sorts words as JavaScript does, by the units of UTF-16."""
    return key.encode("utf-16-be", "surrogatepass")


def telling(key: str, last: str) -> str:
    """Return the shortest beginning of `key` that sorts after `last`."""
    return next((key[:size] for size in range(1, len(key)) if order(key[:size]) > order(last)), key)


def piece(name: str, *data: object) -> str:
    """Return a piece as a line of script."""
    values = ",".join([compact(value) for value in (name, *data)])
    return f"sourcebookPiece({values});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
