"""The finishing pass: a page is only published when its text, its links and its ids are right, and nothing comes from elsewhere.

Most tests take a small site that was built, damage it as an engine or a person might, and finish it again.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import io
import json
import os
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import lxml.html
import pytest
from conftest import BuiltSite
from places import built_site, codes, copied, errors, snapshot

from build_tools import document
from build_tools.document import Document, unbundled
from build_tools.finish import Outcome, finish
from build_tools.finish._fidelity import _plainly_shown, _shown
from build_tools.finish._links import Gathered
from build_tools.finish._page import dressed
from build_tools.finish._work import Job, Portion
from build_tools.problems import Problem, Problems
from build_tools.settings import Site, load_settings

WORDS = "Bees in the city\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey 𝔸 than bees on farms.\n"
PAGE = "articles/bees-in-the-city/index.html"
URL = "https://example.org/some-project/"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("small")
    _, result = built_site(place, {"bees.txt": WORDS}, url=URL)
    assert codes(result.problems) == []
    return place


@pytest.fixture
def place(small: Path, tmp_path: Path) -> Path:
    copied(small / "site", tmp_path / "site")
    copied(small / "docs", tmp_path / "docs")
    return tmp_path


def again(place: Path) -> list[Problem]:
    """Finish once more; a finished site is a built site, too. Light pages are written anew only with a shell."""
    for bundle in (place / "docs/.sourcebook/pages").rglob("*.pages"):
        bundle.unlink()
    problems = Problems()
    finish(place / "docs", place / "site", load_settings(None, site_url=URL), problems)
    return list(problems)


def change(place: Path, old: str, new: str, page: str = PAGE) -> None:
    path = place / "site" / page
    text = path.read_text(encoding="utf-8")
    before, mark, after = text.rpartition("<article" if page == PAGE and "<article" in text else "<body")
    assert old in after
    path.write_text(before + mark + after.replace(old, new, 1), encoding="utf-8")


def test_an_undamaged_site_has_no_problem(place: Path) -> None:
    assert again(place) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lisbon", "Lisbom"),
        ("Lisbon", "Lisbon."),
        ("𝔸", "A"),
        ("hives", "hives<span>1</span>"),
        ("hives", '<i hidden title="hives"></i>'),
        ("Lisbon in 1998.", "Lisbon in 1998.</p><p>"),
    ],
    ids=[
        "a letter",
        "a sign more",
        "an astral letter",
        "furniture that is not marked",
        "a word less",
        "a sentence outside its block",
    ],
)
def test_one_changed_letter_fails(place: Path, old: str, new: str) -> None:
    change(place, old, new)
    found = [problem for problem in again(place) if problem.code == "F01"]
    assert len(found) == 1
    assert (found[0].file, found[0].severity) == (PAGE, "error")


def test_the_message_shows_the_place(place: Path) -> None:
    change(place, "Lisbon", "Lisbom")
    message = next(problem.message for problem in again(place) if problem.code == "F01")
    assert message.startswith("block 2 of the page")
    assert (
        "“… hives came to Lisbom in 1998. City bees…” stands where “… hives came to Lisbon in 1998. City bees…” should" in message
    )


def test_a_page_without_its_container_fails(place: Path) -> None:
    change(place, "data-article=", "data-other=")
    assert "F01" in [problem.code for problem in again(place)]


def test_an_article_page_that_is_missing_is_a_problem(place: Path) -> None:
    (place / "site" / PAGE).unlink()
    assert "F01" in [problem.code for problem in again(place)]


def test_marked_furniture_is_no_part_of_the_text(place: Path) -> None:
    change(place, "hives", "hives<sup data-furniture>note <b>7</b></sup>")
    assert [problem.code for problem in again(place)] == []


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("../../nowhere/", "no such page"),
        ("../../claims/", None),
        ("#nowhere", "no such place"),
        ("../../claims/#nowhere", "no such place"),
        ("../../static/none.css", "no such file"),
        ("/some-project/claims/", None),
        ("/claims/", "leaves the site"),
        ("../../../../", "leaves the site"),
        ("https://elsewhere.example/x", None),
        ("mailto:me@example.org", None),
        ("?claims=all", None),
        ("?claims=all#p2", None),
        ("text.txt", None),
        ("../../claims/?kind=fact", None),
    ],
)
def test_a_broken_link_or_fragment_fails(place: Path, link: str, why: str | None) -> None:
    change(place, "</article>", f'</article><a href="{link}">x</a>')
    found = again(place)
    assert [problem.code for problem in found] == ([] if why is None else ["F02"])
    assert why is None or why in found[0].message


def test_one_missing_target_is_one_problem_however_many_ask_for_it(place: Path) -> None:
    change(place, "</article>", '</article><a href="../../none/">x</a>')
    change(place, "</body>", '<a href="../none/">x</a></body>', "claims/index.html")
    (found,) = again(place)
    assert "1 more page" in found.message


def test_an_id_that_stands_twice_fails(place: Path) -> None:
    change(place, "</article>", '</article><i id="p1"></i>')
    assert [problem.code for problem in again(place)] == ["F03"]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://elsewhere.example/x.js"></script>',
        '<img alt="" src="//elsewhere.example/x.png">',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<iframe src="http://elsewhere.example/"></iframe>',
        '<object data="https://elsewhere.example/"></object>',
    ],
)
def test_what_asks_another_host_fails(place: Path, markup: str) -> None:
    change(place, "</article>", f"</article>{markup}")
    assert [problem.code for problem in again(place)] == ["F04"]


def test_without_the_page_that_carries_the_theme_there_are_no_light_pages(place: Path) -> None:
    problems = Problems()
    finish(place / "docs", place / "site", load_settings(None, site_url=URL), problems)
    assert "F05" in codes(problems)


def test_a_symbolic_link_would_publish_what_it_points_to(place: Path) -> None:
    (place / "site/data/secret.txt").symlink_to("/etc/hostname")
    assert [problem.code for problem in again(place)] == ["F06"]


# --- light pages, and two processes -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as the engine leaves it, whose article is a light page."""
    place = tmp_path_factory.mktemp("unfinished")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("build_tools.render.article.THROUGH_ENGINE", 0)
        patch.setattr("build_tools.site.finish", lambda *given: Outcome(pages=0, articles=0, links=0))
        _, result = built_site(place, {"bees.txt": WORDS}, url=URL)
    assert codes(result.problems) == []
    return place


