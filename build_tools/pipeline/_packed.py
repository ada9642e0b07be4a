"""One prepared article as plain tuples, to send from process to process: an eighth of the time of its dataclasses.

Comes in: an article, its sentences and its detections, or the tuples. Goes out: the tuples, or equal values. What every
detection leaves empty (topics, entities, relations, what a curator writes) is not sent.
"""
from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from ..model import Article, Asserter, Block, Claim, Quantity, Span

Packed = tuple[tuple[Any, ...], bytes, tuple[tuple[Any, ...], ...], bytes, tuple[tuple[Any, ...], ...]]
"""The article without its blocks, their places, their kinds and levels, the places of the sentences, the detections."""
_ARTICLE = (
    *("id", "file", "text", "title", "authors", "publisher", "published"),
    *("source_url", "language", "rights", "rights_note", "digest"),
)
_CLAIM = ("id", "quote", "prefix", "suffix", "paragraph", "kind", "weight", "score", "reasons")
_of_article = attrgetter(*_ARTICLE)
_of_claim = attrgetter(*_CLAIM, "span.start", "span.end", "asserter.name", "asserter.evidence", "hedge", "quantities")
_of_quantity = attrgetter("start", "end", "value", "unit", "text")


def packed(article: Article, sentences: Sequence[Span], detections: Sequence[Claim]) -> Packed:
    """Return the values as tuples of strings, numbers and bytes."""
    return (
        _of_article(article),
        _places(block.span for block in article.blocks),
        tuple([(block.kind, block.level) for block in article.blocks]),
        _places(sentences),
        tuple([_row(*_of_claim(claim)) for claim in detections]),
    )


def unpacked(given: Packed) -> tuple[Article, tuple[Span, ...], tuple[Claim, ...]]:
    """Return what `packed` was given."""
    fields, places, kinds, sentences, rows = given
    blocks = [
        Block(kind=kind, level=level, span=span) for (kind, level), span in zip(kinds, _spans(places), strict=True)
    ]
    article = Article(**dict(zip(_ARTICLE, fields, strict=True)), blocks=tuple(blocks))
    known: dict[str, Asserter] = {}
    return article, _spans(sentences), tuple([_claim(article, row, known) for row in rows])


def _places(spans: Iterable[Span]) -> bytes:
    return array("I", [place for span in spans for place in (span.start, span.end)]).tobytes()


def _spans(places: bytes) -> tuple[Span, ...]:
    found = array("I", places).tolist()
    return tuple(map(Span, found[::2], found[1::2]))


def _row(*fields: Any) -> tuple[Any, ...]:
    *plain, evidence, hedge, quantities = fields
    return (
        *plain,
        evidence and (evidence.start, evidence.end),
        hedge and (hedge.start, hedge.end),
        tuple([_of_quantity(quantity) for quantity in quantities]),
    )


def _claim(article: Article, row: tuple[Any, ...], known: dict[str, Asserter]) -> Claim:
    name, quote, prefix, suffix, paragraph, kind, weight, score, reasons, start, end, who, evidence, hedge, figures = row
    if evidence is None:
        asserter = known.get(who) or known.setdefault(who, Asserter(name=who))
    else:
        asserter = Asserter(name=who, evidence=Span(*evidence))
    return Claim(
        id=name,
        article=article.id,
        span=Span(start, end),
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        paragraph=paragraph,
        kind=kind,
        weight=weight,
        score=score,
        asserter=asserter,
        hedge=hedge and Span(*hedge),
        quantities=tuple([Quantity(start=a, end=b, value=v, unit=u, text=t) for a, b, v, u, t in figures]),
        reasons=reasons,
    )
