"""MkDocs as a program of its own, started early and told when to go on.

Comes in: its settings. Goes out: the site as MkDocs leaves it, or what it said. Nothing is imported from it; what only has to be
copied from docs to the site is copied here while MkDocs renders pages.
"""
from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import yaml

from .. import engine

HOOKS = Path(engine.__file__)
_BINARY = getattr(os, "O_BINARY", 0)
_PIECE = 1 << 18
"""Bytes that are copied at once."""


class Engine:
    """MkDocs, loaded and waiting."""

    def __init__(self, process: subprocess.Popen[str], said: IO[str]) -> None:
        """Take the running program and the file that gets its messages."""
        self._process, self._said = process, said

    def publish(self) -> str | None:
        """Let MkDocs build the site; return what it said last if it could not."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write("\n")
            self._process.stdin.close()
        except OSError:  # it gave up before; what it said tells why
            pass
        try:
            for line in self._process.stdout:
                if line.startswith(engine.COPIES):
                    _copy(json.loads(line.removeprefix(engine.COPIES)))
        except OSError as error:
            return str(error)
        if self._process.wait() == 0:
            return None
        self._said.seek(0)
        lines = self._said.read().strip().splitlines()
        return lines[-1] if lines else str(self._process.returncode)


@contextmanager
def started(settings: Mapping[str, object], *, epoch: int) -> Iterator[Engine]:
    """Start MkDocs; it is ended with the block, whatever happens in it.

    Args:
        settings: what its configuration file says.
        epoch: seconds since 1970 that stand for the time of the build.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(epoch), "PYTHONUTF8": "1"}
    environment.pop("PYTHONUNBUFFERED", None)  # without a buffer, a long line is cut short where a signal comes between
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        config = Path(place) / "mkdocs.yml"
        config.write_text(yaml.safe_dump(dict(settings)), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--config-file", str(config)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, encoding="utf-8", env=environment
        ) as process:
            try:
                yield Engine(process, said)
            finally:
                process.kill()


def own_hooks(config: Path) -> list[str]:
    """Return the hooks that a person's settings name, with absolute paths; tags that only MkDocs resolves are read past."""
    root = yaml.compose(config.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    listed = (value.value for name, value in entries if name.value == "hooks" and isinstance(value, yaml.SequenceNode))
    return [str(config.resolve().parent / one.value) for one in next(listed, []) if isinstance(one, yaml.ScalarNode)]


def _copy(copies: Iterable[tuple[str, str]]) -> None:
    folders: set[str] = set()
    for source, target in copies:
        folder = os.path.dirname(target)
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)
            folders.add(folder)
        _copied(source, target)


def _copied(source: str, target: str) -> None:
    """Copy what a file holds. `shutil` takes half as long again, and there are thousands of them: the site waits for it."""
    reader = os.open(source, os.O_RDONLY | _BINARY)
    try:
        writer = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        try:
            while piece := os.read(reader, _PIECE):
                if os.write(writer, piece) < len(piece):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        finally:
            os.close(writer)
    finally:
        os.close(reader)
