"""Above 2,000 claims every claim still has a page to share: lighter, and complete in what a preview and a reader need."""
from __future__ import annotations

import json

import pytest
import shelf
from lxml import html

from build_tools.catalogue import Catalogue
from build_tools.document import head_html
from build_tools.render import claim as claims
from build_tools.render._passage import context


def test_slim_pages_keep_quote_source_relations_and_preview(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "MANY", 1)
    pages = {page.address: page for article in catalogue.articles for page in claims.documents(catalogue, article)}
    assert len(pages) == len(catalogue.claims)
    for one in catalogue.claims:
        page = pages[f"claims/{one.id}/"]
        head = html.fromstring(f"<div>{head_html(page, catalogue.site)}</div>")
        body = html.fromstring(f"<div>{page.body}</div>")
        assert " ".join(one.quote.split()) in " ".join(body.text_content().split())
        assert catalogue.article(one.article).title in body.text_content()
        said = {meta.get("property"): meta.get("content") for meta in head.iter("meta") if meta.get("property")}
        assert {"og:title", "og:description", "og:url", "og:type", "og:site_name", "og:image"} <= said.keys()
        hrefs = " ".join(link.get("href", "") for link in body.iter("a"))
        linked = {end.claim.id for end in catalogue.related(one.id)}
        assert len({name for name in linked if name in hrefs}) >= min(4, len(linked))

        (described,) = head.xpath("//meta[@name='description']/@content")
        assert described == said["og:description"] == page.description
        assert 0 < len(described) <= 150
        (data,) = head.xpath("//script/text()")
        assert json.loads(data)["@id"] == f"{catalogue.site.url}claims/{one.id}/"


def test_slim_pages_show_the_sentences_around_and_lead_on(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "MANY", 1)
    for article in catalogue.articles:
        every = catalogue.claims_of(article.id)
        for place, page in enumerate(claims.documents(catalogue, article)):
            body = html.fromstring(f"<div>{page.body}</div>")
            ways = {link.get("rel"): link.get("href") for link in body.iter("a") if link.get("rel") in {"prev", "next"}}
            around = {"prev": every[place - 1] if place else None, "next": every[place + 1] if place + 1 < len(every) else None}
            assert ways == {way: f"../{other.id}/" for way, other in around.items() if other}
            found = context(article.text, catalogue.sentences(article.id), every[place], most=64)
            shown = [" ".join(one.text_content().split()) for one in body.cssselect(".context")]
            assert shown == [words for words in (found.before, found.after) if words]
            assert [one.get("datetime") for one in body.iter("time")] == ([article.published] if article.published else [])


def test_odd_words_of_a_slim_page_stay_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "MANY", 1)
    odd = shelf.catalogue()
    for article in odd.articles:
        for claim, page in zip(odd.claims_of(article.id), claims.documents(odd, article), strict=True):
            whole = html.document_fromstring(f"<html><head>{head_html(page, odd.site)}</head><body>{page.body}</body></html>")
            assert whole.cssselect("blockquote.claim-quote p")[0].text_content() == claim.quote
            assert [one.get("type") for one in whole.iter("script")] == ["application/ld+json"]
            assert whole.xpath("string(//head/title)") == f"{page.title} · {odd.site.name}"
            assert not whole.cssselect("figure b, img")
