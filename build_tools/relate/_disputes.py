"""Disputes: says whether two statements that speak of the same thing can't both be right.

Comes in: two statements and how alike they are. Goes out: the reason, or nothing. Precision before recall: only a
different value of the same figure, or a near-identical sentence turned round by a negation or an opposite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..contrast import turned_round
from ..model import Quantity

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_SAME_FIGURE = 0.55
_SAME_SENTENCE = 0.55
_SAME_WORDS = 0.65
_APART = 0.1
"""Values that differ by less than this share may be the same figure, rounded."""


def dispute(
    one: str,
    other: str,
    cosine: float,
    overlap: float,
    figures: tuple[Sequence[Quantity], Sequence[Quantity]] = ((), ()),
) -> str:
    """Return why the two can't both be right; empty where nothing says so.

    Args:
        one: a statement.
        other: another.
        cosine: likeness of their terms, 0 to 1.
        overlap: share of the terms of the shorter one that both have.
        figures: the quantities of each.
    """
    if cosine >= _SAME_FIGURE and (reason := _figures_differ(one, other, *figures)):
        return reason
    if one == other or cosine < _SAME_SENTENCE or overlap < _SAME_WORDS:
        return ""
    reason = turned_round(one, other)
    if reason and (figures[0] or figures[1]) and _YEAR.findall(one) != _YEAR.findall(other):
        return ""
    return reason


def opposed(one: str, other: str) -> bool:
    """Say whether a negation or an opposite turns one statement round, so that they don't say the same."""
    return one != other and turned_round(one, other) != ""


def _figures_differ(one: str, other: str, left: Sequence[Quantity], right: Sequence[Quantity]) -> str:
    """One figure with the same unit on each side, and no year that tells them apart."""
    if len(left) != 1 or len(right) != 1 or not left[0].unit or left[0].unit != right[0].unit:
        return ""
    most = max(abs(left[0].value), abs(right[0].value))
    if most == 0 or abs(left[0].value - right[0].value) <= _APART * most:
        return ""
    if set(_YEAR.findall(one)) != set(_YEAR.findall(other)):
        return ""
    return f"{left[0].text} against {right[0].text}"
