"""Claim pages as a stranger's program sees them: every claim of the built site, read without script."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import lxml.html
import pytest
import shelf
from PIL import Image
from places import built_site, rows
from ratio import prose, ratio

from build_tools import detect, read_text
from build_tools.catalogue import Catalogue
from build_tools.document import lively, unbundled
from build_tools.metadata import article_indexable, claim_indexable
from build_tools.model import Claim, ClaimId, Corpus, Link, Span
from build_tools.render import claim as claim_pages
from build_tools.render import notfound, tombstones
from build_tools.render._neighbourhood import MOST
from build_tools.render._passage import context, text_fragment

if TYPE_CHECKING:
    from conftest import BuiltSite

KILO = 1000


def entries(pages: Iterator[Any]) -> dict[str, dict[str, str]]:
    """Give the pages of a bundle by address."""
    rows = [row for page in pages for row in unbundled(io.BytesIO(page.body))]
    return {row.address: {"head": row.own[: row.cut].decode(), "body": row.body} for row in rows}


def parsed(row: dict[str, str]) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(f"<html><head>{row['head']}</head><body>{row['body']}</body></html>")


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def odd() -> Catalogue:
    return shelf.catalogue()


@pytest.fixture(scope="module")
def bundle(odd: Catalogue) -> dict[str, dict[str, str]]:
    return entries(claim_pages.pages(odd))


@pytest.fixture(scope="module")
def built_claims(five: BuiltSite) -> list[tuple[dict[str, Any], lxml.html.HtmlElement]]:
    """Every claim of the five seeds: its row of data, and its page as parsed."""
    rows = json.loads((five.out / "data/claims.json").read_text(encoding="utf-8"))
    return [(row, lxml.html.parse(str(five.out / "claims" / row["id"] / "index.html")).getroot()) for row in rows]


def test_every_page_shows_quote_asserter_source_and_date(five: BuiltSite, built_claims: list[Any]) -> None:
    articles = {row["id"]: row for row in json.loads((five.out / "data/articles.json").read_text(encoding="utf-8"))}
    assert len(built_claims) > 200
    for row, page in built_claims:
        article = articles[row["article"]]
        assert page.cssselect("blockquote.claim-quote p")[0].text_content() == row["quote"]
        assert words(page.cssselect(".claim-facts .asserter")[0]) == row["asserter"]["name"]
        source = words(page.cssselect(".claim-source")[0])
        assert article["title"] in source
        assert article["publisher"] in source
        dates = [time.get("datetime") for time in page.cssselect(".claim-source time")]
        assert dates == ([article["published"]] if article["published"] else [])
        assert article["published"] or "date not known" in source


def test_every_page_shows_the_sentences_around(catalogue: Catalogue, built_claims: list[Any]) -> None:
    for row, page in built_claims:
        article = catalogue.article(row["article"])
        sentences = catalogue.sentences(article.id)
        before = [s for s in sentences if s.end <= row["start"]][-1:]
        after = [s for s in sentences if s.start >= row["end"]][:1]
        shown = " ".join(words(one) for one in page.cssselect(".context"))
        for neighbour in before + after:
            assert " ".join(neighbour.of(article.text).split())[:600] in shown


def test_every_relation_stands_on_both_ends(built_claims: list[Any]) -> None:
    ends = set()
    for row, page in built_claims:
        linked = [link.get("href").split("/")[1] for link in page.cssselect(".claim-ends a")]
        assert sorted(linked) == sorted(relation["claim"] for relation in row["relations"])
        ends |= {(row["id"], other) for other in linked}
    assert {(b, a) for a, b in ends} == ends


def test_most_relations_show_quote_asserter_and_reason(built_claims: list[Any]) -> None:
    rows = {row["id"]: row for row, _ in built_claims}
    full = total = 0
    for row, page in built_claims:
        notes = {relation["claim"]: relation["note"] for relation in row["relations"]}
        for item in page.cssselect(".claim-ends li"):
            other = rows[item.cssselect("a")[0].get("href").split("/")[1]]
            said = words(item)
            total += 1
            full += all(part in said for part in (" ".join(other["quote"].split()), other["asserter"]["name"], notes[other["id"]]))
    assert full / total > 0.9, f"{full} of {total}"


def test_every_page_has_a_complete_preview(five: BuiltSite, built_claims: list[Any]) -> None:
    checked: set[str] = set()
    for row, page in built_claims:
        meta = {one.get("property") or one.get("name"): one.get("content") for one in page.cssselect("head meta[content]")}
        address = f"http://127.0.0.1/claims/{row['id']}/"
        assert meta["og:url"] == address == page.cssselect("head link[rel=canonical]")[0].get("href")
        assert 0 < len(meta["og:title"]) <= 70
        assert 0 < len(meta["description"]) <= 200
        assert meta["twitter:card"] == "summary_large_image"
        assert (meta["og:image:width"], meta["og:image:height"], meta["og:image:type"]) == ("1200", "630", "image/png")
        assert meta["og:image:alt"]
        checked.add(meta["og:image"].removeprefix("http://127.0.0.1/"))
    assert len(checked) > 5
    for path in checked:
        raw = (five.out / path).read_bytes()
        image = Image.open(io.BytesIO(raw))
        image.load()
        assert image.size == (1200, 630)
        assert len(raw) < 100 * KILO


def told(page: lxml.html.HtmlElement) -> list[str]:
    """Give every wording that a page gives to programs: in JSON-LD, and as microdata of the same item."""
    every = [json.loads(one.text) for one in page.cssselect('script[type="application/ld+json"]')]
    claim = next(one for one in every if one["@type"] == "Claim")
    items = page.cssselect(f'[itemtype="https://schema.org/Claim"][itemid="{claim["@id"]}"] [itemprop=text]')
    return [claim[name] for name in ("text",) if name in claim] + [item.text_content() for item in items]


def test_every_page_gives_its_quote_to_programs_to_the_letter(built_claims: list[Any]) -> None:
    for row, page in built_claims:
        assert told(page) == [row["quote"]]


def test_every_page_is_light(five: BuiltSite, built_claims: list[Any]) -> None:
    for row, _ in built_claims:
        raw = (five.out / "claims" / row["id"] / "index.html").read_bytes()
        assert len(raw) <= 14 * KILO, row["id"]
        assert len(gzip.compress(raw, 9, mtime=0)) <= 5 * KILO, row["id"]


def test_odd_quotes_are_words_and_nothing_else(odd: Catalogue, bundle: dict[str, dict[str, str]]) -> None:
    for claim in odd.claims:
        row = bundle[f"claims/{claim.id}/"]
        page = parsed(row)
        assert page.cssselect("blockquote.claim-quote p")[0].text_content() == claim.quote
        assert [one.get("type") for one in page.cssselect("script")] == ["application/ld+json"]
        assert not page.cssselect("figure b")
        assert told(page) == [claim.quote]
        assert len((row["head"] + row["body"]).encode()) <= claim_pages._OWN, claim.quote[:40]


LONG = {
    "words": "word " * 599 + "end.",
    "rockets": "🚀 " * 599 + "end.",
    "braces": "{\\x} " * 599 + "end.",
    "quotation marks": "“it's” " * 199 + "\"so\" " * 400 + "end.",
    "Chinese": "竞赛 " * 599 + "终。",
    "Arabic": "السباق " * 599 + "نهاية.",
    "markup": "<b>&amp;</b> " * 599 + "end.",
    "families": "👨‍👩‍👧 " * 599 + "end.",
}
"""Quotes of 600 words. The page's own bytes suffice for all but those whose one copy takes them: of the last three."""
ROOMY = frozenset(list(LONG)[:5])


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("others", [0, 8])
def test_600_words_stand_whole_wherever_they_stand(name: str, others: int) -> None:
    """Nothing cuts a long quote: where JSON-LD has no room for it, the words that are shown are the ones programs read."""
    one, first = shelf.article("one", "One", ["Before it.", LONG[name], "After it."], source_url="https://example.net/a")
    two, rest = shelf.article("two", "Two", [f"Number {n} says so, with a good many words." for n in range(9)])
    every = [*shelf.claims(one, first), *shelf.claims(two, rest)]
    links = tuple(Link(source=every[1].id, target=c.id, kind="related", note="Shared words.") for c in every[3 : 3 + others])
    corpus = Corpus(articles=(one, two), claims=tuple(every), links=links, concepts=(), sentences={one.id: first, two.id: rest})
    known = Catalogue(corpus, shelf.catalogue().site)
    row = entries(claim_pages.pages(known))[f"claims/{every[1].id}/"]
    page = parsed(row)
    assert told(page) == [LONG[name]] == [page.cssselect("blockquote.claim-quote p")[0].text_content()]
    assert len(page.cssselect(".claim-ends a")) == others
    if name in ROOMY:
        assert len((row["head"] + row["body"]).encode()) <= claim_pages._OWN


