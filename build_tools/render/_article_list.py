"""The list of an article's claims with their notes, as HTML.

Comes in: notes as values (`_article_notes`). Goes out: the items of a list. Plain joins instead of a template: with a note
for every claim this is most of an article page, and joins take a fifth of the time. Every word of a source is escaped here.
"""
from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from ._article_notes import EndView, NoteView
from .templates import spoken_date


def note_list(notes: Sequence[NoteView], base: str) -> Markup:
    """Return a list item for every note.

    Args:
        notes: the notes in reading order.
        base: the way up to the site's base.
    """
    return Markup("\n".join(_note(note, base) for note in notes))  # noqa: S704 — every word was escaped


def _note(note: NoteView, base: str) -> str:
    said = f'<p class="note-said">{escape(note.note)}</p>\n' if note.note else ""
    ends = "".join(_end(end, base) for end in note.ends)
    relations = f'<ul class="relations">{ends}</ul>\n' if ends else ""
    more = f"{note.more} more, and " if note.more else ""
    return (
        f'<li class="note" id="n-{note.id}" data-kind="{note.kind}" data-weight="{"main" if note.main else "other"}"'
        f' data-origin="{note.origin}" value="{note.number}">\n'
        f'<p class="note-quote">“{escape(note.first_words)}”</p>\n{_facts(note)}{said}{relations}{_chips(note, base)}'
        f'<p class="note-links"><a role="doc-backlink" href="#r-{note.id}" aria-label="Back to claim {note.number} in the text">'
        f'↑ In the text</a> <a href="{base}{note.address}">{more}its own page <span class="claim-id">{note.id}</span></a></p>\n'
        "</li>"
    )


def _facts(note: NoteView) -> str:
    main = "<span>main claim</span>" if note.main else ""
    reported, evidence = (" reported", f": “{escape(note.evidence)}”") if note.evidence else ("", "")
    hedged = f'<span class="hedged">hedged: “{escape(note.hedge)}”</span>' if note.hedge else ""
    reasons = f": {escape(', '.join(note.reasons))}" if note.reasons else ""
    origin = "checked by a person" if note.curated else f"found by a rule{reasons}"
    return (
        f'<p class="claim-facts"><span class="kind"><span class="kind-sign" aria-hidden="true">{note.kind_sign}</span>'
        f' {note.kind_label}</span>{main}<span class="asserter{reported}">{escape(note.asserter)}{evidence}</span>{hedged}'
        f'<span class="origin-{note.origin}">{origin}</span></p>\n'
    )


def _end(end: EndView, base: str) -> str:
    detected = "" if end.curated else " relation-detected"
    who = f"{escape(end.who)}, in " if end.who else ""
    published = f", {escape(spoken_date(end.published))}" if end.published else ""
    why = f' <span class="relation-note">{escape(end.why)}</span>' if end.why else ""
    return (
        f'<li class="relation relation-{end.kind}{detected}"><b class="relation-kind"><span aria-hidden="true">{end.sign}</span>'
        f' {end.label}</b> “{escape(end.quote)}” <a href="{base}{end.address}">{who}{escape(end.source)}</a>{published}{why}</li>'
    )


def _chips(note: NoteView, base: str) -> str:
    topics = "".join(f'<a href="{base}{escape(name.address)}">{escape(name.label)}</a> ' for name in note.topics)
    entities = "".join(
        f'<a class="entity" href="{base}{escape(name.address)}">{escape(name.label)}</a> ' for name in note.entities
    )
    return f'<p class="note-chips">{topics}{entities}</p>\n' if topics or entities else ""
