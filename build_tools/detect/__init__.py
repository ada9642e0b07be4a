"""Detects the claims of an article: one for each body sentence that asserts something.

Comes in: an article and its sentences. Goes out: claims in reading order, with kind, weight, asserter, hedge,
figures and the signals they rest on. Doesn't link claims or name their topics, and never changes what a curator
wrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import NamedTuple

from .. import ids
from ..language import language_of, words
from ..model import BODY_KINDS, UNSIGNED, Article, Asserter, Claim, ClaimId, Span, Weight
from ._quantities import placed, quantities
from ._separators import COMMA
from ._signals import SIGNALS, Standing, weigh
from ._told import Told, stems, tellings

__all__ = ["author_of", "detect", "quantities"]

_MOST_MAIN = 10
_CLAIMS_FOR_ONE_MAIN = 4.5
_CONTEXT = 32
_NUMBER = "a number"
_FEW = 8
"""In fewer claims nothing is common."""
_SAME_PARAGRAPH = 0.07
"""What each main claim already chosen from a paragraph costs the next one there."""


def detect(article: Article, sentences: Sequence[Span]) -> list[Claim]:
    """Find the claims of an article.

    Args:
        article: the article; only blocks of body text are looked at.
        sentences: half-open code point ranges into its text, in reading order.

    Returns:
        One claim a sentence that asserts something, at most ten of weight `main`.
    """
    tongue, places = _tongue(article), _in_body(article, sentences)
    told = tellings(tongue in COMMA, tongue in {"en", ""}).of([place.text for place in places])
    found = [_Found(place, own) for place, own in zip(places, told, strict=True) if own]
    if not found:
        return []
    judged = _compared(_judged(article, found))
    main = _main(judged)
    author = author_of(article)
    return [
        _claim(article, minted, one, author, "main" if number in main else "other")
        for number, (minted, one) in enumerate(zip(_minted(article, found), judged, strict=True))
    ]


def author_of(article: Article) -> Asserter:
    """Return who asserts what an article says without naming anybody: its authors, else its publisher, else itself."""
    return Asserter(name=_joined(article.authors) or article.publisher or UNSIGNED)


class _Place(NamedTuple):
    """A sentence of the article and where it stands."""

    text: str
    start: int
    paragraph: int
    """1-based number of its block."""
    first: bool
    """It opens its block."""


class _Found(NamedTuple):
    """A sentence that asserts something."""

    place: _Place
    told: Told


def _in_body(article: Article, sentences: Sequence[Span]) -> list[_Place]:
    """Return the sentences that lie in body blocks, cut at the blocks' edges."""
    text = article.text
    starts = [block.span.start for block in article.blocks]
    ends = [block.span.end if block.kind in BODY_KINDS else 0 for block in article.blocks]
    found: list[_Place] = []
    last = 0
    for span in sentences:
        start, end = span.start, span.end
        number = bisect_right(starts, start)
        if number == 0 or start >= ends[number - 1]:
            continue
        found.append(_Place(text[start : min(end, ends[number - 1])], start, number, number != last))
        last = number
    return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for a whole article."""

    title: set[str]
    weights: dict[str, float]
    """How often each stem of the article's claims is used, the commonest 1."""

    @classmethod
    def of(cls, article: Article, found: Sequence[_Found]) -> _Frame:
        counts = Counter(chain.from_iterable([one.told.stems for one in found]))
        most = max(counts.values(), default=1)
        return cls(stems(words(article.title)), {stem: count / most for stem, count in counts.items() if count > 1})

    def standing(self, one: _Found, position: float) -> Standing:
        """Return where a sentence stands."""
        own = one.told.stems
        title = len(self.title.intersection(own)) / len(self.title) if self.title else 0.0
        central = sum(sorted(filter(None, map(self.weights.get, own)), reverse=True)[:5]) / 5
        return Standing(one.place.first, position, title, central)


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


class _Judged(NamedTuple):
    """A sentence that asserts something, and what its place makes of it."""

    found: _Found
    score: float
    reasons: tuple[str, ...]


def _judged(article: Article, found: Sequence[_Found]) -> list[_Judged]:
    frame, last = _Frame.of(article, found), max(1, len(found) - 1)
    standings = [frame.standing(one, number / last) for number, one in enumerate(found)]
    return [
        _Judged(one, *weigh(one.told.kinds, one.told.signals, where)) for one, where in zip(found, standings, strict=True)
    ]


def _compared(judged: list[_Judged]) -> list[_Judged]:
    """Take from what a number is worth as much as numbers are common: where most sentences have one, it tells little."""
    numbered = sum(_NUMBER in one.reasons for one in judged) / len(judged)
    if not numbered or len(judged) < _FEW:
        return judged
    less = numbered * SIGNALS[_NUMBER]
    return [one._replace(score=round(max(0.0, one.score - less), 3)) if _NUMBER in one.reasons else one for one in judged]


def _main(judged: Sequence[_Judged]) -> set[int]:
    """Choose the best for weight `main`, spread over the paragraphs; the earlier of equals."""
    places: dict[int, list[int]] = {}
    for place, one in enumerate(judged):
        places.setdefault(one.found.place.paragraph, []).append(place)
    used: Counter[int] = Counter()
    worth = [one.score for one in judged]
    chosen: set[int] = set()
    for _ in range(min(_MOST_MAIN, max(1, round(len(judged) / _CLAIMS_FOR_ONE_MAIN)))):
        best = worth.index(max(worth))
        chosen.add(best)
        paragraph = judged[best].found.place.paragraph
        used[paragraph] += 1
        for place in places[paragraph]:
            worth[place] = -inf if place in chosen else judged[place].score - _SAME_PARAGRAPH * used[paragraph]
    return chosen


def _minted(article: Article, found: Sequence[_Found]) -> list[ClaimId]:
    """Mint an id for each sentence, in reading order."""
    minted: list[ClaimId] = []
    seen: dict[str, int] = {}
    taken: set[str] = set()
    for one in found:
        folded = one.told.folded
        before = seen.get(folded, 0)
        minted.append(ids.mint_folded(article.id, folded, before, taken))
        seen[folded] = before + 1
        taken.add(minted[-1])
    return minted


def _claim(article: Article, minted: ClaimId, judged: _Judged, author: Asserter, weight: Weight) -> Claim:
    (text, start, paragraph, _), told = judged.found
    end = start + len(text)
    return Claim(
        id=minted,
        article=article.id,
        span=Span(start, end),
        quote=text,
        prefix=article.text[max(0, start - _CONTEXT) : start],
        suffix=article.text[end : end + _CONTEXT],
        paragraph=paragraph,
        kind=told.kinds[0],
        weight=weight,
        score=judged.score,
        asserter=_asserter(told.asserter, start) if told.asserter else author,
        hedge=Span(start + told.hedge[0], start + told.hedge[1]) if told.hedge else None,
        quantities=tuple(placed(told.figures, start)) if told.figures else (),
        reasons=judged.reasons,
    )


def _asserter(named: tuple[str, int, int], start: int) -> Asserter:
    """Who else asserts a sentence that begins at `start`."""
    name, first, last = named
    return Asserter(name=name, evidence=Span(start + first, start + last))


def _tongue(article: Article) -> str:
    """The language as stated, else as it shows; `xx` where it is none that is known."""
    return (article.language or language_of(article.text) or "xx").lower().partition("-")[0]
