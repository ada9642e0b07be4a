"""The page of a claim in a large corpus: the quote, what is known of it, the way on. The rest stands in the article and the data.

Comes in: the catalogue and an article. Goes out: `Document`s of at most some 3 kB, joined from plain strings.
Leaves out what can be had elsewhere: references in three styles, figures, the picture of relations, an image of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..catalogue import Catalogue, Related, article_address, claim_address
from ..document import Document, Image, cut_short, folded, picture_html, script_json, shorten
from ..labels import CURATED, KIND_LABEL, MACHINE_MADE, RELATION_LABEL, spoken_date
from ..metadata import claim_indexable, claim_metadata
from ..model import Article, Claim, Span
from ._passage import context, web_address
from ._pieces import Pieces, pieces, safe, safe_name

_HEADING: Final = 48
"""Code points of the quote in the page's title."""
_DESCRIPTION: Final = 150
_AROUND: Final = 64
"""Code points of a neighbouring sentence."""
_TITLE: Final = 90
"""Code points of the article's title."""
_RELATIONS: Final = 4
"""Other claims that are named; how many more there are is said."""
_CONCEPTS: Final = 3
"""Topics and names that the page links to."""
_RELATION: Final = {kind: f'<li class="relation-{kind}">{label}: ' for kind, label in RELATION_LABEL.items()}
_GIVEN: Final = '<li class="relation-supports">Supported by this claim: '


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of an article, each cut and escaped once, though two claims show it."""

    text: str
    spans: Sequence[Span]
    starts: Sequence[int]
    shown: dict[int, str] = field(default_factory=dict)

    def around(self, claim: Claim) -> tuple[str, str]:
        """Return what stands before and after a claim."""
        place = bisect_left(self.starts, claim.span.start)
        if place == len(self.spans) or self.spans[place] != claim.span:
            found = context(self.text, self.spans, claim, most=_AROUND)
            return safe(found.before), safe(found.after)
        return self._one(place - 1), self._one(place + 1)

    def _one(self, place: int) -> str:
        if not 0 <= place < len(self.spans):
            return ""
        found = self.shown.get(place)
        if found is None:
            found = self.shown[place] = safe(shorten(self.spans[place].of(self.text), _AROUND))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What the pages of all claims of an article have in common, ready to print."""

    article: Article
    image: Image | None
    sentences: _Sentences
    pieces: Pieces
    where: str
    """How a description says where a claim stands."""
    site: str
    """How a title ends."""
    url: str
    """The site's address; empty where it is not known."""
    named: str
    """The end of the head, up to the address of the claim in JSON-LD."""
    data: str
    """What follows that."""
    language: str
    source: tuple[str, str]
    """Title and date, before and after the id of the claim."""
    sharing: str
    """Up to the address of the page itself, as a link."""
    files: str
    """What follows that."""


def slim_documents(catalogue: Catalogue, article: Article, image: Image | None) -> Iterator[Document]:
    """Give the pages of an article's claims.

    Args:
        catalogue: the corpus.
        article: the article.
        image: its preview image.
    """
    claims = catalogue.claims_of(article.id)
    if not claims:
        return
    common = _common(catalogue, article, claims[0], image)
    before = ""
    for claim, after in zip(claims, [*(claim.id for claim in claims[1:]), ""], strict=True):
        yield _document(catalogue, common, claim, _steps(before, after))
        before = claim.id


def _common(catalogue: Catalogue, article: Article, claim: Claim, image: Image | None) -> _Common:
    """Prepare what an article's claims share; one of them stands for all where only its address tells them apart."""
    site, spans = catalogue.site, catalogue.sentences(article.id)
    before, _, after = script_json(claim_metadata(catalogue, claim, brief=True)["json_ld"][0]).partition(claim_address(claim.id))
    original = web_address(article.source_url)
    way = f'<a href="{safe(original)}" rel="nofollow noopener">Original article</a> ' if original else ""
    named = f'<meta property="og:site_name" content="{safe(site.name)}">\n{picture_html(image, site)}'
    return _Common(
        article=article,
        image=image,
        sentences=_Sentences(article.text, spans, [span.start for span in spans]),
        pieces=pieces(catalogue),
        where=f"“{shorten(article.title, 60)}”: “",
        site=f" · {safe(site.name)}</title>",
        url=safe(site.url),
        named=f'{named}\n<script type="application/ld+json">{before}',
        data=f"{after}</script>",
        language=f' lang="{safe(article.language)}"' if article.language != site.language else "",
        source=(
            f'<p class="claim-source"><cite><a href="../../{article_address(article.id)}#',
            f'">{safe(shorten(article.title, _TITLE))}</a></cite>{_published(article)}, paragraph ',
        ),
        sharing=f'<p class="claim-ways">{way}<a class="permalink" href="../',
        files=f'/">Permanent link</a> <a href="../../data/citations/{article.id}.bib" download>BibTeX</a></p></section>\n',
    )


