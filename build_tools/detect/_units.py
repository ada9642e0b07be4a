"""Units: reads the unit, and what it is counted per, that stands after a number.

Comes in: text and the place after a number. Goes out: the unit's singular English name and where it ends.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..language import lexicon

_PREFIXES = {
    "f": "femto",
    "p": "pico",
    "n": "nano",
    "µ": "micro",
    "μ": "micro",
    "m": "milli",
    "c": "centi",
    "d": "deci",
    "h": "hecto",
    "": "",
    "k": "kilo",
    "M": "mega",
    "G": "giga",
    "T": "tera",
    "P": "peta",
    "E": "exa",
}
_BASES = {
    "m": "metre",
    "g": "gram",
    "s": "second",
    "W": "watt",
    "J": "joule",
    "V": "volt",
    "Hz": "hertz",
    "eV": "electronvolt",
    "N": "newton",
    "Pa": "pascal",
    "L": "litre",
    "l": "litre",
    "Wh": "watt-hour",
    "B": "byte",
    "b": "barn",
    "bit": "bit",
    "Gy": "gray",
    "Sv": "sievert",
    "mol": "mole",
    "cd": "candela",
    "Js": "joule second",
    "cds": "candela second",
    "t": "tonne",
    "bps": "bit per second",
    "B/s": "byte per second",
    "FLOPS": "floating-point operation per second",
    "FLOP": "floating-point operation",
}
_ONLY_BARE = {"t", "cd", "cds", "Js", "bit", "B/s"}
_OTHER = {
    "Wp": "watt peak",
    "Mt": "megatonne",
    "Gt": "gigatonne",
    "kt": "kilotonne",
    "KB": "kilobyte",
    "sq mi": "square mile",
    "sq ft": "square foot",
    "sq km": "square kilometre",
    "€": "euro",
    "£": "pound sterling",
    "¥": "yen",
    "₹": "Indian rupee",
    "cal": "calorie",
    "kcal": "kilocalorie",
    "K": "kelvin",
}
_REFUSED = frozenset(lexicon("symbols")["refused"])
"""Made by prefix and base, but words, other units or never written."""
_TOKEN = re.compile(r"[ \u00a0\u202f\-‐‑]?(%|°[CF]?|[€£¥₹]|[^\W\d_]+(?:\.[A-Z]\.)?)")
_SYMBOL = re.compile(
    r"[ \u00a0\u202f\-‐‑]?(sq (?:mi|ft|km)\b|[A-Za-zµμ]{1,5})"
    r"(?:\^?(?P<power>[-−]?\d|[²³])(?![\d.]\d?)| (?P<worded>cubed|squared)\b|(?![\w]))"
)
_SHAPED = re.compile(r"[ -]?(cubic|square|sq\.?) ([a-z]+)", re.IGNORECASE)
_PER = re.compile(
    r"(?:\s?/\s?| per | an? (?=(?:second|minute|hour|day|week|month|quarter|year|barrel"
    r"|gallon|litre|liter|kilo|tonne|ton|pound|ounce|mile|kilometre|kilometer|metre|meter|hectare|acre)\b))"
    r"([A-Za-zµ]+)(?:\^?(?P<power>[-−]?\d|[²³]))?(?!\w)"
)
_LONGEST_SYMBOL = 5
_POWERS = {"2": "square", "²": "square", "3": "cubic", "³": "cubic", "squared": "square", "cubed": "cubic"}
_INCH = re.compile(r" in(?=[.,;)]|$| (?:thick|long|wide|high|tall|deep|diameter))")


class Unit(NamedTuple):
    """A unit's name and the place after it; an empty name for none."""

    name: str
    end: int


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Written forms, word by word: lower case for words, as they are for symbols of up to two letters."""
    table: dict[tuple[str, ...], str] = {}
    for name, entries in lexicon("units").items():
        for form in (*entries, name):
            words = tuple(match[1] for match in _TOKEN.finditer(form))
            table[words if len(form) < 3 else tuple(word.lower() for word in words)] = name
    return table


@cache
def _longest() -> dict[str, int]:
    """How many words the longest written form has that starts with each word."""
    found: dict[str, int] = {}
    for words in filter(None, _names()):
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


@cache
def _symbols() -> dict[str, str]:
    made = {
        prefix + base: names + _BASES[base]
        for prefix, names in _PREFIXES.items()
        for base in _BASES
        if (not prefix or base not in _ONLY_BARE) and prefix + base not in _REFUSED
    }
    return {**made, **_OTHER}


def unit(text: str, start: int) -> Unit:
    """Read the unit that starts at `start`, with `per hour` or `/kg`."""
    token = _TOKEN.match(text, start)
    if token is None:
        return Unit("", start)
    found = _worded(text, token) if _is_long(token[1]) else _simple(text, token)
    if not found.name:
        return Unit("", start)
    return per(text, found)


def per(text: str, found: Unit) -> Unit:
    """Go on to what it is counted per: `per kg`, `/hour`, `a year`; at most twice."""
    for _ in range(2):
        match = _PER.match(text, found.end)
        if match is None:
            break
        below = (
            _names().get((match[1].lower(),))
            or _names().get((match[1],))
            or _symbols().get(match[1])
            or (match[1] if match.group().startswith(" per ") and match[1] not in {"cent", "se", "capita"} else "")
        )
        if not below:
            break
        found = Unit(f"{found.name} per {_shaped(below, match['power'])}".strip(), match.end())
    return found


def _is_long(word: str) -> bool:
    """Say whether a word is too long for a symbol, and not one that shapes a unit, such as `square`."""
    return (
        len(word) > _LONGEST_SYMBOL
        and word.isascii()
        and word[: _LONGEST_SYMBOL + 1].isalpha()
        and word[0] not in {"c", "s", "C", "S"}
    )


def _simple(text: str, token: re.Match[str]) -> Unit:
    start = token.start()
    if shaped := _SHAPED.match(text, start):
        base = _names().get((shaped[2].lower(),)) or _symbols().get(shaped[2])
        if base:
            return Unit(f"{'cubic' if shaped[1].lower() == 'cubic' else 'square'} {base}", shaped.end())
    symbol = _symbol(text, start)
    return symbol if symbol.name else _worded(text, token)


def _symbol(text: str, start: int) -> Unit:
    match = _SYMBOL.match(text, start)
    if match is None:
        inch = _INCH.match(text, start)
        return Unit("inch", inch.end()) if inch else Unit("", start)
    if match[1] == "in":
        inch = _INCH.match(text, start)
        return Unit("inch", inch.end()) if inch else Unit("", start)
    if match[1] in {"pm", "am"}:
        return _tiny(text, match, start)
    name = _symbols().get(match[1]) or (_names().get((match[1],), "") if match["power"] or match["worded"] else "")
    if not name or (match[1].islower() and len(match[1]) == 1 and match.group().startswith("-")):
        return Unit("", start)
    if match.group() == "s" and text[start - 1] == "0":
        return Unit("", start)
    return Unit(_shaped(name, match["power"] or match["worded"]), match.end())


def _tiny(text: str, match: re.Match[str], start: int) -> Unit:
    """`2.1 pm` and `2.123 am` are lengths; `2 pm` and `2.17 pm` are times of day, which no caller asks for."""
    decimals = len(re.search(r"(?:\.(\d+))?$", text[:start][-12:])[1] or "")  # type: ignore[index]
    if decimals in {0, 2}:
        return Unit("", start)
    return Unit("picometre" if match[1] == "pm" else "attometre", match.end())


def _shaped(name: str, power: str | None) -> str:
    if not power:
        return name
    if power[0] in "-−":
        return f"inverse {name}" if power[1:] == "1" else f"inverse {_POWERS.get(power[1:], '')} {name}"
    return f"{_POWERS.get(power, '')} {name}".strip()


def _worded(text: str, token: re.Match[str]) -> Unit:
    """The longest run of words that names a unit."""
    longest, first = _longest(), token[1]
    most = max(longest.get(first, 0), longest.get(first.lower(), 0))
    if not most:
        return Unit("", token.start())
    words: list[str] = []
    ends: list[int] = []
    match: re.Match[str] | None = token
    while match and len(words) < most:
        if words and match.group() == match[1] and words[-1][-1].isalpha() and match[1][0].isalpha():
            break
        words.append(match[1])
        ends.append(match.end())
        match = _TOKEN.match(text, match.end()) if len(words) < most else None
    names = _names()
    for count in range(len(words), 0, -1):
        name = names.get(tuple(words[:count])) or names.get(tuple([word.lower() for word in words[:count]]))
        if name:
            return Unit(name, ends[count - 1])
    return Unit("", token.start())