def test_a_page_with_600_words_of_english_is_light(five: BuiltSite, tmp_path: Path) -> None:
    text = " ".join(next(iter(sorted(five.seeds.glob("*.txt")))).read_text(encoding="utf-8").replace(".", ",").split()[:600])
    quote = text.rstrip(",") + "."
    seeds = {"long.txt": f"A long sentence\n\n{quote}\n", "long.yml": json.dumps({"claims": [{"quote": quote}]})}
    folders, _ = built_site(tmp_path, seeds, url="https://example.org/shelf/")
    (row,) = [row for row in rows(folders.out, "claims") if row["quote"] == quote]
    raw = (folders.out / "claims" / str(row["id"]) / "index.html").read_bytes()
    assert told(lxml.html.document_fromstring(raw.decode())) == [quote]
    assert len(raw) <= 14 * KILO
    assert len(gzip.compress(raw, 9, mtime=0)) <= 5 * KILO


def test_a_claim_linked_with_fifty_keeps_every_link_and_its_size() -> None:
    corpus = crowded(50)
    known = Catalogue(corpus, shelf.catalogue().site)
    row = entries(claim_pages.pages(known))[f"claims/{corpus.claims[0].id}/"]
    links = [link.get("href") for link in parsed(row).cssselect(".claim-ends a")]
    assert links == [f"../{end.claim.id}/" for end in known.related(corpus.claims[0].id)]
    assert len((row["head"] + row["body"]).encode()) < 14 * KILO - 3200


