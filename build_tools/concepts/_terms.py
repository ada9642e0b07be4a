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
from functools import cache
from itertools import chain, pairwise

from ..language import Once, foreign_words, is_deed, lexicon, stem, stop_words
from ._single import single_words

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LISTS = lexicon("names")
_WEAK = frozenset(_LISTS["weak"])
_DEMONYMS = frozenset(word.lower() for word in (*_LISTS["demonyms"], *_LISTS["places"]))
_NOMINAL = frozenset(_LISTS["nominal ing"])
_NUMBERS = frozenset(_LISTS["number words"])
_CUES = lexicon("cues")
_VERBS = frozenset(
    word for section in ("verb", "event", "auxiliary", "cause") for word in _CUES[section] if " " not in word
)
_WHOLE = 0.25
"""Least share of its uses in which a phrase is not the middle, the head or the tail of a longer one."""
_COMMON = 0.4
_FEWEST = 12
_GAPS = frozenset({" ", "-", "‑"})

_LONGEST = 4
_TRIED = 4
"""Pairs of words that are tried for each index term; the commonest are enough but for a corpus that repeats few of them."""

Key = tuple[str, ...]
Piece = tuple[str, str, bool]
"""A word, its stem, and whether a hyphen joins it to the word before."""


@dataclass(slots=True)
class _Use:
    claims: int = 0
    opened: int = 0
    closed: int = 0
    """Claims in which no content word stands right before it, or right behind it: where one mostly does, it is half of a longer phrase."""
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


