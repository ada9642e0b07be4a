"""The `publish` stage: the only writer of the docs folder.

Comes in: `Page`s. Goes out: a `Report` of what changed on disk. It writes only changed bytes, removes what it wrote
earlier and no longer makes, and refuses to touch a file that it did not write or that a person changed since.
"""
from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeVar, runtime_checkable

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
JOURNAL = ".sourcebook/journal"
"""What is being written, one line a file, until the manifest knows it: what broke off, by Ctrl+C or worse, stays known as ours."""
_OURS = "report this as a fault of the program; nothing that you wrote is the cause"
DEFAULT_HOME = ".sourcebook/default-index.md"
HOME = "index.md"
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a publication did to the docs folder."""

    written: int
    unchanged: int
    removed: int


@runtime_checkable
class Divided(Protocol):
    """Pages of several works, which several processes may make."""

    def each(self, use: Callable[[Iterable[Page]], _Found]) -> Iterator[_Found]:
        """Give what `use` returns for the pages of each work, in the order of the works, wherever it was called."""


class _Outcome(NamedTuple):
    """What became of one page."""

    path: str
    digest: str
    fate: Literal["written", "unchanged", "refused"]


def publish(pages: Iterable[Page] | Divided, docs: Path, problems: Problems) -> Report:
    """Bring the docs folder in line with the pages.

    Args:
        pages: every page of the site; a path may come once only. Divided ones are written where they are made.
        docs: the folder; made where it does not exist.
        problems: takes P01 (a file of somebody else's is in the way) and P02 (a file of ours was changed by hand).

    Raises:
        PublishError: two pages have one path, a path leaves the folder, or the folder can't be written (P03, P04).
    """
    before = _known(docs)
    now: dict[str, str] = {}
    writer = _Writer(docs, dict(before))
    try:
        parts = pages.each(writer.outcomes) if isinstance(pages, Divided) else iter([writer.outcomes(pages)])
        written, unchanged = _counted(parts, docs, before, now, problems)
        written += _home(writer, before, now)
    finally:
        writer.close()
    removed = _prune(docs, before, now, problems)
    _save(docs, now)
    return Report(written=written, unchanged=unchanged, removed=removed)


def _counted(
    parts: Iterator[list[_Outcome]], docs: Path, before: dict[str, str], now: dict[str, str], problems: Problems
) -> tuple[int, int]:
    """Note in `now` what is ours, and refusals among the problems; return how many were written and how many stood."""
    written = unchanged = 0
    for path, digest, fate in (outcome for part in parts for outcome in part):
        if path in now:
            raise _failed("P03", path, "two pages would have this path", _OURS)
        if fate == "refused":
            _refuse(path, docs, known=path in before, problems=problems)
            before.pop(path, None)
            continue
        now[path] = digest
        written += fate == "written"
        unchanged += fate == "unchanged"
    return written, unchanged


@dataclass(slots=True)
class _Writer:
    """Writes pages, in whatever process they are made; asks no other what it does."""

    docs: Path
    before: dict[str, str]
    """Paths of ours with the digests that they were written with."""
    _journal: int | None = None
    _folders: set[str] = field(default_factory=set)
    """Folders that are no symbolic links, nor lie behind one."""

    def outcomes(self, pages: Iterable[Page]) -> list[_Outcome]:
        """Write the pages that changed, and say what became of each."""
        return [self._outcome(page) for page in pages]

    def write(self, path: str, body: bytes, digest: str) -> None:
        """Write a file of ours."""
        target = f"{self.docs}/{path}"
        try:
            self._note(f"{digest} {path}\n")
            try:
                _write(target, body)
            except FileNotFoundError:  # its folder is rarely missing: asking first would cost more than most files
                os.makedirs(os.path.dirname(target), exist_ok=True)
                _write(target, body)
        except OSError as error:
            raise _unwritable(path, error) from error

    def close(self) -> None:
        """Let go of the journal; the file stays until the manifest is saved."""
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None

    def _outcome(self, page: Page) -> _Outcome:
        path, body = page.path, page.body
        self._check(path)
        digest = hashlib.sha256(body).hexdigest()
        standing = _read(self.docs, path)
        if standing == body:
            return _Outcome(path, digest, "unchanged")
        if standing is not None and not self._is_ours(page, standing, digest):
            return _Outcome(path, digest, "refused")
        self.write(path, body, digest)
        return _Outcome(path, digest, "written")

    def _is_ours(self, page: Page, standing: bytes, digest: str) -> bool:
        """Whether we wrote what stands in a page's place, or the beginning of it when somebody ended us."""
        if hashlib.sha256(standing).hexdigest() == self.before.get(page.path):
            return True
        return page.body.startswith(standing) and (page.path, digest) in _noted(self.docs)

    def _note(self, line: str) -> None:
        if self._journal is None:
            self._check(JOURNAL)
            (self.docs / JOURNAL).parent.mkdir(parents=True, exist_ok=True)
            # In one piece behind what others append: several processes may write one journal.
            self._journal = os.open(self.docs / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        os.write(self._journal, line.encode())

    def _check(self, path: str) -> None:
        """Refuse a page that would not lie in the builder's folders."""
        if not _ours(path):
            raise _failed("P03", path, "this page lies outside the folders that belong to the program", _OURS)
        self._check_folder(path.rpartition("/")[0])
        self._check_link(path)

    def _check_folder(self, folder: str) -> None:
        if folder and folder not in self._folders:
            self._check_folder(folder.rpartition("/")[0])
            self._check_link(folder)
            self._folders.add(folder)

    def _check_link(self, path: str) -> None:
        if os.path.islink(f"{self.docs}/{path}"):
            name, message = f"{self.docs.name}/{path}", "this is a link to another place, and the program writes nothing through links"
            raise _failed("P04", name, message, f"remove the link {name}, and build again")


def _ours(path: str) -> bool:
    """Whether the builder may write a file."""
    parts = path.split("/")
    return ".." not in parts and (path in OWNED_FILES or (len(parts) > 1 and parts[0] in OWNED))


def _known(docs: Path) -> dict[str, str]:
    """Return what is ours as the manifest and a broken publication's journal have it."""
    known = _manifest(docs)
    known.update((path, digest) for path, digest in _noted(docs) if _digest(docs, path) == digest)
    return known


def _noted(docs: Path) -> list[tuple[str, str]]:
    """Return paths and digests of the journal: what this or a broken publication wrote, or was about to."""
    try:
        lines = (docs / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    pairs = ((path, digest) for digest, _, path in (line.partition(" ") for line in lines))
    return [(path, digest) for path, digest in pairs if _ours(path) or path == HOME]


def _manifest(docs: Path) -> dict[str, str]:
    try:
        loaded = json.loads((docs / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(digest) for path, digest in loaded.items()} if isinstance(loaded, dict) else {}


def _save(docs: Path, now: dict[str, str]) -> None:
    lines = [f"{json.dumps(path)}: {json.dumps(digest)}" for path, digest in sorted(now.items())]
    body = "{{\n{}\n}}\n".format(",\n".join(lines)).encode()
    target = docs / MANIFEST
    try:
        if not target.is_file() or target.read_bytes() != body:
            target.parent.mkdir(parents=True, exist_ok=True)
            new = target.with_suffix(".new")
            new.write_bytes(body)
            new.replace(target)  # whole or not at all
        (docs / JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(MANIFEST, error) from error


def _digest(docs: Path, path: str) -> str | None:
    found = _read(docs, path)
    return None if found is None else hashlib.sha256(found).hexdigest()


def _read(docs: Path, path: str) -> bytes | None:
    """Return what stands at a path; None where nothing does."""
    try:
        with open(f"{docs}/{path}", "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        name = path.rpartition("/")[2]
        raise _failed("P04", name, f"can't be read: {error.strerror}", "move away what stands there, or make it readable") from error


def _write(target: str, body: bytes) -> None:
    with open(target, "wb") as file:
        file.write(body)


def _unwritable(path: str, error: OSError) -> BuildError:
    remedy = "make the docs folder writable, or name another with --docs"
    return _failed("P04", path.rpartition("/")[2], f"can't be written: {error.strerror}", remedy)


def _refuse(path: str, docs: Path, *, known: bool, problems: Problems) -> None:
    name = f"{docs.name}/{path}"
    if known:
        problems.error(
            "P02", name, "the program wrote this page, and somebody has changed it since",
            f"move what you wrote to a page of your own in {docs.name}/about/, delete this file, and build again",
        )
    else:
        problems.error(
            "P01", name, "the program did not write this file, and one of its pages has to stand here",
            f"move it to {docs.name}/about/, or delete it, and build again",
        )


def _home(writer: _Writer, before: dict[str, str], now: dict[str, str]) -> int:
    """Give a folder without a home page the default one, and keep it up to date until somebody edits it."""
    docs, found = writer.docs, _digest(writer.docs, HOME)
    if DEFAULT_HOME not in now or (found is not None and found != before.get(HOME)):
        return 0
    now[HOME] = now[DEFAULT_HOME]
    if found == now[HOME]:
        return 0
    writer.write(HOME, (docs / DEFAULT_HOME).read_bytes(), now[HOME])
    return 1


def _prune(docs: Path, before: dict[str, str], now: dict[str, str], problems: Problems) -> int:
    removed = 0
    for path in sorted(before.keys() - now.keys()):
        if not _ours(path):  # a home page stays, too
            continue
        target = docs / path
        found = _digest(docs, path)
        if found is None:
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
