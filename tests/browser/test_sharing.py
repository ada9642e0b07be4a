"""Share, cite, old addresses and mistyped ones in a real browser, on the site built from the seeds."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from .looking import window

if TYPE_CHECKING:
    from conftest import BuiltSite

pytestmark = pytest.mark.browser
MODES = [(390, "light"), (1440, "dark")]


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as the host of static pages does: `404.html` for what is not there."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def host(five: BuiltSite) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(five.out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Any, host: str) -> Iterator[Any]:
    with window(browser, (1000, 800), permissions=("clipboard-read", "clipboard-write")) as opened:
        wrong: list[str] = []
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None)
        yield opened
    assert wrong == []


@pytest.fixture(scope="module")
def row(five: BuiltSite) -> dict[str, Any]:
    """The claim with most relations among those whose article has a known original."""
    articles = {a["id"]: a for a in json.loads((five.out / "data/articles.json").read_text(encoding="utf-8"))}
    rows = json.loads((five.out / "data/claims.json").read_text(encoding="utf-8"))
    known = [one for one in rows if articles[one["article"]]["source_url"]]
    return dict(max(known, key=lambda one: len(one["relations"])))


def copied(page: Any, label: str) -> str:
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_text("Copied.").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_every_button_copies_the_canonical_address(page: Any, host: str, row: dict[str, Any]) -> None:
    page.goto(f"{host}claims/{row['id']}/?claims=all#share")
    address = f"http://127.0.0.1/claims/{row['id']}/"
    assert copied(page, "Copy link") == address
    quote = copied(page, "Copy quote with source")
    assert quote.startswith(f"“{row['quote']}” — {row['asserter']['name']}, in ")
    assert quote.endswith(f". {address}")
    markdown = copied(page, "Copy as Markdown")
    assert markdown.startswith("> ")
    assert markdown.endswith(f"[{row['id']}]({address})")
    embed = lxml.html.fragment_fromstring(copied(page, "Copy HTML to embed"))
    assert (embed.tag, embed.get("cite")) == ("blockquote", address)
    assert embed.cssselect("p")[0].text_content() == row["quote"]
    assert embed.cssselect("footer a")[0].get("href") == address


def test_references_and_records_are_copied(page: Any, host: str, row: dict[str, Any]) -> None:
    page.goto(f"{host}claims/{row['id']}/")
    assert "Chan, K. (2026, March 9)" in copied(page, "Copy the reference in APA")
    assert copied(page, "Copy BibTeX").startswith(f"@misc{{{row['id']},\n")
    assert copied(page, "Copy BibTeX").count("@misc") == 1
    ris = copied(page, "Copy RIS")
    assert (ris.count("TY  - "), ris.count("ER  - "), f"ID  - {row['id']}" in ris) == (1, 1, True)
    assert [item["abstract"] for item in json.loads(copied(page, "Copy CSL-JSON"))] == [row["quote"]]


def test_without_the_clipboard_the_words_are_selected(page: Any, host: str, row: dict[str, Any]) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;")
    page.goto(f"{host}claims/{row['id']}/")
    page.get_by_role("button", name="Copy link", exact=True).click()
    field = page.get_by_role("textbox", name="Words to copy")
    assert field.input_value() == f"http://127.0.0.1/claims/{row['id']}/"
    assert page.evaluate("String(document.getSelection()) || document.activeElement.value") == field.input_value()


def test_web_share_stands_only_where_the_browser_has_it(page: Any, host: str, row: dict[str, Any]) -> None:
    page.add_init_script("navigator.share = facts => { window.shared = facts; return Promise.resolve(); };")
    page.goto(f"{host}claims/{row['id']}/")
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared.url") == f"http://127.0.0.1/claims/{row['id']}/"


def shapes(five: BuiltSite) -> list[str]:
    """Ids of claims whose pages differ most: with all and with no relations, concepts, figures, history; long and short."""
    every = json.loads((five.out / "data/claims.json").read_text(encoding="utf-8"))
    aspects: list[Callable[[dict[str, Any]], object]] = [
        lambda one: len(one["relations"]),
        lambda one: len(one["topics"]) + len(one["entities"]),
        lambda one: len(one["quantities"]),
        lambda one: len(one["quote"]),
        lambda one: not one["quote"].isascii(),
        lambda one: (five.out / "claims" / one["id"] / "index.html").stat().st_size,
        lambda one: one["kind"],
    ]
    ends = [end(every, key=aspect)["id"] for aspect in aspects for end in (max, min)]
    return [*dict.fromkeys([*ends, *(one["id"] for one in every[:: len(every) // 6])])]


def test_pages_of_every_shape_fetch_only_what_they_show(page: Any, host: str, five: BuiltSite) -> None:
    """The rest of the pages name the same files: see test_claim_pages."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ids = shapes(five)
    assert len(ids) >= 12
    for one in ids:
        asked.clear()
        page.goto(f"{host}claims/{one}/", wait_until="networkidle")
        assert all(url.startswith(host) for url in asked)
        own = {url.removeprefix(host) for url in asked} - {f"claims/{one}/"}
        shared = {f"static/{name}" for name in ("sourcebook.css", "sourcebook.js", "share.js")} | {"assets/icon.svg"}
        faces = {url for url in own if url.endswith(".woff2")}
        assert own - faces <= shared
        assert len(asked) == len(set(asked)), "nothing is asked for twice"
        used = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').length")
        assert used == len(faces), "no face is fetched that no word is set in"


