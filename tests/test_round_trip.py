"""Claims leave as Web Annotations and come back from the files unchanged; highlights from elsewhere come in as claims."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import SETTINGS, fill

from build_tools import pipeline
from build_tools.catalogue import Catalogue
from build_tools.cli import main
from build_tools.ids import fold
from build_tools.model import Corpus, Link
from build_tools.pipeline import Built
from build_tools.problems import Problems
from build_tools.settings import Site, load_settings
from build_tools.sidecar import load_sidecar

ROOT = Path(__file__).resolve().parent.parent
HIGHLIGHTS = Path(__file__).parent / "fixtures" / "hypothesis.json"
DATE = "2026-11-22"
BEES = (
    "Bees in the city\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey 🍯 than bees on farms.\n\n"
    "They find more flowers. Rents for roofs may double by 2030, the union says. It grew. Nobody expected it.\n\n"
    "It grew. Twice.\n"
)
TOPICS = "topics:\n  honey:\n    prefLabel: Honey\n  roofs:\n    prefLabel: Roofs\n"


@dataclass(frozen=True)
class Trip:
    """A corpus before it was exported, and what came back."""

    place: Path
    before: Corpus
    after: Built


def taken_back(place: Path, seeds: Path) -> Built:
    """Export a folder, import the files into a copy that has no sidecars, and build that."""
    assert main(["build", "--seeds", str(seeds), "--docs", str(place / "docs"), "--config", str(place / "mkdocs.yml")]) == 0
    copy = place / "copy"
    shutil.copytree(seeds, copy)
    for sidecar in sidecars(copy):
        sidecar.unlink()
    for page in sorted((place / "docs/data/annotations").glob("*.jsonld")):
        assert main(["import", str(page), "--seeds", str(copy), "--config", str(place / "mkdocs.yml"), "--write"]) == 0
    return pipeline.build_corpus(copy, load_settings(place / "mkdocs.yml"), date=DATE)


def sidecars(seeds: Path) -> list[Path]:
    return [path for path in sorted(seeds.glob("*.yml")) if path.name != "topics.yml"]


def rejected(seeds: Path) -> set[str]:
    """The folded quotes that people said are no claims: an export of claims doesn't hold them."""
    found = [load_sidecar(path, file=path.name, problems=Problems()) for path in sidecars(seeds)]
    return {fold(entry.quote) for sidecar in found if sidecar for entry in sidecar.rejected}


@pytest.fixture(scope="module")
def five_back(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trip]:
    place = tmp_path_factory.mktemp("trip")
    shutil.copy(ROOT / "mkdocs.yml", place)
    seeds = Path(shutil.copytree(ROOT / "seeds", place / "seeds"))
    before = pipeline.build_corpus(seeds, load_settings(place / "mkdocs.yml"), date=DATE).corpus
    return Trip(place, before, taken_back(place, seeds))


def stated(link: Link) -> tuple[frozenset[str], str, str, str]:
    """A relation without its direction, which is only where a person happened to write it."""
    return frozenset((str(link.source), str(link.target))), link.kind, link.origin, link.note


def test_nothing_is_wrong_with_what_came_in(five_back: Trip) -> None:
    assert [problem.as_text() for problem in five_back.after.problems] == []


def test_every_claim_of_the_five_seeds_comes_back_identical(five_back: Trip) -> None:
    assert len(five_back.before.claims) > 240
    new = {claim.id: claim for claim in five_back.after.corpus.claims}
    for old in five_back.before.claims:
        assert new[old.id] == old


def test_nothing_more_comes_back_than_detections_that_had_been_rejected(five_back: Trip) -> None:
    old = {claim.id for claim in five_back.before.claims}
    more = [claim for claim in five_back.after.corpus.claims if claim.id not in old]
    assert {claim.origin for claim in more} <= {"detected"}
    assert {fold(claim.quote) for claim in more} <= rejected(five_back.place / "seeds")


def test_every_relation_comes_back_with_its_reason(five_back: Trip) -> None:
    links = five_back.before.links
    assert len(links) > 200
    assert {stated(link) for link in five_back.after.corpus.links} == {stated(link) for link in links}
    assert len(five_back.after.corpus.links) == len(links)


def test_each_end_shows_the_same_relations(five_back: Trip) -> None:
    def shown(corpus: Corpus) -> dict[str, set[tuple[str, str, str, str]]]:
        known = Catalogue(corpus, Site())
        ends = [(str(claim.id), end) for claim in corpus.claims for end in known.related(claim.id)]
        return {name: {(str(e.claim.id), e.link.kind, e.link.origin, e.link.note) for n, e in ends if n == name} for name, _ in ends}

    assert shown(five_back.after.corpus) == shown(five_back.before)


def test_no_id_was_retired(five_back: Trip) -> None:
    """A claim withdrawn before may live again: what was rejected doesn't travel, so its sentence is detected anew."""
    before = {stone.id for stone in five_back.before.tombstones}
    assert {stone.id for stone in five_back.after.corpus.tombstones} <= before
    live = {claim.id for claim in five_back.after.corpus.claims}
    assert {claim.id for claim in five_back.before.claims} <= live


def test_the_same_import_again_adds_nothing(five_back: Trip, capsys: pytest.CaptureFixture[str]) -> None:
    copy = five_back.place / "copy"
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    page = next((five_back.place / "docs/data/annotations").glob("*.jsonld"))
    assert main(["import", str(page), "--seeds", str(copy), "--config", str(five_back.place / "mkdocs.yml"), "--write"]) == 0
    assert "nothing new" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before


