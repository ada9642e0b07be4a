"""The annotated article: the text with its claims marked, and a note for every claim.

Comes in: a `Catalogue`. Goes out: one `Page` an article, complete without script. The text is cut and marked in
`_article_text`, notes are worded in `_article_notes` and printed in `_article_list`;
pictures and counts are made in `_article_facts`.
"""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from ..catalogue import Catalogue, article_address
from ..document import Document, bundle, markdown_page, shorten
from ..labels import spoken_date
from ..metadata import article_metadata
from ..model import Article, Claim, Page
from ._article_facts import lanes, outline, standing
from ._article_list import note_list
from ._article_notes import NoteView, margin, note_views
from ._article_text import Furniture, Marked, article_text
from ._pieces import BASE, pieces
from .templates import template

THROUGH_ENGINE = 100
"""Above so many articles, their pages take the theme from its shell: an engine needs 8 ms for what the shell does in one."""
_BATCH = 25


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give a page for every article; the engine sees them one by one, but those of a large corpus in bundles."""
    for number in range(batches(catalogue)):
        yield from batch(catalogue, number)


def batches(catalogue: Catalogue) -> int:
    """Return in how many parts the pages can be made."""
    return -(-len(catalogue.articles) // _BATCH)


def batch(catalogue: Catalogue, number: int) -> Iterator[Page]:
    """Give the pages of one part, counted from 0."""
    documents = (document(catalogue, one) for one in catalogue.articles[number * _BATCH : (number + 1) * _BATCH])
    if len(catalogue.articles) > THROUGH_ENGINE:
        yield bundle(f"articles-{number:04}", documents, catalogue.site)
    else:
        yield from (markdown_page(one, catalogue.site) for one in documents)


def document(catalogue: Catalogue, article: Article) -> Document:
    """Return the page of one article."""
    claims = catalogue.claims_of(article.id)
    notes = note_views(catalogue, article)
    counts = standing(catalogue, article)
    head = Markup(  # noqa: S704 — the template escapes
        template("_article_head.html.j2").render(_about(catalogue, article), counts=counts)
    )
    every, by_kind = lanes(article, claims)
    furniture = Furniture(after_title=head, margin=_margin(catalogue, article, claims, notes))
    body = template("article.html.j2").render(
        base=BASE,
        article=article,
        titled=any(block.kind == "title" for block in article.blocks),
        head=head,
        text=article_text(article, _marked(claims, notes), furniture),
        notes=len(notes),
        note_list=note_list(notes, pieces(catalogue)),
        main=sum(claim.weight == "main" for claim in claims),
        outline=outline(article, claims),
        lanes=by_kind,
        strip=every,
        standing=counts,
        site_url=catalogue.site.url,
    )
    return Document(
        address=article_address(article.id),
        title=article.title,
        description=_description(article, claims),
        body=body,
        page_class="article",
        **article_metadata(catalogue, article),
    )


def _marked(claims: Sequence[Claim], notes: Sequence[NoteView]) -> list[Marked]:
    return [
        Marked(claim=claim, number=note.number, label=note.label, disputed=note.disputed)
        for claim, note in zip(claims, notes, strict=True)
    ]


def _margin(
    catalogue: Catalogue, article: Article, claims: Sequence[Claim], notes: Sequence[NoteView]
) -> dict[int, Markup]:
    ends: dict[str, int] = {}
    blocks, place = [block.span.end for block in article.blocks[:-1]], 0
    for end, name in sorted([(claim.span.end, claim.id) for claim in claims if claim.weight == "main"]):
        while place < len(blocks) and blocks[place] < end:
            place += 1
        ends[name] = place + 1
    return margin(catalogue, notes, ends)


def _about(catalogue: Catalogue, article: Article) -> Mapping[str, object]:
    """Return what the head of the page says of the article."""
    return {
        "article": article,
        "rights": article.rights or catalogue.site.rights_default,
        "stated": bool(article.rights),
        "contact": catalogue.site.contact,
        "cite": _citation(article),
        "claims": len(catalogue.claims_of(article.id)),
    }


def _citation(article: Article) -> str:
    names = article.authors
    who = names[0] if len(names) == 1 else " and ".join((", ".join(names[:-1]), names[-1])) if names else ""
    stop = "" if article.title.endswith(("?", "!", ".")) else "."
    parts = [f"{who.removesuffix('.')}." if who else "", f"“{article.title}{stop}”"]
    parts.append(", ".join(part for part in (article.publisher, spoken_date(article.published)) if part))
    return " ".join(part for part in parts if part) + "." + (f" {article.source_url}" if article.source_url else "")


def _description(article: Article, claims: Sequence[Claim]) -> str:
    """Say who wrote it and what it claims first."""
    who = ", ".join(part for part in (" and ".join(article.authors), article.publisher) if part)
    first = next((claim for claim in claims if claim.weight == "main"), None)
    said = f"“{shorten(first.quote, 120)}”" if first else ""
    return f"{f'{who}: ' if who else ''}{said or article.title}"
