"""The stages in order: what meets what, and that one bad article never spoils the rest."""

# ruff: noqa: E501 - a passage that is tested stays on one line
from __future__ import annotations

import threading
from pathlib import Path

import pytest
import yaml
from conftest import DATE, SEEDS
from places import codes, fill

from build_tools import pipeline
from build_tools.catalogue import Catalogue
from build_tools.model import Article, Claim, ClaimId, Link
from build_tools.pipeline import Built
from build_tools.pipeline._drafts import find_quote, yaml_scalar
from build_tools.pipeline._links import united
from build_tools.settings import Site

FULL = Site(rights_default="full", cards=0)
WORDS = "Bees in the city\n\nBy Marta Silva\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey than bees on farms. They may sleep in winter.\n"
OTHER = "Farm bees\n\nCity bees make less honey than bees on farms, says the union. Farms lost 9 percent of their hives.\n"


def built(place: Path, **files: str) -> Built:
    folders = fill(place, {name.replace("_", "."): text for name, text in files.items()})
    return pipeline.build_corpus(folders.seeds, FULL, date="2026-11-22")


def claim(found: Built, begins: str) -> Claim:
    return next(one for one in found.corpus.claims if one.quote.startswith(begins))


def article(found: Built, name: str) -> Article:
    return next(one for one in found.corpus.articles if one.file == name)


def test_the_five_seeds_hold_together(built_five: Built) -> None:
    corpus = built_five.corpus
    ids = [one.id for one in corpus.claims]
    assert len(set(ids)) == len(ids)
    texts = {one.id: one.text for one in corpus.articles}
    for one in corpus.claims:
        assert one.span.of(texts[one.article]) == one.quote
        for quantity in one.quantities:
            assert texts[one.article][quantity.start : quantity.end] == quantity.text
    known = set(ids)
    for link in corpus.links:
        assert {link.source, link.target} <= known
    names = {one.id for one in corpus.concepts}
    assert {name for one in corpus.claims for name in (*one.topics, *one.entities)} <= names


@pytest.fixture(scope="module")
def built_five() -> Built:
    return pipeline.build_corpus(SEEDS, FULL, date=DATE)


def test_relations_stand_on_both_ends(built_five: Built) -> None:
    known = Catalogue(built_five.corpus, FULL)
    ends = {(one.id, end.claim.id, end.link.kind) for one in built_five.corpus.claims for end in known.related(one.id)}
    assert ends
    assert ends == {(there, here, kind) for here, there, kind in ends}


def test_building_changes_no_file(tmp_path: Path) -> None:
    built(tmp_path, bees_txt=WORDS)
    assert [path.name for path in (tmp_path / "seeds").iterdir()] == ["bees.txt"]


def test_what_a_person_wrote_wins_over_what_was_read(tmp_path: Path) -> None:
    sidecar = "title: Roof bees\nauthors: [Ana Reis]\npublisher: Herald\npublished: 2025-03\nlanguage: pt\nrights: full\n"
    found = article(built(tmp_path, bees_txt=WORDS, bees_yml=sidecar), "bees.txt")
    assert (found.title, found.authors, found.publisher, found.published, found.language) == (
        "Roof bees",
        ("Ana Reis",),
        "Herald",
        "2025-03",
        "pt",
    )


def test_a_claim_without_words_of_its_own_is_its_authors(tmp_path: Path) -> None:
    found = built(tmp_path, bees_txt=WORDS, bees_yml="authors: [Ana Reis]\n")
    assert claim(found, "The first hives").asserter.name == "Ana Reis"


def test_a_curated_claim_takes_the_place_of_the_detected_one(tmp_path: Path) -> None:
    sidecar = "claims:\n  - quote: City bees make 30 percent more honey than bees on farms.\n    kind: judgement\n    weight: main\n    note: Counted twice.\n"
    found = built(tmp_path, bees_txt=WORDS, bees_yml=sidecar)
    (one,) = [one for one in found.corpus.claims if one.quote.startswith("City bees")]
    assert (one.kind, one.origin, one.weight, one.note) == ("judgement", "curated", "main", "Counted twice.")
    assert [quantity.text for quantity in one.quantities] == ["30 percent"]
    assert {other.weight for other in found.corpus.claims if other is not one} == {"other"}


def test_parts_of_a_sentence_can_be_claims_and_may_overlap(tmp_path: Path) -> None:
    sidecar = "claims:\n  - quote: City bees make 30 percent more honey\n    kind: fact\n  - quote: more honey than bees on farms\n    kind: fact\n"
    found = built(tmp_path, bees_txt=WORDS, bees_yml=sidecar)
    one, other = claim(found, "City bees make"), claim(found, "more honey")
    assert one.span.overlaps(other.span)
    assert len([c for c in found.corpus.claims if c.span.overlaps(one.span)]) == 2


def test_a_rejected_detection_is_gone(tmp_path: Path) -> None:
    found = built(tmp_path, bees_txt=WORDS, bees_yml="rejected:\n  - quote: The first hives came to Lisbon in 1998.\n")
    assert codes(found.problems) == []
    assert [c for c in found.corpus.claims if c.quote.startswith("The first hives")] == []
    assert [c for c in found.corpus.claims if c.quote.startswith("City bees")] != []


