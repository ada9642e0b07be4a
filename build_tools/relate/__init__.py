"""Finds which statements speak of the same matter.

Comes in: claims, or statements as strings. Goes out: links between claims of different articles, each pair once,
with a reason in words; or, for strings, the best matches of each. Links are never closed transitively, and
`disputes` is only said on strong evidence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Protocol, TypeVar

from ..model import Claim, Link, Match, RelationKind
from ._disputes import dispute, opposed
from ._pairs import scored, strongest
from ._scores import rank
from ._terms import Terms

__all__ = ["compare", "relate"]

_RELATED = 0.20
_RELATED_FROM_THREE = 0.15
"""Least score where at least three telling terms are shared."""
_SMALL = 500
"""Claims of a corpus in which every likeness is worth showing."""
_TENFOLD, _MOST_MORE = 0.05, 0.15
"""What ten times as many claims add to both least scores, and all that is ever added."""
_RESTATES = 0.45
_CONTAINED = 0.62
_LATER = 0.6
"""Where claims are parted for two processes: a later one is compared with more of the earlier ones."""
_Found = TypeVar("_Found")


def compare(statements: Sequence[str], others: Sequence[str]) -> list[list[Match]]:
    """Score `others` for each statement.

    What all of them share is discounted, so the score of a pair depends on the company it is in.

    Returns:
        For each statement its matches, best first, with the words they share as reasons.
    """
    terms = Terms([*statements, *others])
    found: list[list[Match]] = []
    for place, scores in enumerate(rank(statements, others)):
        ordered = sorted((-score, index) for index, score in enumerate(scores) if score > 0)
        found.append([_match(terms, place, len(statements) + index, index, -score) for score, index in ordered])
    return found


def _match(terms: Terms, one: int, other: int, index: int, score: float) -> Match:
    statement, against = terms.statements[one], terms.statements[other]
    common = terms.common(one, other)
    cosine, contained = terms.likeness(one, other), terms.contained(one, other, common)
    kind: RelationKind = "restates" if cosine >= _RESTATES and contained >= _CONTAINED else "related"
    if kind == "restates" and opposed(statement, against):
        kind = "related"
    return Match(
        index=index,
        kind=kind,
        score=round(min(1.0, score), 4),
        reasons=terms.shared(one, common),
    )


_Said = tuple[RelationKind, tuple[str, ...], str]
"""The kind of a link, its reasons and its note."""


class Both(Protocol):
    """Runs two functions."""

    def __call__(self, aside: Callable[[], _Found], here: Callable[[], _Found], /) -> tuple[_Found, _Found]:
        """Return what each returns."""


def _in_turn(aside: Callable[[], _Found], here: Callable[[], _Found], /) -> tuple[_Found, _Found]:
    return aside(), here()


def relate(claims: Sequence[Claim], both: Both = _in_turn) -> list[Link]:
    """Link claims of different articles.

    Args:
        claims: of any number of articles; order doesn't matter.
        both: runs two functions and returns what each returns; side by side, if it likes, the first in another process.

    Returns:
        Links with source id < target id, sorted; at most four a claim, the strongest first chosen.
    """
    ordered = sorted(claims, key=attrgetter("id"))
    terms = Terms([claim.quote for claim in ordered])
    more = _more(len(ordered))
    number = {article: place for place, article in enumerate(dict.fromkeys(claim.article for claim in ordered))}
    articles = [number[claim.article] for claim in ordered]  # numbers are told apart sooner than names
    compared = partial(scored, articles, terms, _RELATED_FROM_THREE + more)
    cut = int(len(ordered) * _LATER)
    pairs, others = both(partial(compared, range(cut)), partial(compared, range(cut, len(ordered))))
    kept = strongest(pairs + others, len(ordered))
    alike = _first_alike(ordered)
    spoken = [(alike[one], alike[other], score) for one, other, score in kept]
    different = sorted(set(spoken))
    half = len(different) // 2
    first, second = both(
        partial(_all_said, ordered, terms, different[:half], _RELATED + more),
        partial(_all_said, ordered, terms, different[half:], _RELATED + more),
    )
    said_of = dict(zip(different, chain(first, second), strict=True))
    return [
        Link(
            source=ordered[one].id, target=ordered[other].id, kind=said[0], score=round(score, 4), reasons=said[1], note=said[2]
        )
        for (one, other, score), pair in zip(kept, spoken, strict=True)
        if (said := said_of[pair])
    ]


def _first_alike(claims: Sequence[Claim]) -> list[int]:
    """Return for each claim the place of the first with the same words and figures: what is said of a pair of those holds for it."""
    first: dict[tuple[str, tuple[tuple[float, str, str], ...]], int] = {}
    return [
        first.setdefault((claim.quote, tuple([(q.value, q.unit, q.text) for q in claim.quantities])), place)
        for place, claim in enumerate(claims)
    ]


def _more(claims: int) -> float:
    """How much more likeness a link needs in a big corpus, where every claim finds some that are a little like it."""
    return min(_MOST_MORE, _TENFOLD * math.log10(claims / _SMALL)) if claims > _SMALL else 0.0


def _all_said(
    claims: Sequence[Claim], terms: Terms, pairs: Sequence[tuple[int, int, float]], floor: float
) -> list[_Said | None]:
    return [_said(claims, terms, pair, floor) for pair in pairs]


def _said(claims: Sequence[Claim], terms: Terms, pair: tuple[int, int, float], floor: float) -> _Said | None:
    """Name the relation and say why; None where too little is shared."""
    at, against, score = pair
    shared = terms.common(at, against)
    common = terms.telling(shared)
    things = terms.things(at, common) if len(common) > 1 else 0
    if things < 2 or (things < 3 and score < floor):
        return None
    words = terms.shared(at, common)
    contained = terms.contained(at, against, shared) if score >= _RESTATES else 0.0
    kind, reason = _kind(claims[at], claims[against], score, contained)
    if kind == "restates" and things < 3:
        kind = "related"  # a name and one word more: `Ann Lee is right about the school`
    return kind, (*words, reason) if reason else words, _note(kind, words, reason)


def _kind(one: Claim, other: Claim, score: float, contained: float) -> tuple[RelationKind, str]:
    """Say how two claims are related, and why they dispute each other, if they do."""
    if score < _RESTATES:
        return "related", ""
    reason = dispute(one.quote, other.quote, score, contained, (one.quantities, other.quantities))
    if reason:
        return "disputes", reason
    alike = contained >= _CONTAINED or _same_figure(one, other)
    return "restates" if alike and not opposed(one.quote, other.quote) else "related", ""


def _same_figure(one: Claim, other: Claim) -> bool:
    return not {(q.value, q.unit) for q in one.quantities}.isdisjoint((q.value, q.unit) for q in other.quantities)


def _note(kind: RelationKind, terms: tuple[str, ...], reason: str) -> str:
    """Say in one sentence why the two are linked."""
    matter = " and ".join(terms) if len(terms) < 3 else f"{', '.join(terms[:-1])} and {terms[-1]}"
    if kind == "disputes":
        return f"They differ on {matter}: {reason}."
    return f"Both say much the same of {matter}." if kind == "restates" else f"Both speak of {matter}."
