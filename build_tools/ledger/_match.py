"""Which published claim is which draft: one to one, by where each stands now.

Comes in: the published claims of one article, its text and its drafts. Goes out: pairs.
It doesn't mint ids or change entries: `ledger` does.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..anchor.find import anchor, describe
from ..anchor.select import NEAR_LENGTH
from ..ids import fold
from ..model import Article, Claim, ClaimId, Selector, Span
from ._file import LedgerClaim

TELLING = 24
"""Code points from which a quote that stands once before and after needs no search."""
OVERLAP = 0.5
"""Least share of two spans, of what both cover, to be the same claim: with less, another one shares more."""


class LastState(Mapping[ClaimId, Selector]):
    """The selectors of an article's published claims, each made when it is asked for.

    The ledger keeps of each claim a quote with 32 code points on either side. Together these hold nearly
    the whole of the old text, so wider neighbourhoods and lookalikes can be had without keeping it.
    """

    def __init__(self, entries: Sequence[LedgerClaim], length: int) -> None:
        """Take the claims of one article, and the length of the text in which they stood."""
        self._entries = {entry.id: entry for entry in entries}
        self._length = length
        self._text = ""

    def __getitem__(self, key: ClaimId) -> Selector:
        """Describe one claim. A retired one stood in an older text: of it only the ledger's line is known."""
        entry = self._entries[key]
        if entry.state != "live":
            return Selector(quote=entry.quote, prefix=entry.prefix, suffix=entry.suffix, position=entry.span)
        return describe(self.text, entry.span)

    def __iter__(self) -> Iterator[ClaimId]:
        """Give the ids in the ledger's order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count them."""
        return len(self._entries)

    @property
    def text(self) -> str:
        """The old text as far as the live claims tell; line feeds where they don't."""
        if not self._text:
            self._text = _patched([entry for entry in self._entries.values() if entry.state == "live"], self._length)
        return self._text


def _patched(entries: Sequence[LedgerClaim], length: int) -> str:
    end = max([length, *(entry.span.end + len(entry.suffix) for entry in entries)])
    signs = ["\n"] * end
    for entry in entries:
        start = entry.span.start - len(entry.prefix)
        known = entry.prefix + entry.quote + entry.suffix
        signs[max(0, start) : start + len(known)] = known[max(0, -start) :]
    return "".join(signs)


def matched(
    entries: Sequence[LedgerClaim], article: Article, drafts: Sequence[Claim], *, length: int, unchanged: bool
) -> dict[int, LedgerClaim]:
    """Pair drafts with published claims.

    Args:
        entries: the article's claims of the ledger, live and retired.
        article: the article as it is now.
        drafts: its claims in reading order.
        length: code points of the text in which the live entries stood.
        unchanged: whether that text is the article's.

    Returns:
        The entry of each draft that has one, by the draft's number.
    """
    live = [entry for entry in entries if entry.state == "live"]
    spans = {e.id: e.span for e in live} if unchanged else _places(live, entries, article.text, length)
    pairs = _by_span(live, spans, drafts)
    pairs |= _by_overlap(live, spans, drafts, pairs)
    if len(pairs) < len(drafts):
        pairs |= _by_order(live, drafts, pairs)
    if len(pairs) < len(drafts):
        pairs |= _revived([entry for entry in entries if entry.state == "retired"], article.text, drafts, pairs)
    return pairs


def _places(
    live: Sequence[LedgerClaim], entries: Sequence[LedgerClaim], text: str, length: int
) -> dict[ClaimId, Span]:
    """Find the live claims in a changed text; long quotes that stand once before and after need no search."""
    last = LastState(entries, length)
    found: dict[ClaimId, Span] = {}
    for entry in live:
        at = text.find(entry.quote)
        if len(entry.quote) >= TELLING and at >= 0 and _once(entry.quote, text) and _once(entry.quote, last.text):
            found[entry.id] = Span(at, at + len(entry.quote))
        elif place := anchor(last[entry.id], text):
            found[entry.id] = place.span
    return found


def _once(quote: str, text: str) -> bool:
    at = text.find(quote)
    return at >= 0 and text.find(quote, at + 1) < 0


def _by_span(
    live: Sequence[LedgerClaim], spans: Mapping[ClaimId, Span], drafts: Sequence[Claim]
) -> dict[int, LedgerClaim]:
    """Pair claims with the drafts that stand exactly where they do now, those with unchanged words first."""
    numbers = {draft.span: number for number, draft in reversed(list(enumerate(drafts)))}
    pairs: dict[int, LedgerClaim] = {}
    for entry in live:
        span = spans.get(entry.id)
        number = numbers.get(span) if span else None
        if number is not None:
            before = pairs.get(number)
            words = drafts[number].quote
            if before is None or (before.quote != words and entry.quote == words):
                pairs[number] = entry
    return pairs


def _by_overlap(
    live: Sequence[LedgerClaim],
    spans: Mapping[ClaimId, Span],
    drafts: Sequence[Claim],
    taken: Mapping[int, LedgerClaim],
) -> dict[int, LedgerClaim]:
    """Pair what is left by the best overlap of at least a half."""
    used = {entry.id for entry in taken.values()}
    free = [entry for entry in live if entry.id not in used and entry.id in spans]
    left = [number for number in range(len(drafts)) if number not in taken]
    shares = [
        (-share, number, entry.id, entry)
        for entry in free
        for number in left
        if (share := _share(spans[entry.id], drafts[number].span)) >= OVERLAP
    ]
    pairs: dict[int, LedgerClaim] = {}
    for _, number, name, entry in sorted(shares, key=lambda pair: pair[:3]):
        if number not in pairs and name not in used:
            pairs[number] = entry
            used.add(name)
    return pairs


def _share(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (max(one.end, other.end) - min(one.start, other.start)) if both > 0 else 0.0


def _by_order(
    live: Sequence[LedgerClaim], drafts: Sequence[Claim], taken: Mapping[int, LedgerClaim]
) -> dict[int, LedgerClaim]:
    """Pair claims with the same words in order, where as many drafts as published claims are left of them."""
    used = {entry.id for entry in taken.values()}
    entries: defaultdict[str, list[LedgerClaim]] = defaultdict(list)
    for entry in sorted(live, key=lambda entry: (entry.span, entry.id)):
        if entry.id not in used:
            entries[fold(entry.quote)].append(entry)
    if not entries:
        return {}
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if number not in taken:
            numbers[fold(draft.quote)].append(number)
    return {
        number: entry
        for words, some in entries.items()
        if len(some) == len(numbers.get(words, ()))
        for number, entry in zip(numbers[words], some, strict=True)
    }


def _revived(
    retired: Sequence[LedgerClaim], text: str, drafts: Sequence[Claim], taken: Mapping[int, LedgerClaim]
) -> dict[int, LedgerClaim]:
    """Pair retired claims with drafts of the same words, those in the same context first; never by likeness."""
    entries: defaultdict[str, list[LedgerClaim]] = defaultdict(list)
    for entry in retired:
        entries[entry.quote].append(entry)
    pairs: dict[int, LedgerClaim] = {}
    for number, draft in enumerate(drafts):
        some = entries.get(draft.quote) if number not in taken else None
        if some:
            best = max(some, key=lambda entry: (_sides(entry, text, draft.span), entry.span == draft.span, entry.id))
            some.remove(best)
            pairs[number] = best
    return pairs


def _sides(entry: LedgerClaim, text: str, span: Span) -> int:
    before, after = text[max(0, span.start - NEAR_LENGTH) : span.start], text[span.end : span.end + NEAR_LENGTH]
    return (before == entry.prefix) + (after == entry.suffix)
