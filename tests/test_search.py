"""The search index: what it holds, how it is written, and that the script reads text as the builder does."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from corpus_small import small_catalogue
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.catalogue import Catalogue
from build_tools.export import _search_index as index_of
from build_tools.export import search
from build_tools.export._search_documents import documents
from build_tools.export._search_pack import DIGITS, ascending, divide, number, order, telling
from build_tools.export._search_words import STOP, every_word, fold, joined, term, words
from build_tools.model import CLAIM_KINDS, Corpus
from build_tools.settings import Site

HERE = Path(__file__).parent


def read_numbers(text: str) -> list[int]:
    """Read packed numbers, as the script does."""
    out, value, size = [], 0, 1
    for sign in text:
        digit = DIGITS.index(sign)
        value += (digit & 31) * size
        size *= 32
        if not digit & 32:
            out.append(value)
            value, size = 0, 1
    return out


def read_pieces(text: str) -> dict[str, list[object]]:
    """Read the pieces of a script."""
    found = {}
    for line in text.splitlines():
        call = re.fullmatch(r"sourcebookPiece\((.*)\);", line)
        assert call
        name, *data = json.loads(f"[{call[1]}]")
        found[name] = data
    return found


@given(st.lists(st.integers(0, 10**9)))
def test_numbers_survive_packing(values: list[int]) -> None:
    assert read_numbers("".join(map(number, values))) == values


@given(st.sets(st.integers(0, 10**6)))
def test_ascending_numbers_are_distances(values: set[int]) -> None:
    ordered, total, back = sorted(values), 0, []
    for distance in read_numbers(ascending(ordered)):
        total += distance
        back.append(total)
    assert back == ordered


@given(st.dictionaries(st.integers(0, 10**5), st.integers(1, 15)))
def test_postings_keep_documents_and_impacts(values: dict[int, int]) -> None:
    total, back = 0, {}
    for distance in read_numbers(ascending(sorted(doc << 4 | impact for doc, impact in values.items()))):
        total += distance
        back[total >> 4] = total & 15
    assert back == values


@given(st.lists(st.text(min_size=1), min_size=1, unique=True))
def test_a_shortened_beginning_still_parts_the_words(keys: list[str]) -> None:
    keys.sort(key=order)
    for last, key in pairwise(keys):
        short = telling(key, last)
        assert key.startswith(short)
        assert order(last) < order(short) <= order(key)


@given(st.lists(st.integers(0, 200), unique=True), st.integers(1, 50))
def test_the_heaviest_postings_are_kept_in_order(documents: list[int], most: int) -> None:
    listed = [document << 4 | 1 + document % 15 for document in sorted(documents)]
    kept = index_of._heaviest(listed, most)
    assert kept == sorted(kept)
    assert len(kept) == min(most, len(listed))
    assert sorted(code & 15 for code in kept) == sorted(code & 15 for code in listed)[-len(kept) :] or not listed


@given(st.lists(st.integers(1, 1000), min_size=1), st.integers(1, 20))
def test_divide_gives_at_most_so_many_runs(sizes: list[int], parts: int) -> None:
    begins = divide(sizes, parts)
    assert begins[0] == 0
    assert begins == sorted(set(begins))
    assert len(begins) <= parts


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("the U.S. AI Action Plan", ["the", "us", "ai", "action", "plan"]),
        ("34 per cent", ["34", "percent"]),
        ("35%", ["35", "percent"]),
        ("180,000 derivatives", ["180000", "deriv"]),
        ("$2.8 trillion", ["2.8", "trillion"]),
        ("DeepSeek’s V3.2", ["deepseek", "v3.2"]),
        ("GPT-5", ["gpt", "5"]),
        ("data centres, optimised", ["data", "center", "optim"]),
        ("data centers, optimized", ["data", "center", "optim"]),
        ("Été 模型", ["ete", "模", "型"]),
    ],
)
def test_words(text: str, stems: list[str]) -> None:
    assert [term(word) for word in words(fold(text))] == stems


def test_names_with_a_number_are_found_in_one_piece() -> None:
    assert joined(fold("GPT-5 and DeepSeek-V3")) == ["gpt5", "deepseekv3"]


@given(st.text(st.sampled_from("abn.,-'%’é模_ 0123456789\n")))
def test_the_quick_way_to_words_is_the_plain_one(text: str) -> None:
    for line in fold(text).split("\n"):
        assert every_word(line) == words(line) + joined(line)


@given(st.text(st.sampled_from("abc.,' 0123%")))
def test_initials_thousands_and_possessives_as_the_script_has_them(text: str) -> None:
    plain = re.sub(r"per ?cent\b|%", " percent ", text)
    plain = re.sub(r"\b(?:[a-z]\.)+[a-z]\b", lambda found: found.group().replace(".", ""), plain)
    plain = re.sub(r"'s\b", "", plain).replace("'", "")
    assert fold(text) == re.sub(r"([0-9]),(?=[0-9]{3}(?![0-9]))", r"\1", plain)


@given(st.text(st.characters(exclude_characters="'‘’.,%")))
@settings(max_examples=200)
def test_folding_is_stable(text: str) -> None:
    once = fold(text)
    assert words(fold(once)) == words(once)


def test_every_claim_is_indexed_under_each_of_its_words() -> None:
    catalogue = small_catalogue()
    index = index_of.build(list(documents(catalogue)))
    for place, claim in enumerate(catalogue.claims):
        for word in words(fold(claim.quote)):
            if word not in STOP:
                assert place in {entry >> 4 for entry in index.terms[term(word)]}


def test_names_of_topics_lead_to_their_claims() -> None:
    catalogue = small_catalogue()
    index = index_of.build(list(documents(catalogue)))
    place = {claim.id: number for number, claim in enumerate(catalogue.claims)}
    for concept in catalogue.corpus.concepts:
        for label in (concept.pref_label, *concept.alt_labels, *concept.hidden_labels):
            for word in words(fold(label)):
                if word not in STOP:
                    found = {entry >> 4 for entry in index.terms[term(word)]}
                    assert {place[claim.id] for claim in catalogue.claims_on(concept.id)} <= found


def test_facet_columns_equal_the_claims() -> None:
    catalogue = small_catalogue()
    pages = {page.path: page.body.decode() for page in search.pages(catalogue)}
    assert set(pages) == {"search/start.js", "search/f.js"}
    pieces = read_pieces(pages["search/f.js"])
    signs = pieces["f"][0]["flags"]  # type: ignore[call-overload, index]
    disputed = {end for link in catalogue.corpus.links if link.kind == "disputes" for end in (link.source, link.target)}
    for sign, claim in zip(signs, catalogue.claims, strict=True):
        value = DIGITS.index(sign)
        assert value & 7 == CLAIM_KINDS.index(claim.kind)
        assert bool(value & 8) == (claim.weight == "main")
        assert bool(value & 16) == claim.hedged
        assert bool(value & 32) == (claim.id in disputed)
    for ident, label, packed in pieces["g"][0]:  # type: ignore[attr-defined]
        distances, total, docs = read_numbers(packed), 0, []
        for distance in distances:
            total += distance
            docs.append(catalogue.claims[total].id)
        assert docs == [claim.id for claim in catalogue.claims_on(ident)]
        assert label == catalogue.concept(ident).pref_label


def test_passages_hold_no_claim_and_nothing_is_lost() -> None:
    catalogue = small_catalogue()
    texts = [entry.text for entry in documents(catalogue)]
    claims, _, _, _ = search._counts(catalogue, len(texts))
    passages = " ".join(texts[claims:])
    assert "This sentence is not a claim at all." in passages
    for claim in catalogue.claims:
        assert claim.quote not in passages


def test_a_large_corpus_is_divided_into_hardly_more_files_than_the_claims_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    monkeypatch.setattr(search, "CLAIMS_A_FILE", 1)
    monkeypatch.setattr(search, "BEST", 3)
    catalogue = small_catalogue()
    pages = {page.path: page.body.decode() for page in search.pages(catalogue)}
    count = len(catalogue.claims)
    sorts = 4  # claims, passages, articles and names share no block
    assert len([path for path in pages if path.startswith("search/d/")]) <= count + sorts
    assert len([path for path in pages if re.match(r"search/[tw]/", path)]) <= count / 2
    start = read_pieces(pages["search/start.js"])["start"][0]
    whole = [path for path in pages if path.startswith("search/o/")]
    assert whole
    for letter in "tdw":
        begins = start[letter]  # type: ignore[index, call-overload]
        if letter == "d":
            total = sum(start["n"])  # type: ignore[index, call-overload]
            ends = [*(first for first, _ in begins[1:]), total]
            begins = [at for (first, step), end in zip(begins, ends, strict=True) for at in range(first, end, step)]
            assert f"search/d/{len(begins)}.js" not in pages
        elif letter == "t":
            begins = begins.split(" ")
        assert begins == sorted(begins)
        assert {f"search/{letter}/{n}.js" for n in range(len(begins))} <= set(pages)
    for path, body in pages.items():
        name = re.sub(r"search/(?:(\w)/)?(\w+)\.js", r"\1\2", path)
        assert list(read_pieces(body)) == [name]


def test_every_stem_is_in_the_piece_that_its_beginning_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    monkeypatch.setattr(search, "CLAIMS_A_FILE", 1)
    catalogue = small_catalogue()
    pages = {page.path: page.body.decode() for page in search.pages(catalogue)}
    begins = read_pieces(pages["search/start.js"])["start"][0]["t"].split(" ")  # type: ignore[call-overload, index]
    assert len(begins) > 1
    for at in range(len(begins)):
        for row in read_pieces(pages[f"search/t/{at}.js"])[f"t{at}"][0].split(";"):  # type: ignore[attr-defined]
            stem = row.split("=")[0]
            assert max(place for place, begin in enumerate(begins) if begin <= stem) == at


def test_no_articles_give_an_index_that_loads() -> None:
    empty = Catalogue(Corpus(articles=(), claims=(), links=(), concepts=()), Site())
    pages = {page.path: page.body.decode() for page in search.pages(empty)}
    assert {"start", "t0", "d0"} <= set(read_pieces(pages["search/start.js"]))


def test_two_builds_are_the_same() -> None:
    assert list(search.pages(small_catalogue())) == list(search.pages(small_catalogue()))


def test_hostile_text_stays_inside_its_string() -> None:
    catalogue = small_catalogue(quote='</script><b>"\u2028\\ is said to be 7 per cent of it')
    for page in search.pages(catalogue):
        text = page.body.decode()
        assert "\u2028" not in text
        read_pieces(text)


def test_the_queries_are_sixty_and_each_expects_one_quote() -> None:
    queries = yaml.safe_load((HERE / "search" / "queries.yml").read_text(encoding="utf-8"))
    assert len(queries) == 60
    assert len({row["query"] for row in queries}) == 60
    assert {row["sort"] for row in queries} == {"word", "words", "phrase", "name", "figure", "misspelling", "word form"}
