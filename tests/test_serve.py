"""The live preview: whatever a person edits shows up without a restart; run as a program, on a copy of the package."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from places import ROOT, fill, quiet

from build_tools import serve

DEADLINE = 60.0
"""Seconds for one change; it takes two on a quiet machine."""
WORDS = "Bees in the city\n\nThe first hives came to Lisbon in 1998. City bees make 30 percent more honey than bees on farms.\n"


class Preview:
    """A running preview."""

    def __init__(self, place: Path, address: str) -> None:
        self.place, self.address = place, address

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as error:
            body = error.read().decode("utf-8")
            error.close()
            return f"{error.code} {body}"

    def wait(self, path: str, fits: Callable[[str], bool]) -> str:
        end = time.monotonic() + DEADLINE
        while not fits(text := self.get(path)):
            assert time.monotonic() < end, f"{path} did not change in {DEADLINE} s: {text[:500]}"
            time.sleep(0.1)
        return text


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    place = tmp_path_factory.mktemp("preview")
    fill(place, {"bees.txt": WORDS})
    (place / "docs/about").mkdir(parents=True)
    (place / "docs/about/index.md").write_text("# About us\n\nWe like bees.\n")
    shutil.copytree(ROOT / "build_tools", place / "build_tools", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    log = place / "log.txt"
    with log.open("w") as stream:
        program = subprocess.Popen(
            [sys.executable, "-m", "build_tools", "serve", "--port", "0"],
            cwd=place,
            env=environment,
            stdout=stream,
            stderr=stream,
        )
    try:
        end = time.monotonic() + DEADLINE
        while "open http://" not in log.read_text():
            assert program.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield Preview(place, log.read_text().split("open ", 1)[1].split()[0])
    finally:
        program.terminate()
        program.wait(10)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_whole_site_is_shown(preview: Preview) -> None:
    assert "Lisbon" in preview.get("articles/bees-in-the-city/")
    assert "We like bees." in preview.get("about/")
    assert preview.get("no/such/page/").split()[:2] == ["404", "<!doctype"]
    assert preview.get("../../etc/passwd").startswith("404")


def test_a_page_reloads_itself_when_the_site_is_new(preview: Preview) -> None:
    assert '<script src="/-/reload.js"></script>' in preview.get("")
    assert preview.get("-/version").isdigit()
    assert "location.reload" in preview.get("-/reload.js")


def test_an_edited_article_shows_up(preview: Preview) -> None:
    before = int(preview.get("-/version"))
    change(preview.place / "seeds/bees.txt", "Lisbon", "Porto")
    assert "Lisbon" not in preview.wait("articles/bees-in-the-city/", lambda text: "Porto" in text)
    assert int(preview.get("-/version")) > before


def test_a_new_sidecar_shows_up(preview: Preview) -> None:
    (preview.place / "seeds/bees.yml").write_text("publisher: The Harbour Herald\n")
    preview.wait("articles/bees-in-the-city/", lambda text: "The Harbour Herald" in text)


def test_a_new_article_shows_up(preview: Preview) -> None:
    (preview.place / "seeds/trams.md").write_text("# Night trams\n\nTrams carry 9 percent of the passengers.\n")
    preview.wait("articles/night-trams/", lambda text: "Trams carry" in text)


def test_an_edited_hand_written_page_shows_up(preview: Preview) -> None:
    change(preview.place / "docs/about/index.md", "We like bees.", "We like wasps.")
    preview.wait("about/", lambda text: "We like wasps." in text)


def test_an_edited_template_and_style_show_up(preview: Preview) -> None:
    change(preview.place / "build_tools/templates/article.html.j2", "Claims in this article", "All that is claimed here")
    style = next((preview.place / "build_tools/static/css").glob("00-*.css"))
    style.write_text(style.read_text(encoding="utf-8") + ".edited-now { color: red }\n", encoding="utf-8")
    preview.wait("articles/bees-in-the-city/", lambda text: "All that is claimed here" in text)
    preview.wait("static/sourcebook.css", lambda text: ".edited-now" in text)


def test_a_broken_template_is_told_and_the_preview_outlives_it(preview: Preview) -> None:
    template = preview.place / "build_tools/templates/article.html.j2"
    good = template.read_text(encoding="utf-8")
    template.write_text(good + "{% if %}", encoding="utf-8")
    end = time.monotonic() + DEADLINE
    while "could not be built: TemplateSyntaxError" not in (preview.place / "log.txt").read_text():
        assert time.monotonic() < end
        time.sleep(0.1)
    assert "Porto" in preview.get("articles/bees-in-the-city/")
    template.write_text(good.replace("All that is claimed here", "Everything claimed"), encoding="utf-8")
    preview.wait("articles/bees-in-the-city/", lambda text: "Everything claimed" in text)


def test_a_mistake_keeps_the_last_good_site_and_its_correction_shows_up(preview: Preview) -> None:
    change(preview.place / "mkdocs.yml", "rights_default: full", "rights_default: everything")
    end = time.monotonic() + DEADLINE
    while "C01" not in (preview.place / "log.txt").read_text():
        assert time.monotonic() < end
        time.sleep(0.1)
    assert "Porto" in preview.get("articles/bees-in-the-city/")
    change(preview.place / "mkdocs.yml", "rights_default: everything", "rights_default: full")
    change(preview.place / "mkdocs.yml", "site_name: Shelf", "site_name: The bee shelf")
    preview.wait("", lambda text: "The bee shelf" in text)


def test_a_preview_at_rest_builds_nothing(preview: Preview) -> None:
    """What the build itself writes is no change: an unconditional writer once made an engine rebuild endlessly."""
    time.sleep(1.5)
    before = preview.get("-/version")
    time.sleep(1.6)
    assert preview.get("-/version") == before


def test_what_earlier_builds_left_is_collected(tmp_path: Path) -> None:
    shown = serve.Preview(fill(tmp_path, {"bees.txt": WORDS}), quiet, lambda problems: None)
    counts = []
    try:
        for _ in range(3):
            shown.build()
            counts.append(gc.get_freeze_count())
    finally:
        shown.close()
        gc.unfreeze()
    assert max(counts[1:]) - min(counts[1:]) < 1000, "a build makes some 6,000 objects that only the collector frees"
