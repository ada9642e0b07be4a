"""The article page: its text is the source's to the letter, its marks the claims', its notes complete."""
from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from build_tools.catalogue import Catalogue
from build_tools.document import inert, lively
from build_tools.model import UNSIGNED, Article, ArticleId, Asserter, Block, Claim, ClaimId, Span
from build_tools.render import article as article_page
from build_tools.render import articles, home, shell
from build_tools.render._article_facts import standing
from build_tools.render._article_text import Furniture, Marked, article_text, heading_levels
from tests import shelf

NOTHING = Furniture(after_title=Markup(), margin={})
KINDS = ("paragraph", "heading", "list_item", "quotation", "caption", "boilerplate", "title", "citation", "byline")


def soup(html: str) -> BeautifulSoup:
    """Parse as browsers do."""
    return BeautifulSoup(html, "html.parser")


def folded(text: str) -> str:
    """White space as the contract compares it."""
    return " ".join(text.split())


def plain(element: Tag) -> str:
    """Text without furniture."""
    copy = soup(str(element))
    for extra in copy.select("[data-furniture]"):
        extra.decompose()
    return copy.get_text()


def an_article(paragraphs: list[str], kinds: list[str] | None = None) -> Article:
    """An article of the given blocks."""
    text, blocks = "", []
    for place, paragraph in enumerate(paragraphs):
        kind = kinds[place] if kinds else "paragraph"
        level = 2 if kind in ("heading", "title") else 0
        blocks.append(Block(kind=kind, level=level, span=Span(len(text), len(text) + len(paragraph))))  # type: ignore[arg-type]
        text += paragraph + "\n\n"
    return Article(id=ArticleId("a"), file="a.txt", text=text, blocks=tuple(blocks), title="A", digest="0" * 64)


def marked(article: Article, spans: list[Span], sic: Span | None = None) -> list[Marked]:
    """Claims on the given places."""
    claims = [
        Claim(
            id=ClaimId(f"c{place:06d}"), article=article.id, span=span, quote=span.of(article.text), kind="fact",
            weight="main" if place % 2 else "other", asserter=Asserter(name="A"),
            sic=(sic,) if sic and span.contains(sic) else (),
        )
        for place, span in enumerate(sorted(spans))
    ]  # fmt: skip
    return [Marked(claim=claim, number=n, label=f"Claim {n}", disputed=False) for n, claim in enumerate(claims, 1)]


def test_the_bar_shows_the_counts_that_stand_below_it(catalogue: Catalogue) -> None:
    """A claim that one source confirms and another disputes is counted under both, and drawn so."""
    for article in catalogue.articles:
        found = standing(catalogue, article)
        drawn = Counter({"confirmed": 0, "disputed": 0, "touched": 0})
        for part in found.bar:
            drawn[part.name] += part.length
        assert drawn == {"confirmed": found.confirmed, "disputed": found.disputed, "touched": found.touched}
        assert max(part.start + part.length for part in found.bar) == found.claims - found.silent
        halved = [part for part in found.bar if part.top]
        assert [part.start + part.length for part in halved] == [found.confirmed] * bool(found.both)
        assert sum(part.length for part in halved) == found.both > 0