def crowded(number: int) -> Corpus:
    """Return a corpus whose first claim is linked with many of another article."""
    one, first = shelf.article("one", "One", ["A claim that everybody talks about."])
    two, rest = shelf.article("two", "Two", [f"Number {n} says so, with a good many words more than needed." for n in range(number)])
    every = [*shelf.claims(one, first), *shelf.claims(two, rest)]
    links = tuple(Link(source=every[0].id, target=c.id, kind="related", score=0.5, note="Shared words.") for c in every[1:])
    return Corpus(articles=(one, two), claims=tuple(every), links=links, concepts=(), sentences={one.id: first, two.id: rest})


def test_support_is_said_in_its_direction(odd: Catalogue, bundle: dict[str, dict[str, str]]) -> None:
    link = next(link for link in odd.corpus.links if link.kind == "supports")
    assert "Supported by this claim" in bundle[f"claims/{link.source}/"]["body"]
    assert "Supported by this claim" not in bundle[f"claims/{link.target}/"]["body"]


def test_history_origin_figures_and_note_are_told(odd: Catalogue, bundle: dict[str, dict[str, str]]) -> None:
    claim = odd.claims_of(odd.articles[2].id)[0]
    page = parsed(bundle[f"claims/{claim.id}/"])
    history = words(page.cssselect(".claim-history")[0])
    assert "First published here 1 April 2026" in history
    assert "2026-05-02: wording corrected" in history
    assert [words(cell) for cell in page.cssselect(".figures td")] == ["$650 billion", "650,000,000,000", "US dollar"]
    assert words(page.cssselect(".claim-note")[0]) == "The sum is announced, not spent."
    svg = page.cssselect("svg[role=img]")[0]
    assert svg.get("aria-label").startswith("This claim and the 1 linked with it: 1 restates")