def spoiled(unfinished: Path, place: Path, old: str = "", new: str = "") -> Path:
    """Copy the unfinished site and change the entry of its article."""
    copied(unfinished / "site", place / "site")
    (bundle,) = copied(unfinished / "docs", place / "docs").glob(".sourcebook/pages/articles-*.pages")
    (entry,) = unbundled(io.BytesIO(bundle.read_bytes()))
    before, mark, after = entry.body.rpartition("<article")
    assert old in after
    head, body = entry.own[: entry.cut].decode(), before + mark + after.replace(old, new, 1)
    changed = Document(address=entry.address, title="", head=head, body=body, page_class=entry.page_class)
    bundle.write_bytes(document.bundle("articles", [changed], Site()).body)
    return place


def completed(place: Path) -> tuple[list[Problem], Outcome]:
    problems = Problems()
    outcome = finish(place / "docs", place / "site", load_settings(None, site_url=URL), problems)
    return list(problems), outcome


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", "", None),
        ("Lisbon", "Lisbom", "F01"),
        ("City bees", "<b>City</b> bees", None),
        ("Lisbon in 1998.", "Lisbon in 1998.</p><p>", "F01"),
        ("</article>", '</article><a href="../../none/">x</a>', "F02"),
        ("</article>", '</article><a href="#none">x</a>', "F02"),
        ("</article>", '</article>no link: href="../../none/" src="#none" id="p1"', None),
        ("</article>", '</article><a href="../p/../../claims/">x</a><a href="../../a/../claims/#content">x</a>', None),
        ("</article>", '</article><a href="../../a/../none/">x</a>', "F02"),
        ("</article>", '</article><a href="#content">x</a><a href="../../claims/#content">x</a>', None),
        ("</article>", '</article><i id="p1"></i>', "F03"),
        ("</article>", '</article><i id="content"></i>', "F03"),
    ],
)
def test_light_pages_are_compared_and_checked_as_the_others(
    unfinished: Path, tmp_path: Path, old: str, new: str, code: str | None
) -> None:
    found, _ = completed(spoiled(unfinished, tmp_path, old, new))
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(problem.file == PAGE for problem in found)


def test_an_article_that_is_in_no_bundle_and_no_page_is_missed(unfinished: Path, tmp_path: Path) -> None:
    place = spoiled(unfinished, tmp_path)
    next((place / "docs").glob(".sourcebook/pages/articles-*.pages")).unlink()
    assert "F01" in [problem.code for problem in completed(place)[0]]


