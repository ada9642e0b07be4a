"""Every address of the contract answers, under the root of a host and under a path, and no page leads nowhere: asked by HTTP."""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from conftest import BuiltSite, serve_folder
from places import rows

LISTS = ("", "articles/", "claims/", "topics/", "a-z/", "compare/", "disagreements/", "numbers/")
DATA = (
    "articles.json", "claims.json", "claims.csv", "topics.jsonld", "citations.bib", "citations.ris", "citations.json", "feed.xml", "build.json",
)  # fmt: skip


class Site:
    """A served site, asked over one connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.netloc, timeout=10)

    def get(self, url: str) -> tuple[int, bytes]:
        self._connection.request("GET", urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl())
        answer = self._connection.getresponse()
        return answer.status, answer.read()


@pytest.fixture(scope="module", params=["/", "/some-project/"])
def site(request: pytest.FixtureRequest, five: BuiltSite, below: Path) -> Iterator[Site]:
    server, address = serve_folder(five.out if request.param == "/" else below)
    yield Site(urljoin(address, request.param))
    server.shutdown()
    server.server_close()


def contract(five: BuiltSite) -> list[str]:
    """All addresses of section 3, and the files of section 5."""
    articles = [str(row["id"]) for row in rows(five.out, "articles")]
    found = [*LISTS, *(f"data/{name}" for name in DATA)]
    for name in articles:
        found += [f"articles/{name}/", f"articles/{name}/text.txt", f"data/annotations/{name}.jsonld"]
    found += [f"claims/{row['id']}/" for row in rows(five.out, "claims")]
    found += [f"compare/{a}--{b}/" for a in articles for b in articles if (five.docs / f"compare/{a}--{b}").exists()]
    return found


def test_every_address_of_the_contract_answers(site: Site, five: BuiltSite) -> None:
    missing = [address for address in contract(five) if site.get(site.address + address)[0] != 200]
    assert missing == []


def test_any_two_articles_can_be_compared(five: BuiltSite) -> None:
    articles = [str(row["id"]) for row in rows(five.out, "articles")]
    for place, one in enumerate(articles):
        for other in articles[place + 1 :]:
            either = [five.out / "compare" / f"{a}--{b}" / "index.html" for a, b in ((one, other), (other, one))]
            assert any(path.is_file() for path in either), (one, other)


def test_every_topic_and_entity_that_a_claim_names_has_its_page(five: BuiltSite) -> None:
    for row in rows(five.out, "claims"):
        topics, entities = row["topics"], row["entities"]
        assert isinstance(topics, list)
        assert isinstance(entities, list)
        for kind, names in (("topics", topics), ("entities", entities)):
            for name in names:
                assert (five.out / kind / str(name) / "index.html").is_file(), name


def test_claims_and_paragraphs_have_their_places(five: BuiltSite) -> None:
    claims = rows(five.out, "claims")
    for row in rows(five.out, "articles"):
        tree = lxml.html.parse(
            str(five.out / "articles" / str(row["id"]) / "index.html"), lxml.html.HTMLParser(encoding="utf-8")
        ).getroot()
        ids = set(tree.xpath("//@id"))
        blocks = row["blocks"]
        assert isinstance(blocks, list)
        assert {f"p{number}" for number in range(1, len(blocks) + 1)} <= ids
        assert {str(claim["id"]) for claim in claims if claim["article"] == row["id"]} <= ids


def test_no_page_leads_nowhere(site: Site) -> None:
    """From the home page to all that can be reached from it, files included."""
    waiting, pages, asked_for = [site.address], {}, set()
    wanted: dict[str, str] = {}
    while waiting:
        url = waiting.pop()
        if url in asked_for:
            continue
        asked_for.add(url)
        status, body = site.get(url)
        assert status == 200, f"{url}, asked for by {wanted.get(url)}"
        if not (url.endswith(("/", ".html"))):
            continue
        tree = lxml.html.document_fromstring(body.decode("utf-8"))
        pages[url] = frozenset(tree.xpath("//@id"))
        for link in [*tree.xpath("//*[not(self::link[@rel='canonical'])]/@href"), *tree.xpath("//@src")]:
            whole = urljoin(url, link)
            if urlsplit(whole).netloc == urlsplit(site.address).netloc:
                assert whole.startswith(site.address), f"{link} in {url} leaves the site"
                waiting.append(urldefrag(whole)[0].partition("?")[0])
                wanted.setdefault(whole, url)
    lost = [
        f"{link} in {asker}"
        for link, asker in wanted.items()
        if (part := unquote(urldefrag(link)[1]))
        and (page := urldefrag(link)[0].partition("?")[0]) in pages
        and part not in pages[page]
        and not part.startswith(":~:")
    ]
    assert lost == []
    assert len(pages) > 350


def test_a_wrong_address_has_a_page_that_finds_the_way_back(below: Path, five: BuiltSite) -> None:
    """It is shown at any depth, so its links can't be relative."""
    for folder, base in ((five.out, "/"), (below / "some-project", "/some-project/")):
        tree = lxml.html.document_fromstring((folder / "404.html").read_text(encoding="utf-8"))
        links = [
            link
            for link in [*tree.xpath("//a/@href"), *tree.xpath("//link[@rel='stylesheet']/@href"), *tree.xpath("//script/@src")]
            if not link.startswith("#")
        ]
        assert [link for link in links if urlsplit(link).netloc == "" and not link.startswith(base)] == []
        assert base in links
        assert tree.xpath("//body/@data-base") == [base], "two slashes would name another host"
