"""Pairs of words that several articles use: what a reader of the index may look for although no heading covers it.

Comes in: a `Catalogue` and the headings that there are. Goes out: pairs with the claims that hold them. Names and subjects are
headings already; what only repeats a part of one, or is a piece of a sentence, is no term.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ..catalogue import Catalogue
from ..language import foreign_words, is_deed, language_of, lexicon, stem, stop_words
from ..model import ArticleId, Claim

_NAME = re.compile(r"[^\W\d_]{3,}(?:[-’'][^\W_]+)*")
_LEAST_COMMON = 30
_WHOLE = 0.5
"""Least share of its uses in which a pair is not part of a longer run of words."""
Pair = tuple[str, str]
"""The stems of two words."""


@dataclass(slots=True)
class _Use:
    """How a pair is used."""

    claims: list[Claim] = field(default_factory=list)
    whole: int = 0
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def form(self) -> str:
        """As it is mostly written."""
        return self.forms.most_common(1)[0][0]


def shared_pairs(catalogue: Catalogue, headings: Iterable[str], most: int, *, main: bool) -> Iterator[tuple[str, list[Claim]]]:
    """Give pairs, those of most articles first.

    Args:
        catalogue: the corpus.
        headings: what there is already: labels of topics and entities, names of speakers.
        most: a pair in more claims is too common to be looked up.
        main: whether main claims alone are looked at, as in large corpora.

    Yields:
        The pair as it is mostly written, and its claims.
    """
    claims = [claim for claim in catalogue.claims if not main or claim.weight == "main"]
    uses = _uses(claims, _idle(catalogue, claims))
    covered, names = _covered(headings)
    common = max(_LEAST_COMMON, len(catalogue.claims) // 8)
    single: Counter[str] = Counter()
    for pair, use in uses.items():
        for word in pair:
            single[word] += len(use.claims)
    shared = {pair: len({claim.article for claim in use.claims}) for pair, use in uses.items() if len(use.claims) > 1}
    several = [pair for pair, sources in shared.items() if sources > 1]
    for pair in sorted(several, key=lambda pair: (-shared[pair], -len(uses[pair].claims), pair)):
        use = uses[pair]
        fits = pair not in covered and len(use.claims) <= most and use.whole >= _WHOLE * len(use.claims)
        if fits and all(single[word] <= common for word in pair) and _is_term(use.form, names):
            yield use.form, use.claims


def _is_term(form: str, names: frozenset[str]) -> bool:
    """No verb at the end, and no piece of a name that is a heading."""
    first, last = form.split(" ")
    return not is_deed(last.lower()) and not (first[0].isupper() and last[0].isupper() and not names.isdisjoint((first, last)))


def _covered(headings: Iterable[str]) -> tuple[frozenset[Pair], frozenset[str]]:
    """Return the pairs that stand in headings, and the capitalised words of headings of several words."""
    pairs: set[Pair] = set()
    names: set[str] = set()
    for heading in headings:
        words = _NAME.findall(heading)
        pairs.update(pairwise(stem(word.lower()) for word in words))
        if len(words) > 1:
            names.update(word for word in words if word[0].isupper())
    return frozenset(pairs), frozenset(names)


def _idle(catalogue: Catalogue, claims: Iterable[Claim]) -> dict[ArticleId, frozenset[str]]:
    """Return for each article the words that carry no meaning in its language."""
    lists = lexicon("names")
    known = stop_words().union(lists["number words"], map(str.lower, lists["not names"]))
    tongues = {article: language_of(catalogue.article(article).text) for article in {claim.article for claim in claims}}
    by_tongue = {tongue: known | foreign_words().get(tongue, frozenset()) for tongue in set(tongues.values())}
    return {article: by_tongue[tongue] for article, tongue in tongues.items()}


def _uses(claims: Iterable[Claim], idle: dict[ArticleId, frozenset[str]]) -> dict[Pair, _Use]:
    """Find neighbouring words that both carry meaning."""
    uses: dict[Pair, _Use] = {}
    for claim in claims:
        for run in _runs(claim.quote, idle[claim.article]):
            for one, other in pairwise(run):
                pair = stem(one.lower()), stem(other.lower())
                use = uses.get(pair) or uses.setdefault(pair, _Use())
                if not use.claims or use.claims[-1] is not claim:
                    use.claims.append(claim)
                    use.whole += len(run) == 2
                use.forms[f"{one} {other}"] += 1
    return uses


def _runs(quote: str, idle: frozenset[str]) -> Iterator[list[str]]:
    """Give the runs of words that nothing but a space parts and none of which is idle."""
    run: list[str] = []
    end = 0
    for found in _NAME.finditer(quote):
        word = found.group()
        if run and (quote[end : found.start()] != " " or word.lower() in idle):
            yield run
            run = []
        if word.lower() not in idle:
            run.append(word)
        end = found.end()
    yield run