def index_terms(quotes: Sequence[str], articles: Sequence[str], tongue: str = "") -> list[Term]:
    """Choose the index terms of a corpus.

    Args:
        quotes: the claims' words.
        articles: id of the article of each.
        tongue: their language; empty for English.

    Returns:
        About twelve for a handful of articles, growing with the logarithm of their number; the most useful first.
    """
    text = _Text(quotes, articles, foreign_words().get(tongue, frozenset()))
    count = len(set(articles))
    most = _FEWEST + int(8 * math.log2(max(1.0, count / 5)))
    least = text.least(_TRIED * most)
    while True:
        enough = least - 1 if least > 2 else 0
        """Phrases whose words stand together no more often than this were left out, and so are all worth as little."""
        ranked = _ranked(text.uses(least), max(4, _COMMON * len(quotes)), enough * min(enough, count))
        taken = _chosen(ranked, most)
        if len(taken) == most or least <= 2:
            return [_term(key, use) for key, use in _with_words(taken, most, quotes, articles, tongue)]
        least = max(2, least // 2)


class _Text:
    """The claims' words as numbers, 0 where a run of content words is broken."""

    def __init__(self, quotes: Sequence[str], articles: Sequence[str], stops: frozenset[str]) -> None:
        self._stops = stops
        self._pieces: list[Piece] = [("", "", False)]
        self._numbers: dict[Piece, int] = {}
        numbered = Once(self._numbered).__getitem__
        held: dict[str, list[str]] = {}  # the same sentence stands in several articles of one matter
        for quote, article in zip(quotes, articles, strict=True):
            held.setdefault(quote, []).append(article)
        self._quotes = [
            (list(chain.from_iterable(map(numbered, quote.split(" ")))), where) for quote, where in held.items()
        ]
        """The words of each distinct claim, and the articles of those that say it."""
        pairs = Counter(chain.from_iterable([pairwise(found) for found, _ in self._quotes]))
        for found, where in self._quotes:
            if len(where) > 1:
                for pair in pairwise(found):
                    pairs[pair] += len(where) - 1
        self._together: Counter[tuple[str, str]] = Counter()
        self._stems = {pair: (self._pieces[pair[0]][1], self._pieces[pair[1]][1]) for pair in pairs if all(pair)}
        for pair, stems in self._stems.items():
            self._together[stems] += pairs[pair]

    def _numbered(self, piece: str) -> tuple[int, ...]:
        """The numbers of the content words in a piece of text between two spaces."""
        found: list[int] = []
        last = 0
        for match in _WORD.finditer(piece):
            word, gap = match.group(), piece[last : match.start()]
            if gap and (not last or gap not in _GAPS):
                found.append(0)
            stem = "" if word.lower() in self._stops else _content(word)
            found.append(self._number((word, stem, bool(last) and gap == "-")) if stem else 0)
            last = match.end()
        return tuple(found) if found and last == len(piece) else (*found, 0)

    def _number(self, piece: Piece) -> int:
        number = self._numbers.get(piece)
        if number is None:
            number = self._numbers[piece] = len(self._pieces)
            self._pieces.append(piece)
        return number

    def least(self, pairs: int) -> int:
        """How often the words of a pair must stand together so that about so many pairs are left."""
        often = sorted(self._together.values(), reverse=True)
        return max(2, often[pairs]) if pairs < len(often) else 2

    def uses(self, least: int) -> dict[Key, _Use]:
        """Collect the phrases whose words stand together at least so often."""
        often = {pair for pair, stems in self._stems.items() if self._together[stems] >= least}
        uses: dict[Key, _Use] = defaultdict(_Use)
        phrases: dict[tuple[int, ...], tuple[Key, str]] = {}
        for quote, where in self._quotes:
            starts = [place for place, pair in enumerate(pairwise(quote)) if pair in often]
            if starts:
                for key, (form, opened, closed) in self._phrases(quote, starts, phrases).items():
                    use = uses[key]
                    use.claims += len(where)
                    use.opened += opened * len(where)
                    use.closed += closed * len(where)
                    use.articles.update(where)
                    use.forms[form] += len(where)
        return uses

    def _phrases(
        self, quote: Sequence[int], starts: Sequence[int], known: dict[tuple[int, ...], tuple[Key, str]]
    ) -> dict[Key, tuple[str, bool, bool]]:
        """The phrases of two and three words, each once, and whether it is opened and closed; a hyphenated word is one."""
        found: dict[Key, tuple[str, bool, bool]] = {}
        joined = set(starts)
        for first in starts:
            last = first + 1
            while last < first + _LONGEST and last - 1 in joined:
                last += 1
                numbers = tuple(quote[first:last])
                if numbers not in known:
                    known[numbers] = _phrase([self._pieces[number] for number in numbers])
                key, form = known[numbers]
                if form:
                    found.setdefault(key, (form, not (first and quote[first - 1]), last == len(quote) or not quote[last]))
        return found


def _with_words(
    taken: list[tuple[Key, _Use]], most: int, quotes: Sequence[str], articles: Sequence[str], tongue: str
) -> list[tuple[Key, _Use]]:
    """Put single words in the place of phrases that only one article uses twice; big corpora have no such phrases."""
    strong = [(key, use) for key, use in taken if len(use.articles) > 1 or use.claims > 2]
    if len(strong) == most:
        return taken
    found = single_words(quotes, articles, tongue)
    words = [
        ((key,), _Use(claims=len(places), articles={articles[place] for place in places}, forms=forms))
        for key, (places, forms) in found.items()
        if not any(key in phrase and 2 * use.claims >= len(places) for phrase, use in strong)
    ]
    words.sort(key=lambda item: (-len(item[1].articles) * item[1].claims, item[0]))
    words = words[: most - len(strong)]
    known = {key[0] for key, _ in words}
    weak = [(key, use) for key, use in taken if (key, use) not in strong and known.isdisjoint(key)]
    return [*strong, *words, *weak][:most]


def _ranked(uses: Mapping[Key, _Use], most: float, worth: int) -> list[tuple[Key, _Use]]:
    """The phrases that make index terms and are worth more than so much, the most useful first."""
    fit = [
        (key, use)
        for key, use in uses.items()
        if 2 <= use.claims <= most and len(use.articles) * use.claims > worth and _is_term(use)
    ]
    return sorted(fit, key=lambda item: (-len(item[1].articles) * item[1].claims, -len(item[0]), item[0]))


def _phrase(pieces: Sequence[Piece]) -> tuple[Key, str]:
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
    broken = lower in stop_words() or lower in _DEMONYMS or lower in _NUMBERS or lower[0].isdigit() or lower.endswith(("’s", "'s"))
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
    if any(is_deed(word.lower()) for word, _, joined in pieces[1:] if not joined):  # `Centre fell`
        return False
    if not compound and (first in _WEAK or first in _VERBS or (first.endswith("ing") and first not in _NOMINAL)):
        return False
    return not (last.endswith(("ed", "ing")) and last not in _NOMINAL)


def _is_term(use: _Use) -> bool:
    """Mostly capitalised phrases are names, not subjects; what nearly always stands in longer ones is half a phrase."""
    if min(use.opened, use.closed) < _WHOLE * use.claims:
        return False
    form = use.forms.most_common(1)[0][0]
    parts = re.split(r"[ -]", form)
    return not all(part[:1].isupper() for part in parts) and any(len(part) > 3 for part in parts)


def _chosen(ranked: Sequence[tuple[Key, _Use]], most: int) -> list[tuple[Key, _Use]]:
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
    return taken


def _inside(part: Key, whole: Key) -> bool:
    return any(whole[place : place + len(part)] == part for place in range(len(whole) - len(part) + 1))


def _term(key: Key, use: _Use) -> Term:
    forms = sorted(use.forms.items(), key=lambda item: (-item[1], item[0]))
    label = forms[0][0]
    label = label[0].upper() + label[1:]
    others = dict.fromkeys(form for form, _ in forms[1:] if form.lower() != label.lower())
    return Term(key, label, tuple(others))
