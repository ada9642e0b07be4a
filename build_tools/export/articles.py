"""`data/articles.json`: every article with its metadata, its blocks and the ids of its claims."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue, article_address
from ..model import Article, Page
from ._write import compact, json_lines


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the one file, and each article's canonical text."""
    yield json_lines("data/articles.json", (_row(catalogue, article) for article in catalogue.articles))
    for article in catalogue.articles:
        yield Page(path=f"{article_address(article.id)}text.txt", body=article.text.encode())


def _row(catalogue: Catalogue, article: Article) -> bytes:
    """Return an article as the data has it, in JSON."""
    row = {
        "id": article.id,
        "file": article.file,
        "url": catalogue.site.url + article_address(article.id),
        "title": article.title,
        "authors": article.authors,
        "publisher": article.publisher,
        "published": article.published,
        "source_url": article.source_url,
        "language": article.language,
        "rights": article.rights or catalogue.site.rights_default,
        "rights_stated": bool(article.rights),
        "rights_note": article.rights_note,
        "sha256": article.digest,
        "words": article.words,
    }
    blocks = ",".join([
        f'{{"kind":"{b.kind}","level":{b.level},"start":{b.span.start},"end":{b.span.end}}}' for b in article.blocks
    ])  # fmt: skip
    claims = compact([claim.id for claim in catalogue.claims_of(article.id)])
    return f'{compact(row)[:-1]},"blocks":[{blocks}],"claims":{claims}}}'.encode()
