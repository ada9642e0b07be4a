"""The story of a small site that lives on: whatever its curators do to the articles, no published address is ever lost.

Told once, step by step, in one folder; after each step: what `check` says, which ids live, which pages answer.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from places import addresses, codes, errors, files, fill, quiet, rows

from build_tools import curation
from build_tools.document import unbundled
from build_tools.site import Folders, build, make_site

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
TOPICS = """topics:
  honey:
    prefLabel: Honey
  pollen:
    prefLabel: Pollen
  hives:
    prefLabel: Hives
  salt:
    prefLabel: Salt
entities:
  fire-service:
    prefLabel: Fire service
    kind: organisation
"""
OTHER_TOPICS = """topics:
  city-honey:
    prefLabel: Honey
  beekeeping:
    prefLabel: Beekeeping
    altLabel: [Hives]
  fire-service:
    prefLabel: Fire service
  salt:
    prefLabel: Road salt
"""
DATES = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01")


@dataclass(frozen=True)
class Chapter:
    """What stood after one step."""

    said: list[str]
    """Codes of `check --locked` before the build."""
    claims: dict[str, str]
    """Quote of each live claim to its id."""
    addresses: set[str]
    files: set[str]
    """All that the site serves."""
    pages: dict[str, str]
    """The pages of topics and names, by address."""
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
        files=files(folders.out),
        pages={
            f"{group}/{page.parent.name}/": page.read_text(encoding="utf-8")
            for group in ("topics", "entities") for page in (folders.out / group).glob("*/index.html")
        },
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
    first_files = {"honey.txt": HONEY, "honey.yml": HONEY_SIDECAR, "bridges.txt": BRIDGES, "topics.yml": TOPICS}
    folders = fill(tmp_path_factory.mktemp("story"), first_files)
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

    def reorder() -> None:
        (seeds / "topics.yml").write_text(OTHER_TOPICS, encoding="utf-8")

    with pytest.MonkeyPatch.context() as patch:
        for date, step in zip(DATES, (first, typo, move, delete, rename, add, remove, reorder), strict=True):
            patch.setattr("build_tools.site.content_date", lambda seeds, date=date: date)
            patch.setattr("build_tools.curation.content_date", lambda seeds, date=date: date)
            step()
            told.append(chapter(folders))
    return told


def test_no_published_address_ever_answers_404(story: list[Chapter]) -> None:
    published: set[str] = set()
    for number, now in enumerate(story):
        assert published - now.files == set(), f"lost in step {number}"
        published |= now.files
    assert {
        "articles/steel-bridges/text.txt", "data/annotations/steel-bridges.jsonld", "data/citations/steel-bridges.bib",
        "topics/pollen/index.html", "entities/fire-service/index.html", "compare/city-honey--steel-bridges/index.html",
        "static/sourcebook.js", "data/feed.xml",
    } <= published


def test_a_topic_that_is_taken_out_leaves_a_page_that_says_so(story: list[Chapter]) -> None:
    page = story[7].pages["topics/pollen/"]
    assert "This topic is no longer kept" in page
    assert "“Pollen” had a page here." in page
    assert '<time datetime="2026-08-01">' in page
    assert 'href="../../topics/"' in page
    assert 'href="../../a-z/"' in page
    assert 'content="noindex' in page


@pytest.mark.parametrize(
    ("old", "says", "to"),
    [
        ("topics/honey/", "“Honey” now stands here:", "topics/city-honey/"),
        ("topics/hives/", "What was kept under “Hives” now stands under another topic:", "topics/beekeeping/"),
        ("entities/fire-service/", "“Fire service” now stands here:", "topics/fire-service/"),
    ],
    ids=["another id", "another's second name", "a name that became a topic"],
)
def test_a_renamed_topic_points_on(story: list[Chapter], old: str, says: str, to: str) -> None:
    before, after = story[6], story[7]
    assert says not in before.pages[old]
    assert says in after.pages[old]
    assert f'href="../../{to}"' in after.pages[old]
    assert to in after.pages


def test_a_topic_with_another_label_keeps_its_address(story: list[Chapter]) -> None:
    assert "Road salt</h1>" in story[7].pages["topics/salt/"].replace("\n", "")


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
    first, typo, move, delete, rename, add, remove, reorder = story
    assert first.said == ["L06"]
    assert sorted(typo.said) == ["A02", "L06"]
    for now in (move, delete, rename, add, remove, reorder):  # nobody brought the sidecar's quote up to date: said each time, and no worse
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


REWORDED = (
    "The farmers of the valley sold five thousand sheep at the autumn market.",
    "The farmers of the valley sold five thousand sheep at the big autumn market.",
    "The shepherds of the valley sold five thousand sheep at the big spring market.",
    "The shepherds of the hills sold five thousand lambs at the big spring market.",
    "The shepherds of the hills bought five thousand lambs in the course of spring.",
)


@pytest.mark.parametrize("fixed", [0, 1, 2], ids=["never", "after the first change", "after the second"])
def test_a_claim_that_is_reworded_again_and_again_is_never_lost(tmp_path: Path, fixed: int) -> None:
    """Each change is small; that nobody brings the sidecar up to date does not add them up."""
    text = "Farms\n\nThe barn was old. {} Prices fell by 12 percent in 2025. Nobody said a word about it.\n"
    folders = fill(tmp_path, {"farms.yml": f"claims:\n- quote: {REWORDED[0]}\n  kind: fact\n"})
    ids = set()
    for number, words in enumerate(REWORDED):
        (folders.seeds / "farms.txt").write_text(text.format(words), encoding="utf-8")
        said = codes(curation.check(folders, locked=False, fix=fixed == number > 0, tell=quiet))
        assert said == ([] if number == 0 or number == fixed else ["A02"])
        build(folders, quiet)
        rows = json.loads((folders.docs / "data/claims.json").read_text(encoding="utf-8"))
        ids |= {row["id"] for row in rows if row["quote"] == words and row["origin"] == "curated"}
    assert len(ids) == 1


def test_the_data_files_of_a_removed_article_say_so_and_keep_their_form(tmp_path: Path) -> None:
    title = "Bridges @article{of, “steel”"
    folders = fill(tmp_path, {"bridges.txt": BRIDGES.replace("Steel bridges", title), "trams.txt": TRAMS})
    build(folders, quiet)
    name = next(path.parent.name for path in folders.docs.glob("articles/bridges*/index.md"))
    (folders.seeds / "bridges.txt").unlink()
    build(folders, quiet)
    docs = folders.docs
    for file in ("text.txt", "claims.txt"):
        assert (docs / "articles" / name / file).read_text(encoding="utf-8") == f"“{title}” is no longer published here.\n"
    page = json.loads((docs / "data/annotations" / f"{name}.jsonld").read_text(encoding="utf-8"))
    jsonschema.validate(page, json.loads((docs / "data/schema/annotations.schema.json").read_text(encoding="utf-8")))
    assert (page["items"], page["partOf"]["total"]) == ([], 0)
    assert json.loads((docs / "data/citations" / f"{name}.json").read_text(encoding="utf-8")) == []
    assert "@" not in (docs / "data/citations" / f"{name}.bib").read_text(encoding="utf-8"), "BibTeX reads entries in remarks"


def test_withdrawn_claims_of_an_excerpt_do_not_add_up_to_the_text(tmp_path: Path) -> None:
    """Published in full, then in excerpts: the pages of what is no longer shown tell it by its first words alone."""
    rule = "Every keeper must pay 30 dollars a year, and must register each of the hives with the fire service."
    folders = fill(tmp_path, {"honey.txt": f"{HONEY}\nIt rained. It poured.\n\n{rule}\n", "honey.yml": HONEY_SIDECAR})
    build(folders, quiet)
    assert any(rule in page for page in docs_addresses(folders).values())
    (folders.seeds / "honey.yml").write_text(f"rights: excerpt\n{HONEY_SIDECAR}", encoding="utf-8")
    build(folders, quiet)
    (page,) = (page for page in docs_addresses(folders).values() if "Every keeper must pay" in page)
    assert "This claim no longer stands" in page
    assert '<p dir="auto">Every keeper must pay 30 dollars a year, and must' in page
    assert "…</p>" in page
    assert "fire service" not in page


def docs_addresses(folders: Folders) -> dict[str, str]:
    """Return the pages that a build makes, by address, light ones too."""
    found = {
        f"{path.parent.relative_to(folders.docs).as_posix()}/": path.read_text(encoding="utf-8")
        for path in folders.docs.rglob("index.md") if path.parent != folders.docs
    }
    for bundle in (folders.docs / ".sourcebook/pages").rglob("*.pages"):
        rows = list(unbundled(io.BytesIO(bundle.read_bytes())))
        addresses_here = [row.address for row in rows]
        assert found.keys().isdisjoint(addresses_here), "two pages for one address"
        found |= {row.address: row.body for row in rows}
    return found


def grow(folders: Folders, names: Iterable[str], article: Callable[[str], str]) -> Iterator[dict[str, str]]:
    """Add articles one by one, and give the pages after each."""
    for name in names:
        (folders.seeds / f"{name}.txt").write_text(article(name), encoding="utf-8")
        assert not errors(build(folders, quiet).problems)
        yield docs_addresses(folders)


def _town(name: str) -> str:
    return f"""{name.title()} and its river

