"""Search in a real browser, on the site built from the seeds: quality, facets against the data, bytes, landing, `file://`.

Skipped where no Chromium is found.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import BuiltSite, serve_folder

from build_tools.catalogue import Catalogue
from build_tools.export import search
from build_tools.export._search_words import STOP, fold, term, words
from build_tools.model import UNSIGNED

from .looking import window

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser
FACETS = ("kind", "topic", "article", "asserter", "entity", "weight", "hedged", "disputed")


@pytest.fixture(scope="module")
def folder(five: BuiltSite) -> Path:
    """The folder of the built site."""
    return five.out


@pytest.fixture(scope="module")
def address(served: str) -> str:
    """The address of the served site."""
    return served


@pytest.fixture(scope="module")
def divided(five: BuiltSite, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site with its index in pieces, as that of a large corpus is."""
    place = tmp_path_factory.mktemp("divided") / "site"
    shutil.copytree(five.out, place, ignore=shutil.ignore_patterns("search", "data", "cards"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "SMALL", 0)
        patch.setattr(search, "CLAIMS_A_FILE", 6)
        patch.setattr(search, "BEST", 30)
        for piece in search.pages(catalogue):
            target = place / piece.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(piece.body)
    server, found = serve_folder(place)
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Open a page that reports its errors."""
    with window(browser) as opened:
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
    assert errors == []


@pytest.fixture(scope="module")
def claims(folder: Path) -> list[dict[str, Any]]:
    """Read the published claims."""
    found: list[dict[str, Any]] = json.loads((folder / "data" / "claims.json").read_text(encoding="utf-8"))
    return found


SETTLED = """query => {
  const box = document.querySelector("#search-q"), list = document.querySelector(".search-dialog .results");
  const said = document.querySelector("#search-count").textContent;
  return box.value === query && list.dataset.for === query && (list.querySelector(".result") || /not found/.test(said));
}"""
"""Whether what is shown is the whole answer to a query."""


def open_search(page: Any, address: str) -> None:
    """Open the search box on the page of topics; what it loads is there before anything is asked."""
    page.goto(address + "topics/")
    page.keyboard.press("Control+k")
    page.wait_for_function("() => window.sourcebookSearch")
    page.evaluate("sourcebookSearch.ready()")


def sixty(page: Any) -> tuple[int, int, list[tuple[str, int | None]]]:
    """Ask the sixty queries: how many have the expected quote first, how many in the first three, and what was missed."""
    first = three = 0
    missed = []
    for row in yaml.safe_load((ROOT / "tests" / "search" / "queries.yml").read_text(encoding="utf-8")):
        page.fill("#search-q", "")
        page.fill("#search-q", row["query"])
        page.wait_for_function(SETTLED, arg=row["query"])
        texts = page.locator(
            ".search-dialog .result-claim .result-text, .search-dialog .result-passage .result-text"
        ).all_inner_texts()
        place = next((n for n, text in enumerate(texts) if row["expect"] in " ".join(text.split())), None)
        first += place == 0
        three += place is not None and place < 3
        if place != 0:
            missed.append((row["query"], place))
    return first, three, missed


def test_sixty_queries(page: Any, address: str) -> None:
    open_search(page, address)
    first, three, missed = sixty(page)
    assert first >= 54, missed
    assert three >= 59, missed


def test_sixty_queries_of_an_index_in_pieces(page: Any, divided: str) -> None:
    open_search(page, divided)
    first, three, missed = sixty(page)
    assert first >= 54, missed
    assert three >= 57, missed


@pytest.mark.parametrize(("query", "trips"), [("quantization memory", 3), ("quantizaton", 4), ("zxqvorbl", 3)])
def test_a_first_result_takes_few_trips(browser: Any, divided: str, query: str, trips: int) -> None:
    page = browser.new_page()
    page.goto(divided + "topics/", wait_until="networkidle")
    waiting: list[Any] = []
    page.route(re.compile(r"/search/|/static/search\.js"), lambda route: waiting.append(route))  # noqa: PLW0108 — a method has no signature to look at
    page.click("[data-search]")
    made = idle = 0
    while made < 9 and idle < 60:
        page.wait_for_timeout(150)
        if made == 1 and page.input_value("#search-q") != query:
            page.fill("#search-q", query)
            page.wait_for_timeout(150)
        if not waiting:  # settled, or the machine is busy
            if made and page.evaluate(SETTLED, query):
                break
            idle += 1
            continue
        made += 1
        while waiting:
            waiting.pop().continue_()
    assert page.evaluate(SETTLED, query)
    assert made <= trips
    page.close()


def test_deleting_shows_what_is_here_without_waiting_for_the_line(page: Any, divided: str) -> None:
    open_search(page, divided)
    page.fill("#search-q", "open models")
    page.wait_for_function(SETTLED, arg="open models")
    page.route("**/search/**", lambda route: None)  # nothing comes any more
    for typed in ("open model", "open mode", "open models"):
        page.evaluate("document.querySelector('.search-dialog .results').replaceChildren()")
        page.fill("#search-q", typed)
        page.wait_for_selector(".search-dialog .result", timeout=1000)


def test_the_page_of_all_claims_finds_the_same_in_pieces(page: Any, address: str, divided: str) -> None:
    said = []
    for place in (address, divided):
        page.goto(place + "claims/?q=china")
        page.wait_for_function(r"() => /^\d+ claims$/.test(document.querySelector('.seek-status')?.textContent)")
        said.append((page.inner_text(".seek-status"), sorted(page.locator(".seek-results .results .result").all_inner_texts())[:5]))
    assert said[0][0] == said[1][0]


def test_what_is_said_of_common_words_holds(page: Any, divided: str, claims: list[dict[str, Any]]) -> None:
    """Lists of common words are cut to their best documents: the count is a bound then, and "none" is said where it is known."""
    open_search(page, divided)
    counts = Counter(word for claim in claims for word in {term(word) for word in words(fold(claim["quote"]))} - STOP)
    common = [word for word, count in counts.most_common(60) if word.isalpha() and count > 12]
    chance = random.Random(3)
    queries = [*common[:12], *(" ".join(chance.sample(common, chance.choice((2, 2, 3)))) for _ in range(120))]
    script = """async queries => {
        const out = [];
        for (const query of queries) {
            const found = await sourcebookSearch.find(query + " "), all = await sourcebookSearch.find(query + " ", {whole: true});
            const first = found.docs[0]?.[0];
            out.push([query, found.how, found.count, found.partial, all.docs.some(([doc]) => doc === first), all.count, all.partial]);
        }
        return out;
    }"""
    hows = set()
    for query, how, count, partial, right, truth, none in page.evaluate(script, queries):
        hows.add(how)
        case = (query, how, count, partial, truth, none)
        if none:
            assert partial, case
            continue
        assert not partial.startswith("none has"), case
        if partial:
            continue
        assert right, case
        assert {"": count == truth, "At least ": count <= truth, "Up to ": count >= truth, "About ": count >= truth}[how], case
    assert {"", "At least ", "Up to ", "About "} <= hows


def test_every_claim_is_found_by_its_own_words(page: Any, address: str, claims: list[dict[str, Any]]) -> None:
    open_search(page, address)
    script = """async quotes => {
        const places = [];
        for (const quote of quotes) {
            const found = await sourcebookSearch.find(quote.replaceAll(/["“”„]/g, " "));
            const rows = await Promise.all(found.docs.slice(0, 3).map(([doc]) => sourcebookSearch.row(doc)));
            places.push(rows.findIndex(row => row.text === quote));
        }
        return places;
    }"""
    quotes = [" ".join(claim["quote"].split()) for claim in claims]
    places = page.evaluate(script, quotes)
    assert [quote for quote, place in zip(quotes, places, strict=True) if place < 0] == []


def test_the_script_reads_text_as_the_builder_does(page: Any, address: str, claims: list[dict[str, Any]]) -> None:
    open_search(page, address)
    texts = [claim["quote"] for claim in claims]
    texts += [
        "U.S.A. e.g. 1,234,567 2.6m 3.5% Per Cent",
        "AI模型 Ünïcode İstanbul 𝕊",
        "dying lying skies news early only singly organisation theatre colouring",
    ]
    texts += [
        "succeeded proceedings evenings hopping hoped falling adding eggs ties cries gas this kiwis pasted",
        "generically communities arsenal emergency international later universal",
    ]
    texts += [
        "relational conditional valency hesitancy digitizer conformably radically",
        "differently vilely analogously vietnamization operator feudalism decisiveness",
    ]
    texts += [
        "triplicate formative formalize electricity electrical hopeful goodness revival allowance",
        "inference airliner adjustable defensible irritant replacement",
        "dependent adoption",
    ]
    wanted = [[term(word) for word in words(fold(text))] for text in texts]
    assert (
        page.evaluate(
            "texts => texts.map(t => sourcebookSearch.words(sourcebookSearch.fold(t)).map(sourcebookSearch.term))", texts
        )
        == wanted
    )


def direct(claims: list[dict[str, Any]], chosen: dict[str, list[str]]) -> list[str]:
    """Filter the published claims without any index."""

    def values(claim: dict[str, Any], facet: str) -> set[str]:
        if facet == "topic":
            return set(claim["topics"])
        if facet == "entity":
            return set(claim["entities"])
        if facet == "asserter":
            return {claim["asserter"]["name"]}
        if facet == "hedged":
            return {"yes" if claim["hedged"] else "no"}
        if facet == "disputed":
            return {"yes" if any(end["kind"] == "disputes" for end in claim["relations"]) else "no"}
        return {claim[facet]}

    return [claim["id"] for claim in claims if all(values(claim, facet) & set(wanted) for facet, wanted in chosen.items())]


def test_facets_equal_a_direct_filter(page: Any, address: str, claims: list[dict[str, Any]]) -> None:
    page.goto(address + "claims/?kind=fact")
    page.wait_for_function("() => window.sourcebookFacets && document.querySelector('.facet')")
    options = {
        "kind": sorted({c["kind"] for c in claims}),
        "topic": sorted({t for c in claims for t in c["topics"]}),
        "article": sorted({c["article"] for c in claims}),
        "asserter": sorted({c["asserter"]["name"] for c in claims}),
        "entity": sorted({e for c in claims for e in c["entities"]}),
        "weight": ["main", "other"],
        "hedged": ["yes", "no"],
        "disputed": ["yes", "no"],
    }
    script = """async chosen => {
        const found = await sourcebookFacets.filter(chosen), ids = [];
        for (const doc of found.docs) ids.push((await sourcebookSearch.row(doc)).id);
        return [ids, Object.fromEntries(Object.entries(found.counts)
            .map(([name, counts]) => [name, Object.fromEntries(counts)]))];
    }"""
    chance = random.Random(7)
    for _ in range(200):
        facets = chance.sample(FACETS, chance.randint(0, 4))
        chosen = {facet: chance.sample(options[facet], min(len(options[facet]), chance.randint(1, 3))) for facet in facets}
        ids, counts = page.evaluate(script, chosen)
        assert ids == direct(claims, chosen), chosen
        facet = chance.choice(FACETS)
        value = chance.choice(options[facet])
        others = {name: wanted for name, wanted in chosen.items() if name != facet}
        assert counts[facet][value] == len(direct(claims, {**others, facet: [value]})), (chosen, facet, value)


def test_articles_that_nobody_signed_are_speakers_of_their_own(page: Any, address: str, claims: list[dict[str, Any]]) -> None:
    page.goto(address + "claims/?kind=fact")
    page.wait_for_selector(".facet")
    mine = Counter(claim["article"] for claim in claims if claim["asserter"]["name"] == UNSIGNED and claim["kind"] == "fact")
    shown = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll("input[data-facet=asserter]")]
        .map(box => [box.value, [box.closest("label").innerText, +box.closest("label").querySelector(".count").textContent]]))""")
    assert UNSIGNED not in shown
    assert mine
    for article, count in mine.items():
        assert shown[article][1] == count
        assert "unsigned" in shown[article][0]
    page.goto(address + "claims/?asserter=" + UNSIGNED.replace(" ", "%20"))
    page.wait_for_selector(".seek-results .result")
    assert "All articles that nobody signed" in page.inner_text(".seek-chips")
    assert UNSIGNED not in page.inner_text(".seek-results")


def test_facets_live_in_the_address_and_go_back(page: Any, address: str) -> None:
    page.goto(address + "claims/?q=chips&kind=fact&kind=rule")
    page.wait_for_selector(".seek .results .result")
    assert page.input_value("#seek-q") == "chips"
    assert page.locator(".seek-chips .chip").count() == 2
    before = page.inner_text(".seek-status")
    page.locator(".seek-panel").evaluate("panel => { panel.open = true; }")
    page.locator("input[data-facet=weight][value=main]").check()
    page.wait_for_function("old => document.querySelector('.seek-status').textContent !== old", arg=before)
    assert page.url.endswith("?q=chips&kind=fact&kind=rule&weight=main")
    page.go_back()
    page.wait_for_function("old => document.querySelector('.seek-status').textContent === old", arg=before)
    assert not page.is_visible(".all-claims")


def test_filters_with_nothing_chosen_stand_beside_the_claims(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address + "claims/")
    page.click(".seek-open")
    page.wait_for_selector(".seek-results .result")
    first, panel = page.locator(".seek-results .result").first.bounding_box(), page.locator(".seek-choices").bounding_box()
    assert first["x"] > panel["x"] + panel["width"]
    assert first["y"] < 900
    assert not page.is_visible(".all-claims")
    page.click(".seek-panel > summary")
    page.wait_for_selector(".all-claims")
    assert page.locator(".seek-results .result").count() == 0


def test_a_page_view_fetches_nothing_of_the_index_and_a_first_result_at_most_60_kb(
    browser: Any, address: str, folder: Path
) -> None:
    page = browser.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(address)))
    for path in ("", "claims/", "topics/", "compare/"):
        page.goto(address + path, wait_until="networkidle")
    assert [path for path in fetched if path.startswith("search/") or path == "static/search.js"] == []
    fetched.clear()
    open_search(page, address)
    page.fill("#search-q", "quantization")
    page.wait_for_selector(".search-dialog .result")
    mine = [path for path in fetched if path.startswith("search/") or path == "static/search.js"]
    page.close()
    assert sum(len(gzip.compress((folder / path).read_bytes())) for path in mine) <= 60_000, mine


def test_a_result_lands_on_its_passage_with_the_words_marked_and_a_clean_address(page: Any, address: str) -> None:
    open_search(page, address)
    page.fill("#search-q", "watermarking laws")
    page.wait_for_selector(".search-dialog .result-claim")
    target = page.locator(".search-dialog .result-claim a").first.get_attribute("href").removeprefix("../")
    page.locator(".search-dialog .result-claim a").first.click()
    page.wait_for_url("**/articles/**")
    assert page.url == address + target
    assert re.fullmatch(r"articles/[a-z0-9-]+/#c[0-9a-z]{6,8}", target)
    painted = page.evaluate("[...(CSS.highlights.get('found') || [])].map(range => range.toString())")
    assert {"watermarking", "laws"} <= set(painted)
    assert page.evaluate("sessionStorage.getItem('sourcebook-found')") is None


def test_search_works_from_a_file(page: Any, folder: Path) -> None:
    page.goto((folder / "claims" / "index.html").as_uri() + "?q=quantizaton")
    page.wait_for_selector(".seek .results .result")
    assert "quantization" in page.inner_text(".seek .results")
    assert "for “quantizaton”" in page.inner_text(".seek-status")


def test_keys_and_names(page: Any, address: str) -> None:
    open_search(page, address)
    assert page.evaluate("document.activeElement.id") == "search-q"
    page.keyboard.type("efficiency")
    page.wait_for_selector(".search-dialog .result")
    assert page.get_attribute("#search-count", "role") == "status"
    assert re.match(r"\d+ results?", page.inner_text("#search-count"))
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "result"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-q"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('.search-dialog').open")


def test_without_script_the_list_of_claims_is_complete(browser: Any, address: str, claims: list[dict[str, Any]]) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(address + "claims/")
        assert page.locator("[data-all-claims] .claim-item").count() == len(claims)
        assert not page.is_visible(".seek")
