"""From a seeds folder to a site on disk: build, let MkDocs publish, finish.

Comes in: folders and settings. Goes out: files, a ledger, problems. MkDocs runs as a program of its own and only
reads what `publish` wrote; it is started first, so that it is loaded when its turn comes.
"""
from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from .. import pipeline
from ..finish import Outcome, finish
from ..labels import plural
from ..problems import Problems
from ..publish import Report, publish
from ..settings import Site, load_settings
from ._engine import HOOKS, Engine, own_hooks, started

THEME = Path(__file__).parent.parent / "theme"
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
    return _build(folders, site, content_date(folders.seeds), tell)


def _build(folders: Folders, site: Site, date: str, tell: Tell) -> Result:
    tell("reading the articles")
    built = pipeline.build_corpus(folders.seeds, site, date=date)
    _keep_ledger(folders.seeds, built)
    corpus = built.corpus
    counts = ((corpus.articles, "article"), (corpus.claims, "claim"), (corpus.links, "relation"))
    tell(", ".join(plural(len(found), noun) for found, noun in counts))
    report = publish(pipeline.pages(built, site, partial(_standing, folders.docs)), folders.docs, built.problems)
    tell(f"{plural(report.written, 'file')} written, {report.unchanged} unchanged, {report.removed} removed in {folders.docs}")
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
    site = load_settings(folders.config, site_url=folders.site_url)
    date = content_date(folders.seeds)
    with started(_engine_settings(folders, site), epoch=_epoch(date)) as engine:
        result = _build(folders, site, date, tell)
        tell("MkDocs is publishing")
        if not _mkdocs(engine, result.problems):
            return result
    tell("finishing and checking")
    outcome = finish(folders.docs, folders.out, site, result.problems)
    checked = f"{plural(outcome.links, 'link')} checked, {plural(outcome.articles, 'article')} compared"
    tell(f"{plural(outcome.pages, 'page')}, {checked}: {folders.out}")
    return replace(result, outcome=outcome)


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
            "make the seeds folder writable, or build once on a machine where it is, and commit ledger.json",
        )


def _mkdocs(engine: Engine, problems: Problems) -> bool:
    said = engine.publish()
    if said is not None:
        problems.error(
            "F07", "mkdocs.yml", f"MkDocs could not build the pages: {said}",
            "correct what it names, in mkdocs.yml or in a page that you wrote",
        )
    return said is None


def _epoch(date: str) -> int:
    return int(datetime.fromisoformat(date or "1980-01-01").replace(tzinfo=UTC).timestamp())


def _engine_settings(folders: Folders, site: Site) -> dict[str, object]:
    """Say what MkDocs must be told for these folders, on top of what the user's file says."""
    docs = folders.docs.resolve()
    with suppress(OSError):  # MkDocs wants the folder to be there; if it can't be made, the publisher says so
        docs.mkdir(parents=True, exist_ok=True)
    ours: dict[str, object] = {
        "docs_dir": str(docs),
        "site_dir": str(folders.out.resolve()),
        "site_name": site.name,
        "site_url": site.url,
        "theme": {"name": "material", "custom_dir": str(THEME), "font": False},
        "plugins": [],
        "hooks": [*(own_hooks(folders.config) if folders.config else []), str(HOOKS)],
        "extra": {"has_guide": (docs / "guide" / "index.md").is_file(), "has_about": (docs / "about" / "index.md").is_file()},
    }
    if folders.config is not None:
        ours["INHERIT"] = str(folders.config.resolve())
        if docs != (folders.config.resolve().parent / "docs"):
            ours["nav"] = [{"Home": "index.md"}]
    return ours
