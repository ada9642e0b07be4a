"""Detects the claims of an article: one for each body sentence that asserts something.

Comes in: an article and its sentences. Goes out: claims in reading order, with kind, weight, asserter, hedge,
figures and the signals they rest on. Doesn't link claims or name their topics, and never changes what a curator
wrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import ids
from ._detect_asserters import attributed, hedge
from ._detect_quantities import quantities
from ._detect_sentence import Sentence, look
from ._detect_signals import Context, asserts, kinds, weigh
from ._words import stem, stop_words, words
from .model import BODY_KINDS, Article, Asserter, Claim, ClaimId, Span

__all__ = ["author_of", "detect", "quantities"]

_STOPS = stop_words()
_MOST_MAIN = 10
_CLAIMS_FOR_ONE_MAIN = 4.5
_CONTEXT = 32
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
    english = _is_english(article)
    looked = [found for found in _in_body(article, sentences) if asserts(found, english)]
    if not looked:
        return []
    stems = [frozenset(_stems(sentence.words)) for sentence in looked]
    frame = _Frame.of(article, stems)
    claims: list[Claim] = []
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    for place, sentence in enumerate(looked):
        folded = ids.fold(sentence.text)
        minted = ids.mint_folded(article.id, folded, seen[folded], taken)
        seen[folded] += 1
        taken.add(minted)
        claims.append(_claim(article, minted, sentence, stems[place], frame, position=place / max(1, len(looked) - 1)))
    return _weighted(claims)


def author_of(article: Article) -> Asserter:
    """Return who asserts what an article says without naming anybody: its authors, else its publisher, else itself."""
    return Asserter(name=_joined(article.authors) or article.publisher or "The article")


def _in_body(article: Article, sentences: Sequence[Span]) -> list[Sentence]:
    """Look at the sentences that lie in body blocks, cut at the blocks' edges."""
    starts = [block.start for block in article.blocks]
    found: list[Sentence] = []
    last = 0
    for span in sentences:
        number = bisect_right(starts, span.start)
        if number == 0:
            continue
        block = article.blocks[number - 1]
        if block.kind not in BODY_KINDS or span.start >= block.end:
            continue
        found.append(look(article.text, Span(span.start, min(span.end, block.end)), number, number != last))
        last = number
    return [sentence for sentence in found if sentence.words]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for a whole article."""

    author: Asserter
    title: frozenset[str]
    weights: dict[str, float]
    """How often each stem of the article's claims is used, the commonest 1."""

    @classmethod
    def of(cls, article: Article, stems: Sequence[frozenset[str]]) -> _Frame:
        counts: Counter[str] = Counter()
        for held in stems:
            counts.update(held)
        most = max(counts.values(), default=1)
        title = frozenset(_stems(words(article.title)))
        return cls(author_of(article), title, {found: count / most for found, count in counts.items() if count > 1})


def _stems(found: Sequence[str]) -> list[str]:
    return [stem(word) for word in found if word not in _STOPS]


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _claim(
    article: Article, minted: ClaimId, sentence: Sentence, held: frozenset[str], frame: _Frame, *, position: float
) -> Claim:
    start, end = sentence.start, sentence.start + len(sentence.text)
    asserter = attributed(sentence)
    title = len(held & frame.title) / len(frame.title) if frame.title else 0.0
    central = sum(sorted([frame.weights.get(found, 0.0) for found in held], reverse=True)[:5]) / 5
    fitting = kinds(sentence)
    score, reasons = weigh(sentence, Context(position, title, central, asserter is not None, fitting))
    return Claim(
        id=minted,
        article=article.id,
        span=Span(start, end),
        quote=sentence.text,
        prefix=article.text[max(0, start - _CONTEXT) : start],
        suffix=article.text[end : end + _CONTEXT],
        paragraph=sentence.paragraph,
        kind=fitting[0],
        score=score,
        asserter=asserter or frame.author,
        hedge=hedge(sentence),
        quantities=tuple([replace(q, start=q.start + start, end=q.end + start) for q in sentence.quantities]),
        reasons=reasons,
    )


def _weighted(claims: list[Claim]) -> list[Claim]:
    """Give weight `main` to the best, spread over the paragraphs."""
    wanted = min(_MOST_MAIN, max(1, round(len(claims) / _CLAIMS_FOR_ONE_MAIN)))
    chosen: set[int] = set()
    used: Counter[int] = Counter()
    for _ in range(wanted):
        best = max(
            (place for place in range(len(claims)) if place not in chosen),
            key=lambda place: (claims[place].score - _SAME_PARAGRAPH * used[claims[place].paragraph], -place),
            default=None,
        )
        if best is None:
            break
        chosen.add(best)
        used[claims[best].paragraph] += 1
    return [replace(claim, weight="main") if place in chosen else claim for place, claim in enumerate(claims)]


def _is_english(article: Article) -> bool:
    """As stated, else by the share of English function words at the beginning."""
    if article.language:
        return article.language.lower().startswith("en")
    found = words(article.text[:3000])
    return not found or sum([word in _STOPS for word in found]) / len(found) > 0.2
