"""The data files of articles that were taken out: their addresses still answer, with what is left to say.

Comes in: the catalogue. Goes out: for each such article a text and a list of claims that say so in one line, an annotation
page without items, and reference lists without entries. Nothing of the article is kept but its title.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..annotation_profile import CONTEXT
from ..catalogue import Catalogue, article_address
from ..model import ArticleId, Page
from ._write import json_page


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the files of every article that is gone."""
    for article, title in sorted(catalogue.corpus.gone_articles.items()):
        said = f"“{' '.join(title.split())}” is no longer published here."
        for name in ("text", "claims"):
            yield Page(path=f"{article_address(article)}{name}.txt", body=f"{said}\n".encode())
        yield json_page(f"data/annotations/{article}.jsonld", _annotations(catalogue, article, title))
        remark = said.replace("@", "(at)")  # BibTeX knows no comments: any @ begins an entry
        yield Page(path=f"data/citations/{article}.bib", body=f"% {remark}\n".encode())
        yield Page(path=f"data/citations/{article}.ris", body=b"")
        yield Page(path=f"data/citations/{article}.json", body=b"[]\n")


def _annotations(catalogue: Catalogue, article: ArticleId, title: str) -> dict[str, object]:
    address = f"{catalogue.site.url or '../../'}data/annotations/{article}.jsonld"
    return {
        "@context": list(CONTEXT),
        "id": address,
        "type": "AnnotationPage",
        "partOf": {"id": f"{address}#all", "type": "AnnotationCollection", "label": title, "total": 0},
        "startIndex": 0,
        "items": [],
    }
