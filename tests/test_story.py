"""The story of a small site that lives on: whatever its curators do to the articles, no published address is ever lost.

Told once, step by step, in one folder; after each step: what `check` says, which ids live, which pages answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import addresses, codes, errors, fill, quiet, rows

from build_tools import curation
from build_tools.site import Folders, make_site

HONEY = """City honey

The city keeps 4,000 hives on its roofs. Keepers say that the buisness grows by 12 percent a year.

Honey from parks holds more kinds of pollen than honey from fields. Parks bloom from March to October.

Nobody counted the wild bees before 2015. They lost two thirds of their nesting places since then.

Rules on roofs are strict, and every keeper must register with the fire service.
"""
HONEY_SIDECAR = """claims:
  - quote: Keepers say that the buisness grows by 12 percent a year.
    kind: quantity
    weight: main
    asserter: Keepers
  - quote: Honey from parks holds more kinds of pollen than honey from fields.
    kind: comparison
    weight: main
  - quote: They lost two thirds of their nesting places since then.
    kind: quantity
    weight: main
"""
BRIDGES = """Steel bridges

A bridge of steel weighs 20 percent less than one of stone. Rust eats 3 millimetres a year where salt is spread.

Inspectors must close any bridge whose cables have lost a tenth of their strands.
"""
TRAMS = """Night trams

