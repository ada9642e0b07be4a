"""What a page tells readers' tools about itself: citation tags, Dublin Core, JSON-LD, the preview image.

Comes in: the catalogue and what the page shows. Goes out: keyword arguments for `Document`. An article page describes
the original, so that a reference manager captures that one. Writes no HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypedDict

from . import cards
from .catalogue import Catalogue, article_address, claim_address, concept_address
from .document import Image
from .model import Article, Claim, Concept

SCHEMA: Final = "https://schema.org"
_BODY_TYPES: Final = {"person": "Person", "organisation": "Organization"}
_PARTS: Final = 12
"""Main claims that an article's JSON-LD names; the rest are in the data."""


class Metadata(TypedDict):
    """The arguments of `Document` that this module answers for."""

    kind: str
    index: bool
    image: Image | None
    meta: Sequence[tuple[str, str]]
    links: Sequence[tuple[str, str, str]]
    json_ld: Sequence[Mapping[str, object]]


def article_metadata(catalogue: Catalogue, article: Article) -> Metadata:
    """Return what an article's page says of itself: the original's author, title, date and address first of all."""
    address = article_address(article.id)
    return Metadata(
        kind="article",
        index=article_indexable(catalogue, article),
        image=cards.image(catalogue, cards.article_card(catalogue, article)),
        meta=tuple(_citation(article)),
        links=(
            ("alternate", "text/plain", f"{address}text.txt"),
            ("alternate", "application/ld+json", f"data/annotations/{article.id}.jsonld"),
        ),
        json_ld=(
            _article_ld(catalogue, article),
            _trail(catalogue, ("Articles", "articles/"), (article.title, address)),
        ),
    )


def claim_metadata(
    catalogue: Catalogue, claim: Claim, image: Image | None = None, *, brief: bool = False, worded: bool = True
) -> Metadata:
    """Return what a claim's page says of itself.

    Args:
        catalogue: the corpus.
        claim: the claim.
        image: its own preview image, or its article's.
        brief: whether to say only that it is a claim and in which article; reference managers are sent to that one.
        worded: whether JSON-LD gives the quote, to the letter; otherwise it names the file that holds it, and gives no part.
    """
    article = catalogue.article(claim.article)
    if brief:
        shown = {"@type": "Article", "@id": _iri(catalogue, article_address(article.id))}
        named = {"@type": "Claim", "@id": _iri(catalogue, claim_address(claim.id)), "appearance": shown}
        return Metadata(
            kind="article",
            index=claim_indexable(catalogue, claim),
            image=image,
            meta=(),
            links=(),
            json_ld=({"@context": SCHEMA, **named},),
        )
    return Metadata(
        kind="article",
        index=claim_indexable(catalogue, claim),
        image=image,
        meta=tuple(_citation(article)),
        links=(),
        json_ld=(_claim_ld(catalogue, claim, article, worded=worded),),
    )


def topic_metadata(catalogue: Catalogue, concept: Concept) -> Metadata:
    """Return what the page of a topic or an entity says of itself."""
    folder = ("Topics", "topics/") if concept.kind == "topic" else ("Names", "a-z/")
    term = {"@context": SCHEMA, **_term(catalogue, concept)}
    if concept.scope_note:
        term["description"] = concept.scope_note
    if concept.alt_labels:
        term["alternateName"] = list(concept.alt_labels)
    return Metadata(
        kind="website",
        index=True,
        image=cards.image(catalogue, None),
        meta=(),
        links=(("alternate", "application/ld+json", "data/topics.jsonld"),),
        json_ld=(term, _trail(catalogue, folder, (concept.pref_label, concept_address(concept)))),
    )


def article_indexable(catalogue: Catalogue, article: Article) -> bool:
    """Say whether search engines may list an article: its full text only where the right to show it is stated.

    An article in excerpts shows our selection and no more than quotations, so it may be listed.
    """
    return article.rights == "full" or (article.rights or catalogue.site.rights_default) == "excerpt"


def claim_indexable(catalogue: Catalogue, claim: Claim) -> bool:
    """Say whether a claim's page holds more than the quote: other sources, or a curator's note."""
    return bool(claim.note or catalogue.related(claim.id))