@pytest.mark.usefixtures("alone")
def test_two_processes_make_the_same_site_and_find_the_same(
    unfinished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (spoiled(unfinished, tmp_path / name, "Lisbon", 'Lisbom</p><a href="../none/"></a><p>') for name in ("one", "two"))
    alone = completed(one)
    monkeypatch.setattr("build_tools.finish._ENOUGH_FOR_TWO", 0)
    assert completed(two) == alone
    assert [problem.code for problem in alone[0]] == ["F01", "F02"]
    assert snapshot(two / "site") == snapshot(one / "site")


@pytest.mark.usefixtures("alone")
def test_what_goes_wrong_in_the_second_process_is_raised_in_the_first(
    unfinished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()
    plain = Job.done

    def done(job: Job, portion: Portion) -> Gathered:
        if os.getpid() == here:
            time.sleep(0.2)  # leaves portions to the other
        plain(job, portion)
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(Job, "done", done)
    monkeypatch.setattr("build_tools.finish._ENOUGH_FOR_TWO", 0)
    with pytest.raises(OSError, match="no space left"):
        completed(spoiled(unfinished, tmp_path))


@pytest.mark.usefixtures("alone")
def test_what_a_lost_process_had_finished_is_not_finished_twice(
    unfinished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, plain = os.getpid(), Job.done
    whole = spoiled(unfinished, tmp_path / "whole")
    completed(whole)

    def done(job: Job, portion: Portion) -> Gathered:
        group = plain(job, portion)
        if os.getpid() != here:
            os._exit(1)
        time.sleep(0.05)  # leaves portions to the other
        return group

    monkeypatch.setattr(Job, "done", done)
    monkeypatch.setattr("build_tools.finish._ENOUGH_FOR_TWO", 0)
    monkeypatch.setattr("build_tools.finish._AT_ONCE", 1)
    lost = spoiled(unfinished, tmp_path / "lost")
    completed(lost)
    assert snapshot(lost / "site") == snapshot(whole / "site")


@pytest.mark.parametrize(
    "change",
    [
        ("hives", "hi<!-- x -->ves"),
        ("hives", "hives<script>1</script>"),
        ("hives", '<span title="data-furniture">hives</span>'),
        ("hives", '<span title="a>b">hives</span>'),
        ("hives", "hives<a data-furniture>1<a>2</a></a>"),
        ("hives", "hives<a class='x' data-furniture>1</a>"),
        ("hives", "<p data-block>hives</p>"),
        ("hives", "hives</p><p data-block=paragraph>x"),
        ("hives", 'hives</p><!--<p data-block="x">y</p>--><p>'),
        ("hives", "<div>hives"),
        ("hives", "hives &lt;b&gt; &#39;"),
        ("<p", '<p title="data-block="'),
        ("<p", "<P"),
    ],
)
def test_the_plain_reading_says_what_a_parser_says_or_nothing(small: Path, change: tuple[str, str]) -> None:
    page = (small / "site" / PAGE).read_text(encoding="utf-8")
    assert _plainly_shown(page) == _shown(page) != []
    before, mark, after = page.rpartition("<article")
    assert change[0] in after
    damaged = before + mark + after.replace(*change, 1)
    assert _plainly_shown(damaged) in (None, _shown(damaged))


# --- what every page of the real site has -----------------------------------------------------------------------------


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def policy(html: str) -> dict[str, list[str]]:
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return {rule.split()[0]: rule.split()[1:] for rule in unescape(found).split("; ")}


def test_the_five_articles_are_published_without_an_error(five: BuiltSite) -> None:
    assert errors(five.result.problems) == []
    assert five.result.outcome
    assert five.result.outcome.articles == 5


def test_every_page_is_under_a_strict_policy_before_anything_is_loaded(five: BuiltSite) -> None:
    for name, html in pages(five.out):
        rules = policy(html)
        assert rules["default-src"] == ["'none'"], name
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & {word for words in rules.values() for word in words}, name
        assert html.index("Content-Security-Policy") < min(html.index(f"<{tag}") for tag in ("script", "link", "title")), name


def test_the_policy_names_every_inline_script_and_style(five: BuiltSite) -> None:
    for name, html in pages(five.out):
        rules = policy(html)
        for kind, attributes, body in re.findall(r"<(script|style)\b([^>]*)>(.*?)</\1>", html, re.DOTALL):
            if body and "json" not in attributes:
                digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in rules[f"{kind}-src"], name
        assert not re.search(r"<[^>]*\s(?:on[a-z]+|style)=", re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)), (
            name
        )


def test_every_page_has_one_title_one_description_and_names_itself(five: BuiltSite) -> None:
    seen: dict[str, str] = {}
    for name, html in pages(five.out):
        tree = lxml.html.document_fromstring(html)
        (title,) = tree.xpath("//head/title/text()")
        (description,) = tree.xpath("//head/meta[@name='description']/@content")
        (canonical,) = tree.xpath("//head/link[@rel='canonical']/@href")
        assert title.strip(), name
        assert len(description) <= 200, name
        assert canonical == "http://127.0.0.1/" + name.removesuffix("index.html"), name
        assert tree.xpath("//template[@data-head] | //div[@data-sourcebook]") == [], name
        if name.endswith("index.html") and "noindex" not in html:
            assert seen.setdefault(title, name) == name, "two pages with one title"


def test_what_a_person_wrote_is_described_by_its_own_words(five: BuiltSite) -> None:
    """And no two pages alike: a search engine takes the same words on many pages for the same page."""
    said: dict[str, str] = {}
    for name, html in pages(five.out):
        (description,) = lxml.html.fromstring(html).xpath("//head/meta[@name='description']/@content")
        assert said.setdefault(description, name) == name
    assert any(words.startswith("You need no programming.") and name == "guide/curator/index.html" for words, name in said.items())


@pytest.mark.parametrize(
    ("stated", "body", "words"),
    [
        ("The whole site.", '<h1 id="a">A</h1><p>What <em>it</em>\nis &amp; does.</p><p>More.</p>', "What it is & does."),
        ("What this page is.", "<h1>A</h1><p>More.</p>", "What this page is."),
        ("The whole site.", "<h1>A</h1><ul><li>More.</li></ul>", "The whole site."),
        ("The whole site.", "<p>No heading.</p>", "The whole site."),
    ],
)
def test_a_description_is_stated_or_the_first_paragraph_or_the_sites(stated: str, body: str, words: str) -> None:
    html = f'<html><head><meta name="description" content="{stated}"></head><body>{body}</body></html>'
    out = dressed(html, "guide/a/index.html", Site(description="The whole site."), {})
    (found,) = lxml.html.fromstring(out).xpath("//head/meta[@name='description']/@content")
    assert found == words


def test_no_page_still_holds_a_numeric_reference_of_ours_or_the_seam(five: BuiltSite) -> None:
    for name, html in pages(five.out):
        assert not re.search(r"(?<!&amp)&#(?:33|42|91|95|96);", html), name
        assert "sourcebook-body" not in html, name
        assert "<!--" not in html, name


def test_the_sitemap_lists_what_may_be_listed_and_no_date(five: BuiltSite) -> None:
    text = (five.out / "sitemap.xml").read_text(encoding="utf-8")
    listed = {address.removeprefix("http://127.0.0.1/") for address in re.findall(r"<loc>([^<]*)</loc>", text)}
    wanted = {
        name.removesuffix("index.html")
        for name, html in pages(five.out)
        if name.endswith("index.html") and '<meta name="robots" content="noindex' not in html
    }
    assert listed == wanted
    assert "lastmod" not in text


def test_the_themes_own_bundle_and_search_are_gone(five: BuiltSite) -> None:
    assert not list((five.out / "assets").rglob("*.js"))
    assert not (five.out / "search" / "search_index.json").exists()
    assert not (five.out / "claims" / "shell").exists()


def test_a_page_of_ours_stands_in_one_frame(five: BuiltSite) -> None:
    frames = [(name, html.count('class="sb-page"')) for name, html in pages(five.out)]
    assert {count for _, count in frames} == {0, 1}
    assert [name for name, count in frames if count == 0 and name.startswith(("claims/", "articles/", "compare/", "entities/"))] == []
    claim = next(html for name, html in pages(five.out) if name.startswith("claims/c"))
    assert '<div class="sb-page" data-page="claim">' in claim


def test_a_claims_text_is_not_changed_on_its_light_page(five: BuiltSite) -> None:
    for row in json.loads((five.out / "data/claims.json").read_text(encoding="utf-8")):
        tree = lxml.html.parse(str(five.out / "claims" / row["id"] / "index.html"), lxml.html.HTMLParser(encoding="utf-8"))
        shown = " ".join(tree.getroot().text_content().split())
        assert " ".join(row["quote"].split()) in shown, row["id"]
