"""Reading in a real browser: cards, previews, keys, densities, copies, with and without script."""
from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.looking import window
from tests.conftest import BuiltSite

pytestmark = pytest.mark.browser
DOUBLED = "(() => { const all = [...document.querySelectorAll('[id]')].map(e => e.id); return all.length - new Set(all).size; })()"
MOVED = """buffered => {
  window.moved = 0;
  window.movers = [];
  const see = list => {
    for (const shift of list.getEntries().filter(one => !one.hadRecentInput)) {
      window.moved += shift.value;
      for (const {node, previousRect: from, currentRect: to} of shift.sources)
        window.movers.push([node?.textContent?.slice(0, 40), ...[from, to].map(box => JSON.stringify(box))]);
    }
  };
  new PerformanceObserver(see).observe({type: 'layout-shift', buffered});
}"""


@pytest.fixture(scope="module")
def rows(five: BuiltSite) -> list[dict[str, Any]]:
    """The claims of the five seeds, as the site's data has them."""
    data = json.loads((five.out / "data" / "claims.json").read_text(encoding="utf-8"))
    return list(data["claims"] if isinstance(data, dict) else data)


@pytest.fixture(scope="module")
def address(served: str, rows: list[dict[str, Any]]) -> str:
    """The article with the most claims."""
    names = [row["article"] for row in rows]
    return f"{served}articles/{max(sorted(set(names)), key=names.count)}/"


def opened(browser: Any, url: str, size: tuple[int, int] = (1440, 900), **wishes: Any) -> Iterator[Any]:
    """A page in a window of its own."""
    with window(browser, size, **wishes) as page:
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(url)
        yield page
    assert not problems


@pytest.fixture
def wide(browser: Any, address: str) -> Iterator[Any]:
    yield from opened(browser, address)


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Any]:
    yield from opened(browser, address, (390, 844), has_touch=True, is_mobile=True)


@pytest.fixture
def scriptless(browser: Any, address: str) -> Iterator[Any]:
    yield from opened(browser, address, java_script_enabled=False)


def test_a_card_opens_on_hover_stays_under_the_pointer_and_closes_with_escape(wide: Any) -> None:
    mark = wide.locator("mark.claim[data-weight=main]").nth(2)
    mark.scroll_into_view_if_needed()
    mark.hover()
    card = wide.locator(".card")
    card.wait_for()
    card.hover()
    wide.wait_for_timeout(500)
    assert card.count() == 1
    wide.keyboard.press("Escape")
    assert card.count() == 0


def test_from_text_to_note_and_back_in_two_keys(wide: Any) -> None:
    reference = wide.locator(".claim-ref[data-weight=main]").first
    reference.focus()
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.activeElement.className") == "card"
    wide.keyboard.press("Escape")
    assert wide.evaluate("document.activeElement.id") == reference.get_attribute("id")


def test_an_open_card_doubles_no_id_and_names_itself(wide: Any) -> None:
    wide.locator(".claim-ref[data-weight=main]").first.click()
    wide.locator(".card").wait_for()
    assert wide.evaluate(DOUBLED) == 0
    assert wide.locator(".card").get_attribute("aria-label")


def test_a_tap_opens_a_sheet_at_the_lower_edge_and_leaves_the_sentence_in_view(phone: Any) -> None:
    mark = phone.locator("mark.claim[data-weight=main]").nth(3)
    mark.scroll_into_view_if_needed()
    mark.tap()
    sheet = phone.locator(".card")
    sheet.wait_for()
    box = sheet.bounding_box()
    assert round(box["y"] + box["height"]) == 844
    assert mark.bounding_box()["y"] < box["y"] - 20


def test_densities_are_remembered_and_can_be_set_by_address(browser: Any, address: str) -> None:
    with window(browser) as page:
        page.goto(address)
        assert page.evaluate("document.documentElement.dataset.claimsShown") == "main"
        page.locator("#claims-none").check(force=True)
        page.reload()
        assert page.evaluate("document.documentElement.dataset.claimsShown") == "none"
        assert page.locator(".claim-ref:visible").count() == 0
        page.goto(f"{address}?claims=all&kinds=fact")
        kinds = page.evaluate("[...document.querySelectorAll('.claim-ref')].filter(e => e.getClientRects().length)"
                              ".map(e => e.dataset.kind)")  # fmt: skip
        assert set(kinds) == {"fact"}


