"""Folders of articles made on the spot: what the tests of the whole chain build their sites from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from build_tools.problems import Problem, Problems
from build_tools.site import Folders, Result, make_site

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = "site_name: Shelf\nextra:\n  sourcebook:\n    rights_default: full\n    cards: 0\n"
"""Settings of a site that shows whole texts and draws no images."""


def quiet(line: str) -> None:
    """Take a line of progress and say nothing."""


def fill(place: Path, files: Mapping[str, str | bytes], *, url: str = "", settings: str | None = SETTINGS) -> Folders:
    """Write files into a seeds folder, and return the folders of a site around it.

    Args:
        place: gets `seeds`, and `docs` and `site` once something is built.
        files: names in the seeds folder, and what they hold.
        url: the site's address.
        settings: text of a `mkdocs.yml`; None for a stranger's folder without one.
    """
    seeds = place / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (seeds / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    config = place / "mkdocs.yml" if settings is not None else None
    if config and settings:
        config.write_text(settings, encoding="utf-8")
    return Folders(seeds=seeds, docs=place / "docs", out=place / "site", config=config, site_url=url)


def built_site(
    place: Path, files: Mapping[str, str | bytes], *, url: str = "", settings: str | None = SETTINGS
) -> tuple[Folders, Result]:
    """Make a site of these files."""
    folders = fill(place, files, url=url, settings=settings)
    return folders, make_site(folders, quiet)


def errors(problems: Problems) -> list[Problem]:
    """Return the error-level ones."""
    return [problem for problem in problems if problem.severity == "error"]


def codes(problems: Problems) -> list[str]:
    """Return the codes, in the order of the problems."""
    return [problem.code for problem in problems]


def rows(out: Path, name: str) -> list[dict[str, object]]:
    """Return the rows of a data file of a built site."""
    found: list[dict[str, object]] = json.loads((out / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def addresses(out: Path) -> set[str]:
    """Return the addresses that a built site answers."""
    return {path.parent.relative_to(out).as_posix().removeprefix(".") + "/" for path in out.rglob("index.html")}


def files(out: Path) -> set[str]:
    """Return every file that a built site serves, but the parts of the search index, which only its own scripts ask for."""
    every = (path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    return {name for name in every if not name.startswith("search/")}


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def copied(source: Path, target: Path) -> Path:
    """Copy a folder."""
    return Path(shutil.copytree(source, target))
