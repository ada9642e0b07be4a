"""Quantities: finds the figures of a text with value, unit and exact place.

Comes in: text. Goes out: quantities in reading order. Vague magnitudes (`hundreds of thousands`) have no value and
are left out, and so are years, dates, times of day and numbers that are part of a name (`GPT-5`, `V3.2`, `Gemini
3`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from ..language import stop_words
from ..model import Quantity
from ._numbers import DIGIT, PARTS, START, Number, number
from ._old_money import old_money
from ._separators import with_points
from ._units import Unit, per, unit
from ._words import Sign, counted

_CURRENCIES = {
    "US$": "US dollar",
    "$": "US dollar",
    "USD": "US dollar",
    "A$": "Australian dollar",
    "AU$": "Australian dollar",
    "C$": "Canadian dollar",
    "CA$": "Canadian dollar",
    "HK$": "Hong Kong dollar",
    "S$": "Singapore dollar",
    "NZ$": "New Zealand dollar",
    "NT$": "New Taiwan dollar",
    "R$": "real",
    "€": "euro",
    "EUR": "euro",
    "£": "pound sterling",
    "GBP": "pound sterling",
    "¥": "yen",
    "CN¥": "yuan",
    "RMB": "yuan",
    "CNY": "yuan",
    "₹": "Indian rupee",
    "Rs": "Indian rupee",
    "₩": "won",
    "CHF": "Swiss franc",
    "JPY": "yen",
}
_BEFORE = re.compile(
    r"(?P<sign>\b(?:negative|minus) |(?<![\w\d])[-−+])?(?P<money>"
    + "|".join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True)))
    + r")?\s?(?P<late>[-−])?(?P<one>\b(?:[Hh]alf )?[Aa]n? )?$"
)
_LEADS = frozenset("-−+ ").union(sign[-1] for sign in _CURRENCIES)
"""The last sign of what can stand before a number: `−`, `$`, `USD`."""
_LEAD_WORDS: Final = ("a ", "an ", "A ", "An ", "negative ", "minus ", "Rs ")
_SPACED_LEADS = _LEADS - {"s"}
_JOIN = re.compile(r"\s?[–—‒-]\s?|[–-] to |\s(?:to|and|or)\s(?=[$€£¥\d−-]|[a-z]+[ -])")
_DASHES = frozenset("–—‒-")
_AFTER_SPACE = _DASHES.union("tao")
_NAMED = re.compile(r"([^\W\d_][\w’'.&]*)[ \u00a0]$")
_LABELS = frozenset(
    [
        "section",
        "chapter",
        "figure",
        "table",
        "page",
        "article",
        "no",
        "number",
        "part",
        "volume",
        "version",
        "step",
        "item",
        "type",
        "phase",
        "level",
        "grade",
        "line",
        "appendix",
    ]
)
_OPENERS = frozenset(
    [
        "nearly",
        "over",
        "some",
        "around",
        "approximately",
        "roughly",
        "about",
        "only",
        "just",
        "almost",
        "exactly",
        "at",
        "total",
    ]
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATED = re.compile(rf"\b{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?$")
_DATES = re.compile(rf"(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![a-z])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?=[,.;)](?:\s|\Z))")
_BEFORE_COUNT: Final = (*_LEAD_WORDS, "han ", "early ", "ome ", "oughly ", "pproximately ")
"""How a text ends before a number that may be a count though it has the look of a year: `more than 2000.`"""
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d[-–/]\d\d(?:\d\d)?(?!\d)")
_YEAR_JOINS = frozenset("-–/")
_DATE_STARTS = frozenset(" snrt")
_TIME_STARTS = frozenset(":apoAPOsnrt")
"""What a time of day or the end of an ordinal starts with, after white space or none."""
_CLOCK = re.compile(r":\d|\s?(?:[ap]\.?m\b|o['’]clock)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_OUT_OF = re.compile(r"(?:\d|\b(?:one|two|three|four|nine)) (?:in|out of) $", re.IGNORECASE)
_REFERENCE = re.compile(r"\d{1,3}\]")
_COMPOUND = re.compile(r"[-‑][A-Za-z]")
_TO = re.compile(r"[-‑] ?to ")
_PLURAL = re.compile(r"s\b|[–-]")
_GLUED = re.compile(r"[A-Za-z_]|\.\d|/\d|:\d")
_NO_RANGE = re.compile(
    r"\b(?:rose|rise[sn]?|rising|grew|grow(?:s|ing|n)?|increas\w+|climb\w*|jump\w*|surg\w+|fell|fall(?:s|ing|en)?|drop\w*|declin\w+|"
    r"reduc\w+|cut|shrank|went|go(?:es|ing)?|chang\w+|soar\w*|doubl\w+|slipp?\w*|plung\w+|lower\w+|rais\w+)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_WORD_CHARS = re.compile(r"[\w./:-]*")


_ANY_NUMBER: Final = Sign.DIGIT | Sign.NUMBER_WORD | Sign.ONE
_START_OF = attrgetter("start")


class Figure(NamedTuple):
    """A figure; its places count from the start of the text that it was found in."""

    start: int
    end: int
    value: float
    unit: str
    text: str


class _Amount(NamedTuple):
    """A number with what stands around it."""

    start: int
    end: int
    value: float
    unit: str
    number: Number
    named: bool = False
    """A year, a date or a part of a name."""


def quantities(text: str, *, named: bool = False) -> list[Quantity]:
    """Find the figures of `text`, in reading order.

    Args:
        text: a sentence or more; offsets are half-open code points into it.
        named: also give years and numbers that are part of a name.

    Returns:
        Each figure with its value in the unit named (scale words multiplied out, the middle of a range).
    """
    return placed(figures(text, counted(text), named=named), 0)


def placed(found: Iterable[Figure], offset: int) -> list[Quantity]:
    """Return the figures of a text that begins at `offset`."""
    return [
        Quantity(start=start + offset, end=end + offset, value=value, unit=name, text=text)
        for start, end, value, name, text in found
    ]


def figures(text: str, signs: int, *, named: bool = False, comma: bool = False) -> list[Figure]:
    """Find the figures of a text whose words are known.

    Args:
        text: a sentence or more.
        signs: bits of `Sign`: whether there are digits, number words and things counted singly.
        named: also give years and numbers that are part of a name.
        comma: the language has decimals after a comma, as most have.
    """
    if not signs & _ANY_NUMBER:
        return []
    found = _single(text) if signs & Sign.ONE else []
    old = old_money(text) if signs & Sign.DIGIT else []
    read = _amounts(with_points(text) if comma else text, START if signs & Sign.NUMBER_WORD else DIGIT, named)
    new = [amount[:4] for amount in read if _counts(amount) and (named or not amount.named)]
    if old:
        new = [one for one in new if all(one[0] >= end or start >= one[1] for start, end, *_ in old)]
    for start, end, value, name in (*old, *new):
        found.append(Figure(start, end, value, name, text[start:end]))
    return sorted(found, key=_START_OF)


def _amounts(text: str, starts: re.Pattern[str], named: bool) -> Iterator[_Amount]:
    """Give the numbers in reading order, each with what stands around it; plain years only if they are wanted."""
    place = 0
    while start := starts.search(text, place):
        at = start.start()
        if not named and _is_year(text, at):
            place = at + 4
            continue
        amount = _amount(text, at, place)
        if amount is None:
            place = _after_word(text, start)
            continue
        amount = _range(text, amount)
        place = amount.end
        yield amount


def _is_year(text: str, at: int) -> bool:
    """Say whether a number is plainly a year, the most frequent number in articles: `in 2020,`.

    It is, where a word stands before it and a stop behind it, so that it has no unit and no sign.
    """
    return (
        text[at - 1 : at] == " "
        and text[at - 2 : at - 1].islower()
        and _YEAR.match(text, at) is not None
        and not text.endswith(_BEFORE_COUNT, 0, at)
    )


def _single(text: str) -> list[Figure]:
    """`a gallon`, `a third of`: one of a measure that people count in."""
    found = []
    for match in _SINGLE.finditer(text):
        part = PARTS.get(match[1])
        end = match.end() if part else unit(text, match.start(1) - 1).end
        name = "" if part else unit(text, match.start(1) - 1).name
        if (
            (name == "" and not part)
            or text[: match.start()].endswith(("half ", "per "))
            or re.search(r"\d\S* $", text[: match.start()][-12:])
        ):
            continue
        value, written = 1 / part if part else 1.0, text[match.start() : end]
        found.append(Figure(match.start(), end, value, name, written))
    return found


def _after_word(text: str, start: re.Match[str]) -> int:
    """Where to look on after something that is no number.

    Past the whole token, so that `2026-03-09` is skipped at once.
    """
    if start.group().isdigit():
        skipped = _WORD_CHARS.match(text, start.start())
        return max(start.end(), skipped.end() if skipped else 0)
    return start.end()


def _counts(amount: _Amount) -> bool:
    """`one` alone is a pronoun more often than a number."""
    return not (amount.number.worded and amount.value == 1 and not amount.unit)


def _amount(text: str, place: int, floor: int, *, joined: bool = False) -> _Amount | None:
    """Read sign, currency, number and unit around `place`; None for no number, a date, a time, an ordinal.

    `floor` is where the last figure ended; `joined` says that this is the second half of a range.
    """
    lead = _lead(text, place, floor)
    if not joined and not _free(text, place, lead.money):
        return None
    read = number(text, place, money=bool(lead.money))
    vague = not text[place].isdigit() and _VAGUE.match(text, place) is not None
    if read is None or (vague and not lead.article) or _no_figure(text, place, read):
        return None
    if vague and lead.article.lower().startswith("half"):
        read = read._replace(value=read.value / 2)
    start = lead.start if vague or not lead.article else place
    measured = per(text, Unit(_CURRENCIES[lead.money], read.end)) if lead.money else unit(text, read.end)
    bare = not measured.name and not read.scaled
    if bare and _joined(text, read):
        return None
    value = -read.value if lead.negative else read.value
    end = measured.end if measured.name else read.end
    return _Amount(start, end, value, measured.name, read, named=bare and _in_name(text, start, read))


class _Lead(NamedTuple):
    """What stands right before a number and belongs to it."""

    start: int
    negative: bool = False
    money: str = ""
    article: str = ""
    """`a ` or `half a `, for `a hundred` and `half a million`."""


def _lead(text: str, place: int, floor: int) -> _Lead:
    window = max(floor, place - 20)
    if not _may_lead(text, place):
        return _Lead(place)
    before = _BEFORE.search(text[window:place])
    if before is None or not before.group().strip():
        return _Lead(place)
    money = before["money"] or ""
    at = window + before.start("money")
    if money and money[0].isalpha() and at > 0 and text[at - 1].isalnum():
        return _Lead(place)
    sign = (before["sign"] or before["late"] or "").strip().lower()
    start = window + before.start()
    start += len(text[start:place]) - len(text[start:place].lstrip())
    return _Lead(start, sign in {"negative", "minus", "-", "−"}, money, before["one"] or "")


def _may_lead(text: str, place: int) -> bool:
    """Say whether what stands before a number has the look of a sign, a currency or an article."""
    last = text[place - 1 : place]
    if last != " ":
        return last in _LEADS or last.isspace()
    return text[place - 2 : place - 1] in _SPACED_LEADS or text.endswith(_LEAD_WORDS, 0, place)


def _free(text: str, place: int, money: str) -> bool:
    """Whether the number stands on its own and isn't the tail of `GPT-5`, `V3.2`, `#4` or an address."""
    if money or place == 0:
        return True
    last = text[place - 1]
    if (
        last == " "
        and text[place - 2 : place - 1] in "nNfF"
        and not text[place : place + 4].isdigit()
        and _OUT_OF.search(text[max(0, place - 12) : place])
    ):
        return False
    if last.isalnum() or last in "_#@/=&~" or (last == "[" and _REFERENCE.match(text, place)):
        return False
    if last == " " and text.endswith("per ", 0, place):  # `3 per 1000 person-years`: what is counted there
        return False
    if last in "-−‑+" and place > 1:
        return not text[place - 2].isalnum() and text[place - 2] not in ")."
    return not (last in ".:," and place > 1 and text[place - 2].isalnum())