EVERYTHING = """\
claims:
  - quote: City bees make 30 percent more honey 🍯
    kind: comparison
    weight: main
    asserter: A survey
    asserter_words: bees on farms
    topics: [honey]
    note: "A note: with #signs, “quotes” and an 🐝."
    sic: [honey 🍯]
    relations:
      - {to: ID, kind: disputes, why: 'Because: "so" # it is.'}
  - quote: Rents for roofs may double by 2030
    hedge: may
    asserter: The union
    asserter_words: the union says
    topics: []
  - quote: It grew.
    prefix: union says.
    hedge: none
  - quote: It grew.
    suffix: Twice.
    kind: judgement
    weight: other
"""


def test_every_key_of_a_claim_survives_with_astral_characters_and_repeated_words(tmp_path: Path) -> None:
    other = "Farms\n\nFarm bees make more honey than city bees. Nobody counts them.\n"
    folders = fill(tmp_path, {"bees.txt": BEES, "farms.txt": other, "topics.yml": TOPICS}, url="https://bees.example/")
    site = load_settings(folders.config)
    first = pipeline.build_corpus(folders.seeds, site, date=DATE).corpus
    target = next(claim.id for claim in first.claims if claim.quote.startswith("Farm bees"))
    (folders.seeds / "bees.yml").write_text(EVERYTHING.replace("ID", target), encoding="utf-8")
    before = pipeline.build_corpus(folders.seeds, site, date=DATE)
    assert [problem.as_text() for problem in before.problems if problem.severity == "error"] == []
    after = taken_back(tmp_path, folders.seeds)
    assert [problem.as_text() for problem in after.problems] == []
    old = [claim for claim in before.corpus.claims if claim.origin == "curated"]
    new = {claim.id: claim for claim in after.corpus.claims}
    assert [claim.quote for claim in old] == [
        "City bees make 30 percent more honey 🍯", "Rents for roofs may double by 2030", "It grew.", "It grew."
    ]
    assert [new[claim.id] for claim in old] == old
    assert {stated(link) for link in after.corpus.links} == {stated(link) for link in before.corpus.links}


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    folders = fill(tmp_path, {
        "bees.txt": BEES, "topics.yml": TOPICS,
        "bees.yml": "# mine\r\nsource_url: http://gardens.example/bees-in-the-city/\r\n\r\n# more of mine\r\n",
    }, settings=SETTINGS)
    return folders.seeds


def brought(seeds: Path) -> int:
    return main(["import", str(HIGHLIGHTS), "--seeds", str(seeds), "--config", str(seeds.parent / "mkdocs.yml"), "--write"])


def test_a_hypothesis_export_comes_in_as_claims(bees: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert brought(bees) == 0
    said = capsys.readouterr().out
    assert "bees.yml: 2 claims stored" in said
    assert "annotation 4 quotes nothing" in said
    assert "no article fits annotation 5" in said
    problems = Problems()
    sidecar = load_sidecar(bees / "bees.yml", file="bees.yml", problems=problems)
    assert sidecar is not None
    assert not len(problems)
    honey, rents = sidecar.claims
    assert (honey.kind, honey.weight, honey.topics) == ("quantity", "main", ("honey",))
    assert honey.note.startswith("Which survey? The article doesn't link it: \"Beekeepers' Union")
    assert (rents.quote, rents.kind, rents.prefix) == ("Rents for roofs may double by 2030", "prediction", "")
    built = pipeline.build_corpus(bees, load_settings(bees.parent / "mkdocs.yml"), date=DATE)
    assert [problem.as_text() for problem in built.problems] == []
    found = {claim.quote for claim in built.corpus.claims if claim.origin == "curated"}
    assert found == {"City bees make 30 percent more honey 🍯 than bees on farms.", "Rents for roofs may double by 2030"}


def test_what_a_person_wrote_in_the_sidecar_stays_byte_for_byte(bees: Path) -> None:
    before = (bees / "bees.yml").read_bytes()
    assert brought(bees) == 0
    once = (bees / "bees.yml").read_bytes()
    assert once.startswith(before.rstrip())
    assert brought(bees) == 0
    assert (bees / "bees.yml").read_bytes() == once


def test_a_rejected_or_curated_quote_does_not_come_in_again(bees: Path) -> None:
    own = (
        "source_url: http://gardens.example/bees-in-the-city/\nclaims:\n- quote: rents for roofs may double by 2030\n"
        "  kind: judgement  # I think\n\nrejected:\n- quote: City bees make 30 percent more honey 🍯 than bees on farms.\n"
    )
    (bees / "bees.yml").write_text(own, encoding="utf-8")
    assert brought(bees) == 0
    assert (bees / "bees.yml").read_text(encoding="utf-8") == own


@pytest.mark.parametrize("own", ["claims: [{quote: They find more flowers.}]\n", "claims:\n  - quote: [broken\n"])
def test_a_sidecar_that_cannot_be_extended_stays_and_the_entries_are_printed(
    bees: Path, own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (bees / "bees.yml").write_text(own, encoding="utf-8")
    assert brought(bees) == 1
    said = capsys.readouterr().out
    assert "error S22" in said
    assert "- quote: Rents for roofs may double by 2030" in said
    assert (bees / "bees.yml").read_text(encoding="utf-8") == own


def test_the_export_says_which_text_its_positions_count_in(five_back: Trip) -> None:
    for path in (five_back.place / "docs/data/annotations").glob("*.jsonld"):
        page = json.loads(path.read_text(encoding="utf-8"))
        text = (five_back.place / "docs/articles" / path.stem / "text.txt").read_text(encoding="utf-8")
        for item in page["items"]:
            quote, position = item["target"]["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
