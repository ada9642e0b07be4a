"""Curation meets detection: which claims an article has before they get their ids.

Comes in: an article, what was detected, what its sidecar says, what the ledger remembers. Goes out: a `Draft`.
A quote of the sidecar that doesn't stand in the text any more is anchored by its last good state, or reported.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ..anchor import anchor, difference, nearest
from ..detect import author_of, detect
from ..ids import fold, mint, mint_folded
from ..model import Article, Asserter, Claim, ClaimId, Selector, Span
from ..problems import Problems
from ..sidecar import CuratedClaim, Rejected, Sidecar

_CONTEXT = 32
"""Code points of prefix and suffix, as in Hypothesis' selectors."""
_ALIKE = 0.75
"""Likeness from which it is worth saying in what a passage differs from a quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A curated claim and where it was found."""

    curated: CuratedClaim
    span: Span
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article's claims with provisional ids."""

    claims: tuple[Claim, ...]
    forced: Mapping[ClaimId, ClaimId]
    """Provisional id to the id that a person wrote."""
    merged: Mapping[ClaimId, ClaimId]
    """Ids that became part of another claim, by the person's word."""
    stated: Mapping[ClaimId, str] = field(default_factory=dict)
    """Provisional id to the words of the sidecar, where the passage reads otherwise."""
    placed: tuple[Placed, ...] = ()
    rejected: tuple[Span, ...] = ()
    lost: tuple[CuratedClaim, ...] = ()
    """Curated claims whose quote was found nowhere."""


def draft(
    article: Article,
    sentences: Sequence[Span],
    detections: Sequence[Claim],
    own: Sidecar | None,
    remembered: Mapping[ClaimId, Selector],
    problems: Problems,
    stated: Mapping[str, ClaimId] | None = None,
) -> Draft:
    """Unite what was detected with what a person wrote.

    Args:
        article: the article, metadata settled.
        sentences: its sentences.
        detections: its detected claims.
        own: its sidecar, if it has one.
        remembered: selectors of its published claims, as the last build left them.
        problems: takes A01 to A04, and S-codes of words that the quote does not hold.
        stated: published claims that read otherwise than the sidecar says, by the sidecar's folded words.
    """
    if own is None:
        return Draft(claims=_minted(detections), forced={}, merged={})
    placed, lost = _place_all(article, own, _Remembered(remembered, stated or {}), problems)
    rejected = _rejections(article, own, problems)
    taken = [place.span for place in placed] + list(rejected)
    free = [claim for claim in detections if not any(claim.span.overlaps(span) for span in taken)]
    weighed = any(place.curated.weight == "main" for place in placed)
    curated = [_curated(article, place, detections, own, problems, weighed=weighed) for place in placed]
    if weighed:
        free = [replace(claim, weight="other") for claim in free]
    claims = _minted(sorted([*curated, *free], key=lambda claim: (claim.start, -claim.end)))
    ids = {place.span: place.curated.id for place in placed if place.curated.id}
    return Draft(
        claims=claims,
        forced={claim.id: ClaimId(ids[claim.span]) for claim in claims if claim.span in ids},
        merged={
            ClaimId(c.id): ClaimId(c.merged_into) for c in own.claims if c.merged_into and c.id and c.id != c.merged_into
        },
        stated=_stated(claims, placed),
        placed=tuple(placed),
        rejected=tuple(rejected),
        lost=tuple(lost),
    )


def _stated(claims: Sequence[Claim], placed: Sequence[Placed]) -> dict[ClaimId, str]:
    words = {place.span: place.curated.quote for place in placed if place.method == "fuzzy"}
    return {claim.id: words[claim.span] for claim in claims if claim.span in words and claim.origin == "curated"}


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What the last build left of an article's claims."""

    selectors: Mapping[ClaimId, Selector]
    stated: Mapping[str, ClaimId]


