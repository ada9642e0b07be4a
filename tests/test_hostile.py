"""Hostile articles: whatever a text holds, its site has no script of its, no broken page, and is done in time."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import hostile
import lxml.html
import pytest
from conftest import BuiltSite
from places import SETTINGS, built_site, codes, errors, fill, rows, snapshot
from ratio import ratio

from build_tools import pipeline
from build_tools.problems import Problems
from build_tools.settings import Site

EXPECTED_WARNINGS = {"R12", "R13"}
"""Turned text, and front matter that can't be an address."""


def test_the_site_is_made_without_an_error(hostile_site: BuiltSite) -> None:
    assert errors(hostile_site.result.problems) == []
    assert set(codes(hostile_site.result.problems)) <= EXPECTED_WARNINGS
    assert hostile_site.result.articles == 3
    assert hostile_site.result.claims > 20


def test_every_hostile_passage_is_in_the_text_as_it_stands(hostile_site: BuiltSite) -> None:
    texts = {
        str(row["file"]): (hostile_site.out / "articles" / str(row["id"]) / "text.txt").read_text(encoding="utf-8")
        for row in rows(hostile_site.out, "articles")
    }
    kept = {name: words for name, words in hostile.INPUTS.items() if name not in {"turns", "signs"}}
    folded = {file: " ".join(text.split()) for file, text in texts.items()}
    for name, words in kept.items():
        assert " ".join(words.split()) in folded["plain.txt"], name
        assert " ".join(words.split()) in folded["page.html"], name
    for text in texts.values():
        assert not {"\x01", "\x07", "\u202e", "\u2066", "\0"} & set(text)
        assert "\U0001d538" in text


def test_no_element_of_a_source_is_in_any_page(hostile_site: BuiltSite) -> None:
    for path in hostile_site.out.rglob("*.html"):
        tree = lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
        name = path.relative_to(hostile_site.out).as_posix()
        assert tree.xpath("//iframe | //object | //embed | //form | //base | //meta[@http-equiv='refresh'] | //animate") == [], (
            name
        )
        assert [e for e in tree.iter() for a in e.attrib if a.startswith("on") or a == "style"] == [], name
        assert [
            href for href in tree.xpath("//@href | //@src") if href.lower().strip().startswith(("javascript:", "data:text"))
        ] == [], name
        assert [
            s for s in tree.xpath("//script[not(@src)]") if "pwned" in (s.text or "") and "json" not in s.get("type", "")
        ] == [], name
        (title,) = tree.xpath("//head/title")
        assert len(title) == 0, name
        assert tree.xpath("//*[@id='__search'] | //*[@id='sourcebook-body']") == [], name


def test_every_json_in_every_page_and_file_can_be_read(hostile_site: BuiltSite) -> None:
    for path in hostile_site.out.rglob("*.html"):
        for script in (
            lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8"))
            .getroot()
            .xpath("//script[@type='application/ld+json']")
        ):
            json.loads(script.text)
    for path in [*hostile_site.out.rglob("*.json"), *hostile_site.out.rglob("*.jsonld")]:
        json.loads(path.read_text(encoding="utf-8"))


def test_nothing_from_this_machine_came_in(hostile_site: BuiltSite) -> None:
    passwd = Path("/etc/passwd").read_bytes().splitlines()[0]
    for name, body in snapshot(hostile_site.out).items():
        assert passwd not in body, name
        if name.endswith(".html"):
            assert b"49 49" not in body


