"""The page of one claim: the best page to land on from anywhere.

Comes in: the catalogue. Goes out: one bundle of light pages, one a claim, complete without script. What a page holds is
bounded in bytes, so links beyond the first are printed shorter; none is left out, and no quote is cut. In a large corpus
pages are slim ones, see `_claim_slim`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from .. import cards
from ..catalogue import Catalogue, Related, article_address, claim_address
from ..citations import reference
from ..document import Document, bundle, head_html, shorten
from ..formatted import STYLES, formatted
from ..labels import CURATED, KIND_LABEL, KIND_SIGN, MACHINE_MADE, RELATION_LABEL, RELATION_SIGN
from ..metadata import claim_metadata
from ..model import Article, Claim, ClaimId, Page
from ._claim_html import ClaimPage, End, Group, claim_html
from ._claim_slim import slim_documents
from ._neighbourhood import neighbourhood
from ._passage import Context, context, text_fragment, web_address
from .views import concept_name

_SAFE: Final = 6000
"""Bytes of a page's own part that fit below 14 kB whatever theme and head take."""
_OWN: Final = 10_500
"""Bytes that a page's head and own part may take together; the theme’s shell takes about 3 kB more."""
_ROOM: Final = 5000
"""Bytes that other sources may take in full, where the rest of the page leaves as much."""
_FRAME: Final = 230
"""Bytes of the markup around one of them."""
_LONG: Final = 1200
"""Bytes from which a quote stands on its page once where twice are too many: for programs, too, it is the one that is shown."""
_NEAR: Final = 100
"""Code points of the words on either side of a quote that leaves no room for more."""
_SHORT: Final = 6
"""Links beyond that room which still show the beginning of their quote."""
MANY: Final = 2000
"""Above so many claims in the corpus their pages are slim: there are so many that their bytes are what a build costs."""
_BATCH: Final = 25
"""Articles whose claims stand in one bundle of a large corpus, so that two processes can share the work."""
_FORMATS: Final = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the bundles of all claim pages: one, or of a large corpus several."""
    for number in range(batches(catalogue)):
        yield from batch(catalogue, number)


def batches(catalogue: Catalogue) -> int:
    """Return how many bundles there are."""
    return -(-len(catalogue.articles) // _BATCH) if _slim(catalogue) else 1


def batch(catalogue: Catalogue, number: int) -> Iterator[Page]:
    """Give one of the bundles, counted from 0."""
    drawn = {} if _slim(catalogue) else cards.claim_cards(catalogue)
    articles = catalogue.articles[number * _BATCH : (number + 1) * _BATCH] if _slim(catalogue) else catalogue.articles
    every = chain.from_iterable(documents(catalogue, article, drawn) for article in articles)
    yield bundle(f"claims-{number:04}" if _slim(catalogue) else "claims", every, catalogue.site)


def _slim(catalogue: Catalogue) -> bool:
    return len(catalogue.claims) > MANY


def documents(
    catalogue: Catalogue, article: Article, drawn: Mapping[ClaimId, cards.Card] | None = None
) -> Iterator[Document]:
    """Give the pages of an article's claims.

    Args:
        catalogue: the corpus.
        article: the article.
        drawn: the claims that have a preview image of their own; computed where they are not given.
    """
    shared = cards.image(catalogue, cards.article_card(catalogue, article))
    if _slim(catalogue):
        yield from slim_documents(catalogue, article, shared)
        return
    claims = catalogue.claims_of(article.id)
    around = zip([None, *claims], claims, [*claims[1:], None], strict=False)
    drawn = cards.claim_cards(catalogue) if drawn is None else drawn
    for before, claim, after in around:
        page = _page(catalogue, article, claim, before, after)
        image = cards.image(catalogue, drawn[claim.id]) if claim.id in drawn else shared
        document = Document(
            address=claim_address(claim.id),
            title=_title(page),
            description=_description(page),
            body=claim_html(page),
            page_class="claim",
            **claim_metadata(catalogue, claim, image),
        )
        yield document if len(document.body) + 4 * len(claim.quote) < _SAFE else _trimmed(catalogue, page, document)


def _trimmed(catalogue: Catalogue, page: ClaimPage, document: Document) -> Document:
    """Return the page with as much beside the quote as its size allows."""
    if _excess(catalogue, document) > 0 and len(page.claim.quote.encode()) > _LONG:
        page = replace(page, itemised=True)
        data = claim_metadata(catalogue, page.claim, worded=False)["json_ld"]
        document = replace(document, body=claim_html(page), json_ld=data)
    room = _ROOM
    while (excess := _excess(catalogue, document)) > 0 and room and page.groups:
        room = max(0, room - max(excess, _FRAME))
        page = replace(page, groups=_groups(catalogue, page.claim, room))
        document = replace(document, body=claim_html(page))
    for smaller in _smaller(catalogue, page):
        if _excess(catalogue, document) <= 0:
            break
        document = replace(document, body=claim_html(smaller))
    return document


def _smaller(catalogue: Catalogue, page: ClaimPage) -> Iterator[ClaimPage]:
    """Give the page with fewer words around the quote, then without what repeats its links."""
    around = Context(before=shorten(page.context.before, _NEAR), after=shorten(page.context.after, _NEAR))
    yield (page := replace(page, context=around))
    yield (page := replace(page, groups=_groups(catalogue, page.claim, 0, short=0)))
    yield replace(page, picture="")


def _excess(catalogue: Catalogue, document: Document) -> int:
    return len(document.body.encode()) + len(head_html(document, catalogue.site).encode()) - _OWN


def _title(page: ClaimPage) -> str:
    return f"“{shorten(page.claim.quote, 64)}”"


def _description(page: ClaimPage) -> str:
    """Who, where, when, then the words: previews cut the end off."""
    dated = ", ".join(part for part in (page.article.publisher, page.article.published) if part)
    where = f"“{shorten(page.article.title, 60)}”{f' ({dated})' if dated else ''}"
    named = page.evidence or page.article.authors
    return f"{f'{page.asserter}, in' if named else 'In'} {where}: “{page.claim.quote}”"


def _page(catalogue: Catalogue, article: Article, claim: Claim, before: Claim | None, after: Claim | None) -> ClaimPage:
    ends = catalogue.related(claim.id)
    address = claim_address(claim.id)
    original = web_address(article.source_url)
    return ClaimPage(
        claim=claim,
        article=article,
        authors=_listed(article.authors),
        heading=f"Claim by {claim.asserter.name}"
        if claim.asserter.evidence or article.authors
        else "Claim of an unsigned article",
        asserter=claim.asserter.name,
        evidence=claim.asserter.evidence.of(article.text) if claim.asserter.evidence else "",
        hedge=claim.hedge.of(article.text) if claim.hedge else "",
        kind=KIND_LABEL[claim.kind],
        sign=KIND_SIGN[claim.kind],
        origin=CURATED if claim.origin == "curated" else MACHINE_MADE,
        language=article.language if article.language != catalogue.site.language else "",
        context=context(article.text, catalogue.sentences(article.id), claim),
        place=f"../../{article_address(article.id)}#{claim.id}",
        cite=original,
        fragment=text_fragment(original, article.text, claim) if original else "",
        groups=_groups(catalogue, claim, _ROOM),
        picture=neighbourhood(catalogue, ends),
        concepts=[concept_name(catalogue, concept) for concept in (*claim.topics, *claim.entities)],
        figures=[(figure.text, _number(figure.value), figure.unit) for figure in claim.quantities],
        history=catalogue.history(claim.id),
        permalink=f"../../{address}",
        permalink_text=catalogue.site.url + address,
        citations={STYLES[style]: words for style, words in formatted(reference(article, catalogue.site, claim)).items()},
        files=[(name, f"data/citations/{article.id}.{ending}") for name, ending in _FORMATS],
        previous=before,
        next=after,
    )


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.6g}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _groups(catalogue: Catalogue, claim: Claim, room: int, short: int = _SHORT) -> list[Group]:
    found: dict[tuple[str, str], list[End]] = {}
    for end in catalogue.related(claim.id):
        room -= len(end.claim.quote.encode()) + len(end.link.note.encode()) + _FRAME
        short -= room < 0
        found.setdefault((end.link.kind, _heading(claim, end)), []).append(_end(catalogue, end, room >= 0, short >= 0))
    return [
        Group(kind=kind, label=label, sign=RELATION_SIGN[kind], ends=found[kind, label])
        for kind in ("disputes", "restates", "supports", "related")
        for label in dict.fromkeys(label for other, label in found if other == kind)
    ]


def _heading(claim: Claim, end: Related) -> str:
    """Return the group's heading; support has a direction, and only the other end's is said of the other end."""
    outward = end.link.kind == "supports" and end.link.source == claim.id
    return "Supported by this claim" if outward else RELATION_LABEL[end.link.kind]


def _end(catalogue: Catalogue, end: Related, in_full: bool, in_short: bool) -> End:
    claim, link = end.claim, end.link
    if not in_full:
        return End(id=claim.id, kind=link.kind, origin=link.origin, quote=shorten(claim.quote, 60) if in_short else "")
    article = catalogue.article(claim.article)
    return End(
        id=claim.id,
        kind=link.kind,
        origin=link.origin,
        quote=claim.quote,
        asserter=claim.asserter.name,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        note=link.note,
    )
