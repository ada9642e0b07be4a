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
from ..language import language_of, stem, stop_words, words
from ..model import BODY_KINDS, UNSIGNED, Article, Asserter, Claim, ClaimId, ClaimKind, Span, Weight
from ._asserters import attributed, hedge
from ._quantities import quantities
from ._sentence import Sentence, look
from ._separators import COMMA
from ._signals import SIGNALS, Context, asserts, kinds, weigh

__all__ = ["author_of", "detect", "quantities"]

_STOPS = stop_words()
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
    tongue = _tongue(article)
    looked = [found for found in _in_body(article, sentences, tongue in COMMA) if asserts(found, tongue in {"en", ""})]
    if not looked:
        return []
    stems = [_stems(sentence.words) for sentence in looked]
    frame = _Frame.of(article, stems)
    last = max(1, len(looked) - 1)
    judged = _compared(
        [
            _judged(sentence, held, frame, place / last)
            for place, (sentence, held) in enumerate(zip(looked, stems, strict=True))
        ]
    )
    main = _main(judged)
    ids_ = _minted(article, looked)
    return [
        _claim(article, minted, found, frame, "main" if place in main else "other")
        for place, (minted, found) in enumerate(zip(ids_, judged, strict=True))
    ]


def author_of(article: Article) -> Asserter:
    """Return who asserts what an article says without naming anybody: its authors, else its publisher, else itself."""
    return Asserter(name=_joined(article.authors) or article.publisher or UNSIGNED)


def _in_body(article: Article, sentences: Sequence[Span], comma: bool) -> list[Sentence]:
    """Look at the sentences that lie in body blocks, cut at the blocks' edges."""
    text = article.text
    starts = [block.span.start for block in article.blocks]
    ends = [block.span.end if block.kind in BODY_KINDS else 0 for block in article.blocks]
    found: list[Sentence] = []
    last = 0
    for span in sentences:
        start, end = span.start, span.end
        number = bisect_right(starts, start)
        if number == 0 or start >= ends[number - 1]:
            continue
        sentence = look(text[start : min(end, ends[number - 1])], start, number, number != last, comma)
        last = number
        if sentence.words:
            found.append(sentence)
    return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for a whole article."""

    author: Asserter
    title: set[str]
    weights: dict[str, float]
    """How often each stem of the article's claims is used, the commonest 1."""

    @classmethod
    def of(cls, article: Article, stems: Sequence[set[str]]) -> _Frame:
        counts = Counter(chain.from_iterable(stems))
        most = max(counts.values(), default=1)
        title = _stems(words(article.title))
        return cls(author_of(article), title, {found: count / most for found, count in counts.items() if count > 1})


class _Stems(dict[str, str]):
    """The stem of each word, empty for a stop word."""

    def __missing__(self, word: str) -> str:
        found = self[word] = "" if word in _STOPS else stem(word)
        return found


_STEMS = _Stems()


def _stems(found: Sequence[str]) -> set[str]:
    """Return the stems of content words."""
    stems = set(map(_STEMS.__getitem__, found))
    stems.discard("")
    return stems


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


class _Judged(NamedTuple):
    """A sentence that asserts something, and what its claim gets."""

    sentence: Sentence
    asserter: Asserter | None
    kind: ClaimKind
    score: float
    reasons: tuple[str, ...]


def _judged(sentence: Sentence, held: set[str], frame: _Frame, position: float) -> _Judged:
    asserter = attributed(sentence)
    title = len(held & frame.title) / len(frame.title) if frame.title else 0.0
    central = sum(sorted(filter(None, map(frame.weights.get, held)), reverse=True)[:5]) / 5
    fitting = kinds(sentence)
    score, reasons = weigh(sentence, Context(position, title, central, asserter is not None, fitting))
    return _Judged(sentence, asserter, fitting[0], score, reasons)


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
        places.setdefault(one.sentence.paragraph, []).append(place)
    used: Counter[int] = Counter()
    worth = [one.score for one in judged]
    chosen: set[int] = set()
    for _ in range(min(_MOST_MAIN, max(1, round(len(judged) / _CLAIMS_FOR_ONE_MAIN)))):
        best = worth.index(max(worth))
        chosen.add(best)
        paragraph = judged[best].sentence.paragraph
        used[paragraph] += 1
        for place in places[paragraph]:
            worth[place] = -inf if place in chosen else judged[place].score - _SAME_PARAGRAPH * used[paragraph]
    return chosen


def _minted(article: Article, looked: Sequence[Sentence]) -> list[ClaimId]:
    """Mint an id for each sentence, in reading order."""
    minted: list[ClaimId] = []
    seen: dict[str, int] = {}
    taken: set[str] = set()
    for sentence in looked:
        folded = ids.fold(sentence.text)
        before = seen.get(folded, 0)
        minted.append(ids.mint_folded(article.id, folded, before, taken))
        seen[folded] = before + 1
        taken.add(minted[-1])
    return minted


def _claim(article: Article, minted: ClaimId, judged: _Judged, frame: _Frame, weight: Weight) -> Claim:
    sentence = judged.sentence
    start, end = sentence.start, sentence.start + len(sentence.text)
    return Claim(
        id=minted,
        article=article.id,
        span=Span(start, end),
        quote=sentence.text,
        prefix=article.text[max(0, start - _CONTEXT) : start],
        suffix=article.text[end : end + _CONTEXT],
        paragraph=sentence.paragraph,
        kind=judged.kind,
        weight=weight,
        score=judged.score,
        asserter=judged.asserter or frame.author,
        hedge=hedge(sentence),
        quantities=tuple(sentence.quantities),
        reasons=judged.reasons,
    )


def _tongue(article: Article) -> str:
    """The language as stated, else as it shows; `xx` where it is none that is known."""
    return (article.language or language_of(article.text) or "xx").lower().partition("-")[0]
