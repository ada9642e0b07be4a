"""The search itself: where a selector made from one state of a text stands in another.

Comes in: a selector and a text. Goes out: an `Anchor`, or None rather than a guess.
It doesn't know about claims or files, keeps nothing, and never takes the best of several poor places.

In this order: the position, if the quote stands there with its context; the exact quote, if it stands nowhere
else or its context tells which; then the likeliest edited place, by quote, context and position with the named
weights of `_fit`, if it reaches a floor and leaves the runner-up behind by a margin. A place that fits a
*rival* (a lookalike that already stood in the old text) at least as well is that rival, and not the passage.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Anchor, AnchorMethod, Selector, Span
from ._changed import denied, replaced, replaced_after, replaced_before
from ._fit import NEAR_WORDS, Fit, Known, align, judge, known
from ._seek import regions
from ._words import Words, index
from .select import WIDE_LENGTH, occurrences, plain_selector, rivals

FLOOR = 0.75
"""Least score of an edited place. With full context it takes a likeness of 0.6, about half of the words: with less, it is
another sentence, whatever stands around it. With one side gone it takes 0.9."""
MARGIN = 0.08
"""By how much an edited place must beat the next one."""
COPY_MARGIN = 0.03
"""The same between verbatim copies: their quotes agree fully, so context alone makes the difference."""
COPY_CONTEXT = 0.3
"""Least agreement of the context where copies stood or stand: a little more than two unrelated texts share."""
RIVAL_MARGIN = 0.02
"""By how much a place must fit the passage better than a rival, or a rival better than the passage to claim it."""
RIVAL_WORDS = 0.005
"""By how much more alike a rival's words must be to claim a place by them alone: one word of a long sentence."""
SPACED_PLACES = 1000
"""Places tried for a quote with other white space."""
FAR = 4
"""How many times farther off the next copy must be for distance to decide."""
WHOLE = 0.9
"""From here on a side's neighbouring sentences count as unchanged."""
TELLING = 24
"""Code points from which a quote that stands once is its own proof. A shorter one needs context."""
RENAMED_CONTEXT = 0.6
"""Least agreement of the context where names or figures were replaced: a corrected figure stays in its place, a
lookalike about another country stands elsewhere (hypothesis/client#7571)."""
_OPENERS = frozenset("\"'“‘«‹„([*_")
_CLOSERS = frozenset(".!?…。！？:;,\"'”’»›)]*_")


def describe(text: str, span: Span) -> Selector:
    """Describe a passage so that it can be found again after an edit.

    Args:
        text: the whole text.
        span: the passage, in half-open code points.

    Raises:
        ValueError: the span reaches past the end of the text.
    """
    if span.end > len(text):
        raise ValueError(f"{span} reaches past the end of a text of {len(text)}")
    return replace(plain_selector(text, span), rivals=rivals(text, span))


def anchor(selector: Selector, text: str) -> Anchor | None:
    """Find a passage in a text, or return None where that would be a guess."""
    if _undisturbed(selector, text):
        return Anchor(span=_position(selector), method="position", score=1.0)
    copies = _copies(selector, text)
    if len(copies) == 1 and _telling(selector):
        return Anchor(span=copies[0], method=_method(selector, copies[0], alone=True), score=1.0)
    return _best(selector, text, copies)


def _best(selector: Selector, text: str, copies: Sequence[Span]) -> Anchor | None:
    """Judge all places and take the best, if nothing speaks against it."""
    fits = _unclaimed(selector, text, _candidates(selector, text, copies), copies)
    if fits and fits[0].span in copies:
        chosen = _chosen_copy(selector, text, [fit for fit in fits if fit.span in copies])
        method = _method(selector, chosen, alone=len(copies) == 1) if chosen else "context"
        return Anchor(span=chosen, method=method, score=1.0) if chosen else None
    if fits and _convincing(selector, text, fits):
        return Anchor(span=fits[0].span, method="fuzzy", score=round(min(fits[0].score, 0.999), 3))
    return None


def nearest(selector: Selector, text: str) -> tuple[Span, float] | None:
    """Return the likeliest place and its score, good or bad: for a message, never to anchor on."""
    fits = _candidates(selector, text, _copies(selector, text))
    return (fits[0].span, round(fits[0].score, 3)) if fits else None


def _position(selector: Selector) -> Span:
    return selector.position or Span(0, 1)


def _undisturbed(selector: Selector, text: str) -> bool:
    """Say whether the quote and all the text kept around it stand where they stood."""
    at = selector.position
    if at is None or at.of(text) != selector.quote:
        return False
    before, after = selector.before or selector.prefix, selector.after or selector.suffix
    start = at.start - len(before)
    same = start >= 0 and text[start : at.start] == before and text[at.end : at.end + len(after)] == after
    return same and (bool(before) or at.start == 0) and (bool(after) or at.end == len(text))


def _copies(selector: Selector, text: str) -> list[Span]:
    """Find the quote verbatim, or else with other white space, where it isn't part of longer words."""
    found = occurrences(selector.quote, text) or _respaced(selector.quote, text)
    return found if _cut_in_source(selector) else [span for span in found if not _cut(text, span)]


