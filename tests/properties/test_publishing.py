"""Laws of the writer and of the chain: twice is once, order is nothing, and only our own files are ever touched."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import snapshot

from build_tools import ledger, pipeline
from build_tools.model import Page
from build_tools.problems import Problems
from build_tools.publish import Report, publish
from build_tools.settings import Site

USUAL = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.sampled_from(
    [f"{folder}/{name}" for folder in ("articles/a", "claims", "data", "topics/t") for name in ("index.md", "x.json", "y.txt")]
)
PAGES = st.dictionaries(NAMES, st.binary(max_size=20), max_size=8)
OTHERS = st.dictionaries(
    st.sampled_from(["about/index.md", "guide/a.md", "assets/b.css", "articles/mine.txt"]), st.binary(max_size=9), max_size=3
)


def pages(files: dict[str, bytes]) -> list[Page]:
    return [Page(path=path, body=body) for path, body in files.items()]


@USUAL
@given(PAGES)
def test_publishing_twice_writes_nothing(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as place:
        publish(pages(files), Path(place), Problems())
        assert publish(pages(files)[::-1], Path(place), Problems()) == Report(written=0, unchanged=len(files), removed=0)


@USUAL
@given(st.lists(PAGES, min_size=1, max_size=4), OTHERS)
def test_after_any_history_the_folder_holds_the_last_pages_and_what_others_wrote(
    history: list[dict[str, bytes]], others: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        docs = Path(place)
        for name, body in others.items():
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            (docs / name).write_bytes(body)
        for files in history:
            problems = Problems()
            publish(pages(files), docs, problems)
            assert len(problems) == 0
        found = {name: body for name, body in snapshot(docs).items() if not name.startswith(".sourcebook/")}
        assert found == others | history[-1]


@USUAL
@given(st.lists(PAGES, min_size=2, max_size=3), NAMES, st.binary(max_size=9))
def test_what_a_person_wrote_into_our_folders_is_never_lost(history: list[dict[str, bytes]], name: str, words: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        docs = Path(place)
        publish(pages(history[0]), docs, Problems())
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(words)
        for files in history[1:]:
            problems = Problems()
            publish(pages(files), docs, problems)
            ours = history[0].get(name) == words or any(earlier.get(name) == words for earlier in history)
            assert ours or (docs / name).read_bytes() == words


SENTENCES = st.sampled_from(
    [
        "Hives make 3 percent more honey.",
        "Rust eats 3 millimetres a year.",
        "Trams may stop at night.",
        "Bees must be registered.",
        "Nobody counted them in 2015.",
    ]
)
ARTICLES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]), st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_the_same_seeds_give_the_same_pages_and_ids(articles: dict[str, str]) -> None:
    made = []
    for names in (list(articles), list(articles)[::-1]):
        with tempfile.TemporaryDirectory() as place:
            seeds = Path(place) / "seeds"
            seeds.mkdir()
            for name in names:
                (seeds / f"{name}.txt").write_text(f"Article {name}\n\n{articles[name]}\n")
            site = Site(rights_default="full", cards=0)
            built = pipeline.build_corpus(seeds, site)
            made.append((built.ledger_after, {page.path: page.body for page in pipeline.pages(built, site)}))
    assert made[0] == made[1]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ARTICLES, min_size=2, max_size=4))
def test_over_any_history_no_id_is_lost_and_none_means_another_article(history: list[dict[str, str]]) -> None:
    seen: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as place:
        seeds = Path(place)
        for articles in history:
            for old in seeds.glob("*.txt"):
                old.unlink()
            for name, text in articles.items():
                (seeds / f"{name}.txt").write_text(f"Article {name}\n\n{text}\n")
            built = pipeline.build_corpus(seeds, Site(rights_default="full"))
            assert built.ledger_after is not None
            (seeds / "ledger.json").write_text(built.ledger_after)
            known = {entry.id: entry for entry in ledger.parse(built.ledger_after, "ledger.json")[0].claims}
            assert seen.keys() <= known.keys()
            for claim in built.corpus.claims:
                assert seen.setdefault(claim.id, claim.article) == claim.article
            seen |= {str(name): str(entry.article) for name, entry in known.items()}
