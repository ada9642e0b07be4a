"""Pages of old addresses: claims that were retired or merged, articles that were renamed or taken out.

Comes in: what the ledger remembers. Goes out: one bundle of light pages that say what happened and where to go. Search
engines are asked to leave them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import cards
from ..catalogue import Catalogue, article_address, claim_address, compare_address
from ..document import Document, bundle, shorten
from ..model import ArticleId, Claim, Page, Tombstone
from ._pairs import ALL_PAIRS
from .templates import template
from .views import Named, article_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What such a page says."""

    heading: str
    words: str
    quote: str = ""
    since: str = ""
    to: Named | None = None
    moved: bool = False
    """Whether the way on is the same thing at a new address."""
    instead: str = ""
    """Words of the claim that took its place."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the bundle of all old addresses."""
    yield bundle("tombstones", _documents(catalogue), catalogue.site)


def _documents(catalogue: Catalogue) -> Iterator[Document]:
    standing = {claim.id for claim in catalogue.claims}
    for stone in catalogue.corpus.tombstones:
        if stone.id not in standing:
            yield _document(
                catalogue, claim_address(stone.id), f"“{shorten(stone.quote, 64)}”", _claim(catalogue, stone)
            )
    for old, article in sorted(catalogue.corpus.article_aliases.items()):
        named = article_name(catalogue.article(article))
        gone = Gone(
            heading="This article has a new address", words=f"“{named.label}” now stands here:", to=named, moved=True
        )
        yield _document(catalogue, article_address(old), named.label, gone)
    for article, title in sorted(catalogue.corpus.gone_articles.items()):
        words = f"“{title}” is no longer published here. The pages of its claims stay, and say so."
        yield _document(
            catalogue, article_address(article), title, Gone(heading="This article was taken out", words=words)
        )
    yield from _comparisons(catalogue)


def _comparisons(catalogue: Catalogue) -> Iterator[Document]:
    """Give the pages on which articles stood beside one that is gone, where every two had such a page."""
    gone = sorted(catalogue.corpus.gone_articles.items())
    if len(catalogue.articles) > ALL_PAIRS:
        return
    for place, (article, title) in enumerate(gone):
        others = [(one.id, one.title) for one in catalogue.articles] + gone[:place]
        for other, name in others:
            words = f"“{title}” is no longer published here, so it is not compared with “{name}” any more."
            yield _document(
                catalogue, compare_address(article, other), title, Gone(heading="This comparison was taken out", words=words)
            )


def _document(catalogue: Catalogue, address: str, title: str, gone: Gone) -> Document:
    return Document(
        address=address,
        title=title,
        description=gone.words,
        body=template("gone.html.j2").render(gone=gone),
        index=False,
        image=cards.image(catalogue, None),
        page_class="gone",
    )


def _claim(catalogue: Catalogue, stone: Tombstone) -> Gone:
    if other := _heir(catalogue, stone):
        return Gone(
            heading="This claim became part of another",
            words=f"It stood in “{stone.title}” and was merged into this claim:",
            quote=stone.quote,
            since=stone.since,
            instead=other.quote,
            to=Named(id=other.id, label=f"Claim {other.id}", address=claim_address(other.id)),
        )
    return Gone(
        heading="This claim no longer stands in its article",
        words=f"It was published from “{stone.title}” with the words above. They were changed or taken out, and no "
        "other passage is surely the same.",
        quote=stone.quote,
        since=stone.since,
        to=_article(catalogue, stone.article),
    )


def _heir(catalogue: Catalogue, stone: Tombstone) -> Claim | None:
    """Return the claim that a merged one ended in, over as many mergers as there were."""
    stones = {one.id: one for one in catalogue.corpus.tombstones}
    seen = {stone.id}
    ahead = stone.merged_into
    while ahead in stones and ahead not in seen:
        seen.add(ahead)
        ahead = stones[ahead].merged_into
    return next((claim for claim in catalogue.claims if claim.id == ahead), None)


def _article(catalogue: Catalogue, article: ArticleId) -> Named | None:
    current = catalogue.corpus.article_aliases.get(article, article)
    known = {one.id: one for one in catalogue.articles}
    return article_name(known[current]) if current in known else None
