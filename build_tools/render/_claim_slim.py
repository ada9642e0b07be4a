"""The page of a claim in a large corpus: the quote, what is known of it, the way on. The rest stands in the article and the data.

Comes in: the catalogue, a claim and its neighbours. Goes out: a `Document` of at most some 2.5 kB, joined from plain strings.
Leaves out what can be had elsewhere: references in three styles, figures, the picture of relations, an image of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from markupsafe import escape

from ..catalogue import Catalogue, Related, article_address, claim_address
from ..document import Document, Image, shorten
from ..labels import CURATED, KIND_LABEL, MACHINE_MADE, RELATION_LABEL
from ..metadata import claim_metadata
from ..model import Article, Claim
from ._passage import context, web_address
from .templates import spoken_date
from .views import concept_name

_AROUND: Final = 64
"""Code points of a neighbouring sentence."""
_TITLE: Final = 90
"""Code points of the article's title."""
_RELATIONS: Final = 4
"""Other claims that are named; how many more there are is said."""
_QUOTED: Final = 44
"""Code points of another claim's quote."""
_CONCEPTS: Final = 3
"""Topics and names that the page links to."""


def slim_document(
    catalogue: Catalogue, article: Article, claim: Claim, before: Claim | None, after: Claim | None, image: Image | None
) -> Document:
    """Return the page of a claim.

    Args:
        catalogue: the corpus.
        article: the claim's article.
        claim: the claim.
        before: the article's claim before it.
        after: the one after it.
        image: the article's preview image.
    """
    return Document(
        address=claim_address(claim.id),
        title=f"“{shorten(claim.quote, 48)}”",
        description=_description(article, claim),
        body="".join(
            (
                *_quote(catalogue, article, claim),
                *_source(article, claim),
                *_relations(catalogue, claim),
                *_ways(catalogue, article, claim),
                *_steps(before, after),
            )
        ),
        page_class="claim",
        brief=True,
        **claim_metadata(catalogue, claim, image, brief=True),
    )


def _named(article: Article, claim: Claim) -> bool:
    return bool(claim.asserter.evidence or article.authors)


def _description(article: Article, claim: Claim) -> str:
    """Who and where, then the words: previews cut the end off."""
    where = f"“{shorten(article.title, 60)}”"
    return f"{f'{claim.asserter.name}, in' if _named(article, claim) else 'In'} {where}: “{claim.quote}”"


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    return str(escape(text))


def _quote(catalogue: Catalogue, article: Article, claim: Claim) -> Iterator[str]:
    heading = f"Claim by {_safe(claim.asserter.name)}" if _named(article, claim) else "A claim of this article"
    language = f' lang="{_safe(article.language)}"' if article.language != catalogue.site.language else ""
    around = context(article.text, catalogue.sentences(article.id), claim, most=_AROUND)
    yield f'<article class="claim-page">\n<h1>{heading}</h1>\n<figure>\n'
    if around.before:
        yield f'<p class="context" dir="auto">{escape(around.before)}</p>\n'
    yield f'<blockquote class="claim-quote kind-{claim.kind}"{language}><p dir="auto">{escape(claim.quote)}</p></blockquote>\n'
    if around.after:
        yield f'<p class="context" dir="auto">{escape(around.after)}</p>\n'


def _source(article: Article, claim: Claim) -> Iterator[str]:
    origin = CURATED if claim.origin == "curated" else MACHINE_MADE
    sure = f"hedged: “{escape(claim.hedge.of(article.text))}”" if claim.hedge else "no hedge"
    yield (
        f'<figcaption><p class="claim-facts"><span class="kind">{KIND_LABEL[claim.kind]}</span> '
        f'<span class="asserter">{_safe(claim.asserter.name)}</span> <span>{sure}</span> <span>{origin}</span></p>\n'
    )
    yield (
        f'<p class="claim-source"><cite><a href="../../articles/{article.id}/#{claim.id}">{_title(article.title)}</a></cite>'
        f"{_published(article.publisher, article.published)}, paragraph {claim.paragraph}</p></figcaption>\n</figure>\n"
    )
    if claim.note:
        yield f'<p class="claim-note">{escape(claim.note)}</p>\n'


@lru_cache(maxsize=64)
def _title(title: str) -> str:
    return str(escape(shorten(title, _TITLE)))


@lru_cache(maxsize=64)
def _published(publisher: str, published: str) -> str:
    dated = f'<time datetime="{escape(published)}">{escape(spoken_date(published))}</time>' if published else "date not known"
    return f"{f', {escape(publisher)}' if publisher else ''}, {dated}"


def _relations(catalogue: Catalogue, claim: Claim) -> Iterator[str]:
    ends = catalogue.related(claim.id)
    if not ends:
        return
    yield '<h2>What other sources say</h2>\n<ul class="claim-ends">\n'
    yield from map(_relation, ends[:_RELATIONS])
    yield "</ul>\n"
    if len(ends) > _RELATIONS:
        yield f'<p><a href="../../{article_address(claim.article)}#{claim.id}">{len(ends) - _RELATIONS} more, in the article</a></p>\n'


def _relation(end: Related) -> str:
    other, kind = end.claim, end.link.kind
    # Support has a direction: where this claim gives it, the other one is what it is given to.
    label = "Supported by this claim" if kind == "supports" and end.link.target == other.id else RELATION_LABEL[kind]
    return f'<li class="relation-{kind}">{label}: <a href="../{other.id}/">{escape(shorten(other.quote, _QUOTED))}</a></li>\n'


def _ways(catalogue: Catalogue, article: Article, claim: Claim) -> Iterator[str]:
    concepts = [concept_name(catalogue, one) for one in (*claim.topics, *claim.entities)[:_CONCEPTS]]
    if concepts:
        items = "".join(f'<li><a href="../../{one.address}">{_safe(one.label)}</a></li>' for one in concepts)
        yield f'<ul class="tags">{items}</ul>\n'
    original = web_address(article.source_url)
    way = f'<a href="{_safe(original)}" rel="nofollow noopener">Original article</a> ' if original else ""
    yield (
        f'<section class="sharing" data-claim="{claim.id}"><h2>Share and cite</h2>\n'
        f'<p class="claim-ways">{way}<a class="permalink" href="../{claim.id}/">Permanent link</a> '
        f'<a href="../../data/citations/{article.id}.bib" download>BibTeX</a></p></section>\n'
    )


def _steps(before: Claim | None, after: Claim | None) -> Iterator[str]:
    yield '<nav class="claim-steps" aria-label="Claims of the article">'
    if before:
        yield f'<a rel="prev" href="../{before.id}/">Previous claim</a> '
    if after:
        yield f'<a rel="next" href="../{after.id}/">Next claim</a>'
    yield "</nav>\n</article>"