Trams that run all night carry 9 percent of the passengers and cause half of the complaints.
"""
DATES = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01")


@dataclass(frozen=True)
class Chapter:
    """What stood after one step."""

    said: list[str]
    """Codes of `check --locked` before the build."""
    claims: dict[str, str]
    """Quote of each live claim to its id."""
    addresses: set[str]
    states: dict[str, str]
    """State of every id in the ledger."""
    articles: dict[str, str]
    """File name to article id."""
    errors: list[str]


def chapter(folders: Folders) -> Chapter:
    said = codes(curation.check(folders, locked=True, fix=False, tell=quiet))
    result = make_site(folders, quiet)
    ledger = json.loads((folders.seeds / "ledger.json").read_text(encoding="utf-8"))
    return Chapter(
        said=said,
        claims={str(row["quote"]): str(row["id"]) for row in rows(folders.out, "claims")},
        addresses=addresses(folders.out),
        states={row["id"]: row.get("state", "live") for row in ledger["claims"]},
        articles={str(row["file"]): str(row["id"]) for row in rows(folders.out, "articles")},
        errors=[problem.as_text() for problem in errors(result.problems)],
    )


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> list[Chapter]:
    folders = fill(tmp_path_factory.mktemp("story"), {"honey.txt": HONEY, "honey.yml": HONEY_SIDECAR, "bridges.txt": BRIDGES})
    seeds = folders.seeds
    paragraphs = HONEY.split("\n\n")
    told: list[Chapter] = []

    def first() -> None:
        """Publish."""

    def typo() -> None:
        change(seeds / "honey.txt", "buisness", "business")

    def move() -> None:
        now = (seeds / "honey.txt").read_text(encoding="utf-8").split("\n\n")
        (seeds / "honey.txt").write_text("\n\n".join([now[0], now[2], now[1], *now[3:]]), encoding="utf-8")

    def delete() -> None:
        change(seeds / "honey.txt", paragraphs[3] + "\n\n", "")
        lines = HONEY_SIDECAR.split("  - quote: They lost")
        change(seeds / "honey.yml", "  - quote: They lost" + lines[1], "")

    def rename() -> None:
        (seeds / "honey.txt").rename(seeds / "city-honey-2026.txt")
        (seeds / "honey.yml").rename(seeds / "city-honey-2026.yml")
        change(seeds / "city-honey-2026.txt", "City honey", "Honey in the city, revisited")

    def add() -> None:
        (seeds / "trams.txt").write_text(TRAMS, encoding="utf-8")

    def remove() -> None:
        (seeds / "bridges.txt").unlink()

    with pytest.MonkeyPatch.context() as patch:
        for date, step in zip(DATES, (first, typo, move, delete, rename, add, remove), strict=True):
            patch.setattr("build_tools.site.content_date", lambda seeds, date=date: date)
            patch.setattr("build_tools.curation.content_date", lambda seeds, date=date: date)
            step()
            told.append(chapter(folders))
    return told


def test_no_published_address_ever_answers_404(story: list[Chapter]) -> None:
    published: set[str] = set()
    for number, now in enumerate(story):
        kept = {one for one in published if one.startswith(("claims/", "articles/", "compare/")) or one.count("/") == 1}
        assert kept - now.addresses == set(), f"lost in step {number}"
        published |= now.addresses


def test_no_id_is_ever_lost_from_the_ledger_or_used_again(story: list[Chapter]) -> None:
    seen: dict[str, str] = {}
    for now in story:
        assert seen.keys() <= now.states.keys()
        for quote, name in now.claims.items():
            said = seen.setdefault(name, quote)
            assert {*said.split()} & {*quote.split()}, "an id that names another claim now"
        seen |= dict.fromkeys(now.states.keys() - seen.keys(), "")
        assert len(set(now.claims.values())) == len(now.claims)


def test_every_step_is_built_without_an_error(story: list[Chapter]) -> None:
    assert [now.errors for now in story] == [[]] * len(story)


def test_check_says_that_the_ledger_is_out_of_date_and_what_changed(story: list[Chapter]) -> None:
    first, typo, move, delete, rename, add, remove = story
    assert first.said == ["L06"]
    assert sorted(typo.said) == ["A02", "L06"]
    for now in (move, delete, rename, add, remove):  # nobody brought the sidecar's quote up to date: said each time, and no worse
        assert sorted(now.said) == ["A02", "L06"]


def test_a_corrected_typo_keeps_the_id(story: list[Chapter]) -> None:
    before, after = story[0], story[1]
    old = before.claims["Keepers say that the buisness grows by 12 percent a year."]
    assert after.claims["Keepers say that the business grows by 12 percent a year."] == old
    assert set(after.claims.values()) == set(before.claims.values())


def test_a_moved_paragraph_keeps_all_its_ids(story: list[Chapter]) -> None:
    assert story[2].claims == story[1].claims


def test_a_deleted_paragraph_retires_its_claims_which_keep_their_pages(story: list[Chapter]) -> None:
    before, after = story[2], story[3]
    gone = before.claims["They lost two thirds of their nesting places since then."]
    assert gone not in after.claims.values()
    assert after.states[gone] == "retired"
    assert f"claims/{gone}/" in after.addresses
    stayed = {quote: name for quote, name in before.claims.items() if quote in after.claims}
    assert {quote: after.claims[quote] for quote in stayed} == stayed
    assert len(stayed) >= 4


def test_a_renamed_file_with_a_new_title_is_the_same_article(story: list[Chapter]) -> None:
    assert story[4].articles["city-honey-2026.txt"] == story[0].articles["honey.txt"] == "city-honey"
    assert story[4].claims == story[3].claims


def test_an_article_more_changes_no_id_of_the_others(story: list[Chapter]) -> None:
    before, after = story[4], story[5]
    assert before.claims.items() <= after.claims.items()
    assert after.articles.keys() - before.articles.keys() == {"trams.txt"}


def test_a_removed_article_leaves_pages_that_say_so(story: list[Chapter]) -> None:
    before, after = story[5], story[6]
    assert "bridges.txt" not in after.articles
    gone = set(before.claims.values()) - set(after.claims.values())
    assert gone
    assert {after.states[name] for name in gone} == {"retired"}
    assert {f"claims/{name}/" for name in gone} | {"articles/steel-bridges/"} <= after.addresses


def test_retired_pages_show_the_last_words_and_the_date(story: list[Chapter], tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bridges.txt": BRIDGES, "trams.txt": TRAMS})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("build_tools.site.content_date", lambda seeds: "2026-01-01")
        make_site(folders, quiet)
        name = next(str(row["id"]) for row in rows(folders.out, "claims") if "Rust eats" in str(row["quote"]))
        (folders.seeds / "bridges.txt").unlink()
        patch.setattr("build_tools.site.content_date", lambda seeds: "2026-02-03")
        make_site(folders, quiet)
    page = (folders.out / "claims" / name / "index.html").read_text(encoding="utf-8")
    assert "Rust eats 3 millimetres a year where salt is spread." in page
    assert "2026-02-03" in page or "3 February 2026" in page
    gone = (folders.out / "articles" / "steel-bridges" / "index.html").read_text(encoding="utf-8")
    assert "Steel bridges" in gone
    assert 'content="noindex' in gone
