"""Settings: read from mkdocs.yml without MkDocs, and clear words for what can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.problems import BuildError
from build_tools.settings import Site, load_settings


def settings(tmp_path: Path, text: str, **wishes: str) -> Site:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, **wishes)


def refused(tmp_path: Path, text: str, **wishes: str) -> tuple[str, int | None]:
    with pytest.raises(BuildError) as caught:
        settings(tmp_path, text, **wishes)
    (problem,) = caught.value.problems
    assert (problem.code, problem.severity) == ("C01", "error")
    assert problem.remedy
    return problem.message, problem.line


def test_without_a_file_texts_of_unknown_rights_are_excerpts() -> None:
    assert load_settings(None) == Site()
    assert Site().rights_default == "excerpt"


def test_all_that_we_read(tmp_path: Path) -> None:
    text = (
        "site_name: Bees\nsite_url: https://bees.example/book\nsite_description: On bees\nrepo_url: https://code.example/b/\n"
        "extra:\n  sourcebook: {rights_default: full, cards: 3, contact: me@bees.example, language: pt}\n"
    )
    site = settings(tmp_path, text)
    assert (site.name, site.description, site.language) == ("Bees", "On bees", "pt")
    assert (site.url, site.base_path) == ("https://bees.example/book/", "/book/")
    assert (site.repo_url, site.contact) == ("https://code.example/b", "me@bees.example")
    assert (site.rights_default, site.cards) == ("full", 3)


@pytest.mark.parametrize(
    ("address", "path"),
    [("https://a.example", "/"), ("https://a.example/b", "/b/"), ("http://127.0.0.1:80/x/y/", "/x/y/"), ("", "/")],
)
def test_the_command_lines_address_wins(tmp_path: Path, address: str, path: str) -> None:
    assert settings(tmp_path, "site_url: https://other.example/", site_url=address).base_path == path


def test_tags_that_only_mkdocs_knows_are_read_past(tmp_path: Path) -> None:
    text = "site_name: Bees\nplugins: !!python/name:os.system\nsite_url: !ENV [HOME, x]\n"
    site = settings(tmp_path, text)
    assert (site.name, site.url) == ("Bees", "")


def test_nothing_in_the_file_is_run(tmp_path: Path) -> None:
    settings(tmp_path, f"site_name: x\nhooks: !!python/object/apply:os.system ['touch {tmp_path}/ran']\n")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("text", ["", "# nothing\n", "extra:\n", "extra: {sourcebook: }\n"])
def test_an_empty_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    assert settings(tmp_path, text) == Site()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("extra: [a]\n", "extra is not a mapping"),
        ("- a\n", "the file is not a mapping"),
        ("extra: {sourcebook: {rights_default: all}}\n", "rights_default is 'all'"),
        ("extra: {sourcebook: {cards: many}}\n", "cards is 'many'"),
        ("extra: {sourcebook: {cards: -1}}\n", "cards is -1"),
        ("extra: {sourcebook: {cards: true}}\n", "cards is True"),
        ("site_url: example.org\n", "site_url is 'example.org'"),
        ("site_url: javascript:alert(1)\n", "site_url is"),
    ],
)
def test_a_setting_of_the_wrong_form_is_named(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(tmp_path, text)[0]


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    message, line = refused(tmp_path, "site_name: a\nextra: [b\nnav: c: d\n")
    assert "can't be read" in message
    assert line == 3


def test_a_missing_file_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        load_settings(tmp_path / "none.yml")
    assert caught.value.problems[0].code == "C01"


def test_a_file_that_is_not_utf8_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_bytes(b"site_name: caf\xe9\n")
    with pytest.raises(BuildError):
        load_settings(path)
