"""Text as search sees it: folded, cut into words, brought to stems.

Comes in: text. Goes out: stems. The script `static/js/search.js` does the same steps with the same results (a test holds
the two together); it doesn't know what is searched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..language import stem as english_stem

STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "but",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "their",
        "they",
        "which",
        "who",
        "than",
        "then",
        "into",
        "not",
        "has",
        "have",
        "had",
    ]
)
"""Left out of the index: they stand everywhere and tell nothing."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ACCENTS = re.compile("[\u0300-\u036f]")
_PERCENT = re.compile(r"per ?cent\b", re.ASCII)
_INITIALS = re.compile(r"\.(?<=\b[a-z]\.)(?=[a-z]\b)", re.ASCII)
_POSSESSIVE = re.compile(r"'s\b", re.ASCII)
_GROUPED = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
"""These begin with a sign that is rare, so that the engine leaps from one to the next; the script says the same more plainly."""
_WORD = re.compile(rf"[^\W0-9_{_CJK}]+(?![^\W_{_CJK}])|[{_CJK}]|[a-z]*[0-9]+(?:\.[0-9]+)*[a-z0-9]*|[^\W_{_CJK}]+")
"""The first branch is the last one over again for what most words are, letters alone: it saves the search for a figure."""
_OTHER = "0"
_LETTERS = {code: chr(code) if chr(code).islower() else _OTHER if chr(code).isdigit() else " " for code in range(128)}
_MODEL = re.compile(r"([a-z]+)-([a-z]?[0-9]+(?:\.[0-9]+)*)")
_PLAIN = re.compile(r"[a-z]{3,}")
_SPELLINGS = (
    (re.compile(r"(..)is(e|ed|es|er|ers|ing|ation|ations)$"), r"\1iz\2"),
    (re.compile(r"(...)our(s|ed|ing|able|ful)?$"), r"\1or\2"),
    (re.compile(r"(...)tre(s)?$"), r"\1ter\2"),
)


def fold(text: str) -> str:
    """Fold case, accents, apostrophes, `U.S.` to `us`, `34 per cent` and `34%` to `34 percent`, `180,000` to `180000`."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = text.replace("’", "'").replace("‘", "'").replace("‐", "-").replace("‑", "-")
    text = _PERCENT.sub(" percent ", text.lower()).replace("%", " percent ")
    return _GROUPED.sub("", _POSSESSIVE.sub("", _INITIALS.sub("", text)).replace("'", ""))


def words(folded: str) -> list[str]:
    """Cut folded text into words; `gpt-5` gives `gpt` and `5`, `v3.2` stays whole, every CJK sign is a word."""
    return _WORD.findall(folded)


def every_word(line: str) -> list[str]:
    """Return `words` and `joined` of a folded text; quicker where it holds Latin letters alone."""
    plain = line.translate(_LETTERS) if line.isascii() else _OTHER
    if _OTHER not in plain:
        return plain.split()
    return words(line) + joined(line) if "-" in line else words(line)


def joined(folded: str) -> list[str]:
    """Return the names written with a hyphen before a number in one piece: `gpt-5` gives `gpt5`."""
    return [found[1] + found[2] for found in _MODEL.finditer(folded)]


@lru_cache(maxsize=1 << 18)
def term(word: str) -> str:
    """Return what a folded word is indexed under: its English stem after British spelling has been made American."""
    if not _PLAIN.fullmatch(word):
        return word
    for spelling, replacement in _SPELLINGS:
        if len(word) > 5:
            word = spelling.sub(replacement, word)
    return english_stem(word)