def _cut(text: str, span: Span) -> bool:
    head = span.start > 0 and text[span.start - 1].isalnum() and text[span.start].isalnum()
    return head or (span.end < len(text) and text[span.end - 1].isalnum() and text[span.end].isalnum())


def _cut_in_source(selector: Selector) -> bool:
    around = selector.prefix[-1:] + selector.quote + selector.suffix[:1]
    start = len(selector.prefix[-1:])
    return _cut(around, Span(start, start + len(selector.quote)))


def _respaced(quote: str, text: str) -> list[Span]:
    """Find the quote where only its white space differs."""
    mine, words = index(quote), index(text)
    if not mine.words:
        return []
    rare = min(range(len(mine.words)), key=lambda at: len(words.places.get(mine.words[at], ())))
    found: list[Span] = []
    for place in words.places.get(mine.words[rare], ())[:SPACED_PLACES]:
        first = place - rare
        if first >= 0 and words.words[first : first + len(mine.words)] == mine.words:
            start = _outwards(text, words.starts[first] - 1, -1, quote[: mine.starts[0]])
            end = _outwards(text, words.ends[first + len(mine.words) - 1], 1, quote[mine.ends[-1] :])
            if "".join(text[start:end].split()) == "".join(quote.split()):
                found.append(Span(start, end))
    return found


def _outwards(text: str, at: int, way: int, marks: str) -> int:
    """Step over as many signs as `marks` has, white space apart, and return the edge reached."""
    edge = at if way > 0 else at + 1
    left = len("".join(marks.split()))
    while left and 0 <= at < len(text):
        left -= not text[at].isspace()
        at += way
        edge = at if way > 0 else at + 1
    return edge


def _telling(selector: Selector) -> bool:
    """Say whether one verbatim occurrence is proof enough: a long quote that stood only once before."""
    return len(selector.quote) >= TELLING and not any(rival.quote == selector.quote for rival in selector.rivals)


def _method(selector: Selector, span: Span, *, alone: bool) -> AnchorMethod:
    return "position" if span == selector.position else "quote" if alone else "context"


def _candidates(selector: Selector, text: str, copies: Sequence[Span]) -> list[Fit]:
    """Judge the verbatim copies and the likeliest other places; best first, none overlapping a better one."""
    wanted, words = known(selector), index(text)
    fits = [judge(wanted, selector.quote, words, _word_range(words, span), span) for span in copies]
    fits += _edited(selector, wanted, words, text)
    fits.sort(key=lambda fit: (-fit.score, fit.span not in copies, fit.span))
    kept: list[Fit] = []
    for fit in fits:
        if not any(fit.span.overlaps(better.span) for better in kept):
            kept.append(fit)
    return kept


def _word_range(words: Words, span: Span) -> tuple[int, int]:
    first = bisect_left(words.ends, span.start + 1)
    return first, max(first, bisect_left(words.starts, span.end))


def _edited(selector: Selector, wanted: Known, words: Words, text: str) -> Iterator[Fit]:
    """Judge the places that share most with the quote, and those that share most with quote and context."""
    if not wanted.quote:
        return
    whole = (wanted.before or ())[-NEAR_WORDS * 2 :] + wanted.quote + (wanted.after or ())[: NEAR_WORDS * 2]
    windows = dict.fromkeys([*regions(wanted.quote, words), *regions(whole, words, limit=2)])
    for found in dict.fromkeys(align(wanted, words, window) for window in windows):
        if found is not None:
            first, last = found
            span = _with_marks(selector.quote, text, Span(words.starts[first], words.ends[last - 1]))
            yield judge(wanted, selector.quote, words, found, span)


def _with_marks(quote: str, text: str, span: Span) -> Span:
    """Take in the punctuation around the words, where the quote had some."""
    start, end = span.start, span.end
    if not quote[0].isalnum():
        while start > 0 and text[start - 1] in _OPENERS:
            start -= 1
    if not quote[-1].isalnum():
        while end < len(text) and text[end] in _CLOSERS:
            end += 1
    return Span(start, end)


def _chosen_copy(selector: Selector, text: str, fits: Sequence[Fit]) -> Span | None:
    """Choose among verbatim copies by their context, or by their order where nothing was added or lost."""
    best, ordered = fits[0], _in_order(selector, fits)
    if best.span == ordered:
        return ordered
    close = [fit for fit in fits[1:] if best.score - fit.score < COPY_MARGIN]
    if any(not _is_rival(selector, text, fit, sure=True) for fit in close):
        return ordered or _in_place(selector, [best, *close]) or _by_distance(selector, [best, *close])
    weak = best.context < COPY_CONTEXT or _is_rival(selector, text, best)
    return None if weak or _copy_claimed(selector, text, best, len(fits)) else best.span


def _copy_claimed(selector: Selector, text: str, best: Fit, count: int) -> bool:
    """Say whether copies were lost, and this one, not clearly the passage, keeps a whole side of another's context."""
    copies = [rival for rival in selector.rivals if rival.quote == selector.quote]
    if count > len(copies) or all(_whole_sides(best)):
        return False
    return any(any(_whole_sides(_judged(rival, text, best))) for rival in copies)