SIGNS = st.sampled_from("ab <&\"'é🚀人\u00a0{}*_")
WORDS = st.text(SIGNS, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@st.composite
def cut(draw: st.DrawFn) -> tuple[Article, list[Span]]:
    """An article with claims that overlap, nest, touch, repeat and cross blocks."""
    paragraphs = draw(st.lists(WORDS, min_size=1, max_size=5))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=len(paragraphs), max_size=len(paragraphs)))
    article = an_article(paragraphs, kinds)
    ends = st.integers(0, len(article.text) - 2)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6))
    spans = [Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    inside = [s for s in spans if any(s.start < b.end and b.start < s.end for b in article.blocks)]
    return article, list(dict.fromkeys(inside))


@settings(deadline=None, max_examples=60)
@given(cut())
def test_the_text_of_every_block_is_the_source_to_the_letter(case: tuple[Article, list[Span]]) -> None:
    article, spans = case
    page = soup(article_text(article, marked(article, spans), NOTHING))
    shown = [folded(plain(block)) for block in page.select("[data-block]")]
    assert shown == [folded(block.span.of(article.text)) for block in article.blocks]


@settings(deadline=None, max_examples=60)
@given(cut())
def test_the_pieces_of_a_claim_are_its_quote(case: tuple[Article, list[Span]]) -> None:
    article, spans = case
    claims = marked(article, spans)
    page = soup(article_text(article, claims, NOTHING))
    for item in claims:
        pieces = [mark for mark in page.select("mark.claim") if item.claim.id in mark["data-claims"]]
        shares = ((max(item.claim.start, b.start), min(item.claim.end, b.end)) for b in article.blocks)
        in_blocks = "".join(article.text[start:end] for start, end in shares if start < end)
        assert folded("".join(piece.get_text() for piece in pieces)) == folded(in_blocks)  # the parser folds bare space


@settings(deadline=None, max_examples=60)
@given(cut())
def test_every_id_stands_once_and_every_claim_has_one_way_to_its_note(case: tuple[Article, list[Span]]) -> None:
    article, spans = case
    inside = [span for span in spans if any(block.span.contains(span) for block in article.blocks)]
    claims = marked(article, inside)
    page = soup(article_text(article, claims, NOTHING))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for item in claims:
        first = next(mark for mark in page.select("mark.claim") if item.claim.id in str(mark["data-claims"]).split())
        assert first.get("id") == item.claim.id or page.find(id=item.claim.id) is not None
        assert [a["href"] for a in page.select(f"#r-{item.claim.id}")] == [f"#n-{item.claim.id}"]


@settings(deadline=None, max_examples=60)
@given(cut())
def test_a_claim_is_announced_once(case: tuple[Article, list[Span]]) -> None:
    """Pieces after the first say nothing to assistive technology."""
    article, spans = case
    page = soup(article_text(article, marked(article, spans), NOTHING))
    for mark in page.select("mark.claim"):
        assert bool(mark.get("role")) != bool(mark.get("id") and mark.get_text())


def test_claims_that_begin_together_can_both_be_landed_on() -> None:
    article = an_article(["One two three."])
    page = soup(article_text(article, marked(article, [Span(0, 3), Span(0, 14)]), NOTHING))
    assert page.find(id="c000000") is not None
    assert page.find(id="c000001") is not None


def test_markup_in_a_source_stays_words() -> None:
    text = '<script>alert(1)</script> <img src=x onerror="alert(1)">'
    page = soup(article_text(an_article([text]), [], NOTHING))
    assert page.find(["script", "img"]) is None
    assert plain(page.select_one("[data-block]") or page) == text  # type: ignore[arg-type]


def test_a_misprint_is_marked_and_never_altered() -> None:
    article = an_article(["A fine buisness it is."])
    page = soup(article_text(article, marked(article, [Span(0, 22)], sic=Span(7, 15)), NOTHING))
    assert page.select_one(".sic").get_text() == "buisness"  # type: ignore[union-attr]
    assert plain(page.select_one("[data-block]")) == "A fine buisness it is."  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("blocks", "levels"),
    [
        (["title", "heading", "paragraph"], [1, 2, 0]),
        (["heading", "title", "title"], [2, 1, 2]),
        (["paragraph"], [0]),
    ],
)
def test_one_heading_of_level_one_and_none_skipped(blocks: list[str], levels: list[int]) -> None:
    assert heading_levels(an_article(["x"] * len(blocks), blocks).blocks) == levels


def test_a_deep_heading_does_not_skip_levels() -> None:
    blocks = an_article(["x", "y", "z"], ["title", "heading", "heading"]).blocks
    assert heading_levels([blocks[0], replace(blocks[1], level=6), replace(blocks[2], level=6)]) == [1, 2, 3]


def test_a_copy_of_several_blocks_can_equal_the_canonical_text() -> None:
    article = replace(an_article(["One.", "Two."]), text="One.\nTwo.\n\n", blocks=(
        Block(kind="paragraph", span=Span(0, 4)), Block(kind="paragraph", span=Span(5, 9))))  # fmt: skip
    page = soup(article_text(article, [], NOTHING))
    assert [block.get("data-gap") for block in page.select("[data-block]")] == [None, "1"]


def test_every_claim_of_the_seeds_has_a_note_with_what_is_known_of_it(catalogue: Catalogue) -> None:
    for source in catalogue.articles:
        page = soup(article_page.document(catalogue, source).body)
        for claim in catalogue.claims_of(source.id):
            note = page.select_one(f"#n-{claim.id}")
            assert note is not None
            words = folded(note.get_text())
            assert claim.asserter.name in words
            assert ("hedged" in words) == claim.hedged
            assert ("checked by a person" in words) == (claim.origin == "curated")
            assert len(note.select(".relation")) == min(len(catalogue.related(claim.id)), 4)
            assert note.select_one(f'a[href="../../claims/{claim.id}/"]') is not None
            assert note.select_one(f'a[href="#r-{claim.id}"][role=doc-backlink]') is not None


