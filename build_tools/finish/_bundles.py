"""Light pages: the theme's shell around each entry of a bundle, written without any engine.

Comes in: a bundle and the shell. Goes out: entries, and the files of the site that they become. Checks nothing.
"""
from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..document import unbundled
from ._page import Shell

_SECTIONS = {"article": "articles/", "topic": "topics/"}
"""The entry of the navigation under which pages of a class stand."""

_NO_CLASS = 'data-page=""'
"""How the page that carries the shell names its class."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Entry(NamedTuple):
    """A light page before it stands in the shell."""

    name: str
    """File name below the site."""
    page_class: str
    own: bytes
    """All that is not the shell's: head and body."""
    cut: int
    """Where the body begins in it."""


def entries(bundle: Path) -> Iterator[Entry]:
    """Give the pages of a bundle; it is read page by page, since most of the time of a large site goes into fresh memory."""
    with bundle.open("rb") as file:
        for page in unbundled(file):
            yield Entry(f"{page.address}index.html", page.page_class, page.own, page.cut)


def framed(shell: Shell) -> Callable[[Entry], bytes]:
    """Return what puts the shell around an entry; the shell of each class of pages is encoded once."""
    frames: dict[str, tuple[bytes, bytes, bytes]] = {}

    def whole(entry: Entry) -> bytes:
        frame = frames.get(entry.page_class)
        if frame is None:
            frame = frames[entry.page_class] = _frame(shell, entry.page_class)
        before_head, before_body, after_body = frame
        return b"".join((before_head, entry.own[: entry.cut], before_body, entry.own[entry.cut :], after_body))

    return whole


def _frame(shell: Shell, page_class: str) -> tuple[bytes, bytes, bytes]:
    """Give the shell the class of its page, and say in the navigation below which entry it stands, as the theme says it itself."""
    before = shell.before_body.replace(_NO_CLASS, f'data-page="{page_class}"', 1)
    section = _SECTIONS.get(page_class)
    if section:
        way = f'href="../../{section}"'
        before = before.replace(way, f'{way} aria-current="true"', 1)
    return shell.before_head.encode(), before.encode(), shell.after_body.encode()


def write(path: str, html: bytes) -> None:
    """Write a page; nearly always its folder is to be made and its parent is there."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    file = os.open(path, _NEW, 0o666)
    try:
        if os.write(file, html) < len(html):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    finally:
        os.close(file)
