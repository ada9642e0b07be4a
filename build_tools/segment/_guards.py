"""Judges one possible sentence end: a block and a stop in it come in, yes, no or no opinion goes out.

It mends what the sentence splitter is known to get wrong: stops glued to the next word, names with
dots, abbreviations, quotations of several sentences. It never looks further than a few words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ._words import (
    BEFORE_NUMBER,
    BRANDS,
    DOMAINS,
    DOTTED_NAMES,
    HOURS,
    NEVER_LAST,
    NOT_AFTER_HOUR,
    ORDINAL_LEADS,
    SOMETIMES_LAST,
    STARTERS,
)

STOP: Final = re.compile(
    r"(?P<marks>[.!?…。！？](?:(?<=\.)(?: ?\.){1,8}|(?<![。！？])[.!?…]{0,39}|(?<=[。！？])))"
    r"(?P<closers>[\"'”’»)\]]{0,4}(?:\[\d{1,3}\]){0,5}(?:(?<=[^\W\d_]{3}\.)\d{1,2}(?=\s+[\"'“‘]?[A-ZÀ-Þ])|(?<=[^\W\d_]{3}\.[\"'”’])\d{1,2}(?=\s+[\"'“‘]?[A-ZÀ-Þ]))?)"
    r"(?P<smile> ?[:;=][-']?[)(DPp](?![\w]))?"
    r"(?P<gap>\s{0,8})(?=\S|$)"
)
"""A run of stops, what closes after it, a smiley, and the white space before the next word.