@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_no_sideways_scroll_and_targets_of_24_px(browser: Any, host: str, row: dict[str, Any], width: int, scheme: str) -> None:
    with window(browser, (min(width, 1440), 800), color_scheme=scheme) as page:
        for size in (width, 320):
            page.set_viewport_size({"width": size, "height": 800})
            page.goto(f"{host}claims/{row['id']}/")
            assert page.evaluate("document.documentElement.scrollWidth") <= size
        small = page.evaluate(
            "[...document.querySelectorAll('.claim-page button, .claim-page .tags a, .claim-ways a')]"
            ".filter(e => e.getBoundingClientRect().height < 24).map(e => e.textContent)"
        )
        assert small == []


def test_without_script_references_and_files_are_there(browser: Any, host: str, row: dict[str, Any]) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{host}claims/{row['id']}/")
        assert page.locator(".cite dd").count() == 3
        assert page.locator("button:visible", has_text="Copy").count() == 0
        assert page.locator("a.permalink").inner_text() == f"http://127.0.0.1/claims/{row['id']}/"


def mistyped(word: str) -> list[str]:
    """Slips of people who copy an id: a letter for its lookalike, one lost, one doubled, capitals."""
    lookalike = word.replace("0", "o").replace("1", "l")
    other = word[:3] + ("x" if word[3] != "x" else "y") + word[4:]
    return [slip for slip in (word.upper(), word[:-1], word + word[-1], lookalike, other) if slip != word]


def test_a_mistyped_claim_is_found(page: Any, host: str, row: dict[str, Any]) -> None:
    for word in mistyped(row["id"]):
        page.goto(f"{host}claims/{word}/")
        first = page.locator("[data-lost] h2 + ul a").first
        first.wait_for()
        assert first.get_attribute("href") == f"{host}claims/{row['id']}/", word


def test_a_mistyped_article_or_topic_is_found(page: Any, host: str, row: dict[str, Any]) -> None:
    for address in (
        f"articles/{row['article'][:-3]}/",
        f"article/{row['article']}/",
        f"{row['article'].replace('-', '_')}",
    ):
        page.goto(host + address)
        first = page.locator("[data-lost] h2 + ul a").first
        first.wait_for()
        assert first.get_attribute("href") == f"{host}articles/{row['article']}/", address


def test_the_lost_page_has_plain_links_without_script(browser: Any, host: str) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{host}claims/nothing-like-it/at/all/")
        assert page.locator("[data-lost] a").count() >= 3
