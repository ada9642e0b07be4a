"""“Suggest as claim” in a real browser: what it writes goes into a sidecar as it is, and the issue link holds the same."""
from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import serve_folder
from places import SETTINGS, built_site

from browser.looking import looking
from build_tools import pipeline
from build_tools.cli import main
from build_tools.settings import load_settings

pytestmark = pytest.mark.browser
REPO = "https://git.example/bees/book"
BEES = (
    "Bees: \"in\" the city\n\nThe first hives came to Lisbon in 1998. It grew. City bees 🐝 make 30 percent more \\honey\\ "
    "than bees on farms, says “a study”: see [1] #2 & <b>.\n\nIt grew. Nobody expected it.\n"
)

SELECT = r"""([words, nth]) => {
  // Select the nth occurrence of some words as a reader does with the mouse: within text nodes, across elements.
  const walker = document.createTreeWalker(document.querySelector("[data-article]"), NodeFilter.SHOW_TEXT);
  let text = "";
  const from = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-furniture]")) continue;
    for (let at = 0; at < node.data.length; at++) { text += node.data[at]; from.push([node, at]); }
  }
  let at = -1;
  for (let n = 0; n <= nth; n++) at = text.indexOf(words, at + 1);
  const range = document.createRange();
  range.setStart(...from[at]);
  range.setEnd(from[at + words.length - 1][0], from[at + words.length - 1][1] + 1);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """Address, seeds and settings of a site with a repository, and one without."""
    place = tmp_path_factory.mktemp("suggest")
    settings = SETTINGS + f"repo_url: {REPO}/\n"
    folders, result = built_site(place, {"bees.txt": BEES}, url="http://127.0.0.1/", settings=settings)
    assert not result.problems.has_errors
    server, address = serve_folder(folders.out)
    yield address + "articles/bees-in-the-city/", folders.seeds, place / "mkdocs.yml"
    server.shutdown()
    server.server_close()


def suggested(page: Any, words: str, nth: int = 0) -> str:
    """Select words, choose to suggest them, and return the entry."""
    page.evaluate(SELECT, [words, nth])
    page.get_by_role("toolbar", name="Selected words").get_by_role("button", name="Suggest as claim").click()
    dialog = page.get_by_role("dialog", name="Suggest this claim")
    return str(dialog.get_by_label("Entry for the sidecar").input_value())


@pytest.mark.parametrize(
    ("words", "nth"),
    [
        ("The first hives came to Lisbon in 1998.", 0),
        ("bees 🐝 make 30 percent more \\honey\\ than bees on farms, says “a study”: see [1] #2 & <b>.", 0),
        ("It grew.", 0),
        ("It grew.", 1),
        ("in 1998. It grew. City", 0),
    ],
)
def test_the_entry_goes_into_a_sidecar_and_check_accepts_it(
    browser: Any, shelf: tuple[str, Path, Path], tmp_path: Path, words: str, nth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    address, seeds, config = shelf
    with looking(browser, address) as (page, record):
        page.goto(address)
        entry = suggested(page, words, nth)
        assert record.clean, record
    copy = Path(shutil.copytree(seeds, tmp_path / "seeds"))
    (copy / "bees.yml").write_text("claims:\n" + entry, encoding="utf-8")
    assert main(["check", "--strict", "--seeds", str(copy), "--config", str(config)]) == 0, capsys.readouterr().out
    corpus = pipeline.build_corpus(copy, load_settings(config), date="2026-11-22").corpus
    (claim,) = [claim for claim in corpus.claims if claim.origin == "curated"]
    text, start = corpus.articles[0].text, -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    assert (claim.quote, claim.start) == (words, start)


def test_the_issue_link_holds_the_entry_the_file_and_the_place(browser: Any, shelf: tuple[str, Path, Path]) -> None:
    address = shelf[0]
    with looking(browser, address) as (page, _):
        page.goto(address)
        entry = suggested(page, "It grew.", 1)
        link = page.get_by_role("link", name="Open an issue with it")
        target = urlsplit(str(link.get_attribute("href")))
        assert set(str(link.get_attribute("rel")).split()) >= {"external", "noopener"}
        block = page.locator("[data-block]", has_text="Nobody expected it").get_attribute("id")
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{REPO}/issues/new"
    asked = parse_qs(target.query, strict_parsing=True)
    assert asked["title"] == ["Claim: It grew."]
    (body,) = asked["body"]
    assert "`seeds/bees.yml`" in body
    assert f"{address}#{block}" in body
    fenced = body.partition("```yaml\n")[2].partition("```")[0]
    assert fenced == "claims:\n" + entry
    assert yaml.safe_load(fenced)["claims"][0]["quote"] == "It grew."


def test_all_of_it_is_reached_by_keyboard(browser: Any, shelf: tuple[str, Path, Path]) -> None:
    address = shelf[0]
    with looking(browser, address, permissions=("clipboard-read", "clipboard-write")) as (page, _):
        page.goto(address)
        page.evaluate(SELECT, ["The first hives", 0])
        page.get_by_role("toolbar", name="Selected words").wait_for()
        for _press in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Suggest as claim":
                break
        assert page.evaluate("document.activeElement.textContent") == "Suggest as claim"
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Suggest this claim")
        assert dialog.evaluate("one => one.matches(':modal') && one.contains(document.activeElement)")
        for _press in range(6):
            if page.evaluate("document.activeElement.textContent") == "Copy the entry":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("() => navigator.clipboard.readText().then(text => text.includes('The first hives'))")
        assert yaml.safe_load(page.evaluate("navigator.clipboard.readText()"))[0]["quote"] == "The first hives"
        page.keyboard.press("Escape")
        assert page.get_by_role("dialog").count() == 0


def test_nothing_is_offered_outside_the_article_or_without_a_repository(browser: Any, served: str) -> None:
    with looking(browser, served) as (page, _):
        page.goto(served + "articles/competing-visions-of-the-ai-race/")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('footer'))")
        page.wait_for_timeout(600)
        assert page.get_by_role("toolbar", name="Selected words").count() == 0
        assert suggested(page, "data center expansion").startswith("  - quote: \"data center expansion\"")
        assert page.get_by_role("link", name="Open an issue with it").count() == 0
