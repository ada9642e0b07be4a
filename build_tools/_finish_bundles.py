"""Light pages: the theme's shell around each entry of a bundle, written without any engine."""
from __future__ import annotations

import errno
import json
import os
from dataclasses import dataclass
from pathlib import Path

from ._finish_links import Checked, Gathered, checked, gathered
from ._finish_page import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The shell around the pages of one class, encoded once."""

    before_head: bytes
    before_body: bytes
    after_body: bytes


def write_bundled(bundle: Path, *, out: Path, shell: Shell) -> Gathered:
    """Write every page of a bundle and say what they hold and lead to, taken together."""
    done: list[Checked] = []
    frames: dict[str, _Frame] = {}
    for line in bundle.read_text(encoding="utf-8").split("\n")[:-1]:
        entry = json.loads(line)
        if entry["class"] not in frames:
            frames[entry["class"]] = _frame(shell, entry["class"])
        frame = frames[entry["class"]]
        name = f"{entry['address']}index.html"
        head, body = entry["head"], f"{entry['body']}\n</div>"
        html = (frame.before_head, head.encode(), frame.before_body, body.encode(), frame.after_body)
        _write(f"{out}/{name}", b"".join(html))
        done.append(checked(name, head + body, around=shell.ids, ours=True))
    return gathered(done)


def _frame(shell: Shell, page_class: str) -> _Frame:
    """Say in the navigation that an article's page stands below the articles, as the theme says it itself."""
    before, way = shell.before_body, 'href="../../articles/"'
    if page_class == "article":
        before = before.replace(way, f'{way} aria-current="true"', 1)
    return _Frame(
        before_head=shell.before_head.encode(),
        before_body=f'{before}<div class="sb-page" data-page="{page_class}">\n'.encode(),
        after_body=shell.after_body.encode(),
    )


def _write(path: str, html: bytes) -> None:
    """Write a page; nearly always its folder is to be made and its parent is there."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if os.write(file, html) < len(html):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    finally:
        os.close(file)
