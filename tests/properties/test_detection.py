"""Laws of detection: places are exact, order is kept, the same text gives the same answer, nothing makes it fail."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools import compare, detect, read_text
from build_tools.concepts import name_concepts
from build_tools.detect import quantities
from build_tools.relate import relate

PIECES = st.sampled_from(
    [
        "However, ",
        "Rents rose by 5 percent. ",
        "Acme has reported losses. ",
        "$3 bn ",
        "“",
        "”",
        "Will it work? ",
        "—",
        "2026 ",
        "\n\n",
        "𝔘nits ",
        "10 to 15 km",
        "according to ",
        "May ",
        "it may help. ",
        "one ",
        "hundred ",
        "e9",
        " 1/2",
        "€",
        "’s ",
        ", ",
        "İ",
        "中文句子。",
        "If you can, stop. ",
        "said ",
        "half a million ",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join)
ARTICLES = TEXTS.map("A title\n\nOne word more. {}".format)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_figures_quote_the_text_and_do_not_overlap(text: str) -> None:
    found = quantities(text)
    assert all(text[q.start : q.end] == q.text and q.text.strip() for q in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(ARTICLES)
@settings(max_examples=100, deadline=None)
def test_claims_quote_the_article_in_order(text: str) -> None:
    article = read_text(text, id="x")
    claims = detect(article)
    assert claims == detect(article)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.quote == article.text[claim.start : claim.end]
        assert 0 <= claim.score <= 1
        assert article.blocks[claim.paragraph - 1].span.contains(claim.span)
        for inner in (claim.hedge, claim.asserter.evidence):
            assert inner is None or claim.span.contains(inner)
        assert all(claim.start <= q.start < q.end <= claim.end for q in claim.quantities)


@given(st.lists(ARTICLES, max_size=3))
@settings(max_examples=40, deadline=None)
def test_linking_and_naming_take_anything(texts: list[str]) -> None:
    articles = [read_text(text, id=f"a{place}") for place, text in enumerate(texts)]
    claims = [claim for article in articles for claim in detect(article)]
    by_id = {claim.id: claim for claim in claims}
    for link in relate(claims):
        assert link.source < link.target
        assert by_id[link.source].article != by_id[link.target].article
    concepts, named = name_concepts(articles, claims, ())
    known = {concept.id for concept in concepts}
    assert len(known) == len(concepts)
    assert all(known.issuperset((*claim.topics, *claim.entities)) for claim in named)


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
@settings(max_examples=40, deadline=None)
def test_matches_come_best_first(statements: list[str], others: list[str]) -> None:
    found = compare(statements, others)
    assert len(found) == len(statements)
    for matches in found:
        scores = [match.score for match in matches]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert len({match.index for match in matches}) == len(matches)