def _citation(article: Article) -> Iterator[tuple[str, str]]:
    """Highwire tags and Dublin Core of the original, as Zotero's "Embedded Metadata" translator reads them."""
    yield "citation_title", article.title
    for author in article.authors:
        yield "citation_author", _one_author(author)
    pairs = (
        ("citation_publication_date", article.published.replace("-", "/")),
        ("citation_publisher", article.publisher),
        ("citation_public_url", article.source_url),
        ("citation_language", article.language),
        ("DC.type", "Text"),
        ("DC.rights", article.rights_note),
    )
    yield from (pair for pair in pairs if pair[1])


def _one_author(name: str) -> str:
    """Return a name that is read as one: Zotero takes two words on either side of a comma for two authors."""
    family, _, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}" if " " in family and " " in given and "," not in given else name


def _article_ld(catalogue: Catalogue, article: Article) -> dict[str, object]:
    found: dict[str, object] = {
        "@context": SCHEMA,
        "@type": "Article",
        "@id": _iri(catalogue, article_address(article.id)),
        "headline": article.title,
        **_made(article),
    }
    if article.source_url:
        found["isBasedOn"] = article.source_url
    if article.language:
        found["inLanguage"] = article.language
    claims = catalogue.claims_of(article.id)
    named = dict.fromkeys(concept for claim in claims for concept in (*claim.topics, *claim.entities))
    if named:
        found["mentions"] = [_term(catalogue, catalogue.concept(concept)) for concept in list(named)[:_PARTS]]
    parts = [{"@type": "Claim", "@id": _iri(catalogue, claim_address(c.id))} for c in claims if c.weight == "main"]
    if parts:
        found["hasPart"] = parts[:_PARTS]
    return found


def _claim_ld(catalogue: Catalogue, claim: Claim, article: Article, *, worded: bool) -> dict[str, object]:
    shown: dict[str, object] = {
        "@type": "Article",
        "@id": _iri(catalogue, article_address(article.id)),
        "headline": article.title,
    }
    if article.published:
        shown["datePublished"] = article.published
    if article.source_url:
        shown["isBasedOn"] = article.source_url
    found: dict[str, object] = {
        "@context": SCHEMA,
        "@type": "Claim",
        "@id": _iri(catalogue, claim_address(claim.id)),
        **({"text": claim.quote} if worded else {"encoding": _file(catalogue, f"data/annotations/{article.id}.jsonld")}),
        "appearance": shown,
    }
    if claim.asserter.evidence or article.authors:
        found["author"] = _asserter(catalogue, claim, article)
    if about := [_iri(catalogue, concept_address(catalogue.concept(topic))) for topic in claim.topics]:
        found["about"] = [{"@id": address} for address in about]
    return found


def _file(catalogue: Catalogue, address: str) -> dict[str, str]:
    """Return the file that holds a thing in full, as schema.org says it of any work."""
    return {"@type": "MediaObject", "contentUrl": _iri(catalogue, address), "encodingFormat": "application/ld+json"}


def _made(article: Article) -> dict[str, object]:
    found: dict[str, object] = {}
    if article.authors:
        found["author"] = [{"@type": "Person", "name": name} for name in article.authors]
    if article.publisher:
        found["publisher"] = {"@type": "Organization", "name": article.publisher}
    if article.published:
        found["datePublished"] = article.published
    return found


def _asserter(catalogue: Catalogue, claim: Claim, article: Article) -> dict[str, str]:
    name = claim.asserter.name
    for entity in map(catalogue.concept, claim.entities):
        if name in {entity.pref_label, *entity.alt_labels}:
            return {"@type": _BODY_TYPES.get(entity.kind, "Thing"), "name": name}
    return {"@type": "Person" if name in article.authors else "Thing", "name": name}


def _term(catalogue: Catalogue, concept: Concept) -> dict[str, object]:
    return {
        "@type": "DefinedTerm",
        "@id": _iri(catalogue, concept_address(concept)),
        "name": concept.pref_label,
        "inDefinedTermSet": _iri(catalogue, "topics/" if concept.kind == "topic" else "a-z/"),
    }


def _trail(catalogue: Catalogue, *steps: tuple[str, str]) -> dict[str, object]:
    """Return the way from the home page as a BreadcrumbList (schema.org; the last step is the page itself)."""
    ways = [(catalogue.site.name, ""), *steps]
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": _iri(catalogue, address)}
            for place, (name, address) in enumerate(ways, 1)
        ],
    }


def _iri(catalogue: Catalogue, address: str) -> str:
    # Without a site address the way up from a page two steps down: every page of ours that carries JSON-LD is one.
    return (catalogue.site.url or "../../") + address
