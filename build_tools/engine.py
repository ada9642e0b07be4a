"""Hooks for MkDocs: it waits for the docs, takes finished pages as they are, and leaves the copying of files to the builder.

Comes in: MkDocs' own events. Goes out: pages, and one line that says which files are to be copied where. Stands alone, since
MkDocs loads it by its path: importing the package would take as long as building the pages. Hand-written pages go MkDocs' way.
"""
from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import partial
from typing import Any

OPENING = '<div class="sb-page"'
"""How a finished page begins; `document` writes it so."""
COPIES = "sourcebook copies "
"""Stands before the list of files on standard output."""


def on_startup(**event: object) -> None:
    """Wait for a line on standard input: MkDocs takes a while to load, and is started when the docs are not written yet."""
    del event
    if not sys.stdin.readline():  # the builder is gone
        raise SystemExit(1)


def on_files(files: Iterable[Any], **event: object) -> None:
    """Name the files that only have to be copied, so that another process does it meanwhile."""
    del event
    copies: list[tuple[str, str]] = []
    for file in files:
        if file.abs_src_path and file.inclusion.is_included() and not file.is_documentation_page():
            copies.append((file.abs_src_path, file.abs_dest_path))
            file.copy_file = _left
    print(COPIES + json.dumps(copies), flush=True)


def _left(dirty: bool = False) -> None:
    """Copy nothing."""


def on_page_markdown(markdown: str, *, page: Any, **event: object) -> None:
    """Let a finished page through whole: taken for Markdown, it would be read tag by tag, 60 ms an article."""
    del event
    html = markdown.strip()
    if html.startswith(OPENING):
        page.render = partial(_rendered, page, html)


def _rendered(page: Any, html: str, config: object, files: object) -> None:
    """Do what MkDocs' own `Page.render` does, with HTML that is there already."""
    del config, files
    page.content = html
    page.toc = ()