def find_quote(text: str, quote: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Find every place where a quote stands: to the letter but for white space and the shape of quotation marks and dashes.

    Args:
        text: the article's text.
        quote: the words looked for.
        prefix: words that must stand right before, if any.
        suffix: words that must stand right after, if any.
    """
    if not quote.split():
        return []
    found = [Span(*match.span()) for match in re.finditer(_pattern(quote), text)]
    return [
        span
        for span in found
        if fold(text[: span.start][-2 * len(prefix) - _CONTEXT :]).endswith(fold(prefix))
        and fold(text[span.end :][: 2 * len(suffix) + _CONTEXT]).startswith(fold(suffix))
    ] if prefix or suffix else found


_VARIANTS = {
    **dict.fromkeys("'‘’‚′", "['‘’‚′]"),
    **dict.fromkeys('"“”„″', '["“”„″]'),
    **dict.fromkeys("-–—−‐‑", "[-–—−‐‑]"),
}


def _pattern(quote: str) -> str:
    words = ("".join(_VARIANTS.get(sign) or re.escape(sign) for sign in word) for word in quote.split())
    return r"\s+".join(words)


def _place_all(
    article: Article, own: Sidecar, remembered: _Remembered, problems: Problems
) -> tuple[list[Placed], list[CuratedClaim]]:
    placed: list[Placed] = []
    lost: list[CuratedClaim] = []
    for curated in own.claims:
        if curated.merged_into:
            continue
        place = _place(article, own, curated, remembered, problems)
        if place is None:
            lost.append(curated)
        elif all(place.span != other.span for other in placed):
            placed.append(place)
    return placed, lost


def _place(
    article: Article, own: Sidecar, curated: CuratedClaim, remembered: _Remembered, problems: Problems
) -> Placed | None:
    spans = find_quote(article.text, curated.quote, curated.prefix, curated.suffix)
    if len(spans) == 1:
        return Placed(curated=curated, span=spans[0], method="quote")
    selector = _last_state(article, curated, remembered)
    found = anchor(selector, article.text) if selector else None
    if spans:
        if found and found.span in spans:
            return Placed(curated=curated, span=found.span, method=found.method)
        _report_ambiguous(article, own, curated, spans, problems)
        return None
    now = found.span.of(article.text) if found else ""
    if found is None or difference(curated.quote, now):  # the id may go on; a person's words don't go with other facts
        _report_lost(article, own, curated, selector, problems)
        return None
    problems.warning(
        "A02", own.file, f"the article has changed: the quote {_shown(curated.quote)} now reads {_shown(now, 400)}",
        f"if it is still the same claim, write  quote: {yaml_scalar(now)}  (or run check --fix)", line=curated.line,
    )
    return Placed(curated=curated, span=found.span, method="fuzzy")


def _last_state(article: Article, curated: CuratedClaim, remembered: _Remembered) -> Selector | None:
    """Return how the claim stood when it was last published.

    Once a changed wording is published, the ledger keeps the words of the sidecar beside it. Ledgers of old don't;
    but the claim's id may have been minted from them.
    """
    selectors, words = remembered.selectors, fold(curated.quote)
    for name in (ClaimId(curated.id or ""), remembered.stated.get(words, ClaimId(""))):
        if name in selectors:
            return selectors[name]
    same = [selector for selector in selectors.values() if fold(selector.quote) == words]
    if same:
        return same[0] if len(same) == 1 else None
    names = [name for turn in (0, 1) if (name := mint(article.id, curated.quote, turn)) in selectors]
    return selectors[names[0]] if len(names) == 1 else None


def _report_ambiguous(
    article: Article, own: Sidecar, curated: CuratedClaim, spans: Sequence[Span], problems: Problems
) -> None:
    before = _words_before(article.text, spans[0].start)
    problems.error(
        "A01", own.file, f"the quote {_shown(curated.quote)} stands {len(spans)} times in {article.file}",
        f"add the words before the one you mean, such as  prefix: {yaml_scalar(before)}", line=curated.line,
    )


def _words_before(text: str, place: int) -> str:
    """Return the whole words in the context before a place."""
    words = text[max(0, place - _CONTEXT) : place]
    return words if place <= _CONTEXT or text[place - _CONTEXT - 1].isspace() else words.partition(" ")[2] or words


def _report_lost(
    article: Article, own: Sidecar, curated: CuratedClaim, selector: Selector | None, problems: Problems
) -> None:
    wanted = selector or Selector(quote=curated.quote, position=Span(0, max(1, len(curated.quote))))
    near = nearest(wanted, article.text)
    if near is None:
        remedy = "delete the entry if the passage is gone, or copy its quote from the article anew"
    else:
        words = near[0].of(article.text)
        why = difference(curated.quote, words) if near[1] >= _ALIKE else ""
        line, likeness = f"quote: {yaml_scalar(words)}", f"the nearest passage (likeness {near[1]:.2f})"
        remedy = f"{likeness} would be  {line}" if not why else (
            f"{likeness} says something else ({why}); if your claim holds there too, write  {line}  or else delete the entry"
        )
    problems.error(
        "A03", own.file, f"the quote {_shown(curated.quote)} stands nowhere in {article.file}", remedy, line=curated.line
    )


def _rejections(article: Article, own: Sidecar, problems: Problems) -> list[Span]:
    found: list[Span] = []
    for rejected in own.rejected:
        spans = find_quote(article.text, rejected.quote, rejected.prefix, rejected.suffix)
        if not spans:
            _report_stale(article, own, rejected, problems)
        found += spans
    return found


def _report_stale(article: Article, own: Sidecar, rejected: Rejected, problems: Problems) -> None:
    problems.warning(
        "A04", own.file, f"the rejected quote {_shown(rejected.quote)} stands nowhere in {article.file}",
        "delete the entry, or copy its quote from the article anew", line=rejected.line,
    )


def _curated(
    article: Article, place: Placed, detections: Sequence[Claim], own: Sidecar, problems: Problems, *, weighed: bool
) -> Claim:
    said, span = place.curated, place.span
    same = [claim for claim in detections if claim.span == span] or detect(article, [span])
    base = next(iter(same), None)
    text = article.text
    weight = said.weight or ("other" if weighed or base is None else base.weight)
    return Claim(
        id=ClaimId(""),
        article=article.id,
        span=span,
        quote=span.of(text),
        prefix=text[max(0, span.start - _CONTEXT) : span.start],
        suffix=text[span.end : span.end + _CONTEXT],
        paragraph=_paragraph(article, span),
        kind=said.kind or (base.kind if base else "judgement"),
        weight=weight,
        score=1.0 if weight == "main" else min(base.score, 0.9) if base else 0.5,
        asserter=_asserter(article, said, span, base, own, problems),
        hedge=_hedge(article, said, span, base, own, problems),
        quantities=base.quantities if base else (),
        topics=tuple(said.topics or ()),
        entities=tuple(said.entities or ()),
        origin="curated",
        note=said.note,
        sic=tuple(found for word in said.sic if (found := _within(article, word, span))),
    )


def _paragraph(article: Article, span: Span) -> int:
    inside = (number for number, block in enumerate(article.blocks, 1) if block.span.overlaps(span))
    return next(inside, 0)


def _asserter(
    article: Article, said: CuratedClaim, span: Span, base: Claim | None, own: Sidecar, problems: Problems
) -> Asserter:
    if said.by_author:
        return author_of(article)
    if not said.asserter:
        return base.asserter if base else author_of(article)
    if not said.asserter_words:
        return Asserter(name=said.asserter, evidence=_within(article, said.asserter, span))
    block = article.blocks[_paragraph(article, span) - 1].span
    evidence = _within(article, said.asserter_words, span) or _within(article, said.asserter_words, block)
    if evidence is None:
        problems.warning(
            "A05", own.file,
            f"asserter_words {_shown(said.asserter_words)} stand neither in the quote nor in its paragraph",
            "copy them from the article, or leave them out", line=said.line,
        )
    return Asserter(name=said.asserter, evidence=evidence)


def _hedge(
    article: Article, said: CuratedClaim, span: Span, base: Claim | None, own: Sidecar, problems: Problems
) -> Span | None:
    if said.not_hedged:
        return None
    if not said.hedge:
        return base.hedge if base else None
    found = _within(article, said.hedge, span)
    if found is None:
        problems.warning(
            "A06", own.file, f"the hedge {_shown(said.hedge)} does not stand in the quote {_shown(said.quote)}",
            "copy the words from the quote, or write  hedge: none", line=said.line,
        )
    return found


def _within(article: Article, words: str, span: Span) -> Span | None:
    places = find_quote(span.of(article.text), words)
    return places[0].shift(span.start) if places else None


def _minted(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    seen: Counter[str] = Counter()
    taken: set[ClaimId] = set()
    minted: list[Claim] = []
    for claim in claims:
        folded = fold(claim.quote)
        name = mint_folded(claim.article, folded, seen[folded], taken)
        seen[folded] += 1
        taken.add(name)
        minted.append(claim if claim.id == name else changed(claim, id=name))
    return tuple(minted)


_PUT = tuple((field.name, getattr(Claim, field.name).__set__) for field in fields(Claim))


def changed(claim: Claim, **values: Any) -> Claim:
    """Return the claim with these values: as `replace` does, in less than half the time, which counts for thousands of claims."""
    found = object.__new__(Claim)
    for name, put in _PUT:
        put(found, values[name] if name in values else getattr(claim, name))
    return found


def yaml_scalar(words: str) -> str:
    """Return words as a single-quoted YAML scalar on one line."""
    return "'" + " ".join(words.split()).replace("'", "''") + "'"


def _shown(words: str, most: int = 80) -> str:
    folded = " ".join(words.split())
    return f"“{folded}”" if len(folded) <= most else f"“{folded[: most - 1]}…”"
