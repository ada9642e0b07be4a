"""Above 2,000 claims every claim still has a page to share: lighter, and complete in what a preview and a reader need."""
from __future__ import annotations

import json

import pytest
from lxml import html

from build_tools.catalogue import Catalogue
from build_tools.document import Document, bundle
from build_tools.render import claim as claims


def test_slim_pages_keep_quote_source_relations_and_preview(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "MANY", 1)
    rows = {
        row["address"]: row
        for article in catalogue.articles
        for document in [*claims.documents(catalogue, article)]
        for row in [_row(catalogue, document)]
    }
    assert len(rows) == len(catalogue.claims)
    for one in catalogue.claims:
        row = rows[f"claims/{one.id}/"]
        head, body = html.fromstring(f"<div>{row['head']}</div>"), html.fromstring(f"<div>{row['body']}</div>")
        assert " ".join(one.quote.split()) in " ".join(body.text_content().split())
        assert catalogue.article(one.article).title in body.text_content()
        said = {meta.get("property"): meta.get("content") for meta in head.iter("meta") if meta.get("property")}
        assert {"og:title", "og:description", "og:url", "og:type", "og:site_name", "og:image"} <= said.keys()
        hrefs = " ".join(link.get("href", "") for link in body.iter("a"))
        shown = {relation.claim for relation in one.relations if relation.claim in hrefs}
        assert len(shown) >= min(4, len(one.relations))


def _row(catalogue: Catalogue, document: object) -> dict[str, str]:
    assert isinstance(document, Document)
    return dict(json.loads(bundle("one", [document], catalogue.site).body))
