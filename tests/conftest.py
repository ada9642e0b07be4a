"""What all tests share: the flag that writes golden files anew, the corpus of the five seeds, and a served site."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import articles
from places import built_site

from build_tools import pipeline
from build_tools.catalogue import Catalogue
from build_tools.pipeline import Built
from build_tools.publish import OWNED, OWNED_FILES
from build_tools.settings import Site, load_settings
from build_tools.site import Folders, Result, make_site

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DATE = "2026-11-22"
ROOM = 2 << 30
"""Bytes; a container may have a memory disk of a few megabytes."""


def pytest_configure() -> None:
    """Make the tests' folders on a memory disk where there is room: thousands of small files take a fifth less time there."""
    disk = Path("/dev/shm")
    if os.access(disk, os.W_OK) and shutil.disk_usage(disk).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(disk))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a test in the browser waits for much of its time. Each has a browser and 300 MB of its own."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that may fork: what threads other tests and their runner left hold no lock that a child could miss."""
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        pytest.skip("no second process on this machine")
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.fixture(scope="session")
def site() -> Site:
    return load_settings(ROOT / "mkdocs.yml")


@pytest.fixture(scope="session")
def built(site: Site) -> Built:
    """The five seeds, built in memory."""
    return pipeline.build_corpus(SEEDS, site, date=DATE)


@pytest.fixture(scope="session")
def catalogue(built: Built, site: Site) -> Catalogue:
    return Catalogue(built.corpus, site)


class BuiltSite:
    """A whole site of the five seeds on disk."""

    def __init__(self, seeds: Path, docs: Path, out: Path, result: Result) -> None:
        self.seeds, self.docs, self.out, self.result = seeds, docs, out, result


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of this repository, made once for all tests."""
    place = tmp_path_factory.mktemp("five")
    seeds, docs, out = place / "seeds", place / "docs", place / "site"
    shutil.copytree(SEEDS, seeds)
    shutil.copytree(ROOT / "docs", docs, ignore=owned_names)
    config = shutil.copy(ROOT / "mkdocs.yml", place / "mkdocs.yml")
    folders = Folders(seeds=seeds, docs=docs, out=out, config=Path(config), site_url="http://127.0.0.1/")
    return BuiltSite(seeds, docs, out, make_site(folders, lambda line: None))


def owned_names(folder: str, names: list[str]) -> set[str]:
    """What a copy of docs leaves out: the builder's own folders."""
    return {name for name in names if Path(folder) == ROOT / "docs" and name in (*OWNED, *OWNED_FILES)}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def serve_folder(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder on a free port of this machine; the caller shuts the server down."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture(scope="session")
def served(five: BuiltSite) -> Iterator[str]:
    """The address of the served site of the five seeds."""
    server, address = serve_folder(five.out)
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def below(five: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site once more, made for `/some-project/`; the folder that has it under this name."""
    place = tmp_path_factory.mktemp("below")
    folders = Folders(
        seeds=five.seeds,
        docs=place / "docs",
        out=place / "host" / "some-project",
        config=five.docs.parent / "mkdocs.yml",
        site_url="http://127.0.0.1/some-project/",
    )
    shutil.copytree(five.docs, folders.docs)
    make_site(folders, lambda line: None)
    return place / "host"


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site of articles that try to break out of their pages."""
    folders, result = built_site(tmp_path_factory.mktemp("hostile"), articles(), url="http://127.0.0.1/")
    return BuiltSite(folders.seeds, folders.docs, folders.out, result)


def find_browser() -> str | None:
    """The path of a Chromium on this machine, by choice the one without windows: it opens a page in a third of the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return os.environ.get("CHROME_PATH") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium; skipped where there is none, unless SOURCEBOOK_REQUIRE_BROWSER is set.

    One a module: playwright allows no second driver beside the first, and a module may start its own.
    """
    path = find_browser()
    if path is None:
        if os.environ.get("SOURCEBOOK_REQUIRE_BROWSER"):
            pytest.fail("no Chromium on this machine, and SOURCEBOOK_REQUIRE_BROWSER is set")
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        # Without hinting letters stand where they stand in a window: else words run together in a PDF.
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--font-render-hinting=none"]  # noqa: E501
        chromium = driver.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()