def test_the_list_of_claims_can_be_put_in_another_order(wide: Any) -> None:
    kinds = "all => all.map(note => note.dataset.kind)"
    shuffled = wide.eval_on_selector_all(".note-list > .note", kinds)
    wide.locator("[data-sort]").select_option("kind")
    wide.locator(".note:first-child:not([value='1'])").wait_for()
    assert wide.eval_on_selector_all(".note-list > .note", kinds) == sorted(shuffled) != shuffled
    wide.locator("[data-sort]").select_option("text")
    assert wide.eval_on_selector_all(".note-list > .note", kinds) == shuffled


def test_a_mark_that_is_not_shown_leaves_no_trace(wide: Any) -> None:
    trace = """marks => [...new Set(marks.map(mark => getComputedStyle(mark)).flatMap(
      made => [made.backgroundColor, made.textDecorationLine, made.boxShadow]))].sort()"""
    nothing = ["none", "rgba(0, 0, 0, 0)"]
    wide.locator("#claims-none").check(force=True)
    assert wide.eval_on_selector_all("mark.claim", trace) == nothing
    wide.locator("#claims-main").check(force=True)
    wide.locator("input[name=kinds]").first.uncheck()
    assert wide.eval_on_selector_all("mark.claim.off", trace) == nothing


@pytest.mark.parametrize("density", ["none", "main", "all"])
def test_each_shown_claim_is_announced_once_and_no_other(wide: Any, served: str, rows: list[dict[str, Any]], density: str) -> None:
    """In the accessibility tree each shown claim of each article is one mark, though it may be cut into pieces."""
    session = wide.context.new_cdp_session(wide)
    for article in sorted({row["article"] for row in rows}):
        wide.goto(f"{served}articles/{article}/?claims={density}")
        own = [row for row in rows if row["article"] == article]
        wanted = {"none": [], "main": [row for row in own if row["weight"] == "main"], "all": own}[density]
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        marks = [node for node in nodes if node.get("role", {}).get("value") == "mark" and not node.get("ignored")]
        assert len(marks) == len(wanted), article


@pytest.mark.parametrize("density", ["none", "all"])
def test_select_all_and_copy_gives_exactly_the_canonical_text(
    browser: Any, served: str, five: BuiltSite, rows: list[dict[str, Any]], density: str
) -> None:
    with window(browser, permissions=("clipboard-read", "clipboard-write")) as page:
        for article in sorted({row["article"] for row in rows}):
            page.goto(f"{served}articles/{article}/?claims={density}")
            page.keyboard.press("Control+A")
            page.keyboard.press("Control+C")
            page.wait_for_timeout(100)
            text = (five.out / "articles" / article / "text.txt").read_text(encoding="utf-8")
            assert page.evaluate("navigator.clipboard.readText()").strip() == text.strip(), article


def test_three_links_in_a_row_show_the_right_claim_each(wide: Any) -> None:
    links = wide.locator(".note-list .relation a[href*='/#c']")
    asked: list[str] = []
    wide.on("request", lambda request: asked.append(request.url))
    wide.locator("#claims").scroll_into_view_if_needed()
    for place in range(3):
        link = links.nth(place)
        link.scroll_into_view_if_needed()
        wide.mouse.move(2, 2)
        wide.wait_for_timeout(400)
        link.hover()
        wide.locator(".preview").wait_for()
        quote = link.evaluate("e => e.closest('.relation').textContent.match(/“(.{12})/)[1]")
        wide.wait_for_function("quote => document.querySelector('.preview').textContent.includes(quote)", arg=quote)
    wide.keyboard.press("Escape")
    assert wide.locator(".preview").count() == 0
    assert len([url for url in asked if "/claims/" in url]) <= 3


