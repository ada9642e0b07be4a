"""The command line: every command of the contract, its exit code, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from places import fill

from build_tools.cli import main

WORDS = "Bees in the city\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey than bees on farms.\n"
SIDECAR = "claims:\n  - quote: The first hives came to Lisbon in 1998.\n    kind: fact\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fill(tmp_path, {"bees.txt": WORDS, "bees.yml": SIDECAR})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    return tmp_path


def run(*words: str) -> int:
    return main(list(words))


def test_build_makes_pages_and_says_how_many(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    assert "1 article, 2 claims, 0 relations" in capsys.readouterr().err
    assert (place / "docs/articles/bees-in-the-city/index.md").is_file()
    assert run("build") == 0
    assert "0 files written" in capsys.readouterr().err


def test_site_makes_a_folder_for_any_host(place: Path) -> None:
    assert run("site", "--site-url", "https://bees.example/book/") == 0
    assert "https://bees.example/book/claims/" in (place / "site/sitemap.xml").read_text()


def test_a_problem_makes_the_exit_code_1_and_the_sound_is_published(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "seeds/empty.txt").write_text("")
    assert run("site") == 1
    said = capsys.readouterr().out
    assert "seeds/empty.txt: error R01" in said
    assert said.rstrip().endswith("1 error, 0 warnings")
    assert (place / "site/articles/bees-in-the-city/index.html").is_file()


def test_check_writes_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(place.rglob("*"))
    assert run("check") == 0
    assert sorted(place.rglob("*")) == before
    assert capsys.readouterr().out == ""


def test_check_strict_fails_on_warnings(place: Path) -> None:
    (place / "seeds/bees.yml").write_text(SIDECAR + "rejected:\n  - quote: Not in the text at all.\n")
    assert run("check") == 0
    assert run("check", "--strict") == 1


def test_check_locked_fails_until_the_ledger_is_built(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--locked") == 1
    assert "L06" in capsys.readouterr().out
    assert run("build") == 0
    assert run("check", "--locked") == 0


def test_check_in_json_is_one_array_of_whole_problems(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "seeds/bees.yml").write_text("claims:\n  - quote: Nowhere.\n    kind: fact\n")
    assert run("check", "--format", "json") == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem.keys() == {"file", "line", "column", "code", "severity", "message", "remedy"}
    assert (problem["file"], problem["line"], problem["severity"]) == ("seeds/bees.yml", 2, "error")
    assert run("check", "--format", "json", "--seeds", "nowhere") == 1
    assert json.loads(capsys.readouterr().out)[0]["code"] == "R00"


def test_check_in_json_without_a_problem_is_an_empty_array(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_fix_brings_a_quote_up_to_date_and_nothing_else(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    (place / "seeds/bees.txt").write_text(WORDS.replace("came to", "came into"))
    assert run("check", "--strict") == 1
    assert run("check", "--strict", "--fix") == 0
    assert "1 quote" in capsys.readouterr().err
    assert (place / "seeds/bees.yml").read_text() == SIDECAR.replace("came to", "came into")


def test_check_fix_leaves_what_says_something_else_to_the_curator(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    (place / "seeds/bees.txt").write_text(WORDS.replace("Lisbon", "Porto"))
    assert run("check", "--fix") == 1
    said = capsys.readouterr().out
    assert "A03" in said
    assert "“Porto” for “Lisbon”" in said
    assert (place / "seeds/bees.yml").read_text() == SIDECAR


def test_propose_prints_a_sidecar_that_check_accepts(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "seeds/bees.yml").unlink()
    assert run("propose", "seeds/bees.txt") == 0
    assert "quote:" in capsys.readouterr().out
    assert not (place / "seeds/bees.yml").exists()
    assert run("propose", "seeds/bees.txt", "--write") == 0
    assert run("check", "--strict") == 0
    assert run("propose", "seeds/bees.txt", "--write") == 1
    assert "S22" in capsys.readouterr().out


def test_propose_for_what_is_not_there_is_one_clear_problem(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("propose", "seeds/none.txt") == 1
    assert "error R02" in capsys.readouterr().out


def test_add_takes_an_article_in_under_a_clean_name(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "Night Trams (final) – copy.TXT").write_text("Night trams\n\nTrams carry 9 percent of the passengers.\n")
    assert run("add", "Night Trams (final) – copy.TXT") == 0
    said = capsys.readouterr().out
    added = sorted(path.name for path in (place / "seeds").iterdir())
    assert len(added) == 4
    assert any(f"seeds/{name}: “Night trams”" in said for name in added)
    assert run("check", "--strict") == 0
    assert run("add", "Night Trams (final) – copy.TXT") == 1
    assert sorted(path.name for path in (place / "seeds").iterdir()) == added


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", b"PK\x03\x04"), ("a.txt", b""), ("a.txt", b"\x89PNG\r\n\x1a\n\0\0"), ("b.txt", None)]
)
def test_add_refuses_what_is_no_article_and_leaves_nothing_behind(place: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (place / name).write_bytes(content)
    assert run("add", name) == 1
    assert sorted(path.name for path in (place / "seeds").iterdir()) == ["bees.txt", "bees.yml"]


def test_review_lists_what_nobody_looked_at(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review") == 0
    said = capsys.readouterr().out
    assert "City bees make 30 percent" in said
    assert "The first hives" not in said


def test_our_own_export_can_be_imported(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    (place / "seeds/bees.yml").unlink()
    assert run("import", "docs/data/annotations/bees-in-the-city.jsonld", "--write") == 0
    assert "claims stored" in capsys.readouterr().out
    assert run("check", "--strict") == 0
    assert "The first hives came to Lisbon in 1998." in (place / "seeds/bees.yml").read_text()


@pytest.mark.parametrize("command", ["build", "site", "check", "review", "serve"])
def test_a_folder_that_is_not_there_is_one_clear_problem(place: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run(command, "--seeds", "nowhere") == 1
    assert "nowhere: error R00" in capsys.readouterr().out
    assert not (place / "docs").exists()


@pytest.mark.parametrize("words", [[], ["publish"], ["check", "--format", "xml"], ["serve", "--port", "x"]])
def test_a_wrong_call_exits_with_2_and_the_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: sourcebook" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "site", "serve", "check", "review", "propose", "add", "import"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"usage: sourcebook {command}" in capsys.readouterr().out
