"""Single words that an index of a small corpus would list: `statins`, `traffic`, `curlew`.

Comes in: the claims' words. Goes out: nouns that several articles speak of. That a word is a noun is told by the words
beside it: `the`, `of` or what describes it before it, nothing that it could describe behind it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from ..language import foreign_words, lexicon, stem, stop_words

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_LISTS: Final = lexicon("names")
_CUES: Final = lexicon("cues")
_VERBS: Final = frozenset(word for section in ("verb", "event", "auxiliary") for word in _CUES[section])
_CAUSES: Final = frozenset(_CUES["cause"])
_NEVER: Final = frozenset(
    word.lower()
    for section in ("weak", "no subject alone", "number words", "demonyms", "places", "not names", "titles")
    for word in _LISTS[section]
)
_NEVER_STEMS: Final = frozenset(map(stem, _NEVER))
_BEFORE: Final = frozenset(_LISTS["before a noun"])
_FEWEST: Final = 3
_NOUN: Final = 0.3
"""Least share of its uses in which such a word stands before it."""
_SHORTEST: Final = 4

Uses = tuple[list[int], "Counter[str]"]
"""The claims that a word stands in, and how it is written."""


def single_words(quotes: Sequence[str], articles: Sequence[str], tongue: str) -> dict[str, Uses]:
    """Find the nouns that are worth an entry.

    Args:
        quotes: the claims' words.
        articles: id of the article of each.
        tongue: their language; empty for English.

    Returns:
        By stem: the places of the claims, at least three and of two articles where there are two, and the forms.
    """
    stops = foreign_words().get(tongue, frozenset())
    all_stops = stops | stop_words()
    german = tongue == "de"  # there a capital inside a sentence shows a noun; in other languages, a name
    places: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    led: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for place, quote in enumerate(quotes):
        words = _WORD.findall(quote)
        for at, word in enumerate(words):
            lower = word.lower().replace("’", "'").removesuffix("'s")
            if not _may_be_subject(lower, all_stops) or (at and word[0].isupper() != german):
                continue
            key = stem(lower)
            forms[key][lower] += 1
            before = words[at - 1].lower() if at else ""
            led[key] += before in (stops or _BEFORE) or (before not in all_stops and before not in _VERBS and before.isalpha())
            after = words[at + 1].lower() if at + 1 < len(words) else ""
            owns = len(lower) < len(word)
            closed[key] += german or not after or owns or after in all_stops or after in _VERBS or not after[0].isalpha()
            if places[key][-1:] != [place]:
                places[key].append(place)
    most, several = max(_FEWEST + 1, 0.4 * len(quotes)), len(set(articles)) > 1
    return {
        key: (found, forms[key])
        for key, found in places.items()
        if _FEWEST <= len(found) <= most
        and (not several or len({articles[place] for place in found}) > 1)
        and led[key] >= _NOUN * forms[key].total()
        and closed[key] >= 0.5 * forms[key].total()
    }


def _may_be_subject(word: str, stops: frozenset[str]) -> bool:
    """No function word, no verb, no adverb, nothing too general to look up."""
    return (
        len(word) >= _SHORTEST
        and word.isalpha()
        and word not in stops
        and word not in _NEVER
        and stem(word) not in _NEVER_STEMS
        and word not in _VERBS
        and word not in _CAUSES
        and not word.endswith(("ly", "ed", "ing"))
    )