def test_the_picture_has_one_line_for_each_source_and_the_way_it_answers(built_claims: list[Any]) -> None:
    """Many answers of one article are one line with their number, not the same words again and again."""
    home = {row["id"]: row["article"] for row, _ in built_claims}
    several = 0
    for row, page in built_claims:
        answers = Counter((end["kind"], home[end["claim"]]) for end in row["relations"])
        lines = [line.text_content() for line in page.cssselect(".neighbourhood text")]
        assert len(lines) == min(len(answers), MOST)
        assert len(set(lines)) == len(lines), row["id"]
        numbers = [int(found[1]) for line in lines if (found := re.search(r" \((\d+)\)$", line))]
        if len(answers) <= MOST:
            assert sorted(numbers) == sorted(number for number in answers.values() if number > 1)
        several += bool(numbers)
    assert several > 10


def test_dates_of_other_sources_are_spoken(built_claims: list[Any]) -> None:
    times = [time for _, page in built_claims for time in page.cssselect(".claim-ends time")]
    assert {(time.get("datetime"), time.text_content()) for time in times} == {("2026-03-09", "9 March 2026")}


def test_references_and_files_stand_in_the_page(odd: Catalogue, bundle: dict[str, dict[str, str]]) -> None:
    for claim in odd.claims:
        page = parsed(bundle[f"claims/{claim.id}/"])
        assert [words(one) for one in page.cssselect(".cite dt")] == ["APA", "MLA", "Chicago"]
        assert all(f"claims/{claim.id}/" in words(one) for one in page.cssselect(".cite dd"))
        files = [link.get("href") for link in page.cssselect(".cite-files a")]
        assert files == [f"../../data/citations/{claim.article}.{ending}" for ending in ("bib", "ris", "json")]


def test_thin_pages_are_left_to_the_article(odd: Catalogue, bundle: dict[str, dict[str, str]]) -> None:
    alone = [claim for claim in odd.claims if not odd.related(claim.id)]
    assert alone
    assert not any(claim_indexable(odd, claim) for claim in alone)
    for claim in odd.claims:
        thin = "noindex" in bundle[f"claims/{claim.id}/"]["head"]
        assert thin is not claim_indexable(odd, claim)


@pytest.mark.parametrize(
    ("stated", "default", "listed"),
    [("full", "excerpt", True), ("", "full", False), ("excerpt", "full", True), ("", "excerpt", True)],
)
def test_full_texts_are_listed_only_where_somebody_stated_the_right(stated: str, default: str, listed: bool) -> None:
    catalogue = shelf.catalogue(rights_default=default)
    assert article_indexable(catalogue, replace(catalogue.articles[0], rights=stated)) is listed  # type: ignore[arg-type]


def piece(text: str, quote: str) -> Claim:
    base = shelf.catalogue().claims[0]
    at = text.rindex(quote)
    return replace(base, span=Span(at, at + len(quote)), quote=quote, prefix=text[max(0, at - 32) : at])


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("x Short, with a dash-word. y", "Short, with a dash-word.", "text=Short%2C%20with%20a%20dash%2Dword."),
        (
            "x One two three four five six seven eight nine ten. y",
            "One two three four five six seven eight nine ten.",
            "text=One%20two%20three%20four,seven%20eight%20nine%20ten.",
        ),
        ("It grew. And then it shrank. It grew.", "It grew.", "text=then%20it%20shrank.-,It%20grew."),
        (
            "x 人工智能 & 更多 y",
            "人工智能 & 更多",
            "text=%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD%20%26%20%E6%9B%B4%E5%A4%9A",
        ),
    ],
)
def test_text_fragments(text: str, quote: str, expected: str) -> None:
    found = text_fragment("https://example.net/a", text, piece(text, quote))
    assert found == f"https://example.net/a#:~:{expected}"


def test_a_text_fragment_follows_a_fragment_that_is_there() -> None:
    found = text_fragment("https://example.net/a#part", "One.", piece("One.", "One."))
    assert unquote(found) == "https://example.net/a#part:~:text=One."


