"""What the note on a claim says in its article: facts, and what other sources say, short enough for a margin.

Comes in: a `Catalogue` and an article. Goes out: plain values, which `_article_list` prints, and the notes in the margin.
A note shows the strongest relations; the claim's own page shows all of them in full.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue, Related, article_address
from ..document import shorten
from ..model import Article, Claim, ClaimId, Link
from ._pieces import BASE, safe, safe_name

MOST = 4
"""So many relations in a note, the strongest; the claim's own page has all of them."""
_MANY = 2000
"""Above so many claims in the corpus, notes show less: there are so many that their bytes are what a build costs."""
_MOST_OF_MANY = 2
_SOURCE = 48
"""Letters of its publisher or title."""
_QUOTE = 130
"""Letters of another source's quote in a note."""
_FIRST_WORDS = 90
"""Letters of its own quote in a note: the sentence itself is one key away."""
_MARGIN_QUOTE = 90
_IN_MARGIN = 2
"""Relations in a margin note."""
_CONFIRM = ("supports", "restates")
_KIND = {kind: label.lower() for kind, label in labels.KIND_LABEL.items()}


class Said(NamedTuple):
    """What a note quotes of another claim, whatever relates the two, as markup."""

    line: str
    """Quote, link and date."""
    who: str
    """Asserter where it is not the article's author, else the publisher or the title."""
    address: str
    """Of the passage in its article."""


class EndView(NamedTuple):
    """What another source says, in short."""

    claim: Claim
    link: Link
    said: Said


class NoteView(NamedTuple):
    """A note; what its claim says of itself is said there."""

    claim: Claim
    number: int
    evidence: str
    hedge: str
    ends: Sequence[EndView]
    more: int
    """Relations that only the claim's own page shows."""
    disputed: bool
    confirmed: bool

    @property
    def first_words(self) -> str:
        """The beginning of the quote."""
        return shorten(self.claim.quote, _FIRST_WORDS)

    @property
    def label(self) -> str:
        """Name of the link to the note: one announcement says what matters."""
        hedged = ", hedged" if self.hedge else ""
        verdicts = [word for word, holds in (("disputed", self.disputed), ("confirmed", self.confirmed)) if holds]
        verdict = f"; {' and '.join(verdicts)} by another source" if verdicts else ""
        return f"Claim {self.number}: {_KIND[self.claim.kind]} by {self.claim.asserter.name}{hedged}{verdict}"


def note_views(catalogue: Catalogue, article: Article) -> list[NoteView]:
    """Return the notes of an article in reading order, numbered from 1."""
    most = MOST if len(catalogue.claims) <= _MANY else _MOST_OF_MANY
    text, said = article.text, _worded(catalogue).said
    return [
        _note(claim, number, text, catalogue.related(claim.id), most, said)
        for number, claim in enumerate(catalogue.claims_of(article.id), 1)
    ]


def _note(
    claim: Claim, number: int, text: str, related: Sequence[Related], most: int, said: Callable[[Claim], Said]
) -> NoteView:
    kinds = {end.link.kind for end in related}
    evidence, hedge = claim.asserter.evidence, claim.hedge
    return NoteView(
        claim,
        number,
        shorten(evidence.of(text), 120) if evidence else "",
        shorten(hedge.of(text), 60) if hedge else "",
        [EndView(end.claim, end.link, said(end.claim)) for end in related[:most]],
        max(0, len(related) - most),
        "disputes" in kinds,
        not kinds.isdisjoint(_CONFIRM),
    )


class _Worded:
    """What was worded for a catalogue: a claim is quoted in many notes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._said: dict[ClaimId, Said] = {}

    def said(self, claim: Claim) -> Said:
        """Return what notes quote of a claim."""
        found = self._said.get(claim.id)
        if found is None:
            found = self._said[claim.id] = self._say(claim)
        return found

    def _say(self, claim: Claim) -> Said:
        article = self.catalogue.article(claim.article)
        who = safe_name(claim.asserter.name) if claim.asserter.evidence else ""
        source = _source(article.publisher or article.title)
        address = f"{article_address(claim.article)}#{claim.id}"
        named = f"{who}, in {source}" if who else source
        line = f'“{safe(shorten(claim.quote, _QUOTE))}” <a href="{BASE}{address}">{named}</a>{_dated(article.published)}'
        return Said(line, who or source, address)


@lru_cache(maxsize=4096)
def _source(name: str) -> str:
    return safe(shorten(name, _SOURCE))


@lru_cache(maxsize=4096)
def _dated(iso: str) -> str:
    return f", {safe(labels.spoken_date(iso))}" if iso else ""


_last: list[_Worded] = []


def _worded(catalogue: Catalogue) -> _Worded:
    if not _last or _last[0].catalogue is not catalogue:
        _last[:] = [_Worded(catalogue)]
    return _last[0]


def margin(catalogue: Catalogue, notes: Sequence[NoteView], blocks: Mapping[str, int]) -> dict[int, Markup]:
    """Return the short notes on main claims that stand in the margin of a wide window, by the block they belong to.

    They repeat what the list of notes says, so they are hidden from assistive technology and out of the tab order.

    Args:
        catalogue: the corpus.
        notes: all notes of the article.
        blocks: number of the block in which each claim ends, by its id.
    """
    found: dict[int, list[str]] = {}
    for note in notes:
        if note.claim.weight == "main":
            found.setdefault(blocks[note.claim.id], []).append(_margin_note(catalogue, note))
    return {
        block: Markup(  # noqa: S704 — every word was escaped
            f'<div class="margin-notes" aria-hidden="true" data-furniture>{"".join(items)}</div>\n'
        )
        for block, items in found.items()
    }


def _margin_note(catalogue: Catalogue, note: NoteView) -> str:
    claim = note.claim
    who = f'<span class="margin-who">{safe(claim.asserter.name)}</span>' if note.evidence else ""
    facts = [f"“{note.hedge}”" if note.hedge else "", ", ".join(catalogue.concept(topic).pref_label for topic in claim.topics[:3])]
    said = " · ".join(fact for fact in facts if fact)
    line = f'<span class="margin-facts">{safe(said)}</span>' if said else ""
    strong = [end for end in note.ends if end.link.kind != "related"][:_IN_MARGIN]
    ends = "".join([_margin_end(end) for end in strong])
    return (
        f'<div class="margin-note" data-note="{claim.id}" data-kind="{claim.kind}" data-origin="{claim.origin}">'
        f'<b class="margin-head">{note.number} <span class="kind-sign">{labels.KIND_SIGN[claim.kind]}</span>'
        f" {labels.KIND_LABEL[claim.kind]}</b>{who}{line}{ends}</div>"
    )


def _margin_end(end: EndView) -> str:
    link = end.link
    quote = safe(shorten(shorten(end.claim.quote, _QUOTE), _MARGIN_QUOTE))
    return (
        f'<span class="margin-end margin-{link.kind}"><b>{labels.RELATION_SIGN[link.kind]} {labels.RELATION_LABEL[link.kind].lower()}</b>'
        f' <a href="{BASE}{end.said.address}" tabindex="-1">{end.said.who}</a>:'
        f" “{quote}”</span>"
    )