It begins with a set, and not with a choice, so that the search leaps over all other signs.
"""
Breaks = tuple[tuple[str, ...], re.Pattern[str]]
_BREAKS: Final[tuple[Breaks, ...]] = (
    # what a line holds when the pattern is worth trying, and where a sentence then begins
    (
        ("***", "=====", "_____", "~~~~~", "-----"),
        re.compile(r"(?<=\s)(?=(?:[*=_~-]{5,200}|\*{3})(?:\s|$))|(?:(?<=[*=_~-]{5})|(?<=\*{3}))\s{1,8}(?=[^\s*=_~-])"),
    ),
    (("://",), re.compile(r"(?<=\S)\s{1,8}(?=https?://\S{1,200}\s{1,8}https?://)")),
    (("://",), re.compile(r"https?://\S{1,200}\s{1,8}(?=https?://)")),
    (
        (":)", ":-)", ":D", ":P", ";)", ";-)", ":(", ":-("),
        re.compile(r"(?:(?<=[:;][)(DP])|(?<=[:;]-[)(DP]))\s{1,8}(?=[A-Z])"),
    ),
    (
        (" AM", " PM"),
        re.compile(  # the time stamp of a forwarded letter
            r"(?<=\d\d/\d\d/\d\d\d\d \d\d:\d\d [AP]M)\s{1,8}(?=[^\W_])"
            r"|(?<=[^\W\d_] )(?=\d\d/\d\d/\d{4} \d\d:\d\d [AP]M\b)"
        ),
    ),
)
_SINGLES: Final = frozenset(sign[0] for signs, _ in _BREAKS for sign in signs)
_BULLETS: Final = "•‣◦⁃▪●■"
_BULLET: Final = re.compile(r"(?:^|\s)([•‣◦⁃▪●■])(?=\s?\S)")
_NUMBER: Final = re.compile(r"(?:^|\s)(\d{1,2}|[a-z])(\.\)|\)|\.)(?=\s\S)")
_NEXT: Final = re.compile(r"[\"'“‘«(\[¿¡*_-]{0,4}([^\W_]+(?:['’.][^\W_]+)*)")
_COINS: Final = re.compile(r"\d{1,3}[½¼¾]?[sd]")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_REACH: Final = 400
_LONGEST_MARK: Final = 7
_I: Final = ("I", "I'", "I’")
"""Always a capital, so no sign of a new sentence."""
_FEWEST_WORDS: Final = 4
_DOUBTFUL: Final = NEVER_LAST | HOURS | SOMETIMES_LAST | BEFORE_NUMBER
"""Words after which a full stop may be the mark of an abbreviation."""


def judge(block: str, start: int, stop: re.Match[str]) -> bool | None:
    """Say whether a sentence that began at `start` ends with this stop; None where either may be right."""
    at, marks, gap = stop.start(), stop["marks"], stop["gap"]
    if at - start < _LONGEST_MARK and _is_mark(block[start:at]):
        return False
    if marks in "。！？":
        return True
    if not gap:
        return _judge_glued(block, start, stop)
    word = _NEXT.match(block[stop.end() : stop.end() + 60])
    if word is None:
        return None
    after: str = word[1]
    head = after[0]
    if stop["closers"][-1:].isdigit() and _token(block, start, stop).lower() in _DOUBTFUL:
        return False  # `fig.3 The …`, and no note number
    if not head.isupper() and marks == "." and _COINS.fullmatch(_token(block, start, stop)):
        return False  # `18s. 6d. to 31s. a ton`
    if head.islower():
        return _judge_lower(block, start, stop)
    if block[at - 1 : at] == "[" or (
        len(marks) > 1 and len(marks.replace(" ", "")) in (2, 3) and marks[0] in ".…" and after[:2] in _I
    ):
        return None
    if head.isdigit():
        return _judge_number(block, start, stop)
    if marks == "." and not stop["closers"]:
        return _judge_word(block, start, stop, after)
    if _in_brackets(block, start, stop.end("closers")):
        return None
    if (
        len(marks) == 1
        and stop["closers"]
        and block[start : start + 1] not in "“\"'‘("
        and _is_name_title(block, start, stop)
    ):
        return None
    return True


def possible(text: str) -> list[Breaks]:
    """Return the signs and patterns of `breaks` that any line of a text can need; for most texts there are none."""
    known = set(filter(text.__contains__, _SINGLES))  # to look for one sign takes a tenth of what two or more do
    return [
        (signs, pattern) for signs, pattern in _BREAKS if any(sign[0] in known and sign in text for sign in signs)
    ]


def breaks(line: str, needed: Sequence[Breaks]) -> set[int]:
    """Return where sentences begin without a stop before them.

    After and before drawn rules, between addresses, after smileys, and at the items of a list that
    is run into one line: `1) one 2) two`, `• one • two`.

    Args:
        line: a block, with spaces for line breaks.
        needed: what `possible` returns for a text that holds the line.
    """
    found = set(_list_breaks(line))
    for signs, pattern in needed:
        if any(sign in line for sign in signs):
            found.update(place.end() for place in pattern.finditer(line))
    return found


def _list_breaks(line: str) -> list[int]:
    """Return where the items after the first begin."""
    first = line[:1]
    if first in _BULLETS:
        return [found.start(1) for found in _BULLET.finditer(line)][1:]
    return _numbered(line) if first in "1a" else []


def _numbered(block: str) -> list[int]:
    """Return the items after the first of a list that counts up from the start of the block."""
    items: list[int] = []
    expected, form = "", ""
    for found in _NUMBER.finditer(block):
        mark, close = found[1], found[2]
        if not items and not expected:
            if found.start(1) != 0 or mark not in "1a":
                return []
            form = close
        elif mark != expected or close != form:
            continue
        else:
            items.append(found.start(1))
        expected = str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)
    return items


def _judge_glued(block: str, start: int, stop: re.Match[str]) -> bool:
    """Judge a stop with no white space after it: `experimentation.However`, `Node.JS`."""
    word = _NEXT.match(block[stop.end() : stop.end() + 60])
    before = _token(block, start, stop)
    if word is None or "@" in _whole(block, stop.end()) or "://" in before:
        return False
    if not word[1][0].isupper():
        asked = stop["marks"][-1] in "?!" and not stop["closers"] and before.isalpha() and len(before) > 1
        return asked and "=" not in _whole(block, stop.end())
    if stop["closers"] or stop["marks"] != ".":
        return bool(before) and (before[-1].isalnum() or before[-1] in ")]%")
    return _is_glued_sentence(before, word[1])


def _is_glued_sentence(before: str, after: str) -> bool:
    """Say whether `before.After` are two sentences and not one name."""
    first = before.strip("\"'“‘([").lower()
    if "@" in before or "/" in before or first in DOTTED_NAMES or after.lower() in DOMAINS:
        return False
    if (after.isupper() and len(after) > 1) or ("." in after and not after.lower().startswith("mr.")):
        return False
    if "." in first:
        return False
    whole = len(first) > 2 and (first[-1].isalpha() and before[-1].islower())
    return whole or (first.replace(",", "").isdigit() and "," in first) or before[-1:] in ')%”’"'


def _judge_lower(block: str, start: int, stop: re.Match[str]) -> bool | None:
    """Judge a stop before a word in lower case: some writers use no capitals at all."""
    marks, token = stop["marks"], _token(block, start, stop)
    before = token.lower()
    if stop["closers"] or marks[0] == "…" or (marks[0] == "." and len(marks) > 1) or before + marks in BRANDS:
        return False
    if marks == "." and (
        before in NEVER_LAST | SOMETIMES_LAST | BEFORE_NUMBER or len(token) < 3 or not token.islower()
    ):
        return False
    return True if len(marks) > 1 else None


def _judge_number(block: str, start: int, stop: re.Match[str]) -> bool | None:
    """Judge a stop before a figure."""
    before = _token(block, start, stop).strip("\"'“‘([").lower()
    if stop["marks"] != ".":
        return None if "." in stop["marks"] else not _in_brackets(block, start, stop.end())
    if before in BEFORE_NUMBER or before in NEVER_LAST:
        return False
    if _in_brackets(block, start, stop.end("closers")):
        return None
    return True if len(before) > 3 and before.isalpha() else None


def _judge_word(block: str, start: int, stop: re.Match[str], after: str) -> bool | None:
    """Judge a single full stop before a word with a capital letter or from a script without case."""
    token = _token(block, start, stop).lstrip("\"'“‘([-—–")
    before = token.lower()
    if before not in _DOUBTFUL and len(token) > 1 and token.isalpha():
        return None if _in_brackets(block, start, stop.start()) else True
    if len(token) < 3 and token.isdecimal() and _is_counted(block[max(start, stop.start() - 40) : stop.start()]):
        return False
    starts = after.lower().replace("’", "'") in STARTERS
    if before in NEVER_LAST:
        return False
    if before in HOURS:
        return _judge_hour(block[max(start, stop.start() - _REACH) : stop.start()], after)
    if before in SOMETIMES_LAST or (before in BEFORE_NUMBER and before not in ("no", "art", "par", "mar", "ed")):
        return starts
    if (len(token) == 1 and token.isalpha()) or _INITIALS.fullmatch(token):
        return starts
    if _in_brackets(block, start, stop.start()):
        return None
    return True


def _is_counted(sentence: str) -> bool:
    """Say whether a number before a full stop is a German ordinal: `am 4. Februar`, `im 19. Jahrhundert`."""
    before = sentence.rsplit(None, 2)
    return len(before) > 1 and before[-2].lower() in ORDINAL_LEADS


def _judge_hour(sentence: str, after: str) -> bool:
    """Judge the stop of `a.m.` and `p.m.`: a day or a time zone goes on, a new sentence needs a whole one before."""
    if after.lower() in NOT_AFTER_HOUR or (after.isupper() and len(after) > 1):
        return False
    return len(sentence.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS


def _token(block: str, start: int, stop: re.Match[str]) -> str:
    """Return what stands directly before the stop, inside the sentence."""
    near = block[max(start, stop.start() - 40) : stop.start()]
    return "" if not near or near[-1].isspace() else near.rsplit(None, 1)[-1]


def _whole(block: str, at: int) -> str:
    """Return the characters from `at` to the next white space."""
    return (block[at : at + 60].split(None, 1) or [""])[0]


def _is_mark(words: str) -> bool:
    """Say whether what a sentence has so far is only the number or the letter of a list item."""
    bare = words.strip(" •‣◦⁃▪●■([")
    return bare.isdecimal() or (len(bare) == 1 and bare.islower())


def _in_brackets(block: str, start: int, at: int) -> bool:
    """Say whether a bracket that opened in the middle of the sentence is still open."""
    low = max(start, at - _REACH)
    opened = block.rfind("(", low, at)
    return opened > start + 1 and block.rfind(")", low, at) < opened


def _is_name_title(block: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether the stop closes a short quotation that names something: “Who Is It?” Smith."""
    opened = max(block.rfind(mark, max(start, stop.start() - 60), stop.start()) for mark in '“"')
    words = block[opened + 1 : stop.start()].split()
    return stop["marks"] in "?!" and 0 < len(words) <= 6 and opened > start and all(w[0].isupper() for w in words)