_SINGLE = re.compile(
    r"\b[Aa] (gallon|pint|penny|dime|barrel|litre|liter|tonne|kilogram|ounce"
    r"|(?:kilo|mega|giga|tera|exa|kibi|mebi|gibi)byte"
    r"|(?:third|quarter|fifth|tenth)(?= of\b))\b"
)
_VAGUE = re.compile(r"(?:hundred|thousand|million|billion|trillion|dozen)\b", re.IGNORECASE)


def _no_figure(text: str, place: int, read: Number) -> bool:
    """Ordinals, times of day and days of the month."""
    if read.worded:
        return False
    if text[place + 4 : place + 5] in _YEAR_JOINS and _YEARS.match(text, place):
        return True
    before, after = text[max(0, place - 16) : place], text[read.end : read.end + 16]
    if before.endswith((" ", "\n")) and not before.islower() and _DATED.search(before):  # a month has a capital
        return True
    if after[:1] in _DATE_STARTS and not after.islower() and _DATES.match(after):
        return True
    if (after[1:2] if after[:1].isspace() else after[:1]) not in _TIME_STARTS:
        return False
    clock = _CLOCK.match(after)
    return bool(_ORDINAL.match(after)) or (clock is not None and not unit(text, read.end).name)


def _joined(text: str, read: Number) -> bool:
    """A bare number glued to letters (`06F6`) or a compound (`two-person`) is no figure of its own."""
    after = text[read.end : read.end + 2]
    if not after or after[0].isspace():
        return False
    if _COMPOUND.match(after):
        return not _TO.match(text[read.end : read.end + 4])
    return bool(_GLUED.match(after)) and not _PLURAL.match(after)


