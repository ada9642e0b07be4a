"""A claim's page as HTML, joined from plain strings: there are so many of them that a template engine would be the cost.

Comes in: a `ClaimPage`. Goes out: the body of the page. Every word of a source is escaped; addresses are made of
ids. Decides nothing: what the page shows was prepared in `claim`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import escape

from ..document import shorten
from ..labels import spoken_date
from ..model import UNSIGNED, Article, Claim, History
from ._passage import Context
from .views import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The other end of a link, with as many words as the page has room for."""

    id: str
    kind: str
    origin: str
    quote: str
    asserter: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The other ends of one kind."""

    kind: str
    label: str
    sign: str
    ends: Sequence[End]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """All that is printed."""

    claim: Claim
    article: Article
    authors: str
    heading: str
    asserter: str
    evidence: str
    hedge: str
    kind: str
    sign: str
    origin: str
    language: str
    context: Context
    place: str
    """Way to the passage in the article."""
    cite: str
    """The original; empty where it is not known."""
    fragment: str
    groups: Sequence[Group]
    picture: str
    """SVG, escaped where it is made; empty for none."""
    concepts: Sequence[Named]
    figures: Sequence[tuple[str, str, str]]
    """Words, value and unit of each."""
    history: History
    permalink: str
    permalink_text: str
    citations: dict[str, str]
    files: Sequence[tuple[str, str]]
    previous: Claim | None
    next: Claim | None
    itemised: bool = False
    """Whether the quote that is shown is the one that programs read (HTML microdata), since JSON-LD has no room for it."""


def claim_html(page: ClaimPage) -> str:
    """Return the main part of a claim's page."""
    return "".join(
        (
            f'<article class="claim-page">\n<h1>{_safe(page.heading)}</h1>\n',
            *_source(page),
            *_ways(page),
            *_others(page),
            *_about(page),
            *_history(page),
            *_sharing(page),
            *_steps(page),
            "</article>",
        )
    )


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """Return text that may stand in markup; what several claims share, such as a title, is escaped once."""
    return str(escape(text))