def test_the_site_stays_small(hostile_site: BuiltSite) -> None:
    assert max(len(body) for body in snapshot(hostile_site.out).values()) < 2_000_000


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
@pytest.mark.parametrize("name", hostile.SLOW)
def test_no_text_takes_long(tmp_path: Path, name: str, ending: str) -> None:
    slow, quarter = tmp_path / f"slow.{ending}", tmp_path / f"quarter.{ending}"
    for path, words in ((slow, hostile.SLOW[name]), (quarter, hostile.SLOW[name][: len(hostile.SLOW[name]) // 4])):
        path.write_text(
            f"<html><body><article><p>{words}</p></article></body></html>"
            if ending == "html"
            else f"Title\n\n{words}\n\nIt rose 3 percent.\n",
            encoding="utf-8",
        )
    assert ratio(partial(pipeline.prepare, slow, tmp_path), partial(pipeline.prepare, quarter, tmp_path), 10) < 10


def test_a_whole_site_of_slow_texts_is_made(tmp_path: Path) -> None:
    files = {f"slow{n}.txt": f"Title {n}\n\n{words}\n\nIt rose {n} percent.\n" for n, words in enumerate(hostile.SLOW.values())}
    _, result = built_site(tmp_path, files)
    assert errors(result.problems) == []


@pytest.mark.parametrize("name", ["bees.yml", "topics.yml"])
def test_nested_aliases_are_refused_at_once(tmp_path: Path, name: str) -> None:
    folders = fill(tmp_path, {"bees.txt": "Bees\n\nHives make 3 percent more honey.\n", name: hostile.ALIASES})
    plain = fill(tmp_path / "plain", {"bees.txt": "Bees\n\nHives make 3 percent more honey.\n"})
    build = partial(pipeline.build_corpus, site=Site())
    assert ratio(partial(build, folders.seeds), partial(build, plain.seeds), 30) < 30
    assert errors(build(folders.seeds).problems)


def test_nested_aliases_in_front_matter_are_no_title(tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bees.md": f"---\n{hostile.ALIASES}title: *h\n---\n\nBees\n\nHives make 3 percent more honey.\n"})
    article = pipeline.build_corpus(folders.seeds, Site()).corpus.articles[0]
    assert "x" not in article.title.split()
    assert len(article.text) < 2_000


def test_a_huge_sidecar_is_one_problem(tmp_path: Path) -> None:
    files = {"bees.txt": "Bees\n\nHives make 3 percent more honey.\n", "bees.yml": b"title: Bees\n" + b"# words\n" * 6_500_000}
    folders = fill(tmp_path, files)
    problems = pipeline.build_corpus(folders.seeds, Site()).problems
    assert len(errors(problems)) == 1


def test_links_out_of_the_seeds_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret\n\nThe password is 3 letters long.\n")
    folders = fill(tmp_path, {"bees.txt": "Bees\n\nHives make 3 percent more honey.\n"})
    (folders.seeds / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (folders.seeds / "bees.yml").symlink_to(tmp_path / "secret.txt")
    built = pipeline.build_corpus(folders.seeds, Site(rights_default="full"))
    assert [article.file for article in built.corpus.articles] == ["bees.txt"]
    assert "R03" in codes(built.problems)
    assert "password" not in repr(built.corpus)
    assert "password" not in "".join(problem.message for problem in built.problems)


def test_file_names_are_only_names(tmp_path: Path) -> None:
    names = [
        "<img src=x onerror=alert(1)>.txt",
        "x%2f..%2f..%2fx.txt",
        "a b & c.txt",
        "-rf.txt",
        "ü 𝔸.txt",
        "{{x}}.txt",
        "CON.txt",
    ]
    folders, result = built_site(
        tmp_path, {name: f"{n} hives\n\nHives make {n} percent more honey.\n" for n, name in enumerate(names)}
    )
    assert errors(result.problems) == []
    assert {row["file"] for row in rows(folders.out, "articles")} == set(names)
    for path in folders.out.rglob("*.html"):
        assert "<img src=x" not in path.read_text(encoding="utf-8")


def test_titles_that_would_be_the_builders_own_addresses_get_others(tmp_path: Path) -> None:
    titles = ["Index", "index", "Shell", "index.html", "..", "...", "404", "text txt", "ﬁ ﬂ", "中文"]
    files = {f"f{n}.txt": f"{title}\n\nHives make {n} percent more honey.\n" for n, title in enumerate(titles)}
    folders, result = built_site(tmp_path, files, settings=SETTINGS)
    assert errors(result.problems) == []
    found = [str(row["id"]) for row in rows(folders.out, "articles")]
    assert len(set(found)) == len(titles)
    assert all((folders.out / "articles" / name / "index.html").is_file() for name in found)


def test_problems_never_repeat_control_characters(tmp_path: Path) -> None:
    sidecar = 'claims:\n  - quote: "gone \\u001b[31mred\\u202e"\n    kind: "\\u001b]0;x"\n'
    folders = fill(tmp_path, {"bees.txt": "Bees\n\nHives make 3 percent more honey.\n", "bees.yml": sidecar})
    problems: Problems = pipeline.build_corpus(folders.seeds, Site()).problems
    assert len(problems)
    assert "\x1b" not in "".join(problem.as_text() for problem in problems)
