"""One folder for every problem code: what it says is brought about, and the whole message compared.

A folder holds `expected.txt` and any of these:

- `seeds/`, `docs/`, `mkdocs.yml`: what the command finds in its place.
- `plant.yml`: what no repository should carry, or what has to be spoiled first; see `planted`.
- `command.txt`: the words of the command where it is not `check`. Two are not of the command line: `finish` runs the finishing
  pass over the site of `_site`, which the engine has built and `plant.yml` has spoiled; `publish PATH …` publishes such pages.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from places import quiet

from build_tools.cli import main
from build_tools.finish import Outcome, finish
from build_tools.model import Page
from build_tools.problems import BuildError, Problem, Problems
from build_tools.publish import publish
from build_tools.settings import load_settings
from build_tools.site import Folders, make_site

FOLDER = Path(__file__).parent / "problems"
PACKAGE = Path(__file__).parent.parent / "build_tools"
CASES = sorted(folder for folder in FOLDER.iterdir() if re.fullmatch(r"[A-Z]\d\d", folder.name))
URL = "https://example.org/rockets/"


@pytest.fixture(scope="module")
def engine_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site as the engine leaves it, before the finishing pass; built once for all folders that need it."""
    place = tmp_path_factory.mktemp("engine")
    shutil.copytree(FOLDER / "_site", place, dirs_exist_ok=True)
    folders = Folders(
        seeds=place / "seeds", docs=place / "docs", out=place / "site", config=place / "mkdocs.yml", site_url=URL
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795305600")
        patch.setattr("build_tools.site.finish", lambda *given: Outcome(pages=0, articles=0, links=0))
        assert list(make_site(folders, quiet).problems) == []
    return place


def planted(place: Path, steps: Sequence[Mapping[str, object]]) -> None:
    """Bring about what a folder of plain files can't: each step has one verb, which names a path, and what it needs."""
    for step in steps:
        (verb, name), *_ = step.items()
        path = place / str(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if verb == "link":
            path.symlink_to(str(step["to"]))
        elif verb == "write":
            pieces = step["pieces"]
            assert isinstance(pieces, list)
            path.write_text("".join(str(words) * int(times) for times, words in pieces), encoding="utf-8")
        elif verb == "remove":
            shutil.rmtree(path)
        else:
            assert verb == "change"
            before, after, rest = path.read_text(encoding="utf-8").partition(str(step["after"]))
            assert str(step["old"]) in rest
            path.write_text(before + after + rest.replace(str(step["old"]), str(step["new"]), 1), encoding="utf-8")


def _finish(place: Path) -> list[Problem]:
    problems = Problems()
    finish(place / "docs", place / "site", load_settings(place / "mkdocs.yml", site_url=URL), problems)
    return list(problems)


def _publish(place: Path, *paths: str) -> list[Problem]:
    problems = Problems()
    try:
        publish([Page(path=path, body=b"words") for path in paths], place / "docs", problems)
    except BuildError as error:
        problems.extend(error.problems)
    return list(problems)


INSIDE: Mapping[str, Callable[..., list[Problem]]] = {"finish": _finish, "publish": _publish}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_whole_message_is_as_reviewed(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    *,
    update_golden: bool,
) -> None:
    wanted = case / "command.txt"
    command, *words = wanted.read_text(encoding="utf-8").split() if wanted.is_file() else ["check", "--seeds", "seeds"]
    place = tmp_path / "place"
    if command == "finish":
        shutil.copytree(request.getfixturevalue("engine_built"), place)
    shutil.copytree(case, place, dirs_exist_ok=True)
    monkeypatch.chdir(place)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    if (place / "plant.yml").is_file():
        planted(place, yaml.safe_load((place / "plant.yml").read_text(encoding="utf-8")))
    if command in INSIDE:
        text = "".join(f"{problem.as_text()}\n" for problem in INSIDE[command](place, *words))
    else:
        assert main([command, *words]) in {0, 1}
        text = capsys.readouterr().out
    if update_golden:
        (case / "expected.txt").write_text(text, encoding="utf-8")
    assert text == (case / "expected.txt").read_text(encoding="utf-8")
    assert f" {case.name}: " in text
    assert text.count("\n  fix: ") == len(re.findall(r": (?:error|warning) [A-Z]\d\d: ", text))


def test_every_code_has_a_folder() -> None:
    used = {
        code for file in PACKAGE.rglob("*.py") for code in re.findall(r'"([RSVLAPCF]\d\d)"', file.read_text(encoding="utf-8"))
    }
    assert {"R02", "S21", "L09", "P01", "P04", "F01", "F07"} <= used
    assert used - {case.name for case in CASES} == set()


def test_an_unspoiled_site_has_no_problem(engine_built: Path, tmp_path: Path) -> None:
    shutil.copytree(engine_built, tmp_path / "place")
    assert _finish(tmp_path / "place") == []


SOUND = [case for case in CASES if case.name[0] in "RSVLA" and case.name not in {"R00", "R04", "S21", "S22"}]
"""Those whose seeds are a folder of articles of which something is wrong."""


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case.name)
def test_a_problem_never_stops_the_build_of_the_rest(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "place"
    shutil.copytree(case, place)
    if (place / "plant.yml").is_file():
        planted(place, yaml.safe_load((place / "plant.yml").read_text(encoding="utf-8")))
    before = {path: path.read_bytes() for path in (place / "seeds").iterdir() if path.is_file() and path.suffix != ".json"}
    monkeypatch.chdir(place)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    assert main(["build"]) in {0, 1}
    said = capsys.readouterr().out
    assert f" {case.name}: " in said or case.name == "L06", "the build says what `check` says"
    page = next((place / "docs/articles").glob("rockets-and-trade*/text.txt")).read_text(encoding="utf-8")
    assert "rocket" in page
    assert {path: path.read_bytes() for path in before} == before