def test_a_preview_can_be_entered_moves_nothing_doubles_no_id_and_is_fetched_once(wide: Any, served: str) -> None:
    answers: list[Any] = []
    wide.on("response", lambda answer: answers.append(answer) if "/claims/" in answer.url else None)
    link = wide.locator(".note-list .relation a[href*='/#c']").first
    link.scroll_into_view_if_needed()
    wide.wait_for_timeout(300)
    wide.evaluate(MOVED, False)
    preview = wide.locator(".preview")
    for _ in range(2):
        link.hover()
        preview.wait_for()
        preview.hover()
        wide.wait_for_timeout(600)
        assert preview.count() == 1
        assert wide.evaluate(DOUBLED) == 0
        wide.keyboard.press("Escape")
        assert preview.count() == 0
        wide.mouse.move(2, 2)
    assert [len(answer.body()) < 14_000 for answer in answers] == [True]
    assert wide.evaluate("window.moved") == 0


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desk"])
def test_next_to_nothing_moves_while_a_page_loads(browser: Any, served: str, address: str, rows: list[dict[str, Any]], size: tuple[int, int]) -> None:  # noqa: E501
    """Cumulative layout shift, cold, with faces that come late."""
    claim = max(rows, key=lambda row: len(row["relations"]))["id"]
    for url in (served, address, f"{served}claims/{claim}/", f"{served}claims/", f"{served}topics/"):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        page.goto(url)
        page.evaluate("document.fonts.ready.then(() => 0)")
        page.evaluate(MOVED, True)
        page.wait_for_timeout(200)
        assert page.evaluate("window.moved") < 0.02, (url, page.evaluate("window.movers"))
        context.close()


def test_a_link_in_a_margin_note_is_not_covered_by_the_notes_card(wide: Any) -> None:
    link = wide.locator(".margin-note a[href*='#c']").first
    link.scroll_into_view_if_needed()
    link.hover()
    wide.locator(".preview").wait_for()
    assert wide.locator(".card:not(.preview)").count() == 0
    assert link.evaluate("link => { const box = link.getClientRects()[0];"
                         " return document.elementFromPoint(box.left + 3, box.top + 3) === link; }")  # fmt: skip


def test_previews_can_be_switched_off_for_good(wide: Any) -> None:
    link = wide.locator(".note-list .relation a").first
    link.scroll_into_view_if_needed()
    link.hover()
    wide.get_by_text("No more previews").click()
    wide.reload()
    link.scroll_into_view_if_needed()
    link.hover()
    wide.wait_for_timeout(900)
    assert wide.locator(".preview").count() == 0


def test_keys_step_from_claim_to_claim_and_bare_letters_do_nothing(wide: Any) -> None:
    wide.keyboard.press("Alt+Shift+ArrowDown")
    first = wide.evaluate("document.activeElement.id")
    wide.keyboard.press("Alt+Shift+ArrowDown")
    second = wide.evaluate("document.activeElement.id")
    assert first.startswith("r-c")
    assert second.startswith("r-c")
    assert first != second
    before = wide.evaluate("document.body.innerHTML.length")
    for letter in "abcdefghijklmnopqrstuvwxyz/?.,":
        wide.keyboard.press(letter)
    assert wide.evaluate("document.body.innerHTML.length") == before


def test_back_returns_to_where_one_was(wide: Any) -> None:
    wide.locator("#p12").scroll_into_view_if_needed()
    before = wide.evaluate("scrollY")
    wide.evaluate("document.querySelector('.outline a[href=\"#claims\"]').click()")
    wide.wait_for_timeout(400)
    assert abs(wide.evaluate("scrollY") - before) > 300
    wide.locator(".pill").click()
    wide.wait_for_timeout(400)
    assert abs(wide.evaluate("scrollY") - before) < 5


def test_without_script_relations_claim_list_index_and_compare_are_there(
    scriptless: Any, served: str, rows: list[dict[str, Any]], five: BuiltSite
) -> None:
    """What the data says is what a reader without script can see."""
    home = {row["id"]: row["article"] for row in rows}
    for article in sorted({row["article"] for row in rows}):
        scriptless.goto(f"{served}articles/{article}/")
        own = [row for row in rows if row["article"] == article]
        assert scriptless.locator(".note-list > .note:visible").count() == len(own)
        said = {row["id"] for row in own if row["relations"]}
        assert set(scriptless.eval_on_selector_all(".note:has(.relation)", "all => all.map(one => one.id.slice(2))")) == said
    scriptless.goto(f"{served}claims/")
    assert scriptless.locator(".claim-item[data-claim]:visible").count() == len(rows)
    scriptless.goto(f"{served}a-z/")
    assert scriptless.locator(".entry:visible").count() > 50
    for folder in sorted((five.out / "compare").glob("*--*")):
        scriptless.goto(f"{served}compare/{folder.name}/")
        pair = set(folder.name.split("--"))
        met = {row["id"] for row in rows for end in row["relations"] if {row["article"], home[end["claim"]]} == pair}
        assert set(scriptless.eval_on_selector_all(".aligned .claim-item", "all => all.map(one => one.dataset.claim)")) == met


