"""Old money: pounds, shillings and pence as they were written until 1971.

Comes in: text. Goes out: places, values and units. `18s. 6d.` is 18.5 shillings, and no seconds.
"""

from __future__ import annotations

import re
from typing import Final

_COINS: Final = r"(?:\d{1,2}[½¼¾]?|[½¼¾])"
_SUM: Final = re.compile(
    r"(?<![\w.,])(?:£(?P<pounds>\d{1,3}(?:,\d{3}){0,3}|\d{1,9})\s)?(?P<shillings>\d{1,3})s\b\.?"
    rf"(?:\s(?P<pence>{_COINS})\s?d\b\.?)?|(?<![\w.,£])(?P<only>{_COINS})\s?d\b\.?"
)
_SHOWS: Final = re.compile(r"\d[½¼¾]?d\b|£[\d,]{1,12} \d{1,2}s\b")
_PARTS: Final = {"¼": 0.25, "½": 0.5, "¾": 0.75}


def old_money(text: str) -> list[tuple[int, int, float, str]]:
    """Return start, end, value and unit of the sums; none where nothing shows that the text holds old money.

    A full stop belongs to the sum where the sentence goes on behind it.
    """
    if _SHOWS.search(text) is None:
        return []
    found = []
    for match in _SUM.finditer(text):
        pence = _number(match["pence"] or match["only"] or "")
        if match["only"]:
            value, unit = pence, "penny"
        elif match["pounds"]:
            value, unit = float(match["pounds"].replace(",", "")) + int(match["shillings"]) / 20 + pence / 240, "pound sterling"
        else:
            value, unit = int(match["shillings"]) + pence / 12, "shilling"
        end = match.end() - (match[0].endswith(".") and match.end() == len(text))
        found.append((match.start(), end, round(value, 6), unit))
    return found


def _number(written: str) -> float:
    """`6`, `1½` or `¾`."""
    part = _PARTS.get(written[-1:], 0.0)
    whole = written[:-1] if part else written
    return (int(whole) if whole else 0) + part