def test_context_of_a_part_of_a_sentence_gives_the_rest_of_it() -> None:
    text = "First one. He said, it grew fast, and left. Last one."
    spans = (Span(0, 10), Span(11, 43), Span(44, 53))
    found = context(text, spans, piece(text, "it grew fast"))
    assert (found.before, found.after) == ("First one. He said,", ", and left. Last one.")
    assert context("Only.", (Span(0, 5),), piece("Only.", "Only.")).before == ""


def test_old_addresses_say_what_happened(odd: Catalogue) -> None:
    rows = entries(tombstones.pages(odd))
    compared = {f"compare/gone--{one}/" for one in ("odd", "other", "plain")}
    assert set(rows) == {"claims/c0000001/", "claims/c0000002/", "articles/plain-old/", "articles/gone/", *compared}
    assert all("is no longer published here" in words(parsed(rows[one])) for one in compared)
    retired, merged = parsed(rows["claims/c0000001/"]), parsed(rows["claims/c0000002/"])
    assert "no longer stands" in words(retired)
    assert "A claim that went." in words(retired)
    assert "1 May 2026" in words(retired)
    heir = odd.corpus.tombstones[1].merged_into
    assert f"../../claims/{heir}/" in [a.get("href") for a in merged.cssselect("a")]
    assert odd.claim(ClaimId(str(heir))).quote in words(merged)
    assert parsed(rows["articles/plain-old/"]).cssselect("a[data-moved]")[0].get("href") == "../../articles/plain/"
    assert all("noindex" in row["head"] for row in rows.values())


def test_mergers_are_followed_to_the_claim_that_stands(odd: Catalogue) -> None:
    stones = odd.corpus.tombstones
    chain = (replace(stones[0], state="merged", merged_into=stones[1].id), stones[1])
    looped = (
        replace(stones[0], state="merged", merged_into=stones[1].id),
        replace(stones[1], merged_into=stones[0].id),
    )
    for some, expected in ((chain, "became part of another"), (looped, "no longer stands")):
        known = Catalogue(replace(odd.corpus, tombstones=some), odd.site)
        assert expected in entries(tombstones.pages(known))["claims/c0000001/"]["body"]


def test_the_list_for_lost_readers_names_every_address(odd: Catalogue) -> None:
    found = json.loads(next(notfound.pages(odd)).body)
    assert set(" ".join(found["claims"].values()).split()) == {claim.id for claim in odd.claims}
    assert found["old"] == {"plain-old": "plain"}
    assert set(found["retired"]) == {"c0000001", "c0000002"}


def test_a_page_costs_no_more_than_a_few_sentences(odd: Catalogue) -> None:
    number = len(entries(claim_pages.pages(odd)))
    text = prose(200)
    assert ratio(lambda: entries(claim_pages.pages(odd)), lambda: [detect(read_text(text, id="x")) for _ in range(number)], 10) < 10


def test_every_page_names_only_what_every_claim_page_shows(five: BuiltSite, built_claims: list[Any]) -> None:
    """What a browser fetches for a page: style, the core script, two faces, the icon; each of them there, once, and small."""
    shared = {f"static/{name}" for name in ("sourcebook.css", "sourcebook.js", "fonts/serif.woff2", "fonts/sans.woff2")}
    for row, page in built_claims:
        asked = [one.get(name) for name in ("src", "srcset", "poster", "data", "background") for one in page.cssselect(f"[{name}]")]
        asked += [one.get("href") for one in page.cssselect("link[rel=stylesheet], link[rel=preload], link[rel=icon]")]
        asked += [one.get("href") for one in page.cssselect("svg use, svg image")]
        assert sorted(asked) == sorted(f"../../{one}" for one in (*shared, "assets/icon.svg")), row["id"]
        assert not page.cssselect("link[rel=prefetch], link[rel=modulepreload], link[rel=preconnect], iframe, object, style")
    assert all((five.out / one).is_file() for one in shared)


def test_no_page_asks_another_host_for_anything(bundle: dict[str, dict[str, str]]) -> None:
    for row in bundle.values():
        page = parsed(row)
        assert not page.cssselect("img, iframe, object, embed, video, audio, source, link[rel=stylesheet]")
        assert not re.search(r"<!--|\sstyle=|\son[a-z]+=", lively(row["body"]).replace("&lt;!--", ""))
