"""Pages of old addresses: claims that were retired or merged, articles, topics and names that were renamed or taken out.

Comes in: what the ledger remembers. Goes out: one bundle of light pages that say what happened and where to go. Search
engines are asked to leave them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .. import cards
from ..catalogue import Catalogue, article_address, claim_address, compare_address
from ..document import Document, bundle, shorten
from ..model import Article, ArticleId, Claim, ClaimId, GoneConcept, Page, Tombstone
from ._pairs import given_up
from .templates import template
from .views import Named, article_name, concept_name

_SOME = 64
"""Code points of a withdrawn claim in a title, and on the page where its article may only be shown in excerpts."""


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
    ways: tuple[Named, ...] = ()
    """Where else a reader may look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What stands, and what stood, by id."""

    articles: Mapping[ArticleId, Article]
    claims: Mapping[ClaimId, Claim]
    stones: Mapping[ClaimId, Tombstone]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the bundle of all old addresses."""
    yield bundle("tombstones", _documents(catalogue), catalogue.site)


def _documents(catalogue: Catalogue) -> Iterator[Document]:
    known = _Known(
        articles={article.id: article for article in catalogue.articles},
        claims={claim.id: claim for claim in catalogue.claims},
        stones={stone.id: stone for stone in catalogue.corpus.tombstones},
    )
    for stone in catalogue.corpus.tombstones:
        if stone.id not in known.claims:
            yield _document(
                catalogue, claim_address(stone.id), f"“{shorten(stone.quote, _SOME)}”", _claim(catalogue, known, stone)
            )
    yield from _articles(catalogue)
    for concept in catalogue.corpus.gone_concepts:
        yield _document(catalogue, concept.address, concept.label, _concept(catalogue, concept))
    yield from _comparisons(catalogue)


def _articles(catalogue: Catalogue) -> Iterator[Document]:
    """Give the pages of articles that have another address now, or none."""
    gone = catalogue.corpus.gone_articles
    for old, article in sorted(catalogue.corpus.article_aliases.items()):
        if article in gone:
            yield _document(catalogue, article_address(old), gone[article], _taken_out(gone[article]))
            continue
        named = article_name(catalogue.article(article))
        moved = Gone(
            heading="This article has a new address", words=f"“{named.label}” now stands here:", to=named, moved=True
        )
        yield _document(catalogue, article_address(old), named.label, moved)
    for article, title in sorted(gone.items()):
        yield _document(catalogue, article_address(article), title, _taken_out(title))


def _taken_out(title: str) -> Gone:
    words = f"“{title}” is no longer published here. The pages of its claims stay, and say so."
    return Gone(heading="This article was taken out", words=words)


def _concept(catalogue: Catalogue, concept: GoneConcept) -> Gone:
    topic = concept.address.startswith("topics/")
    what, index = ("topic", Named(id="topics", label="All topics", address="topics/")) if topic else (
        "name", Named(id="entities", label="All people, organisations, products", address="entities/")
    )
    ways = (index, Named(id="a-z", label="Index from A to Z", address="a-z/"))
    if concept.heir is None:
        words = f"“{concept.label}” had a page here. It is no longer kept as a {what} of its own."
        return Gone(heading=f"This {what} is no longer kept", words=words, since=concept.since, ways=ways)
    heir = concept_name(catalogue, concept.heir)
    if heir.label.casefold() == concept.label.casefold():
        words = f"“{concept.label}” now stands here:"
        return Gone(heading=f"This {what} has a new address", words=words, to=heir, moved=True, ways=ways)
    words = f"What was kept under “{concept.label}” now stands under another {what}:"
    return Gone(heading=f"This {what} has another name now", words=words, to=heir, moved=True, ways=ways)


def _comparisons(catalogue: Catalogue) -> Iterator[Document]:
    """Give the pages on which two articles stood side by side and do no longer."""
    gone = catalogue.corpus.gone_articles
    living = {article.id: article for article in catalogue.articles}
    for pair in given_up(catalogue.corpus):
        titles = [gone.get(one) or (living[one].title if one in living else one) for one in pair]
        here = tuple(article_name(living[one]) for one in pair if one in living)
        ways = (*here, Named(id="compare", label="All comparisons", address="compare/"))
        if len(here) == len(pair):
            words = f"“{titles[0]}” and “{titles[1]}” are no longer compared on a page of their own."
            page = Gone(heading="This comparison is no longer kept", words=words, ways=ways)
        else:
            lost, other = (titles[0], titles[1]) if pair[0] not in living else (titles[1], titles[0])
            words = f"“{lost}” is no longer published here, so it is not compared with “{other}” any more."
            page = Gone(heading="This comparison was taken out", words=words, ways=ways)
        yield _document(catalogue, compare_address(*pair), titles[0], page)


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


def _claim(catalogue: Catalogue, known: _Known, stone: Tombstone) -> Gone:
    article = known.articles.get(catalogue.corpus.article_aliases.get(stone.article, stone.article))
    rights = (article.rights if article else "") or catalogue.site.rights_default
    quote = stone.quote if rights == "full" else shorten(stone.quote, _SOME)  # withdrawn excerpts must not add up to the text
    if other := _heir(known, stone):
        return Gone(
            heading="This claim became part of another",
            words=f"It stood in “{stone.title}” and was merged into this claim:",
            quote=quote,
            since=stone.since,
            instead=other.quote,
            to=Named(id=other.id, label=f"Claim {other.id}", address=claim_address(other.id)),
        )
    return Gone(
        heading="This claim no longer stands in its article",
        words=f"It was published from “{stone.title}” with the words above. They were changed or taken out, and no "
        "other passage is surely the same.",
        quote=quote,
        since=stone.since,
        to=article_name(article) if article else None,
    )


def _heir(known: _Known, stone: Tombstone) -> Claim | None:
    """Return the claim that a merged one ended in, over as many mergers as there were."""
    seen = {stone.id}
    ahead = stone.merged_into
    while ahead and ahead in known.stones and ahead not in seen:
        seen.add(ahead)
        ahead = known.stones[ahead].merged_into
    return known.claims.get(ahead) if ahead else None
