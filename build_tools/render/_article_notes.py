"""What the note on a claim says in its article: facts, and what other sources say, short enough for a margin.

Comes in: a `Catalogue` and an article. Goes out: plain values for the template, and the notes that stand in the margin.
A note shows the strongest relations; the claim's own page shows all of them in full.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import labels
from ..catalogue import Catalogue, Related, article_address, claim_address
from ..document import shorten
from ..model import Article, Claim
from .views import Named, concept_name

MOST = 4
"""So many relations in a note, the strongest; the claim's own page has all of them."""
_QUOTE = 130
"""Letters of another source's quote in a note."""
_FIRST_WORDS = 90
"""Letters of its own quote in a note: the sentence itself is one key away."""
_MARGIN_QUOTE = 90
_IN_MARGIN = 2
"""Relations in a margin note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndView:
    """What another source says, in short."""

    kind: str
    label: str
    sign: str
    curated: bool
    quote: str
    who: str
    """Asserter where it is not the article's author, else the publisher or the title."""
    source: str
    published: str
    address: str
    """Of the passage in its article."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note."""

    number: int
    id: str
    address: str
    main: bool
    kind: str
    kind_label: str
    kind_sign: str
    first_words: str
    asserter: str
    evidence: str
    hedge: str
    curated: bool
    reasons: tuple[str, ...]
    note: str
    paragraph: int
    ends: tuple[EndView, ...]
    more: int
    """Relations that only the claim's own page shows."""
    topics: tuple[Named, ...]
    entities: tuple[Named, ...]
    disputed: bool
    confirmed: bool
    score: float

    @property
    def label(self) -> str:
        """Name of the link to the note: one announcement says what matters."""
        hedged = ", hedged" if self.hedge else ""
        verdicts = [word for word, holds in (("disputed", self.disputed), ("confirmed", self.confirmed)) if holds]
        verdict = f"; {' and '.join(verdicts)} by another source" if verdicts else ""
        return f"Claim {self.number}: {self.kind_label.lower()} by {self.asserter}{hedged}{verdict}"


def note_views(catalogue: Catalogue, article: Article) -> list[NoteView]:
    """Return the notes of an article in reading order, numbered from 1."""
    return [_note(catalogue, article, claim, n) for n, claim in enumerate(catalogue.claims_of(article.id), 1)]


def _note(catalogue: Catalogue, article: Article, claim: Claim, number: int) -> NoteView:
    related = catalogue.related(claim.id)
    shown = related[:MOST]
    kinds = {end.link.kind for end in related}
    evidence = claim.asserter.evidence
    return NoteView(
        number=number,
        id=claim.id,
        address=claim_address(claim.id),
        main=claim.weight == "main",
        kind=claim.kind,
        kind_label=labels.KIND_LABEL[claim.kind],
        kind_sign=labels.KIND_SIGN[claim.kind],
        first_words=shorten(claim.quote, _FIRST_WORDS),
        asserter=claim.asserter.name,
        evidence=shorten(evidence.of(article.text), 120) if evidence else "",
        hedge=shorten(claim.hedge.of(article.text), 60) if claim.hedge else "",
        curated=claim.origin == "curated",
        reasons=claim.reasons,
        note=claim.note,
        paragraph=claim.paragraph,
        ends=tuple(_end(catalogue, end) for end in shown),
        more=len(related) - len(shown),
        topics=tuple(concept_name(catalogue, concept) for concept in claim.topics),
        entities=tuple(concept_name(catalogue, concept) for concept in claim.entities),
        disputed="disputes" in kinds,
        confirmed=bool(kinds & {"supports", "restates"}),
        score=claim.score,
    )


def _end(catalogue: Catalogue, end: Related) -> EndView:
    claim = end.claim
    article = catalogue.article(claim.article)
    return EndView(
        kind=end.link.kind,
        label=labels.RELATION_LABEL[end.link.kind],
        sign=labels.RELATION_SIGN[end.link.kind],
        curated=end.link.origin == "curated",
        quote=shorten(claim.quote, _QUOTE),
        who=claim.asserter.name if claim.asserter.evidence else "",
        source=shorten(article.publisher or article.title, 48),
        published=article.published,
        address=f"{article_address(claim.article)}#{claim.id}",
        why=shorten(end.link.note, 140),
    )


def margin(notes: Sequence[NoteView], blocks: Mapping[str, int], base: str) -> dict[int, Markup]:
    """Return the short notes on main claims that stand in the margin of a wide window, by the block they belong to.

    They repeat what the list of notes says, so they are hidden from assistive technology and out of the tab order.

    Args:
        notes: all notes of the article.
        blocks: number of the block in which each claim ends, by its id.
        base: the way up to the site's base.
    """
    found: dict[int, list[Markup]] = {}
    for note in notes:
        if note.main:
            found.setdefault(blocks[note.id], []).append(_margin_note(note, base))
    frame = Markup('<div class="margin-notes" aria-hidden="true" data-furniture>{}</div>\n')
    return {block: frame.format(Markup().join(items)) for block, items in found.items()}


_MARGIN = Markup(
    '<div class="margin-note" data-note="{}" data-kind="{}" data-origin="{}">'
    '<b class="margin-head">{} <span class="kind-sign">{}</span> {}</b>{}{}{}</div>'
)
_MARGIN_END = Markup(
    '<span class="margin-end margin-{}">{} <a href="{}{}" tabindex="-1">{}</a>: “{}”</span>'
)


def _margin_note(note: NoteView, base: str) -> Markup:
    who = Markup('<span class="margin-who">{}</span>').format(note.asserter) if note.evidence else Markup()
    facts = [f"“{note.hedge}”" if note.hedge else "", ", ".join(topic.label for topic in note.topics[:3])]
    said = " · ".join(fact for fact in facts if fact)
    line = Markup('<span class="margin-facts">{}</span>').format(said) if said else Markup()
    strong = [end for end in note.ends if end.kind != "related"][:_IN_MARGIN]
    ends = Markup().join(
        _MARGIN_END.format(
            end.kind, f"{end.sign} {end.label.lower()}", base, end.address, end.who or end.source,
            shorten(end.quote, _MARGIN_QUOTE),
        )
        for end in strong
    )
    origin = "curated" if note.curated else "detected"
    head = (note.number, note.kind_sign, note.kind_label)
    return _MARGIN.format(note.id, note.kind, origin, *head, who, line, ends)