def test_without_script_text_notes_and_densities_are_there(scriptless: Any) -> None:
    assert scriptless.locator(".note:visible").count() == scriptless.locator(".note").count() > 0
    assert scriptless.locator(".claim-ref:visible").count() > 0
    scriptless.locator("label:has(#claims-none)").click()
    assert scriptless.locator(".claim-ref:visible").count() == 0
    assert scriptless.locator(".margin-note:visible").count() == 0


def test_margin_notes_stand_beside_their_sentences_without_overlap(wide: Any) -> None:
    wide.wait_for_timeout(200)
    rows = wide.evaluate("""[...document.querySelectorAll('.margin-note')].map(note => {
      const box = note.getBoundingClientRect(), mark = document.getElementById(note.dataset.note).getClientRects()[0];
      return [box.top, box.bottom, mark.top]; })""")
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(rows))
    assert all(top >= mark - 12 for top, _, mark in rows)
    assert sum(abs(top - mark) < 30 for top, _, mark in rows) >= len(rows) * 0.6


@pytest.mark.parametrize("path", ["", "articles/"])
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways(browser: Any, served: str, address: str, path: str, width: int) -> None:
    with window(browser, (width, 700)) as page:
        for url in (served + path, address):
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_a_folder_links_lead_to_pages(browser: Any, five: BuiltSite) -> None:
    with window(browser) as page:
        page.goto((five.out / "index.html").as_uri())
        page.locator(".article-card a").first.click()
        page.wait_for_selector("[data-article]")
        assert page.url.endswith("index.html")
        page.locator(".claim-ref[data-weight=main]").first.click()
        page.locator(".card .note-links a[href*='claims/']").first.click()
        page.wait_for_url("file://**/claims/c*/index.html")
        place = page.locator("main a[href*='articles/'][href*='#c']").last
        claim = place.get_attribute("href").split("#")[1]
        place.click()
        page.wait_for_url(f"file://**/index.html#{claim}")
        assert "now" in page.locator(f"mark#{claim}").get_attribute("class")
        for path, things in (("claims", ".claim-item"), ("topics", ".branch"), ("a-z", ".entry"), ("compare", ".pairs td a"), ("numbers", ".numbers tr")):  # noqa: E501
            page.goto((five.out / path / "index.html").as_uri())
            assert page.locator(f"{things}:visible").count() > 4, path


def test_the_help_explains_the_marks_and_names_keys_only_where_there_may_be_a_keyboard(wide: Any, phone: Any) -> None:
    for page, keys in ((wide, True), (phone, False)):
        page.click("[data-help]")
        page.wait_for_selector("dialog[open]")
        words = page.inner_text("dialog[open]")
        kinds = page.locator(".lane .key").all_text_contents()
        assert kinds
        assert page.locator("dialog[open] .key").all_text_contents()[1:] == kinds
        assert "another source disputes it" in words
        assert ("Alt Shift" in words) == keys
        page.keyboard.press("Escape")
        assert not page.locator("dialog[open]").count()


def test_every_kind_has_the_line_in_the_key_that_it_has_in_the_text(wide: Any) -> None:
    line = "element => ['Style', 'Thickness', 'Color'].map(part => getComputedStyle(element)['textDecoration' + part])"
    kinds = set(wide.eval_on_selector_all("mark.claim[data-weight=main]", "marks => marks.map(mark => mark.dataset.kind)"))
    assert len(kinds) > 3
    for kind in kinds:
        mark = wide.locator(f'mark.claim[data-weight="main"][data-kind="{kind}"]').first
        assert wide.locator(f".lane.kind-{kind} .key").evaluate(line) == mark.evaluate(line), kind


def test_the_slanted_face_is_fetched_only_for_an_article_that_slants_words(browser: Any, served: str, rows: list[dict[str, Any]]) -> None:
    """It would be a tenth of the first view; notes below do without."""
    slanted = "all => all.some(one => getComputedStyle(one).fontStyle === 'italic')"
    for article in sorted({row["article"] for row in rows}):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        fetched: list[str] = []
        page.on("request", lambda request, fetched=fetched: fetched.append(request.url))
        page.goto(f"{served}articles/{article}/")
        page.evaluate("document.fonts.ready.then(() => 0)")
        assert page.eval_on_selector_all("[data-article] *", slanted) or not any("italic" in url for url in fetched), article
        page.close()
