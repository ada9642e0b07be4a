"""Rights: what of an article may be shown, and the article cut down to that.

Comes in: an article, its claims, the site's default for articles whose rights nobody stated. Goes out: a `Text` whose
offsets are those of the published text. After this step nobody downstream knows that there was more.
"""
from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Article, Asserter, Block, Claim, Rights, Span

GAP = "[…]"
"""Stands where the text was cut."""
_ALWAYS = frozenset({"title", "heading", "byline", "citation"})
"""Blocks that an excerpt keeps whole: they name the work and its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article as it is published, and the way from the old offsets to its own."""

    article: Article
    sentences: tuple[Span, ...]
    _kept: tuple[tuple[Span, int], ...] = ()
    """Kept ranges of the old text with their shifts; empty when all of it is kept."""

    def claim(self, claim: Claim) -> Claim | None:
        """Return the claim with offsets into the published text; None if it was cut."""
        if not self._kept:
            return claim
        span = self._moved(claim.span)
        if span is None:
            return None
        by = span.start - claim.start
        evidence = claim.asserter.evidence
        return replace(
            claim,
            span=span,
            prefix=self.article.text[max(0, span.start - 32) : span.start],
            suffix=self.article.text[span.end : span.end + 32],
            paragraph=self._paragraph(span),
            asserter=Asserter(name=claim.asserter.name, evidence=self._moved(evidence) if evidence else None),
            hedge=claim.hedge.shift(by) if claim.hedge else None,
            quantities=tuple(replace(q, start=q.start + by, end=q.end + by) for q in claim.quantities),
            sic=tuple(span.shift(by) for span in claim.sic),
        )

    def _moved(self, span: Span) -> Span | None:
        place = bisect_right(self._kept, span.start, key=lambda kept: kept[0].start) - 1
        if place < 0 or not self._kept[place][0].contains(span):
            return None
        return span.shift(self._kept[place][1])

    def _paragraph(self, span: Span) -> int:
        inside = (n for n, block in enumerate(self.article.blocks, 1) if block.span.overlaps(span))
        return next(inside, 0)


def shown_as(article: Article, default: Rights) -> Rights:
    """Say how an article is shown: as stated, else by the site's default."""
    return article.rights or default


def chosen(article: Article, claims: Sequence[Claim], default: Rights) -> tuple[Claim, ...]:
    """Return the claims that may be published: all of a full text, the main ones of an excerpt."""
    if shown_as(article, default) == "full":
        return tuple(claims)
    return tuple(claim for claim in claims if claim.weight == "main")


def reduced(article: Article, sentences: Sequence[Span], claims: Sequence[Claim], default: Rights) -> Text:
    """Cut an article down to what may be shown: its claims with a sentence before and after.

    Args:
        article: the whole article.
        sentences: all its sentences.
        claims: its claims, published ones only.
        default: what holds where the article's rights are not stated.
    """
    if shown_as(article, default) == "full":
        return Text(article=article, sentences=tuple(sentences))
    wanted = _wanted(article, sentences, [claim.span for claim in claims])
    return _cut(article, sentences, wanted)


def _wanted(article: Article, sentences: Sequence[Span], claims: Sequence[Span]) -> list[list[Span]]:
    """Return what each block keeps, as ranges in order."""
    near: set[Span] = set()
    for place, sentence in enumerate(sentences):
        if any(sentence.overlaps(claim) for claim in claims):
            near.update(sentences[max(0, place - 1) : place + 2])
    return [
        [block.span] if block.kind in _ALWAYS else [s for s in sentences if s in near and block.span.contains(s)]
        for block in article.blocks
    ]


def _cut(article: Article, sentences: Sequence[Span], wanted: Sequence[Sequence[Span]]) -> Text:
    out: list[str] = []
    length = 0
    blocks: list[Block] = []
    kept: list[tuple[Span, int]] = []
    for block, ranges in zip(article.blocks, _joined(article, wanted), strict=True):
        if not ranges:
            continue
        start = length
        if ranges[0].start > block.start:
            out.append(f"{GAP} ")
            length += len(GAP) + 1
        for place, span in enumerate(ranges):
            if place:
                out.append(f" {GAP} ")
                length += len(GAP) + 2
            kept.append((span, length - span.start))
            out.append(span.of(article.text))
            length += span.end - span.start
        if ranges[-1].end < block.end:
            out.append(f" {GAP}")
            length += len(GAP) + 1
        blocks.append(replace(block, span=Span(start, length)))
        out.append("\n\n")
        length += 2
    text = "".join(out)
    short = replace(article, text=text, blocks=tuple(blocks), digest=hashlib.sha256(text.encode()).hexdigest())
    cut = Text(article=short, sentences=(), _kept=tuple(kept))
    return replace(cut, sentences=tuple(moved for s in sentences if (moved := cut._moved(s))))


def _joined(article: Article, wanted: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Join ranges that only white space parts."""
    joined: list[list[Span]] = []
    for ranges in wanted:
        runs: list[Span] = []
        for span in ranges:
            if runs and not article.text[runs[-1].end : span.start].strip():
                runs[-1] = Span(runs[-1].start, span.end)
            else:
                runs.append(span)
        joined.append(runs)
    return joined
