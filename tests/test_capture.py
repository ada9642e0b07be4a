"""What a reference manager captures from our pages, by the rules of Zotero's "Embedded Metadata" translator.

The rules are written anew from its documentation: Dublin Core and Open Graph tags fill the item first, Highwire tags
(`citation_*`) overwrite what they name, the page's own title and address fill what is still empty.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
import shelf

from build_tools.catalogue import Catalogue
from build_tools.document import Document, head_html
from build_tools.metadata import article_metadata

if TYPE_CHECKING:
    from conftest import BuiltSite

HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_publisher": "publisher",
    "citation_public_url": "url",
    "citation_language": "language",
}
FIRST = {
    "dc.title": "title",
    "dc.date": "date",
    "dc.publisher": "publisher",
    "dc.language": "language",
    "dc.rights": "rights",
    "og:title": "title",
    "og:url": "url",
    "article:published_time": "date",
}
"""What is read before Highwire tags; of two tags for one field the first in this order wins."""


def capture(head: str, address: str) -> dict[str, Any]:
    """Return the item that is saved when somebody stands on a page with this head."""
    page = lxml.html.document_fromstring(f"<html><head>{head}</head></html>")
    tags: dict[str, list[str]] = {}
    for one in page.cssselect("head meta[content]"):
        name = one.get("name") or one.get("property") or ""
        tags.setdefault(name if name.startswith("citation_") else name.lower(), []).append(one.get("content"))
    item: dict[str, Any] = {}
    for name, field in FIRST.items():
        if name in tags:
            item.setdefault(field, " ".join(tags[name][0].split()))
    for name, field in HIGHWIRE.items():
        if name in tags:
            item[field] = " ".join(", ".join(tags[name]).split())
    item["creators"] = [creator for value in tags.get("citation_author", []) for creator in creators(value)]
    item.setdefault("title", (page.findtext("head/title") or "").strip())
    item.setdefault("url", address)
    return item


def creators(value: str) -> list[tuple[str, str]]:
    """Return first and last names of one author tag; two names of two words each beside a comma are two authors."""
    parts = [part.strip() for part in value.split(";")]
    sides = [side.strip() for side in value.split(",")]
    if len(parts) == 1 and len(sides) > 1 and all(" " in side for side in sides[:2]):
        parts = sides
    return [name(part) for part in parts if part]


def name(text: str) -> tuple[str, str]:
    if "," in text:
        last, _, first = text.partition(",")
        return first.strip(), last.strip()
    first, _, last = text.rpartition(" ")
    return first, last


def head(catalogue: Catalogue, number: int, **known: Any) -> str:
    article = replace(catalogue.articles[number], **known)
    metadata = article_metadata(catalogue, article)
    return head_html(Document(address="articles/odd/", title="Our own title", body="", **metadata), catalogue.site)


def test_every_article_page_yields_the_original(five: BuiltSite) -> None:
    rows = json.loads((five.out / "data/articles.json").read_text(encoding="utf-8"))
    for row in rows:
        ours = f"http://127.0.0.1/articles/{row['id']}/"
        text = (five.out / "articles" / row["id"] / "index.html").read_text(encoding="utf-8")
        found = capture(text[text.index("<head>") + 6 : text.index("</head>")], ours)
        assert found["title"] == row["title"]
        assert found.get("date", "") == row["published"].replace("-", "/")
        assert found.get("publisher", "") == row["publisher"]
        assert found["url"] == (row["source_url"] or ours)
        assert [" ".join(creator) for creator in found["creators"]] == row["authors"]
    assert any(row["authors"] and row["source_url"] and row["published"] for row in rows)


def test_every_claim_page_yields_its_article(five: BuiltSite) -> None:
    articles = {row["id"]: row for row in json.loads((five.out / "data/articles.json").read_text(encoding="utf-8"))}
    for row in json.loads((five.out / "data/claims.json").read_text(encoding="utf-8")):
        ours, article = f"http://127.0.0.1/claims/{row['id']}/", articles[row["article"]]
        text = (five.out / "claims" / row["id"] / "index.html").read_text(encoding="utf-8")
        found = capture(text[text.index("<head>") + 6 : text.index("</head>")], ours)
        assert (found["title"], found["url"]) == (article["title"], article["source_url"] or ours)
        assert [" ".join(creator) for creator in found["creators"]] == article["authors"]


def test_odd_titles_names_and_addresses_are_captured() -> None:
    catalogue = shelf.catalogue()
    found = capture(head(catalogue, 0), "x")
    assert found["title"] == catalogue.articles[0].title
    assert found["url"] == "https://example.net/odd_page?a=1&b=%7B#part"
    assert found["date"] == "2026/03/09"
    assert found["publisher"] == "Journal of {Odd} & Sons"
    assert found["creators"] == [("Ana María", "López"), ("World Health", "Organization"), ("Q.", "van der Berg")]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("López García, Ana María", ("Ana María López", "García")),
        ("van der Berg, Q.", ("Q.", "van der Berg")),
        ("K. Chan", ("K.", "Chan")),
    ],
)
def test_one_author_is_captured_as_one(author: str, expected: tuple[str, str]) -> None:
    assert capture(head(shelf.catalogue(), 0, authors=(author,)), "x")["creators"] == [expected]


def test_without_our_tags_the_capture_would_be_our_own_page() -> None:
    assert capture("<title>Our own title</title>", "https://example.org/x/") == {
        "title": "Our own title",
        "url": "https://example.org/x/",
        "creators": [],
    }
