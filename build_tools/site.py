"""From a seeds folder to a site on disk: build, let MkDocs publish, finish.

Comes in: folders and settings. Goes out: files, a ledger, problems. MkDocs runs as a program of its own and only
reads what `publish` wrote; this module imports nothing from it.
"""
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import yaml

from . import pipeline
from .finish import Outcome, finish
from .problems import Problems
from .publish import Report, publish
from .settings import load_settings

THEME = Path(__file__).parent / "theme"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where things come from and go to."""

    seeds: Path
    docs: Path
    out: Path
    config: Path | None = None
    """A `mkdocs.yml`; None for the defaults."""
    site_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a run came to."""

    problems: Problems
    articles: int
    claims: int
    links: int
    report: Report
    outcome: Outcome | None = None


def build(folders: Folders, tell: Tell) -> Result:
    """Make the docs folder from the seeds, and keep the ledger.

    Raises:
        BuildError: the settings or the docs folder can't be used.
    """
    site = load_settings(folders.config, site_url=folders.site_url)
    tell("reading the articles")
    built = pipeline.build_corpus(folders.seeds, site, date=content_date(folders.seeds))
    _keep_ledger(folders.seeds, built)
    corpus = built.corpus
    tell(f"{len(corpus.articles)} articles, {len(corpus.claims)} claims, {len(corpus.links)} relations")
    report = publish(pipeline.pages(built, site, partial(_standing, folders.docs)), folders.docs, built.problems)
    tell(f"{report.written} files written, {report.unchanged} unchanged, {report.removed} removed in {folders.docs}")
    return Result(
        problems=built.problems,
        articles=len(corpus.articles),
        claims=len(corpus.claims),
        links=len(corpus.links),
        report=report,
    )


def make_site(folders: Folders, tell: Tell) -> Result:
    """Make the whole site: build, publish with MkDocs, finish.

    Raises:
        BuildError: the settings or the docs folder can't be used.
    """
    result = build(folders, tell)
    site = load_settings(folders.config, site_url=folders.site_url)
    tell("MkDocs is publishing")
    if not _mkdocs(folders, result.problems):
        return result
    tell("finishing and checking")
    outcome = finish(folders.docs, folders.out, site, result.problems)
    tell(f"{outcome.pages} pages, {outcome.links} links checked, {outcome.articles} articles compared: {folders.out}")
    return Result(
        problems=result.problems, articles=result.articles, claims=result.claims, links=result.links,
        report=result.report, outcome=outcome,
    )


def _standing(docs: Path, path: str) -> bytes | None:
    """Return what stands at a path of the docs folder."""
    try:
        return (docs / path).read_bytes()
    except OSError:
        return None


def content_date(seeds: Path) -> str:
    """Return the date of the content, ISO: `SOURCE_DATE_EPOCH`, else the last commit of the seeds, else nothing.

    The clock has no say: the same input gives the same bytes (reproducible-builds.org).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    command = ["git", "-C", str(seeds), "log", "-1", "--format=%cs", "--", "."]
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _keep_ledger(seeds: Path, built: pipeline.Built) -> None:
    if built.ledger_after is None or built.ledger_after == built.ledger_before:
        return
    target = seeds / pipeline.LEDGER
    new = target.with_suffix(".json.new")
    try:
        new.write_text(built.ledger_after, encoding="utf-8", newline="\n")
        new.replace(target)  # whole or not at all: ids are lost with half a ledger
    except OSError as error:
        built.problems.warning(
            "L09", f"{seeds.name}/{pipeline.LEDGER}",
            f"the ids of the claims are not frozen: the ledger can't be written ({error.strerror})",
            "give the seeds folder write rights, or build once where it has them and commit ledger.json",
        )


def _mkdocs(folders: Folders, problems: Problems) -> bool:
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "mkdocs.yml"
        config.write_text(yaml.safe_dump(_engine_settings(folders)) + _extensions(folders.config), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--config-file", str(config)],
            capture_output=True, text=True, check=False, env=_environment(folders),
        )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        problems.error(
            "F07", "mkdocs.yml", f"MkDocs could not build the pages: {said[-1] if said else done.returncode}",
            "mend what it says, in mkdocs.yml or in the page it names",
        )
    return done.returncode == 0


def _extensions(config: Path | None) -> str:
    """Return the settings' Markdown extensions with ours, as YAML; tags that only MkDocs resolves are kept."""
    key = "markdown_extensions"
    root = yaml.compose(config.read_text(encoding="utf-8"), Loader=yaml.SafeLoader) if config else None
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    named = (value for name, value in entries if name.value == key)
    theirs: list[yaml.Node] = next((value.value for value in named if isinstance(value, yaml.SequenceNode)), [])
    text = "tag:yaml.org,2002:str"
    every = [*theirs, yaml.ScalarNode(text, "build_tools.engine")]
    listed = yaml.SequenceNode("tag:yaml.org,2002:seq", every)
    return str(yaml.serialize(yaml.MappingNode("tag:yaml.org,2002:map", [(yaml.ScalarNode(text, key), listed)])))


def _environment(folders: Folders) -> Mapping[str, str]:
    date = content_date(folders.seeds) or "1980-01-01"
    epoch = int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
    package = str(Path(__file__).parent.parent)
    found = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, "PYTHONPATH": found, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(epoch), "PYTHONUTF8": "1"}


def _engine_settings(folders: Folders) -> dict[str, object]:
    """What MkDocs must be told for these folders, on top of what the user's file says."""
    docs = folders.docs.resolve()
    site = load_settings(folders.config, site_url=folders.site_url)
    ours: dict[str, object] = {
        "docs_dir": str(docs),
        "site_dir": str(folders.out.resolve()),
        "site_name": site.name,
        "site_url": site.url,
        "theme": {"name": "material", "custom_dir": str(THEME), "font": False},
        "plugins": [],
        "extra": {"has_guide": (docs / "guide" / "index.md").is_file(), "has_about": (docs / "about" / "index.md").is_file()},
    }
    if folders.config is not None:
        ours["INHERIT"] = str(folders.config.resolve())
        if docs != (folders.config.resolve().parent / "docs"):
            ours["nav"] = [{"Home": "index.md"}]
    return ours
