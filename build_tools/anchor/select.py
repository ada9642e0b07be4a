"""Selectors: what is kept of a passage, and its JSON form.

Comes in: a text and a span, or JSON. Goes out: a `Selector` or JSON with the names of the W3C Web Annotation model.
It doesn't look for the passage again: `anchor` does.
"""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

from ..model import Selector, Span
from ._fit import Known, align, judge
from ._seek import regions
from ._words import index, split

NEAR_LENGTH = 32
"""Code points of prefix and suffix, as in the W3C model's examples and in Hypothesis."""
WIDE_LENGTH = 400
"""Code points of the neighbourhood kept on either side: two or three sentences."""
LOOKALIKE = 0.45
"""From here on another passage of the same text is kept as a rival. Below the floor of anchoring for a quote
in full context, so that whatever could be taken for the passage is known."""
RIVALS = 8
"""Rivals kept at most; verbatim copies first, then the most alike."""


def plain_selector(text: str, span: Span) -> Selector:
    """Describe a passage without its rivals: cheap, and enough to be stored or shown."""
    start, end = span.start, span.end
    return Selector(
        quote=text[start:end],
        prefix=text[max(0, start - NEAR_LENGTH) : start],
        suffix=text[end : end + NEAR_LENGTH],
        position=span,
        before=text[max(0, start - WIDE_LENGTH) : start],
        after=text[end : end + WIDE_LENGTH],
        length=len(text),
    )


def occurrences(quote: str, text: str, limit: int = 200) -> list[Span]:
    """Find the quote verbatim, at most `limit` times, also where copies overlap."""
    found: list[Span] = []
    at = text.find(quote)
    while at >= 0 and len(found) < limit:
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def rivals(text: str, span: Span) -> tuple[Selector, ...]:
    """Find the lookalikes of a passage in its own text."""
    quote = span.of(text)
    copies = [other for other in occurrences(quote, text) if not other.overlaps(span)]
    copies.sort(key=lambda other: (abs(other.start - span.start), other.start))
    chosen = copies[:RIVALS]
    for _, other in sorted(_lookalikes(text, span), key=lambda found: (-found[0], found[1])):
        if len(chosen) < RIVALS and not any(other.overlaps(taken) for taken in chosen):
            chosen.append(other)
    return tuple(plain_selector(text, other) for other in sorted(chosen))


def _lookalikes(text: str, span: Span) -> Iterator[tuple[float, Span]]:
    quote = span.of(text)
    wanted, words = Known(split(quote), None, None, None), index(text)
    own = bisect_left(words.ends, span.start + 1), bisect_left(words.starts, span.end)
    sides = (0, own[0]), (own[1], len(words.words))
    for window in regions(wanted.quote, words, limit=RIVALS + 2):
        for side in sides:
            if window[0] >= side[1] or window[1] <= side[0]:
                continue
            found = align(wanted, words, window, side)
            if found:
                other = Span(words.starts[found[0]], words.ends[found[1] - 1])
                alike = judge(wanted, quote, words, found, other).quote
                if alike >= LOOKALIKE:
                    yield alike, other


def selector_to_json(selector: Selector) -> dict[str, Any]:
    """Return a selector as plain JSON values; empty parts are left out.

    The names are those of the W3C Web Annotation model where it has one (`exact, prefix, suffix, start, end`),
    else our own: `before, after, length, rivals`.
    """
    row: dict[str, Any] = {"exact": selector.quote, "prefix": selector.prefix, "suffix": selector.suffix}
    if selector.position:
        row |= {"start": selector.position.start, "end": selector.position.end}
    more = {"before": selector.before, "after": selector.after, "length": selector.length}
    row |= {key: value for key, value in more.items() if value}
    if selector.rivals:
        row["rivals"] = [selector_to_json(rival) for rival in selector.rivals]
    return row


def selector_from_json(row: Mapping[str, Any]) -> Selector:
    """Read a selector from plain JSON values; of all parts only `exact` is needed.

    Raises:
        ValueError: a part is missing or of the wrong type.
    """
    quote = row.get("exact")
    if not isinstance(quote, str) or not quote:
        raise ValueError("exact: the quote is missing")
    words = {key: row.get(key, "") for key in ("prefix", "suffix", "before", "after")}
    for key, value in words.items():
        if not isinstance(value, str):
            raise ValueError(f"{key}: {value!r} is not a text")
    length, others = row.get("length", 0), row.get("rivals", [])
    if not isinstance(length, int) or length < 0 or not isinstance(others, list):
        raise ValueError("length: must be a number, and rivals a list")
    known = tuple(selector_from_json(other) for other in others)
    return Selector(quote=quote, position=_position(row), length=length, rivals=known, **words)


def _position(row: Mapping[str, Any]) -> Span | None:
    start, end = row.get("start"), row.get("end")
    if start is None and end is None:
        return None
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"start and end: {start!r} and {end!r} are not both numbers")
    return Span(start, end)