def _words(text: str) -> str:
    """Return text between tags, where quotation marks mean nothing: escaped, they would take five bytes each."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4096)
def _time(iso: str) -> str:
    return f'<time datetime="{escape(iso)}">{escape(spoken_date(iso))}</time>'


def _source(page: ClaimPage) -> Iterator[str]:
    """The words, those around them, who says so and where."""
    claim = page.claim
    cite = f' cite="{_safe(page.cite)}"' if page.cite else ""
    language = f' lang="{_safe(page.language)}"' if page.language else ""
    item = f' itemscope itemtype="https://schema.org/Claim" itemid="{_safe(page.permalink_text)}"' if page.itemised else ""
    yield f'<figure class="preview-source"{item}>\n'
    if page.context.before:
        yield f'<p class="context" dir="auto">{_words(page.context.before)}</p>'
    named = ' itemprop="text"' if page.itemised else ""
    quote = f'<p dir="auto"{named}>{_words(claim.quote)}</p>'
    yield f'\n<blockquote class="claim-quote kind-{claim.kind}"{cite}{language}>{quote}</blockquote>\n'
    if page.context.after:
        yield f'<p class="context" dir="auto">{_words(page.context.after)}</p>'
    evidence = f' <span class="evidence">(named in “{escape(page.evidence)}”)</span>' if page.evidence else ""
    sure = f'hedged">hedged: “{escape(page.hedge)}”' if page.hedge else 'unhedged">not hedged'
    yield (
        f'\n<figcaption><p class="claim-facts"><span class="kind kind-{claim.kind}"><span class="kind-sign" aria-hidden="true">'
        f'{page.sign}</span> {page.kind}</span> <span class="asserter">{_safe(page.asserter)}</span>{evidence} '
        f'<span class="{sure}</span> <span class="origin origin-{claim.origin}">{page.origin}</span></p>\n'
    )
    article = page.article
    by = f" by {_safe(page.authors)}" if page.authors else ""
    publisher = f", {_safe(article.publisher)}" if article.publisher else ""
    dated = _time(article.published) if article.published else "date not known"
    yield (
        f'<p class="claim-source"><cite><a href="{page.place}">{_safe(article.title)}</a></cite>{by}{publisher}, {dated}, '
        f"paragraph {claim.paragraph}</p></figcaption>\n</figure>\n"
    )


def _ways(page: ClaimPage) -> Iterator[str]:
    original = (
        f' <a href="{_safe(page.cite)}" rel="nofollow noopener">Original article</a>'
        f' <a href="{escape(page.fragment)}" rel="nofollow noopener">Passage in the original</a>'
    )
    yield f'<p class="claim-ways"><a href="{page.place}">Read it in place</a>{original if page.cite else ""}</p>\n'
    if page.claim.note:
        yield f'<p class="claim-note">{escape(page.claim.note)}</p>'


def _others(page: ClaimPage) -> Iterator[str]:
    yield f'\n<section class="others"><h2>What other sources say</h2>\n{page.picture}\n'
    if not page.groups:
        yield "<p>No other source here is linked with this claim.</p>\n"
    for group in page.groups:
        yield from _group(group)
    yield "</section>\n"


def _group(group: Group) -> Iterator[str]:
    yield (
        f'<h3 class="relation-{group.kind}"><span aria-hidden="true">{group.sign}</span> {group.label} '
        f'<span class="count">{len(group.ends)}</span></h3>\n<ul class="claim-ends claim-ends-{group.kind}">\n'
    )
    for end in group.ends:
        yield _end(end)
    yield "</ul>\n"


def _end(end: End) -> str:
    """Return the other end of a link: in full, as the beginning of its quote, or as its id alone."""
    words = (
        f'<blockquote dir="auto"><a href="../{end.id}/">{_words(end.quote)}</a></blockquote>'
        if end.quote
        else f'<a href="../{end.id}/">Claim {end.id}</a>'
    )
    publisher = f", {_safe(end.publisher)}" if end.publisher else ""
    dated = f", {_time(end.published)}" if end.published else ""
    title = f"<cite>{_safe(end.title)}</cite>"
    named = f"{UNSIGNED} “{title}”" if end.asserter == UNSIGNED else f"{_safe(end.asserter)}, {title}"
    who = f"<p>{named}{publisher}{dated}</p>" if end.asserter else ""
    found = "Stated by a person." if end.origin == "curated" else "Found by a rule."
    why = f'<p class="why">{escape(end.note)} <small>{found}</small></p>' if end.note else ""
    return f"<li>{words}{who}{why}</li>\n"


def _about(page: ClaimPage) -> Iterator[str]:
    if not page.concepts and not page.figures:
        return
    yield "<section><h2>What it is about</h2>\n"
    if page.concepts:
        items = (f'<li><a href="../../{one.address}">{_safe(one.label)}</a></li>' for one in page.concepts)
        yield f'<ul class="tags">{"".join(items)}</ul>\n'
    if page.figures:
        yield from _figures(page.figures)
    yield "</section>\n"


def _figures(figures: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    yield (
        '<table class="figures"><thead><tr><th scope="col">Figure</th><th scope="col">Value</th><th scope="col">Unit</th>'
        "</tr></thead><tbody>"
    )
    yield from (f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in figures)
    yield "</tbody></table>\n"


def _history(page: ClaimPage) -> Iterator[str]:
    yield '<section class="claim-history"><h2>Where this record comes from</h2>\n<ul>'
    if page.history.first:
        yield f"<li>First published here {_time(page.history.first)}</li>"
    yield from (f"<li>{escape(event)}</li>" for event in page.history.events)
    reasons = f": {_safe(', '.join(page.claim.reasons))}" if page.claim.reasons else ""
    yield f"<li>{page.origin.capitalize()}{reasons}</li></ul></section>\n"


def _sharing(page: ClaimPage) -> Iterator[str]:
    yield (
        f'<section class="sharing" data-claim="{page.claim.id}"><h2>Share and cite</h2>\n'
        f'<p>Permanent link: <a class="permalink" href="{page.permalink}">{escape(page.permalink_text)}</a></p>\n'
    )
    if page.citations:
        styles = (f"<dt>{style}</dt><dd>{escape(words)}</dd>" for style, words in page.citations.items())
        yield f'<dl class="cite">{"".join(styles)}</dl>\n'
    files = (f'<a href="../../{file}" download>{name}</a> ' for name, file in page.files)
    yield (
        f'<p class="cite-files">For reference managers, with the article’s other claims: {"".join(files)}</p>\n</section>\n'
    )


def _steps(page: ClaimPage) -> Iterator[str]:
    before, after = page.previous, page.next
    yield '<nav class="claim-steps" aria-label="Claims of the article">'
    if before:
        yield f'<a rel="prev" href="../{before.id}/">Previous: {escape(shorten(before.quote, 60))}</a>'
    yield " "
    if after:
        yield f'<a rel="next" href="../{after.id}/">Next: {escape(shorten(after.quote, 60))}</a>'
    yield "</nav>\n"
