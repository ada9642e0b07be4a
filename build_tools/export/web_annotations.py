"""`data/annotations/<article>.jsonld`: an article's claims as W3C Web Annotations, for others to anchor again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ..annotation_profile import CONTEXT, annotation_json
from ..catalogue import Catalogue, article_address, claim_address
from ..model import Article, Page
from ._write import compact, json_page

_MANY: Final = 2000
"""Above so many claims in the corpus the files are for programs alone."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give one AnnotationPage an article."""
    for article in catalogue.articles:
        written = _annotation_page(catalogue, article)
        if len(catalogue.claims) <= _MANY:
            yield json_page(_path(article), json.loads(written))
        else:
            yield Page(path=_path(article), body=f"{written}\n".encode())


def _path(article: Article) -> str:
    return f"data/annotations/{article.id}.jsonld"


def _annotation_page(catalogue: Catalogue, article: Article) -> str:
    """Return the page as JSON on one line."""
    home = catalogue.site.url or "../../"
    source = home + article_address(article.id)
    claims = catalogue.claims_of(article.id)
    head = {
        "@context": list(CONTEXT),
        "id": home + _path(article),
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{home}{_path(article)}#all",
            "type": "AnnotationCollection",
            "label": article.title,
            "total": len(claims),
        },
        "startIndex": 0,
        "sb:text": f"{source}text.txt",
        "sb:textDigest": f"sha256:{article.digest}",
    }
    items = [
        annotation_json(claim, article, catalogue.related(claim.id), claim_url=home + claim_address(claim.id), article_url=source)
        for claim in claims
    ]
    return f'{compact(head)[:-1]},"items":[{",".join(items)}]}}'
