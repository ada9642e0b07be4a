"""One folder for every problem code: the command is run on its seeds, and the whole message compared.

A folder holds `seeds/`, `expected.txt`, and `command.txt` where another command than `check` shows the problem.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.read import LARGEST


def _nothing(seeds: Path) -> None:
    """Most folders hold all that is needed."""


def _link(seeds: Path) -> None:
    (seeds / "link.txt").symlink_to("/etc/hostname")


def _large(seeds: Path) -> None:
    (seeds / "large.txt").write_text("Rockets rise. " * (LARGEST // 14 + 1), encoding="utf-8")


def _deep(seeds: Path) -> None:
    text = (seeds / "x.txt").read_text(encoding="utf-8")
    (seeds / "deep.html").write_text("<html><body>" + "<div>" * 5000 + f"<p>{text}</p>", encoding="utf-8")


MADE = {"R03": _link, "R05": _large, "R08": _deep}
"""What no repository should carry: a link that leaves it, a huge file, a page nested 5,000 deep."""
FOLDER = Path(__file__).parent / "problems"
PACKAGE = Path(__file__).parent.parent / "build_tools"
CASES = sorted(folder for folder in FOLDER.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_whole_message_is_as_reviewed(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, update_golden: bool
) -> None:
    place = tmp_path / "place"
    shutil.copytree(case, place)
    MADE.get(case.name, _nothing)(place / "seeds")
    monkeypatch.chdir(place)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    wanted = place / "command.txt"
    command = wanted.read_text(encoding="utf-8").split() if wanted.is_file() else ["check", "--seeds", "seeds"]
    main(command)
    text = capsys.readouterr().out
    if update_golden:
        (case / "expected.txt").write_text(text, encoding="utf-8")
    assert text == (case / "expected.txt").read_text(encoding="utf-8")
    assert case.name in text


def test_every_code_has_a_folder() -> None:
    used = {
        code for file in PACKAGE.rglob("*.py") for code in re.findall(r'"([RSVLAPCF]\d\d)"', file.read_text(encoding="utf-8"))
    }
    elsewhere = ELSEWHERE.keys()
    assert used - {case.name for case in CASES} - elsewhere == set()
    assert elsewhere <= used, "a code that is not used any more"


ELSEWHERE = {
    "P01": "tests/test_publish.py",
    "P02": "tests/test_publish.py",
    "P03": "tests/test_publish.py",
    "P04": "tests/test_publish.py",
    "F01": "tests/test_finish.py",
    "F02": "tests/test_finish.py",
    "F03": "tests/test_finish.py",
    "F04": "tests/test_finish.py",
    "F05": "tests/test_finish.py",
    "F06": "tests/test_finish.py",
    "F07": "tests/test_site.py",
    "L09": "tests/test_site.py",
    "R02": "tests/test_read.py",
}
"""Codes that no folder of seeds can show, and the tests that show them."""
