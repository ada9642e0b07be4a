"""The five articles as people annotated them: complete, consistent, and nothing in it made by rule."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools import curate
from build_tools.cli import main
from build_tools.ids import fold
from build_tools.model import CLAIM_KINDS, RELATION_KINDS
from build_tools.pipeline import Built
from build_tools.sidecar import CuratedClaim, CuratedRelation

if TYPE_CHECKING:
    import pytest

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def entries(built: Built) -> list[CuratedClaim]:
    return [claim for source in built.sources if source.sidecar for claim in source.sidecar.claims]


def relations(built: Built) -> Iterator[CuratedRelation]:
    for claim in entries(built):
        yield from claim.relations


def test_every_article_has_a_sidecar_and_every_claim_is_a_persons(built: Built) -> None:
    assert [source.sidecar is not None for source in built.sources] == [True] * 5
    assert {claim.origin for claim in built.corpus.claims} == {"curated"}
    assert len(entries(built)) == len(built.corpus.claims) >= 240


def test_the_review_queue_is_empty(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    sidecars = {source.article.id: source.sidecar for source in built.sources if source.sidecar}
    assert curate.review_queue(built.corpus.claims, built.corpus.articles, sidecars, ()) == []
    assert main(["review", "--seeds", str(SEEDS)]) == 0
    assert capsys.readouterr().out.startswith("Nothing to review")


def test_check_is_clean_and_the_ledger_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict", "--locked", "--seeds", str(SEEDS)]) == 0, capsys.readouterr().out


def test_every_claim_says_its_kind(built: Built) -> None:
    assert [claim.quote for claim in entries(built) if claim.kind is None] == []
    assert {claim.kind for claim in entries(built)} == set(CLAIM_KINDS)


def test_at_most_ten_main_claims_an_article_but_for_the_longest(built: Built) -> None:
    main_claims = Counter(claim.article for claim in built.corpus.claims if claim.weight == "main")
    assert set(main_claims) == {article.id for article in built.corpus.articles}
    assert max(main_claims.values()) <= 10, "the codebook allows ten main claims an article"


def test_relations_are_many_and_every_one_is_a_persons(built: Built) -> None:
    links = built.corpus.links
    assert {link.origin for link in links} == {"curated"}
    assert len(links) == len(list(relations(built))) >= 150
    kinds = Counter(link.kind for link in links)
    assert set(kinds) == set(RELATION_KINDS)
    assert kinds["disputes"] >= 60


def test_every_relation_joins_two_articles_and_says_why_in_a_sentence_of_its_own(built: Built) -> None:
    home = {claim.id: claim.article for claim in built.corpus.claims}
    assert [link for link in built.corpus.links if home[link.source] == home[link.target]] == []
    reasons = Counter(fold(relation.why) for relation in relations(built))
    assert [why for why, times in reasons.items() if times > 1] == []
    for relation in relations(built):
        assert relation.why[-1] in ".?”", relation.why
        assert len(relation.why.split()) >= 5, relation.why


def test_all_ten_pairs_of_articles_are_related_and_dispute(built: Built) -> None:
    home = {claim.id: claim.article for claim in built.corpus.claims}
    pairs = Counter(frozenset((home[link.source], home[link.target])) for link in built.corpus.links)
    assert len(pairs) == 10
    disputed = {frozenset((home[link.source], home[link.target])) for link in built.corpus.links if link.kind == "disputes"}
    assert len(disputed) >= 9


def test_every_topic_is_used_or_holds_others_and_every_claim_has_one(built: Built) -> None:
    topics = {concept.id: concept for concept in built.corpus.concepts if concept.kind == "topic"}
    used = {name for claim in built.corpus.claims for name in claim.topics}
    broader = {name for concept in topics.values() for name in concept.broader}
    assert set(topics) - used - broader == set()
    assert [claim.quote for claim in built.corpus.claims if not claim.topics] == []
    assert {concept.origin for concept in topics.values()} == {"curated"}


def test_words_that_name_an_asserter_or_a_hedge_stand_in_the_article(built: Built) -> None:
    text = {article.id: article.text for article in built.corpus.articles}
    for claim in built.corpus.claims:
        assert claim.hedge is None or claim.span.contains(claim.hedge), claim.quote
        assert claim.asserter.evidence is None or claim.asserter.evidence.of(text[claim.article]).strip()
    asked = [claim for claim in entries(built) if claim.hedge]
    found = [claim for claim in built.corpus.claims if claim.hedge]
    assert len(found) >= len(asked) >= 20
