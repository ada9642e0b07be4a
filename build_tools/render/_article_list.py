"""The list of an article's claims with their notes, as HTML.

Comes in: notes as values (`_article_notes`). Goes out: the items of a list. Plain joins instead of a template: with a note
for every claim this is most of an article page, and joins take a fifth of the time. Every word of a source is escaped here.
"""
from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from ..document import shorten
from ..labels import KIND_LABEL, KIND_SIGN, RELATION_LABEL, RELATION_SIGN
from ..model import Claim, Origin
from ._article_notes import EndView, NoteView
from ._pieces import BASE, Pieces, safe, safe_name

_KIND: Final = {
    kind: f'<span class="kind"><span class="kind-sign" aria-hidden="true">{KIND_SIGN[kind]}</span> {label}</span>'
    for kind, label in KIND_LABEL.items()
}
_RELATION: Final = {
    (kind, origin): f'<li class="relation relation-{kind}{found}"><b class="relation-kind">'
    f'<span aria-hidden="true">{RELATION_SIGN[kind]}</span> {label}</b> '
    for kind, label in RELATION_LABEL.items()
    for origin, found in (("curated", ""), ("detected", " relation-detected"))
}
_WHY: Final = 140
"""Code points of the reason for a link."""


def note_list(notes: Sequence[NoteView], known: Pieces) -> Markup:
    """Return a list item for every note.

    Args:
        notes: the notes in reading order.
        known: links to topics and names.
    """
    return Markup("\n".join([_note(note, known) for note in notes]))  # noqa: S704 — every word was escaped


def _note(note: NoteView, known: Pieces) -> str:
    claim, number = note.claim, note.number
    said = f'<p class="note-said">{safe(claim.note)}</p>\n' if claim.note else ""
    ends = "".join([_end(end) for end in note.ends])
    relations = f'<ul class="relations">{ends}</ul>\n' if ends else ""
    own = f"{note.more} more, and its own page" if note.more else "Its own page"
    return (
        f'<li class="note" id="n-{claim.id}" data-kind="{claim.kind}" data-weight="{claim.weight}"'
        f' data-origin="{claim.origin}" data-ends="{len(note.ends)}" value="{number}">\n'
        f'<p class="note-quote">“{safe(note.first_words)}”</p>\n{_facts(note)}{said}{relations}{_chips(claim, known)}'
        f'<p class="note-links"><a role="doc-backlink" href="#r-{claim.id}" aria-label="Back to claim {number} in the text">'
        f'↑ In the text</a> <a href="{BASE}claims/{claim.id}/">{own} <span class="claim-id">{claim.id}</span></a></p>\n'
        "</li>"
    )


def _facts(note: NoteView) -> str:
    claim = note.claim
    main = " <span>main claim</span>" if claim.weight == "main" else ""
    reported, evidence = (" reported", f": “{safe(note.evidence)}”") if note.evidence else ("", "")
    hedged = f' <span class="hedged">hedged: “{safe(note.hedge)}”</span>' if note.hedge else ""
    return (
        f'<p class="claim-facts">{_KIND[claim.kind]}{main} '
        f'<span class="asserter{reported}">{safe_name(claim.asserter.name)}{evidence}</span>{hedged}'
        f" {_origin(claim.origin, claim.reasons)}</p>\n"
    )


@lru_cache(maxsize=4096)
def _origin(origin: Origin, reasons: Sequence[str]) -> str:
    why = f": {safe(', '.join(reasons))}" if reasons else ""
    found = "checked by a person" if origin == "curated" else f"found by a rule{why}"
    return f'<span class="origin-{origin}">{found}</span>'


def _end(end: EndView) -> str:
    link = end.link
    why = f' <span class="relation-note">{safe(shorten(link.note, _WHY))}</span>' if link.note else ""
    return f"{_RELATION[link.kind, link.origin]}{end.said.line}{why}</li>"


def _chips(claim: Claim, known: Pieces) -> str:
    if not claim.topics and not claim.entities:
        return ""
    topics = "".join([f"{known.concept(topic)} " for topic in claim.topics])
    entities = "".join([f"{known.entity(entity)} " for entity in claim.entities])
    return f'<p class="note-chips">{topics}{entities}</p>\n'