def test_counts_of_what_others_say_agree_with_the_data(catalogue: Catalogue) -> None:
    for source in catalogue.articles:
        page = soup(article_page.document(catalogue, source).body)
        kinds = [{end.link.kind for end in catalogue.related(claim.id)} for claim in catalogue.claims_of(source.id)]
        shown = [int(b.get_text()) for b in page.select(".shares b")]
        confirmed = sum(bool(found & {"restates", "supports"}) for found in kinds)
        others = (sum("disputes" in found for found in kinds), kinds.count({"related"}), sum(not found for found in kinds))
        assert shown == [confirmed, *(count for count in others if count)]


def test_pages_have_no_inline_style_and_no_handler(catalogue: Catalogue) -> None:
    for source in catalogue.articles:
        body = article_page.document(catalogue, source).body
        assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", body)


def test_odd_signs_survive_the_way_through_markdown() -> None:
    catalogue = shelf.catalogue()
    for source in catalogue.articles:
        body = lively(inert(article_page.document(catalogue, source).body))
        shown = [folded(plain(block)) for block in soup(body).select("[data-article] [data-block]")]
        assert shown == [folded(block.span.of(source.text)) for block in source.blocks]


def test_an_article_without_claims_or_title_still_has_a_page() -> None:
    bare = replace(an_article(["Only words."]), title="Only words")
    corpus = replace(shelf.corpus(), articles=(bare,), claims=(), links=(), concepts=(), sentences={}, tombstones=())
    catalogue = Catalogue(corpus, shelf.catalogue().site)
    page = soup(article_page.document(catalogue, bare).body)
    assert [h.get_text() for h in page.select("h1")] == ["Only words"]
    assert "No claims were found" in page.get_text()
    assert list(home.pages(catalogue))
    assert list(articles.pages(catalogue))


def test_the_overview_leads_to_every_article_of_a_small_corpus(catalogue: Catalogue) -> None:
    overview = next(page for page in home.pages(catalogue) if page.path.endswith("overview.html"))
    links = {a["href"] for a in soup(overview.body.decode()).select("a[href]")}
    assert {f"articles/{source.id}/" for source in catalogue.articles} <= links


def test_a_home_page_that_nobody_wrote_has_a_heading(catalogue: Catalogue) -> None:
    made = {page.path.rpartition("/")[2]: page.body.decode() for page in home.pages(catalogue)}
    assert 'data-sourcebook="welcome"' in made["default-index.md"]
    (heading,) = soup(made["welcome.html"]).select("h1")
    assert heading.text == catalogue.site.name
    assert "h1" not in made["overview.html"]


def test_an_article_that_nobody_signed_is_named_once_where_it_is_quoted(catalogue: Catalogue) -> None:
    overview = next(page for page in home.pages(catalogue) if page.path.endswith("overview.html"))
    footers = [footer.text for footer in soup(overview.body.decode()).select(".meeting footer")]
    titles = [one.title for one in catalogue.articles if not one.authors and not one.publisher]
    assert any(footer.startswith(title) for footer in footers for title in titles)
    assert not any(UNSIGNED in footer for footer in footers)


def test_the_head_says_what_the_marks_mean_and_leads_to_their_key(catalogue: Catalogue) -> None:
    for article in catalogue.articles:
        page = soup(lively(article_page.document(catalogue, article).body))
        (key,) = page.select('.article-head a[href="#claims"]')
        disputed = any(end.link.kind == "disputes" for claim in catalogue.claims_of(article.id) for end in catalogue.related(claim.id))
        assert ("×" in key.parent.text) == disputed
        kinds = {claim.kind for claim in catalogue.claims_of(article.id)}
        assert {lane["class"][1].removeprefix("kind-") for lane in page.select(".lane:has(.key)")} == kinds


def test_the_matrix_counts_what_the_topic_pages_count(catalogue: Catalogue) -> None:
    for row in home.matrix(catalogue, catalogue.articles):
        topic = next(topic for topic in catalogue.topics if topic.pref_label == row.label)
        assert row.total == len(catalogue.claims_on(topic.id))


def test_the_shell_is_empty(catalogue: Catalogue) -> None:
    (page,) = shell.pages(catalogue)
    assert '<div id="sourcebook-body"></div>' in lively(page.body.decode())
