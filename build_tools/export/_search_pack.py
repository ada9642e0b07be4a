"""How the search index is written: numbers as short text, pieces as scripts.

Comes in: sorted numbers, texts with sizes. Goes out: strings that `static/js/search.js` reads, and how to divide them. A piece
is a classic script that calls one global function, so that it loads from `file://` and under a strict CSP.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

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


_SHORT = [number(value) for value in range(1 << 15)]


def postings(entries: Iterable[int]) -> str:
    """Write sorted `document << 4 | impact` numbers, each document as its distance from the last."""
    short, size, last, out = _SHORT, len(_SHORT), 0, []
    for entry in entries:
        value = entry - last
        last = entry & ~15
        out.append(short[value] if value < size else number(value))
    return "".join(out)


def ascending(values: Iterable[int]) -> str:
    """Write sorted numbers as their distances."""
    last, out = 0, []
    for value in values:
        out.append(number(value - last))
        last = value
    return "".join(out)


def divide(sizes: Sequence[int], parts: int) -> list[int]:
    """Divide a row of things into at most `parts` runs of like size; return where each run begins."""
    total, begins, seen = sum(sizes), [0], 0
    for at, size in enumerate(sizes):
        if at and seen * parts >= total * len(begins):
            begins.append(at)
        seen += size
    return begins


def piece(name: str, *data: object) -> str:
    """Return a piece as a line of script."""
    values = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in (name, *data))
    return f"sourcebookPiece({values});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
