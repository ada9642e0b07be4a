"""Index terms: the phrases that a back-of-the-book index of the claims would list.

Comes in: the claims' words. Goes out: phrases of two or three content words that several claims use, the most
useful first. After RAKE (Rose, Engel, Cramer and Cowley, 2010): runs between function words and punctuation, but
counted by stems and ranked by articles × uses.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from ._words import lexicon, stem, stop_words

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LISTS = lexicon("names")
_WEAK = frozenset(_LISTS["weak"])
_DEMONYMS = frozenset(word.lower() for word in (*_LISTS["demonyms"], *_LISTS["places"]))
_NOMINAL = frozenset(_LISTS["nominal ing"])
_CUES = lexicon("cues")
_VERBS = frozenset(
    word for section in ("verb", "event", "auxiliary", "cause") for word in _CUES[section] if " " not in word
)
_COMMON = 0.4
_FEWEST = 12
_GAPS = frozenset({" ", "-", "‑"})

_LONGEST = 4
_REMEMBERED = 1 << 16
"""Phrases that are judged once; a corpus uses the same ones again and again."""

Key = tuple[str, ...]
Piece = tuple[str, str, bool]
"""A word, its stem, and whether a hyphen joins it to the word before."""


@dataclass(slots=True)
class _Use:
    claims: int = 0
    articles: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Term:
    """An index term."""

    key: Key
    """Its stems."""
    label: str
    forms: tuple[str, ...]
    """Other ways it is written."""


def index_terms(quotes: Sequence[str], articles: Sequence[str]) -> list[Term]:
    """Choose the index terms of a corpus.

    Args:
        quotes: the claims' words.
        articles: id of the article of each.

    Returns:
        About twelve for a handful of articles, growing with the logarithm of their number; the most useful first.
    """
    uses: dict[Key, _Use] = defaultdict(_Use)
    runs = [_runs(quote) for quote in quotes]
    pairs = Counter((one[1], other[1]) for held in runs for run in held for one, other in pairwise(run))
    for held, article in zip(runs, articles, strict=True):
        for key, form in _phrases(held, pairs).items():
            use = uses[key]
            use.claims += 1
            use.articles.add(article)
            use.forms[form] += 1
    count = len(set(articles))
    ranked = sorted(
        ((key, use) for key, use in uses.items() if 2 <= use.claims <= max(4, _COMMON * len(quotes)) and _is_term(use)),
        key=lambda item: (-len(item[1].articles) * item[1].claims, -len(item[0]), item[0]),
    )
    return _chosen(ranked, _FEWEST + int(8 * math.log2(max(1.0, count / 5))))


def _runs(quote: str) -> list[list[Piece]]:
    """The runs of content words between function words and punctuation, two words or more."""
    runs: list[list[Piece]] = []
    run: list[Piece] = []
    last = 0
    for match in _WORD.finditer(quote):
        word = match.group()
        found = _content(word)
        gap = quote[last : match.start()]
        last = match.end()
        if gap not in _GAPS or not found:
            run = []
        if found:
            run.append((word, found, gap == "-"))
            if len(run) == 2:
                runs.append(run)
    return runs


def _phrases(runs: Sequence[Sequence[Piece]], pairs: Mapping[tuple[str, str], int]) -> dict[Key, str]:
    """The phrases of two and three words, each once; a hyphenated word is one. Pairs that stand once are in none."""
    found: dict[Key, str] = {}
    for run in runs:
        for first in range(len(run) - 1):
            last = first + 1
            while last < min(len(run), first + _LONGEST) and pairs[run[last - 1][1], run[last][1]] > 1:
                last += 1
                key, form = _phrase(tuple(run[first:last]))
                if form:
                    found.setdefault(key, form)
    return found


@lru_cache(_REMEMBERED)
def _phrase(pieces: tuple[Piece, ...]) -> tuple[Key, str]:
    """The stems of a phrase and how it is written; empty where its words make no index term."""
    return (tuple(piece[1] for piece in pieces), _written(pieces)) if _fits(pieces) else ((), "")


def _written(pieces: Sequence[Piece]) -> str:
    return "".join(("-" if joined else " ") * bool(place) + word for place, (word, _, joined) in enumerate(pieces))


@cache
def _content(word: str) -> str:
    """The stem of a word that an index term may hold.

    Empty for function words, nationalities, numbers, possessives and adverbs.
    """
    lower = word.lower()
    broken = lower in stop_words() or lower in _DEMONYMS or lower[0].isdigit() or lower.endswith(("’s", "'s"))
    return "" if broken or (lower.endswith("ly") and len(lower) > 5) else stem(lower)


def _fits(pieces: Sequence[Piece]) -> bool:
    """No weak word at either end, no half of a hyphenated one, and neither verb nor participle at the head."""
    first, last = pieces[0][0].lower(), pieces[-1][0].lower()
    compound = pieces[1][2]
    if (
        pieces[0][2]
        or len(pieces) - sum(joined for *_, joined in pieces) not in {2, 3}
        or last in _WEAK
        or len(first) < 2
    ):
        return False
    if len(last) < 3 and not pieces[-1][0].isupper():
        return False
    if not compound and (first in _WEAK or first in _VERBS or (first.endswith("ing") and first not in _NOMINAL)):
        return False
    return not (last.endswith(("ed", "ing")) and last not in _NOMINAL)


def _is_term(use: _Use) -> bool:
    """Mostly capitalised phrases are names, not subjects."""
    form = use.forms.most_common(1)[0][0]
    parts = re.split(r"[ -]", form)
    return not all(part[:1].isupper() for part in parts) and any(len(part) > 3 for part in parts)


def _chosen(ranked: Sequence[tuple[Key, _Use]], most: int) -> list[Term]:
    """Take the best, without phrases that only repeat a part of a better one."""
    taken: list[tuple[Key, _Use]] = []
    for key, use in ranked:
        if len(taken) >= most:
            break
        rivals = [place for place, (other, _) in enumerate(taken) if _inside(key, other) or _inside(other, key)]
        longer = [
            place for place in rivals if len(key) > len(taken[place][0]) and use.claims >= 0.75 * taken[place][1].claims
        ]
        if rivals and not longer:
            continue
        if longer:
            taken[longer[0]] = (key, use)
        else:
            taken.append((key, use))
    return [_term(key, use) for key, use in taken]


def _inside(part: Key, whole: Key) -> bool:
    return any(whole[place : place + len(part)] == part for place in range(len(whole) - len(part) + 1))


def _term(key: Key, use: _Use) -> Term:
    forms = sorted(use.forms.items(), key=lambda item: (-item[1], item[0]))
    label = forms[0][0]
    label = label[0].upper() + label[1:]
    others = dict.fromkeys(form for form, _ in forms[1:] if form.lower() != label.lower())
    return Term(key, label, tuple(others))
