"""An article on paper: all notes with numbers and short addresses, and the whole text, read from the PDF."""
from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from tests.browser.looking import window
from tests.conftest import BuiltSite

pytestmark = pytest.mark.browser


def squeezed(text: str) -> str:
    """Letters and digits alone: line ends, hyphens at them and columns differ on paper."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.fixture(scope="module", params=range(5))
def paper(
    browser: Any, served: str, five: BuiltSite, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[str, str]:
    """The name of an article and the words of its PDF."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler's pdftotext is not installed")
    name = sorted(folder.parent.name for folder in (five.out / "articles").glob("*/text.txt"))[request.param]
    file = tmp_path_factory.mktemp("paper") / "article.pdf"
    with window(browser) as page:
        page.goto(f"{served}articles/{name}/")
        page.pdf(path=str(file), format="A4")
    return name, subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True).stdout


def test_every_note_is_printed_with_its_number_and_address(paper: tuple[str, str], five: BuiltSite) -> None:
    name, words = paper
    html = (five.out / "articles" / name / "index.html").read_text(encoding="utf-8")
    notes = re.findall(r'<li class="note" id="n-(c\w+)"[^>]*? value="(\d+)"', html)
    assert notes
    assert [claim for claim, _ in notes if claim not in words] == []
    numbers = set(re.findall(r"\d+", words))
    assert [number for _, number in notes if number not in numbers] == []
    assert "claims/" in words


def test_nothing_of_the_text_is_cut(paper: tuple[str, str], five: BuiltSite) -> None:
    name, words = paper
    text = (five.out / "articles" / name / "text.txt").read_text(encoding="utf-8")
    printed = squeezed(words)
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if len(squeezed(part)) > 30]
    cut = [part for part in sentences if squeezed(part)[4:28] not in printed and squeezed(part)[-28:-4] not in printed]
    assert cut == []


def test_what_wants_a_click_is_not_printed(paper: tuple[str, str]) -> None:
    _, words = paper
    assert "Marks and keys" not in words
    assert "In the text" not in words


def test_the_address_of_the_original_stands_apart(paper: tuple[str, str], five: BuiltSite) -> None:
    name, words = paper
    articles = json.loads((five.out / "data" / "articles.json").read_text(encoding="utf-8"))
    original = next(row["source_url"] for row in articles if row["id"] == name)
    if original:
        assert re.search(r"Read the original\s+" + re.escape(original), words)