def _whole_sides(fit: Fit) -> tuple[bool, bool]:
    left, right = (near == 1 and wide >= WHOLE for near, wide in zip(fit.near, fit.wide, strict=True))
    return left, right


def _in_order(selector: Selector, fits: Sequence[Fit]) -> Span | None:
    """Return the copy with the number in order that the passage had, if there are as many copies as before."""
    copies = [rival.position for rival in selector.rivals if rival.quote == selector.quote and rival.position]
    if selector.position is None or len(copies) + 1 != len(fits) or not copies:
        return None
    return sorted(fit.span for fit in fits)[sum(other < selector.position for other in copies)]


def _in_place(selector: Selector, fits: Sequence[Fit]) -> Span | None:
    """Return the copy that never moved: at the old position, with all that stood on one side of it.

    The case of a paragraph pasted twice: the words of both copies are the same, and nothing before the first changed.
    """
    return next((fit.span for fit in fits if fit.span == selector.position and any(_whole_sides(fit))), None)


def _by_distance(selector: Selector, fits: Sequence[Fit]) -> Span | None:
    """Return the copy near the old position, if all others are far.

    For a bare W3C selector only, which keeps too little context to tell copies in lookalike sections apart.
    """
    if selector.length or selector.position is None:
        return None
    old = selector.position.start
    ranked = sorted((abs(fit.span.start - old), fit.span) for fit in fits)
    return ranked[0][1] if ranked[0][0] * FAR < ranked[1][0] else None


def _convincing(selector: Selector, text: str, fits: Sequence[Fit]) -> bool:
    """Say whether the best place reaches the floor and leaves behind all that aren't rivals."""
    best = fits[0]
    if best.score < FLOOR or _says_other(selector, text, best):
        return False
    close = [fit for fit in fits[1:] if best.score - fit.score < MARGIN]
    return all(_is_rival(selector, text, fit, sure=True) for fit in close)


def _says_other(selector: Selector, text: str, best: Fit) -> bool:
    """Say whether the place is the same sentence about something else, or one that says the contrary.

    A correction stays in its place and changes one name or figure; where several gave way, in the passage or the
    rest of its paragraph, another paragraph stands there.
    """
    there, then = best.span.of(text), text[best.span.end : best.span.end + 2 * WIDE_LENGTH]
    before, after = selector.before or selector.prefix, selector.after or selector.suffix
    if denied(selector.quote + _next_word(after), there + _next_word(then)):
        return True
    given = set(replaced(selector.quote, there))
    if not given or best.context < RENAMED_CONTEXT:
        return bool(given)
    earlier = text[max(0, best.span.start - 2 * WIDE_LENGTH) : best.span.start]
    return len(given.union(replaced_before(before, earlier), replaced_after(after, then))) > 1


def _next_word(text: str) -> str:
    """Return the word after a passage: where it ends early, a negation may stand there."""
    found = re.match(r"\s+\w+", text)
    return found.group() if found else ""


def _unclaimed(selector: Selector, text: str, fits: list[Fit], copies: Sequence[Span]) -> list[Fit]:
    """Leave out the best places as long as they are edited ones and those of rivals."""
    kept = list(fits)
    while kept and kept[0].span not in copies and _is_rival(selector, text, kept[0], others=fits):
        del kept[0]
    return kept


def _is_rival(selector: Selector, text: str, fit: Fit, *, sure: bool = False, others: Sequence[Fit] = ()) -> bool:
    """Say whether a lookalike of the old text fits the place as well as the passage does, or, to be sure, better.

    A place with a rival's own words is the rival's, whatever stands around it, unless the rival fits one of the
    `others` better: next to a deleted paragraph its lookalike inherits half of the context.
    """
    bar = fit.score + (RIVAL_MARGIN if sure else -RIVAL_MARGIN)
    for rival in selector.rivals:
        theirs = _judged(rival, text, fit)
        if theirs.score > bar:
            return True
        if theirs.quote > fit.quote + RIVAL_WORDS and not _at_home(rival, text, theirs, others):
            return True
    return False


def _at_home(rival: Selector, text: str, there: Fit, others: Sequence[Fit]) -> bool:
    """Say whether the rival's words stand as well in another place, in a context that is more its own."""
    places = [_judged(rival, text, other) for other in others if not other.span.overlaps(there.span)]
    return any(
        place.quote >= there.quote - RIVAL_WORDS and place.score > there.score + RIVAL_MARGIN for place in places
    )


def _judged(rival: Selector, text: str, place: Fit) -> Fit:
    """Judge a place for a rival, with the edges that suit the rival best."""
    wanted, words = known(rival), index(text)
    window = _word_range(words, place.span)
    found = align(wanted, words, window)
    if rival.quote != place.span.of(text) and found and found[0] < window[1] and window[0] < found[1]:
        span = Span(words.starts[found[0]], words.ends[found[1] - 1])
        return judge(wanted, rival.quote, words, found, _with_marks(rival.quote, text, span))
    return judge(wanted, rival.quote, words, window, place.span)
