"""From a seeds folder to a site: what a second run does, what stops it, what is kept when something fails."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BuiltSite
from places import ROOT, SETTINGS, addresses, built_site, codes, errors, fill, quiet, rows, snapshot

from build_tools import document, engine
from build_tools.problems import PublishError
from build_tools.settings import load_settings
from build_tools.site import build, content_date, make_site

WORDS = "Bees in the city\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey 𝔸 than bees on farms.\n"
OTHER = "Bridges\n\nA bridge of steel weighs 20 percent less than one of stone. Rust eats 3 millimetres a year.\n"


def test_a_second_build_writes_nothing(five: BuiltSite, tmp_path: Path) -> None:
    folders = fill(tmp_path, snapshot(five.seeds))
    first = build(folders, quiet)
    second = build(folders, quiet)
    assert first.report.written > 100
    assert (second.report.written, second.report.removed) == (0, 0)
    assert second.report.unchanged >= first.report.written - 1


def test_the_seeds_are_never_changed(five: BuiltSite, tmp_path: Path) -> None:
    given = snapshot(five.seeds)
    folders = fill(tmp_path, given)
    make_site(folders, quiet)
    assert {name: body for name, body in snapshot(folders.seeds).items() if name != "ledger.json"} == {
        name: body for name, body in given.items() if name != "ledger.json"
    }


def test_the_same_seeds_give_the_same_bytes_elsewhere_and_under_another_hash_seed(tmp_path: Path) -> None:
    """In two processes, two folders, two time zones, two locales."""
    files = {"bees.txt": WORDS, "bridges.md": OTHER, "x.yml": "title: no article\n"}
    sites = []
    for name, hash_seed, zone in (("one", "1", "UTC"), ("another folder", "4711", "Pacific/Kiritimati")):
        folders = fill(tmp_path / name, files)
        environment = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "TZ": zone,
            "LC_ALL": "C",
            "SOURCE_DATE_EPOCH": "1795305600",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "build_tools", "site", "--config", "../mkdocs.yml"]
        options = ["--seeds", "../seeds", "--docs", "../docs", "--out", "../site", "--site-url", "https://example.org/x/"]
        work = tmp_path / name / "work"
        work.mkdir()
        done = subprocess.run(
            command + options, cwd=work, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert "S17" in done.stdout, done
        sites.append(snapshot(folders.out) | {"ledger": (folders.seeds / "ledger.json").read_bytes()})
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


def test_no_file_tells_where_it_was_made(five: BuiltSite) -> None:
    for name, body in snapshot(five.out).items():
        assert str(five.out.parent).encode() not in body, name


def test_articles_that_are_sound_are_published_although_another_is_not(tmp_path: Path) -> None:
    folders, result = built_site(tmp_path, {"bees.txt": WORDS, "empty.txt": "", "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00"})
    assert codes(result.problems) == ["R01", "R06"]
    assert result.problems.has_errors
    assert "articles/bees-in-the-city/" in addresses(folders.out)


def test_an_empty_folder_gives_an_empty_site_and_no_crash(tmp_path: Path) -> None:
    folders, result = built_site(tmp_path, {})
    assert result.articles == 0
    assert errors(result.problems) == []
    assert {"/", "claims/", "articles/", "topics/"} <= addresses(folders.out)


def test_an_article_without_any_claim_is_still_a_page(tmp_path: Path) -> None:
    folders, result = built_site(tmp_path, {"one.txt": "Word\n"})
    assert errors(result.problems) == []
    assert len(rows(folders.out, "articles")) == 1


def test_what_mkdocs_cannot_do_is_one_clear_problem(tmp_path: Path) -> None:
    folders, result = built_site(tmp_path, {"bees.txt": WORDS}, settings="site_name: x\nplugins: [no-such-plugin]\nnav: 3\n")
    (problem,) = errors(result.problems)
    assert (problem.code, problem.file) == ("F07", "mkdocs.yml")
    assert result.outcome is None
    assert not (folders.out / "index.html").exists()


def test_the_engine_knows_a_finished_page_by_its_beginning() -> None:
    """It is loaded by its path, without the package, so that it can't take the constant from there."""
    assert engine.OPENING == document.OPENING