def _in_name(text: str, start: int, read: Number) -> bool:
    """Years and decades, numbers after a capitalised word, and the capitalised `Four` of `Big Four`."""
    previous = _word_before(text, start)
    if not read.worded and 1500 <= read.value <= 2100 and read.end - start == 4:
        return not (previous and previous[1].lower() in {"than", "nearly", "some", "roughly", "approximately"})
    if previous is None:
        return False
    word = previous[1]
    if read.worded:
        return text[start].isupper() and word[0].isupper()
    known = word.lower() in stop_words() or word.lower() in _OPENERS
    return (word[0].isupper() and not known) or word.lower().rstrip(".") in _LABELS


def _word_before(text: str, start: int) -> re.Match[str] | None:
    """Find the word that a space parts from what starts here."""
    last = text[start - 1 : start]
    if last not in {" ", "\u00a0", "\n"}:
        return None
    floor = max(0, start - 30)
    if last == " ":  # nothing before the space ahead of it can belong to the word
        floor = max(floor, text.rfind(" ", floor, start - 1) + 1)
    return _NAMED.search(text, floor, start)


def _range(text: str, first: _Amount) -> _Amount:
    """Join `10 to 15 GW`, `3.5–4.0 TeV` and `between 10 and 15`; the value is the middle."""
    join = _JOIN.match(text, first.end) if _may_join(text, first.end) and not first.named else None
    if join is None:
        return first
    between = text[max(0, first.start - 8) : first.start].lower() == "between "
    word = join.group().strip()
    if word in {"and", "or"} and not between:
        return first
    start = START.match(text, join.end()) or START.search(text, join.end(), join.end() + 4)
    if start is None:
        return first
    second = _amount(text, start.start(), join.end(), joined=True)
    if second is None or second.named or not _fit(first, second):
        return first
    if word == "to" and _NO_RANGE.search(text[max(0, first.start - 60) : first.start]):
        return first
    scale = _shared_scale(first, second)
    if 0 <= second.value < first.value * scale:  # `voted 31 to 14`, `four to one`, `won 3–1`
        return first
    return first._replace(
        start=first.start - 8 if between else first.start,
        end=second.end,
        unit=second.unit or first.unit,
        value=(first.value * scale + abs(second.value) * (-1 if second.value < 0 else 1)) / 2,
    )


def _may_join(text: str, end: int) -> bool:
    """Say whether a dash follows, or white space and then a dash or the first letter of `to`, `and` and `or`."""
    after = text[end : end + 1]
    return after in _DASHES or (after.isspace() and text[end + 1 : end + 2] in _AFTER_SPACE)


def _fit(first: _Amount, second: _Amount) -> bool:
    return first.unit == second.unit or not first.unit or not second.unit


def _shared_scale(first: _Amount, second: _Amount) -> float:
    """`10 to 15 million`: the scale of the second holds for both."""
    if first.number.scaled or not second.number.scaled or first.value > 1000 or not second.number.value:
        return 1.0
    for scale in (1e12, 1e9, 1e6, 1e3, 100.0):
        if second.number.value >= scale:
            return scale
    return 1.0