def _document(catalogue: Catalogue, common: _Common, claim: Claim, steps: str) -> Document:
    asserter, quote = claim.asserter, folded(claim.quote)
    named = bool(asserter.evidence or common.article.authors)
    ends = catalogue.related(claim.id)
    title = f"“{cut_short(quote, _HEADING)}”"
    where = f"{shorten(asserter.name, _DESCRIPTION)}, in {common.where}" if named else f"In {common.where}"
    description = cut_short(f"{where}{quote}”", _DESCRIPTION)
    return Document(
        address=claim_address(claim.id),
        title=title,
        description=description,
        head=_head(common, claim, safe(title), safe(description), listed=claim_indexable(catalogue, claim)),
        body=f"{_quote(common, claim, named)}{_relations(common, claim, ends) if ends else ''}{_ways(common, claim)}{steps}",
        page_class="claim",
        image=common.image,
    )


def _head(common: _Common, claim: Claim, title: str, description: str, *, listed: bool) -> str:
    """Write the head straight; the description serves search engines and previews at once."""
    address = claim_address(claim.id)
    url = f"{common.url}{address}"
    link = f'<link rel="canonical" href="{url}">\n<meta property="og:url" content="{url}">\n' if common.url else ""
    robots = "" if listed else '<meta name="robots" content="noindex, follow">\n'
    return (
        f'<title>{title}{common.site}\n<meta name="description" property="og:description" content="{description}">\n{robots}{link}'
        f'<meta property="og:type" content="article">\n<meta property="og:title" content="{title}">\n'
        f"{common.named}{address}{common.data}"
    )


def _quote(common: _Common, claim: Claim, named: bool) -> str:
    """Return the words, those around them, who says so and where."""
    asserter = safe_name(claim.asserter.name)
    before, after = common.sentences.around(claim)
    hedge = claim.hedge
    sure = f"hedged: “{safe(hedge.of(common.article.text))}”" if hedge else "not hedged"
    opening, middle = common.source
    note = f'<p class="claim-note">{safe(claim.note)}</p>\n' if claim.note else ""
    return (
        f'<article class="claim-page">\n<h1>{f"Claim by {asserter}" if named else "Claim of an unsigned article"}</h1>\n<figure>\n'
        f"{_context(before)}"
        f'<blockquote class="claim-quote kind-{claim.kind}"{common.language}><p dir="auto">{safe(claim.quote)}</p></blockquote>\n'
        f"{_context(after)}"
        f'<figcaption><p class="claim-facts"><span class="kind">{KIND_LABEL[claim.kind]}</span> '
        f'<span class="asserter">{asserter}</span> <span>{sure}</span> '
        f"<span>{CURATED if claim.origin == 'curated' else MACHINE_MADE}</span></p>\n"
        f"{opening}{claim.id}{middle}{claim.paragraph}</p></figcaption>\n</figure>\n{note}"
    )


def _context(words: str) -> str:
    return f'<p class="context" dir="auto">{words}</p>\n' if words else ""


def _published(article: Article) -> str:
    iso = article.published
    dated = f'<time datetime="{safe(iso)}">{safe(spoken_date(iso))}</time>' if iso else "date not known"
    return f"{f', {safe(article.publisher)}' if article.publisher else ''}, {dated}"


def _relations(common: _Common, claim: Claim, ends: Sequence[Related]) -> str:
    link = common.pieces.sibling
    rows = "".join([f"{_relation(end)}{link(end.claim)}</li>\n" for end in ends[:_RELATIONS]])
    more = len(ends) - _RELATIONS
    left = f'<p><a href="../../{article_address(claim.article)}#{claim.id}">{more} more, in the article</a></p>\n' if more > 0 else ""
    return f'<h2>What other sources say</h2>\n<ul class="claim-ends">\n{rows}</ul>\n{left}'


def _relation(end: Related) -> str:
    """Return what a link is called; where this claim gives support, the other one is what it is given to."""
    given = end.link.kind == "supports" and end.link.target == end.claim.id
    return _GIVEN if given else _RELATION[end.link.kind]


def _ways(common: _Common, claim: Claim) -> str:
    link = common.pieces.concept
    tags = "".join([f"<li>{link(one)}</li>" for one in (*claim.topics, *claim.entities)[:_CONCEPTS]])
    listed = f'<ul class="tags">{tags}</ul>\n' if tags else ""
    return (
        f'{listed}<section class="sharing" data-claim="{claim.id}"><h2>Share and cite</h2>\n{common.sharing}{claim.id}{common.files}'
    )


def _steps(before: str, after: str) -> str:
    back = f'<a rel="prev" href="../{before}/">Previous claim</a> ' if before else ""
    on = f'<a rel="next" href="../{after}/">Next claim</a>' if after else ""
    return f'<nav class="claim-steps" aria-label="Claims of the article">{back}{on}</nav>\n</article>'
