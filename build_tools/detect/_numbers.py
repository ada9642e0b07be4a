"""Numbers: reads one number, in digits or in words, that starts at a given place.

Comes in: text and a place. Goes out: the value and where the number ends. Says nothing about units, dates or names.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SMALL = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_FOREIGN = {
    **dict.fromkeys(["million", "millionen", "mio", "millions", "millones", "millón", "milioni", "milione", "milhões", "milhão"], 1e6),
    **dict.fromkeys(["miljoen", "مليون", "ملايين"], 1e6),
    **dict.fromkeys(["milliarde", "milliarden", "mrd", "milliard", "milliards", "miliardi", "miliardo", "miljard", "bilhões"], 1e9),
    **dict.fromkeys(["مليار", "مليارات"], 1e9),
    **dict.fromkeys(["billionen", "billones", "biljoen"], 1e12),
    **dict.fromkeys(["tausend", "mille", "mil", "duizend", "ألف", "آلاف"], 1e3),
}
"""Scale words of other languages, which stand behind digits only."""
_NEAR = {"hundred", "dozen"}
_FAR = {"thousand", "million", "billion", "trillion"}
_SUFFIXES = {
    "bn": 1e9,
    "tn": 1e12,
    "mn": 1e6,
    "mln": 1e6,
    "k": 1e3,
    "K": 1e3,
    "m": 1e6,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
    "b": 1e9,
}
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
    "thousandth": 1000,
}
_GLYPHS = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
}
_WORDS = "|".join([*_TENS, *sorted(_SMALL, key=len, reverse=True), *_SCALES])

NUMBER_WORDS = frozenset([*_TENS, *_SMALL, *_SCALES])
START = re.compile(rf"\d|[{''.join(_GLYPHS)}]|\b(?:{_WORDS})\b", re.IGNORECASE)
"""Where a number may start."""
DIGIT = re.compile(rf"[\d{''.join(_GLYPHS)}]")
"""Where a number in digits starts: a far cheaper pattern than `START`, for the many texts without number words."""
_DIGITS = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]\d)|\d+)(?!\d)(?P<tail>\.\d+)?"
    r"(?P<power>[eE][+−-]?\d+(?!\w)|\s?[×x]\s?10\^?[+−-]?\d+)?"
)
_BARE = re.compile(r"\d+(?= [a-wyzA-WYZ]|[.,;:)?!] |[.;:)?!]?\Z)")
"""Digits that plainly nothing goes on with, as nearly all are: before another word or a stop."""
_TEN = re.compile(r"\s?[×x]\s?10\^?|[eE]")
_RAISED = re.compile(r"[x×](\d+)\^(\d+)")
_FRACTION = re.compile(r"(?: (\d{1,3}))?[/⁄](\d{1,3})(?![\w/]|\.\d)")
_TOLERANCE = re.compile(r"\s?(?:\+/[-−]|±)\s?\d+(?:\.\d+)?(?:[eE][+−-]?\d+)?")
_GOES_ON = frozenset("x×/⁄+±").union(_GLYPHS)
"""What may stand right behind digits and belong to their number."""
_FIRST = re.compile(_WORDS, re.IGNORECASE)
_STEP = re.compile(rf"(?P<join>[ -]|,? and |, | & )(?P<word>{_WORDS})\b", re.IGNORECASE)
_AFTER_DIGITS = _FOREIGN | _SCALES
_SCALE = re.compile(rf"[  -]?({'|'.join(sorted(_AFTER_DIGITS, key=len, reverse=True))})\b", re.IGNORECASE)
_SUFFIX = re.compile(r"[  ]?(bn|tn|mn|mln)\b|([kKmMbBT])\b(?![/^²³])")
_PART = re.compile(
    r"[ -](half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth)(s?)\b", re.I
)
_SCALE_STARTS = frozenset("htmbdkHTMBDKمأآ")
_AND_HALF = re.compile(r" and (?:a |one[ -])(half|quarter|third)\b", re.IGNORECASE)


class Number(NamedTuple):
    """A value and the place after it."""

    value: float
    end: int
    worded: bool = False
    """Written in words."""
    scaled: bool = False
    """A scale word or letter is part of it: `34 million`, `7B`."""


def number(text: str, start: int, *, money: bool = False) -> Number | None:
    """Read the number that starts at `start`; None where the letters or digits there aren't one.

    Args:
        text: any text.
        start: a place where `START` matched.
        money: a currency sign stands before it, so that `m` means million.
    """
    if (glyph := _GLYPHS.get(text[start])) is not None:
        return Number(glyph, start + 1)
    found = _in_digits(text, start) if text[start].isdigit() else _in_words(text, start)
    if found is None:
        return None
    return _scaled(text, found, money)


def _in_digits(text: str, start: int) -> Number | None:
    if bare := _BARE.match(text, start):
        return Number(float(bare.group()), bare.end())
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    written, end = match.group(), match.end()
    if match["power"]:
        return _tolerant(text, _raised(text[start : match.start("power")], match["power"]), end)
    value, after = float(_plain(written)), text[end : end + 1]
    if after not in _GOES_ON and not (after.isspace() and not text[end + 1 : end + 2].isalpha()):
        return Number(value, end)  # most numbers stand before a word or a stop
    if raised := _RAISED.match(text, end):
        value, end = value * float(raised[1]) ** min(int(raised[2]), 99), raised.end()
    elif not match["tail"] and (fraction := _FRACTION.match(text, end)):
        return _fraction(value, fraction)
    elif after in _GLYPHS:
        return Number(value + _GLYPHS[after], end + 1)
    return _tolerant(text, value, end)


def _plain(written: str) -> str:
    """Return digits without commas or spaces between thousands."""
    return written if written.isdigit() else "".join(written.replace(",", "").split())


def _raised(written: str, power: str) -> float:
    """`2.5e6` and `3 × 10^8`; a power that no float holds becomes one that it does."""
    exponent = _TEN.sub("", power, count=1).replace("−", "-")
    return float(f"{_plain(written)}e{max(-300, min(300, int(exponent[:5])))}")


def _tolerant(text: str, value: float, end: int) -> Number:
    """Go past what it may be off by: `5 ± 0.2`."""
    tolerance = _TOLERANCE.match(text, end)
    return Number(value, tolerance.end() if tolerance else end)


def _fraction(value: float, match: re.Match[str]) -> Number | None:
    """`1/40` and `2 1/2`; `1/0`, `24/7` and `9/11` are not fractions."""
    below = int(match[2])
    if match[1] is not None:
        above = int(match[1])
        return Number(value + above / below, match.end()) if 0 < above < below else None
    return Number(value / below, match.end()) if 0 < value < below and (value, below) not in {(9, 11)} else None


def _in_words(text: str, start: int) -> Number | None:
    first = _FIRST.match(text, start)
    if first is None:
        return None
    total, current, last, end = 0.0, 0.0, first.group().lower(), first.end()
    total, current = _add(0.0, 1.0 if last in _SCALES else 0.0, last)
    while step := _STEP.match(text, end):
        word = step["word"].lower()
        if not _follows(last, word, step["join"], total + current):
            break
        total, current = _add(total, current, word)
        last, end = word, step.end()
    return _with_parts(text, Number(total + current, end, worded=True, scaled=last in _SCALES))


def _add(total: float, current: float, word: str) -> tuple[float, float]:
    """Take one more number word: into the group below thousand, or closing it."""
    if word in _SCALES:
        if word in _NEAR:
            return total, (current or 1) * _SCALES[word]
        return total + (current or 1) * _SCALES[word], 0.0
    return total, current + (_SMALL.get(word) or _TENS.get(word) or 0)


def _follows(last: str, word: str, join: str, so_far: float) -> bool:
    """Whether `word` goes on with the number that ended in `last`."""
    joined = join not in {" ", "-"}
    if joined and (last not in _SCALES or word in _SCALES):
        return False
    if word in _SCALES:
        return last in _SMALL if word in _NEAR else last not in _FAR
    if last in _TENS:
        return word in _SMALL and 0 < _SMALL[word] < 10
    return last in _SCALES and so_far > 0 and _SMALL.get(word) != 0


def _with_parts(text: str, found: Number) -> Number:
    """`two thirds`, `one-half`, `two and a half`."""
    part = _PART.match(text, found.end)
    if part is not None and found.value < 100:
        plural = part[2] == "s" or part[1].lower() == "halves"
        if plural == (found.value != 1) or (part[1].lower() == "half" and found.value == 1):
            return Number(found.value / PARTS[part[1].lower()], part.end(), worded=True)
    if half := _AND_HALF.match(text, found.end):
        return Number(found.value + 1 / PARTS[half[1].lower()], half.end(), worded=True)
    return found


def _scaled(text: str, found: Number, money: bool) -> Number:
    """Multiply by the scale word or letter that follows."""
    if found.worded and found.scaled:
        return found
    first = text[found.end : found.end + 1]
    if (text[found.end + 1 : found.end + 2] if first in {" ", "-"} else first) not in _SCALE_STARTS:
        return found
    if scale := _SCALE.match(text, found.end):
        return Number(found.value * _AFTER_DIGITS[scale[1].lower()], scale.end(), found.worded, True)
    suffix = None if found.worded else _SUFFIX.match(text, found.end)
    if suffix is None or not _is_scale(suffix, text, money):
        return found
    return Number(found.value * _SUFFIXES[suffix[1] or suffix[2]], suffix.end(), False, True)


def _is_scale(suffix: re.Match[str], text: str, money: bool) -> bool:
    """Letters such as `m` and `B` are scales after money or before a counted noun; alone, `m` is a metre."""
    if money or suffix[1] or suffix[2] in {"k", "K"}:
        return True
    if suffix[2] in {"M", "B"}:
        return True
    return suffix[2] == "m" and re.match(r"[ -][a-z]+s\b", text[suffix.end() : suffix.end() + 24]) is not None
