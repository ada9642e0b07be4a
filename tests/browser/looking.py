"""A page that keeps a record of all that should not happen in it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

BLOCKS = """() => [...document.querySelectorAll('[data-article] [data-block]')].map(block => {
  const copy = block.cloneNode(true);
  copy.querySelectorAll('[data-furniture]').forEach(one => one.remove());
  return copy.textContent.replace(/\\s+/g, ' ').trim();
})"""
"""The text of an article page, block by block, without what the contract calls furniture."""


class Record:
    """What happened in a page."""

    def __init__(self, page: Any, address: str) -> None:
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        self.elsewhere: list[str] = []
        self.missing: list[str] = []
        host = urlsplit(address).netloc
        page.on("console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: self.elsewhere.append(asked.url) if _leaves(asked.url, host) else None)
        page.on("response", lambda given: self.missing.append(given.url) if given.status >= 400 else None)

    @property
    def clean(self) -> bool:
        return not (self.errors or self.dialogs or self.elsewhere or self.missing)

    def __repr__(self) -> str:
        return f"errors {self.errors}, dialogs {self.dialogs}, elsewhere {self.elsewhere}, missing {self.missing}"


def _leaves(url: str, host: str) -> bool:
    return urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != host


@functools.cache
def _shared(browser: Any, size: tuple[int, int], **wishes: Any) -> Any:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **wishes)
    context.set_default_timeout(10_000)
    return context


@contextmanager
def window(browser: Any, size: tuple[int, int] = (1280, 900), **wishes: Any) -> Iterator[Any]:
    """A page that remembers nothing when it opens.

    Pages with the same wishes share a context, whose files are at hand from the second page on: a context of its own costs
    a page twice what it costs to load. What has to be cold makes its own.
    """
    page = _shared(browser, size, **wishes).new_page()
    try:
        yield page
    finally:
        page.evaluate("() => { try { localStorage.clear(); } catch { /* this page has none */ } }")
        page.close()


@contextmanager
def looking(browser: Any, address: str, **wishes: Any) -> Iterator[tuple[Any, Record]]:
    """Open a page; the record is to be judged by the caller."""
    with window(browser, **wishes) as page:
        yield page, Record(page, address)
