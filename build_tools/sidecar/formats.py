"""The forms that dates, addresses, ids and language tags of a sidecar must have.

Comes in: one text. Goes out: None where it is fine, else problem number, what is wrong, and a value that would
work. Reads no file and no clock.
"""
from __future__ import annotations

import datetime
import re
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from ..ids import slug

Wrong: TypeAlias = tuple[int, str, str]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_ID = re.compile(r"c[0-9a-hjkmnp-tv-z]{6,8}\Z")
_CONCEPT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,5}\Z")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST_URL: Final = 2_000
_LONGEST_CONCEPT: Final = 80


def bad_date(text: str) -> Wrong | None:
    """Check a date: `2026`, `2026-03` or `2026-03-09`."""
    if is_date(text):
        return None
    meant = _meant_date(text)
    return 9, "which is no date", f"write published: {meant or '2026-03-09'}" + ("" if meant else ", 2026-03 or 2026")


def is_date(text: str) -> bool:
    """Whether the text is a year, a month or a day of the calendar in ISO form."""
    found = _DATE.match(text)
    if not found:
        return False
    try:
        datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _meant_date(text: str) -> str | None:
    """Guess the ISO form of a date in words or with other signs; only where it can be read in one way."""
    words = re.findall(r"[0-9]+|[a-z]+", text[:60].lower())
    year = next((word for word in words if len(word) == 4 and word.isdigit()), None)
    month = next((at for word in words for at, name in enumerate(_MONTHS, 1) if word.startswith(name)), None)
    small = [int(word) for word in words if word.isdigit() and len(word) <= 2]
    if year is None:
        return None
    if month is not None and len(small) <= 1:
        parts = [month, *small]
    elif month is None and words and words[0] == year and 1 <= len(small) <= 2:
        parts = small
    else:
        return None
    guess = "-".join([year, *(f"{part:02}" for part in parts)])
    return guess if is_date(guess) else None


def bad_url(text: str) -> Wrong | None:
    """Check a web address: http or https, a host, nothing that could hide another one."""
    if len(text) <= _LONGEST_URL and " " not in text and text.isprintable() and not set(text) & set("<>\"\\^`{|}"):
        try:
            parts = urlsplit(text)
            if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0:
                return None
        except ValueError:
            pass
    bare = "://" not in text and re.match(r"[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}(?:/[!-;=?-~]*)?\Z", text.lower())
    example = f"https://{text}" if bare and len(text) < 200 else "https://example.org/article"
    return 10, "which is no web address", f"write the whole address, such as source_url: {example}"


def bad_id(text: str) -> Wrong | None:
    """Check a claim id: `c` and six to eight characters of Crockford base 32 in lower case."""
    if _ID.match(text):
        return None
    meant = text.lower().removeprefix("#")
    meant = meant[:1] + meant[1:].translate(str.maketrans("ilo", "110"))
    if _ID.match(meant):
        return 11, "which is no claim id", f"write {meant} (an id has no capitals and no i, l, o or u)"
    return (
        11, "which is no claim id",
        "copy the id from the claim's page or address: c and six to eight letters or digits, such as c7k2m9x",
    )


def bad_concept_id(text: str) -> Wrong | None:
    """Check the id of a topic or an entity: lower-case words joined by hyphens."""
    if len(text) <= _LONGEST_CONCEPT and _CONCEPT.match(text):
        return None
    return 7, "which is no id from topics.yml", f"write {slug(text[:200])}: small letters, digits and hyphens"


def bad_language(text: str) -> Wrong | None:
    """Check a language tag (BCP 47) by its form."""
    if _LANGUAGE.match(text):
        return None
    return 7, "which is no language tag", "write language: en, or another tag such as de, zh or pt-BR"
