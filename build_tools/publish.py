"""The `publish` stage: the only writer of the docs folder.

Comes in: `Page`s. Goes out: a `Report` of what changed on disk. It writes only changed bytes, removes what it wrote
earlier and no longer makes, and refuses to touch a file that it did not write or that a person changed since.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .model import Page
from .problems import BuildError, Problem, Problems, PublishError

OWNED = (
    "a-z",
    "agreements",
    "articles",
    "claims",
    "compare",
    "data",
    "disagreements",
    "entities",
    "numbers",
    "search",
    "static",
    "topics",
    ".sourcebook",
)
"""Top-level names below docs that belong to the builder; git ignores them."""
OWNED_FILES = ("llms.txt", "llms-full.txt", "robots.txt")
MANIFEST = ".sourcebook/manifest.json"
DEFAULT_HOME = ".sourcebook/default-index.md"
HOME = "index.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a publication did to the docs folder."""

    written: int
    unchanged: int
    removed: int


def publish(pages: Iterable[Page], docs: Path, problems: Problems) -> Report:
    """Bring the docs folder in line with the pages.

    Args:
        pages: every page of the site; a path may come once only.
        docs: the folder; made where it does not exist.
        problems: takes P01 (a file of somebody else's is in the way) and P02 (a file of ours was changed by hand).

    Raises:
        PublishError: two pages have one path, a path leaves the folder, or the folder can't be written (P03, P04).
    """
    before = _manifest(docs)
    now: dict[str, str] = {}
    try:
        written, unchanged = _write_all(pages, docs, before, now, problems)
    except BaseException:
        _save(docs, before | now)  # what was written stays known as ours, also after Ctrl+C
        raise
    written += _home(docs, before, now)
    removed = _prune(docs, before, now, problems)
    _save(docs, now)
    return Report(written=written, unchanged=unchanged, removed=removed)


def _write_all(
    pages: Iterable[Page], docs: Path, before: dict[str, str], now: dict[str, str], problems: Problems
) -> tuple[int, int]:
    """Write what changed, and note in `now` what is ours; return how many were written and how many stood."""
    written = unchanged = 0
    for page in pages:
        target = _target(page, docs, now)
        digest = hashlib.sha256(page.body).hexdigest()
        found = _digest(target)
        if found is not None and found not in (digest, before.get(page.path)):
            _refuse(page.path, docs, known=page.path in before, problems=problems)
            before.pop(page.path, None)
            continue
        now[page.path] = digest
        if found == digest:
            unchanged += 1
        else:
            _write(target, page.body)
            written += 1
    return written, unchanged


def _manifest(docs: Path) -> dict[str, str]:
    try:
        loaded = json.loads((docs / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(digest) for path, digest in loaded.items()} if isinstance(loaded, dict) else {}


def _save(docs: Path, now: dict[str, str]) -> None:
    body = (json.dumps(now, indent=0, sort_keys=True) + "\n").encode()
    if not (docs / MANIFEST).is_file() or (docs / MANIFEST).read_bytes() != body:
        _write(docs / MANIFEST, body)


def _target(page: Page, docs: Path, now: dict[str, str]) -> Path:
    path = PurePosixPath(page.path)
    owned = path.parts[0] in OWNED or page.path in OWNED_FILES
    if path.is_absolute() or ".." in path.parts or not owned:
        raise _failed("P03", page.path, "the page lies outside the builder's folders", "report this: it is a fault of ours")
    if page.path in now:
        raise _failed("P03", page.path, "two pages have this path", "report this: it is a fault of ours")
    target = docs / page.path
    if target.is_symlink() or any(parent.is_symlink() for parent in target.parents if parent != docs and docs in parent.parents):
        raise _failed("P04", page.path, "a symbolic link stands in the way", f"remove the link {target.name}")
    return target


def _digest(target: Path) -> str | None:
    try:
        return hashlib.sha256(target.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed("P04", target.name, f"can't be read: {error.strerror}", "free the path or mend its rights") from error


def _write(target: Path, body: bytes) -> None:
    try:
        try:
            target.write_bytes(body)
        except FileNotFoundError:  # its folder is rarely missing: asking first would cost more than most files
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
    except OSError as error:
        raise _failed("P04", target.name, f"can't be written: {error.strerror}", "mend the rights of the docs folder") from error


def _refuse(path: str, docs: Path, *, known: bool, problems: Problems) -> None:
    name = f"{docs.name}/{path}"
    if known:
        problems.error(
            "P02", name, "this page is written by the builder, and somebody changed it since",
            f"move what you wrote to {docs.name}/about/, or delete the file, and build again",
        )
    else:
        problems.error(
            "P01", name, "a file that the builder did not write stands where a page has to go",
            f"move it to {docs.name}/about/, or delete it, and build again",
        )


def _home(docs: Path, before: dict[str, str], now: dict[str, str]) -> int:
    """Give a folder without a home page the default one, and keep it up to date until somebody edits it."""
    default, home = docs / DEFAULT_HOME, docs / HOME
    found = _digest(home)
    if DEFAULT_HOME not in now or (found is not None and found != before.get(HOME)):
        return 0
    now[HOME] = now[DEFAULT_HOME]
    if found == now[HOME]:
        return 0
    _write(home, default.read_bytes())
    return 1


def _prune(docs: Path, before: dict[str, str], now: dict[str, str], problems: Problems) -> int:
    removed = 0
    for path in sorted(before.keys() - now.keys()):
        if not (PurePosixPath(path).parts[0] in OWNED or path in (*OWNED_FILES, HOME)) or ".." in PurePosixPath(path).parts:
            continue
        target = docs / path
        found = _digest(target)
        if found is None or path == HOME:
            continue
        if found != before[path]:
            _refuse(path, docs, known=True, problems=problems)
            continue
        target.unlink()
        removed += 1
        _remove_empty(target.parent, docs)
    return removed


def _remove_empty(folder: Path, docs: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _failed(code: str, file: str, message: str, remedy: str) -> BuildError:
    return PublishError(Problem(file=file, code=code, severity="error", message=message, remedy=remedy))
