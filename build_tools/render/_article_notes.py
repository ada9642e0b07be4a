"""What the note on a claim says in its article: facts, and what other sources say, short enough for a margin.

Comes in: a `Catalogue` and an article. Goes out: plain values, which `_article_list` prints, and the notes in the margin.
A note shows the strongest relations; the claim's own page shows all of them in full.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import labels
from ..catalogue import Catalogue, Related, article_address, claim_address
from ..document import shorten
from ..model import Article, Claim, ClaimId, ConceptId
from .views import Named, concept_name

MOST = 4
"""So many relations in a note, the strongest; the claim's own page has all of them."""
_MANY = 2000
"""Above so many claims in the corpus, notes show less: there are so many that their bytes are what a build costs."""
_MOST_OF_MANY = 2
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
    def origin(self) -> str:
        """Who marked it, as the data model says it."""
        return "curated" if self.curated else "detected"

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
    shown = related[: MOST if len(catalogue.claims) <= _MANY else _MOST_OF_MANY]
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
        topics=_names(catalogue, claim.topics),
        entities=_names(catalogue, claim.entities),
        disputed="disputes" in kinds,
        confirmed=bool(kinds & {"supports", "restates"}),
        score=claim.score,
    )


def _end(catalogue: Catalogue, end: Related) -> EndView:
    link, said = end.link, _said(catalogue, end.claim)
    return EndView(
        kind=link.kind,
        label=labels.RELATION_LABEL[link.kind],
        sign=labels.RELATION_SIGN[link.kind],
        curated=link.origin == "curated",
        why=shorten(link.note, 140) if link.note else "",
        quote=said.quote,
        who=said.who,
        source=said.source,
        published=said.published,
        address=said.address,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a note quotes of another claim, whatever relates the two."""

    quote: str
    who: str
    source: str
    published: str
    address: str


_last: list[tuple[Catalogue, dict[ClaimId, _Said], dict[ConceptId, Named]]] = []
"""What was worded for the last catalogue: a claim is quoted in many notes, a topic named in hundreds."""


def _worded(catalogue: Catalogue) -> tuple[dict[ClaimId, _Said], dict[ConceptId, Named]]:
    if not _last or _last[0][0] is not catalogue:
        _last[:] = [(catalogue, {}, {})]
    return _last[0][1:]


def _said(catalogue: Catalogue, claim: Claim) -> _Said:
    known = _worded(catalogue)[0]
    if claim.id not in known:
        article = catalogue.article(claim.article)
        known[claim.id] = _Said(
            quote=shorten(claim.quote, _QUOTE),
            who=claim.asserter.name if claim.asserter.evidence else "",
            source=shorten(article.publisher or article.title, 48),
            published=article.published,
            address=f"{article_address(claim.article)}#{claim.id}",
        )
    return known[claim.id]


def _names(catalogue: Catalogue, concepts: Sequence[ConceptId]) -> tuple[Named, ...]:
    known = _worded(catalogue)[1]
    for concept in concepts:
        if concept not in known:
            known[concept] = concept_name(catalogue, concept)
    return tuple(known[concept] for concept in concepts)


def margin(notes: Sequence[NoteView], blocks: Mapping[str, int], base: str) -> dict[int, Markup]:
    """Return the short notes on main claims that stand in the margin of a wide window, by the block they belong to.

    They repeat what the list of notes says, so they are hidden from assistive technology and out of the tab order.

    Args:
        notes: all notes of the article.
        blocks: number of the block in which each claim ends, by its id.
        base: the way up to the site's base.
    """
    found: dict[int, list[str]] = {}
    for note in notes:
        if note.main:
            found.setdefault(blocks[note.id], []).append(_margin_note(note, base))
    return {
        block: Markup(  # noqa: S704 — every word was escaped
            f'<div class="margin-notes" aria-hidden="true" data-furniture>{"".join(items)}</div>\n'
        )
        for block, items in found.items()
    }


def _margin_note(note: NoteView, base: str) -> str:
    who = f'<span class="margin-who">{escape(note.asserter)}</span>' if note.evidence else ""
    facts = [f"“{note.hedge}”" if note.hedge else "", ", ".join(topic.label for topic in note.topics[:3])]
    said = " · ".join(fact for fact in facts if fact)
    line = f'<span class="margin-facts">{escape(said)}</span>' if said else ""
    strong = [end for end in note.ends if end.kind != "related"][:_IN_MARGIN]
    ends = "".join(_margin_end(end, base) for end in strong)
    return (
        f'<div class="margin-note" data-note="{note.id}" data-kind="{note.kind}" data-origin="{note.origin}">'
        f'<b class="margin-head">{note.number} <span class="kind-sign">{note.kind_sign}</span> {note.kind_label}</b>'
        f"{who}{line}{ends}</div>"
    )


def _margin_end(end: EndView, base: str) -> str:
    return (
        f'<span class="margin-end margin-{end.kind}">{end.sign} {end.label.lower()}'
        f' <a href="{base}{end.address}" tabindex="-1">{escape(end.who or end.source)}</a>:'
        f" “{escape(shorten(end.quote, _MARGIN_QUOTE))}”</span>"
    )