The town of {name.title()} pays 4,000 dollars for each flood. The Rhine Board counts the floods of {name.title()}.

In {name.title()} the Rhine Board has closed 3 bridges. Floods cost {name.title()} 12 percent of its budget in 2024.
"""


TOWNS = ("arden", "borth", "calder", "denby", "elmet", "farnham", "glossop", "hythe", "ilkley", "jarrow")


def test_comparisons_stay_when_there_are_too_many_for_every_two(tmp_path: Path) -> None:
    """Up to eight articles every two are compared; with the ninth only the closest would be."""
    folders = fill(tmp_path, {})
    published: set[str] = set()
    for now in grow(folders, TOWNS, _town):
        assert published <= now.keys()
        published |= now.keys()
    compared = [address for address in published if address.startswith("compare/")]
    assert len(compared) > 28
    (folders.seeds / "calder.txt").unlink()
    build(folders, quiet)
    after = docs_addresses(folders)
    assert published <= after.keys()
    page = after["compare/arden-and-its-river--calder-and-its-river/"]
    assert "“Calder and its river” is no longer published here, so it is not compared with “Arden and its river”" in page
    assert 'href="../../articles/arden-and-its-river/"' in page


def test_found_topics_and_names_keep_their_addresses_as_articles_come_and_go(tmp_path: Path) -> None:
    """No vocabulary: what is found depends on every word of the corpus, and its addresses are published all the same."""
    folders = fill(tmp_path, {})
    published: dict[str, str] = {}
    for now in grow(folders, TOWNS[:5], _town):
        assert published.keys() <= now.keys()
        published |= now
    assert {"entities/rhine-board/"} <= published.keys()
    for name in TOWNS[:4]:
        (folders.seeds / f"{name}.txt").unlink()
        build(folders, quiet)
        assert published.keys() <= docs_addresses(folders).keys()
    (folders.seeds / "elmet.txt").write_text("Wells\n\nWells dried up in 1998. Nobody dug another.\n", encoding="utf-8")
    build(folders, quiet)
    now = docs_addresses(folders)
    assert published.keys() <= now.keys()
    assert "“Rhine Board” had a page here. It is no longer kept as a name of its own." in now["entities/rhine-board/"]
    for _ in grow(folders, TOWNS[:3], _town):
        """They come back."""
    assert "no longer kept" not in docs_addresses(folders)["entities/rhine-board/"]
