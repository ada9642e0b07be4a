"""Reads the line that dates an article: `Published: 3 April 2025`, `4. Februar 2025`, `2025年2月3日`.

A line comes in; whether it dates the article, and the day of publication, go out. A day that can be read in two ways
(`03/04/2025`) is no day, and a day of revision is none of publication.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

from ..language import lexicon

_LISTS: Final = lexicon("dates")
_MONTHS: Final = {name: int(number) for number, names in _LISTS.items() if number.isdigit() for name in names}
_LONGEST: Final = 100
_LEADS: Final = frozenset((*_LISTS["published"], *_LISTS["updated"]))
_PARTS: Final = re.compile(r" ?[·|•—–] ?")
"""What parts a name from a date."""
_COMMA: Final = re.compile(r", ?")


def _any(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_MONTH: Final = _any([*_MONTHS])
_LINE: Final = re.compile(
    rf"(?:(?P<lead>{_any((*_LISTS['published'], *_LISTS['updated']))}) ?[:：]? ?(?<=\W))?"
    rf"(?:(?:{_any(_LISTS['weekdays'])})[.,]? )?"
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:(?:of|de) )?(?P<m1>{_MONTH})\b\.?,? (?:de )?(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    r"|(?P<y4>\d{4}) ?[年년] ?(?P<m4>\d{1,2}) ?[月월] ?(?P<d4>\d{1,2}) ?[日일]"
    r"|(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>\d{4}))"
    r"(?:[ ,|·•–—-]{1,3}.{0,40})?",
    re.IGNORECASE,
)


def is_date_line(words: str) -> bool:
    """Say whether a line gives a date of the article."""
    return _found(words) is not None


def date_of(words: str) -> str:
    """Return the day of publication that a line gives, as an ISO date; empty where it gives none."""
    found = _found(words)
    if found is None or (found["lead"] or "").lower() in _LISTS["updated"]:
        return ""
    year, month, day = (next(filter(None, found.group(*(f"{part}{form}" for form in range(1, 6))))) for part in "ymd")
    try:
        date = datetime.date(int(year), _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return ""
    return date.isoformat() if date.year >= 1400 else ""


def published_among(lines: Iterable[str]) -> str:
    """Return the day of publication that by-lines give: the one that says so, else the only one; empty for none."""
    dated: list[tuple[bool, str]] = []
    before = ""
    for own in lines:
        split = before.lower().rstrip(" :") in _LEADS  # a page has its facts in two columns
        line = f"{before.rstrip(' :')} {own}" if split else own
        for part in (line, *_PARTS.split(line), *_after_commas(line)):
            if (found := _found(part)) and (date := date_of(part)):
                dated.append((found["lead"] is not None, date))
                break
        before = own
    said = list(dict.fromkeys(date for stated, date in dated if stated)) or list(dict.fromkeys(date for _, date in dated))
    return said[0] if len(said) == 1 else ""


def _after_commas(line: str) -> list[str]:
    """Return what stands behind each comma of a short line: `By Ann Lee, Reuters, 9 July 2024`."""
    return [line[at.end() :] for at in _COMMA.finditer(line)] if len(line) <= _LONGEST else []


def _found(words: str) -> re.Match[str] | None:
    return _LINE.fullmatch(words) if len(words) <= _LONGEST and any(map(str.isdigit, words)) else None