def test_the_engine_ends_when_nobody_is_there_to_tell_it_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(SystemExit):
        engine.on_startup(command="build", dirty=False)


def test_the_engine_writes_with_a_buffer_whatever_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list of files is longer than a pipe: written without a buffer, it was cut short when the program was stopped amid it."""
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    (tmp_path / "own.py").write_text(
        "import sys\ndef on_page_content(html, **event):\n    return f'{html}<p>no buffer: {sys.stdout.write_through}</p>'\n"
    )
    folders, result = built_site(tmp_path, {"bees.txt": WORDS}, settings=f"{SETTINGS}hooks: [own.py]\n")
    assert codes(result.problems) == []
    assert "no buffer: False" in (folders.out / "index.html").read_text()


def test_a_persons_own_hooks_extensions_and_files_reach_the_site(tmp_path: Path) -> None:
    (tmp_path / "docs/guide").mkdir(parents=True)
    (tmp_path / "docs/guide/index.md").write_text("# By hand\n\n==words== [data](../data/claims.json) ![x](x.svg)\n")
    (tmp_path / "docs/guide/x.svg").write_text("<svg/>")
    (tmp_path / "docs/guide/left.out").write_text("x")
    (tmp_path / "own.py").write_text("def on_page_content(html, **event):\n    return html.replace('words', 'hooked words')\n")
    settings = f"{SETTINGS}hooks: [own.py]\nmarkdown_extensions: [pymdownx.mark]\nexclude_docs: '*.out'\n"
    folders, result = built_site(tmp_path, {"bees.txt": WORDS}, settings=settings)
    assert codes(result.problems) == []
    page = (folders.out / "guide/index.html").read_text()
    assert "<mark>hooked words</mark>" in page
    assert 'href="../data/claims.json"' in page
    assert (folders.out / "guide/x.svg").read_text() == "<svg/>"
    assert not (folders.out / "guide/left.out").exists()


def test_a_page_in_the_way_is_reported_and_the_rest_of_the_site_stands(tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS})
    (folders.docs / "a-z").mkdir(parents=True)
    (folders.docs / "a-z/index.md").write_text("# My own index\n")
    result = make_site(folders, quiet)
    assert codes(result.problems)[0] == "P01"
    assert (folders.docs / "a-z/index.md").read_text() == "# My own index\n"
    assert "articles/bees-in-the-city/" in addresses(folders.out)


# --- the ledger -------------------------------------------------------------------------------------------------------


def test_the_ledger_is_written_once(tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS})
    build(folders, quiet)
    ledger = folders.seeds / "ledger.json"
    before = ledger.stat().st_mtime_ns, ledger.read_bytes()
    build(folders, quiet)
    assert (ledger.stat().st_mtime_ns, ledger.read_bytes()) == before
    assert sorted(path.name for path in folders.seeds.iterdir()) == ["bees.txt", "ledger.json"]


def test_where_the_ledger_cannot_be_written_the_build_goes_on_and_warns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS})
    original = Path.write_text

    def refuse(self: Path, *words: object, **wishes: object) -> int:
        if self.parent == folders.seeds:
            raise PermissionError(13, "Permission denied")
        return original(self, *words, **wishes)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", refuse)
    result = build(folders, quiet)
    (problem,) = result.problems
    assert (problem.code, problem.severity, problem.file) == ("L09", "warning", "seeds/ledger.json")
    assert "Permission denied" in problem.message
    assert result.claims > 0


@pytest.mark.parametrize(
    "damage",
    [
        b"{",
        b"[]",
        b"\xff\xfe{}",
        b'{"format": 1, "articles": 3}',
        b'<<<<<<< ours\n{"id": "c7k2m9x", "art\n=======\n>>>>>>> theirs\n',
    ],
    ids=["cut off", "a list", "no UTF-8", "wrong values", "a conflict cut off"],
)
def test_a_ledger_that_cannot_be_read_is_an_error_and_is_left_alone(tmp_path: Path, damage: bytes) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS, "ledger.json": damage})
    result = build(folders, quiet)
    assert [problem.code[0] for problem in errors(result.problems)] == ["L"] * len(errors(result.problems)) != []
    assert (folders.seeds / "ledger.json").read_bytes() == damage


def test_a_folder_in_the_ledgers_place_is_an_error(tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS})
    (folders.seeds / "ledger.json").mkdir()
    assert codes(build(folders, quiet).problems) == ["L01"]


def test_an_interrupted_write_leaves_the_old_ledger_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS})
    build(folders, quiet)
    before = (folders.seeds / "ledger.json").read_bytes()
    (folders.seeds / "bridges.txt").write_text(OTHER)
    monkeypatch.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        build(folders, quiet)
    assert (folders.seeds / "ledger.json").read_bytes() == before


# --- dates, places ----------------------------------------------------------------------------------------------------


def test_the_date_is_that_of_the_source_never_the_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    assert content_date(tmp_path) == "2026-11-22"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert content_date(tmp_path) == ""


def test_the_site_of_one_run_has_nothing_of_the_one_before(tmp_path: Path) -> None:
    folders, _ = built_site(tmp_path, {"bees.txt": WORDS})
    (folders.out / "left-over.html").write_text("x")
    make_site(folders, quiet)
    assert not (folders.out / "left-over.html").exists()


def test_docs_that_cannot_be_used_stop_the_build_with_a_reason(tmp_path: Path) -> None:
    folders = fill(tmp_path, {"bees.txt": WORDS})
    folders.docs.write_text("a file")
    with pytest.raises(PublishError) as caught:
        build(folders, quiet)
    assert caught.value.problems[0].code == "P04"


def test_hand_written_pages_get_the_policy_and_the_fragments(five: BuiltSite) -> None:
    home = (five.out / "index.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in home
    assert "data-sourcebook=" not in home
    assert home.count("articles/") >= 5


def test_the_settings_of_this_repository_are_read() -> None:
    assert load_settings(ROOT / "mkdocs.yml").rights_default == "full"


def test_the_counts_in_the_data_are_those_of_the_run(five: BuiltSite) -> None:
    counts = json.loads((five.out / "data/build.json").read_text(encoding="utf-8"))
    assert counts["articles"] if isinstance(counts.get("articles"), int) else counts["counts"]["articles"] == five.result.articles
    assert len(rows(five.out, "claims")) == five.result.claims


def test_no_page_looks_bare_where_it_is_pasted(five: BuiltSite) -> None:
    for path in five.out.rglob("*.html"):
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        assert re.findall(r'="twitter:card" content="([^"]*)"', head) == ["summary_large_image"], path
        (picture,) = re.findall(r'="og:image" content="http://127\.0\.0\.1/([^"]*)"', head)
        assert (five.out / picture).is_file(), path


def test_samples_of_code_can_be_scrolled_with_keys(five: BuiltSite) -> None:
    samples = [one for path in five.out.rglob("*.html") for one in re.findall(r"<pre[^>]*>", path.read_text(encoding="utf-8"))]
    assert len(samples) > 9
    assert all('tabindex="0"' in one for one in samples)


def test_without_pictures_no_page_names_one(tmp_path: Path) -> None:
    folders, _ = built_site(tmp_path, {"bees.txt": "Bees\n\nHives make 3 percent more honey.\n"}, url="https://example.org/")
    for path in folders.out.rglob("*.html"):
        assert "og:image" not in path.read_text(encoding="utf-8"), path