def test_the_same_words_twice_need_a_word_of_context(tmp_path: Path) -> None:
    twice = WORDS + "\nIn spring all was new. They may sleep in winter.\n"
    plain = "claims:\n  - quote: They may sleep in winter.\n    kind: fact\n"
    assert codes(built(tmp_path, bees_txt=twice, bees_yml=plain).problems) == ["A01"]
    exact = plain + "    prefix: all was new.\n"
    found = built(tmp_path, bees_txt=twice, bees_yml=exact)
    assert codes(found.problems) == []
    (one,) = [c for c in found.corpus.claims if c.origin == "curated"]
    assert one.start == found.corpus.articles[0].text.rindex("They may sleep")


def test_a_relation_that_a_person_stated_keeps_detected_ones_out(tmp_path: Path) -> None:
    first = built(tmp_path, bees_txt=WORDS, farm_txt=OTHER)
    target = claim(first, "City bees make less").id
    sidecar = (
        "claims:\n  - quote: City bees make 30 percent more honey than bees on farms.\n    kind: comparison\n"
        f"    relations:\n      - to: {target}\n        kind: disputes\n        why: More, or less.\n"
    )
    found = built(tmp_path, bees_txt=WORDS, bees_yml=sidecar, farm_txt=OTHER)
    (link,) = found.corpus.links
    assert (link.kind, link.origin, link.note) == ("disputes", "curated", "More, or less.")
    (back,) = Catalogue(found.corpus, FULL).related(claim(found, "City bees make less").id)
    assert back.claim == claim(found, "City bees make 30")


def test_a_sidecar_that_cannot_be_read_leaves_the_detections(tmp_path: Path) -> None:
    found = built(tmp_path, bees_txt=WORDS, bees_yml="claims: [\n")
    assert found.problems.has_errors
    assert len(found.corpus.claims) >= 2


def test_a_corpus_is_the_same_whether_its_work_is_done_side_by_side_or_in_turn(
    built_five: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_ENOUGH_TO_FORK", 0)
    again = pipeline.build_corpus(SEEDS, FULL, date=DATE)
    assert again.corpus == built_five.corpus
    assert again.ledger_after == built_five.ledger_after is not None


@pytest.mark.parametrize("forks", [True, False])
def test_many_articles_are_read_by_two_processes_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forks: bool
) -> None:
    folders = fill(
        tmp_path, {f"a{n:02}.txt": f"Article {n}\n\nHives make {n + 3} percent more honey.\n" for n in range(6)} | {"bad.txt": ""}
    )
    one = pipeline.build_corpus(folders.seeds, FULL)
    monkeypatch.setattr(pipeline, "_ENOUGH_FOR_TWO", 2)
    monkeypatch.setattr(pipeline, "_FILES", 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1 if forks else 2)
    two = pipeline.build_corpus(folders.seeds, FULL)
    assert one.corpus == two.corpus
    assert codes(one.problems) == codes(two.problems) == ["R01"]


def test_two_articles_of_one_title_get_two_addresses(tmp_path: Path) -> None:
    found = built(tmp_path, a_txt=WORDS, b_txt=WORDS.replace("1998", "1999"))
    assert len({one.id for one in found.corpus.articles}) == 2
    assert len({one.id for one in found.corpus.claims}) == len(found.corpus.claims)


def test_hidden_files_and_folders_are_no_articles(tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS, ".secret.txt": OTHER})
    (folders.seeds / "drafts").mkdir()
    (folders.seeds / "drafts/farm.txt").write_text(OTHER)
    found = pipeline.build_corpus(folders.seeds, FULL)
    assert [one.file for one in found.corpus.articles] == ["bees.txt"]


# --- quotes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "count"),
    [
        ("He said “go”.", 'said "go"', 1),
        ("It’s  a\nlong-lived bee", "It's a long–lived bee", 1),
        ("a.b a.b axb", "a.b", 2),
        ("Bees", "bees", 0),
        ("anything", "   ", 0),
        ("x (y) [z] *", "(y) [z] *", 1),
    ],
)
def test_quotes_are_found_to_the_letter_but_for_the_shape_of_marks(text: str, quote: str, count: int) -> None:
    assert len(find_quote(text, quote)) == count


@pytest.mark.parametrize("words", ["it's", "a: b # c", "- x", "*y", 'say "x"', "1998", "null", " a\n b "])
def test_words_for_the_sidecar_come_back_as_they_were(words: str) -> None:
    assert yaml.safe_load(f"quote: {yaml_scalar(words)}")["quote"] == " ".join(words.split())


def test_links_that_lead_to_claims_that_are_gone_are_dropped(built_five: Built) -> None:
    claims = built_five.corpus.claims[:2]
    link = Link(source=claims[0].id, target=ClaimId("c0000000"), kind="related", origin="curated")
    assert united([link], [], claims) == ()
