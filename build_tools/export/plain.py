"""The corpus as plain text for language models and others: `llms.txt`, `llms-full.txt`, one file an article.

Every claim's id stands in brackets behind its last word, so that an answer can name what it rests on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ..catalogue import Catalogue, article_address, claim_address
from ..document import shorten
from ..model import Article, Block, Page


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the outline, the whole, and each article."""
    texts = [annotated(catalogue, article).encode() for article in catalogue.articles]
    for article, text in zip(catalogue.articles, texts, strict=True):
        yield Page(path=f"{article_address(article.id)}claims.txt", body=text)
    yield Page(path="llms.txt", body=_outline(catalogue).encode())
    yield Page(path="llms-full.txt", body=b"\n\n".join([_preface(catalogue).encode(), *texts]))


def annotated(catalogue: Catalogue, article: Article) -> str:
    """Return an article's text with the id of each claim in brackets behind it."""
    facts = (
        ("By", ", ".join(article.authors)),
        ("Published by", article.publisher),
        ("Date", article.published),
        ("Original", article.source_url),
        ("Here", catalogue.site.url + article_address(article.id)),
    )
    lines = [f"# {_line(article.title)}", "", *(f"{name}: {_line(value)}" for name, value in facts if value)]
    ends = sorted((claim.end, f" [{claim.id}]") for claim in catalogue.claims_of(article.id))
    places = [end for end, _ in ends]
    for block in article.blocks:
        if block.kind not in {"title", "boilerplate"}:
            inside = ends[bisect_right(places, block.start) : bisect_right(places, block.end)]
            lines += ["", _marked(article.text, block, inside)]
    return "\n".join(lines) + "\n"


def _marked(text: str, block: Block, ends: list[tuple[int, str]]) -> str:
    parts, at = [], block.start
    for end, mark in ends:
        parts += [text[at:end], mark]
        at = end
    front = {"heading": f"{'#' * max(2, block.level)} ", "list_item": "- ", "quotation": "> "}.get(block.kind, "")
    return front + _line("".join([*parts, text[at : block.end]]))


def _outline(catalogue: Catalogue) -> str:
    """Return the outline in the form that llmstxt.org describes."""
    home = catalogue.site.url
    lines = [_preface(catalogue), "", "## Articles", ""]
    for article in catalogue.articles:
        made = ", ".join(part for part in (*article.authors, article.publisher, article.published) if part)
        about = f"{made}. " if made else ""
        claims = catalogue.claims_of(article.id)
        lines.append(
            f"- [{_label(article.title)}]({home}{article_address(article.id)}claims.txt): "
            f"{_line(about)}{len(claims)} claims"
        )
    lines += ["", "## Main claims", ""]
    main = sorted((claim for claim in catalogue.claims if claim.weight == "main"), key=lambda claim: -claim.score)
    lines += [
        f"- [{_label(shorten(c.quote, 160))}]({home}{claim_address(c.id)}): {_line(c.asserter.name)}"
        for c in main[:100]
    ]
    lines += ["", "## Data", "", *(f"- [{name}]({home}{path}): {what}" for name, path, what in _DATA)]
    return "\n".join(lines) + "\n"


_DATA = (
    ("The whole text", "llms-full.txt", "every article with the ids of its claims"),
    ("Claims", "data/claims.json", "quote, asserter, kind, figures, relations"),
    ("Articles", "data/articles.json", "metadata and blocks"),
    ("What each file holds", "data/", "names, licences, rights"),
)


def _preface(catalogue: Catalogue) -> str:
    site = catalogue.site
    said = f"> {_line(site.description)}\n\n" if site.description else ""
    return (
        f"# {_line(site.name)}\n\n{said}An id in brackets, as in [c7k2m9x], names the claim that ends "
        f"there; its page, with who asserts it and what other sources say, is {site.url}claims/c7k2m9x/ with that id. "
        "The words of articles are their authors’; quote them with their source."
    )


def _label(text: str) -> str:
    return _line(text).replace("[", "(").replace("]", ")")


def _line(text: str) -> str:
    return " ".join(text.split())
