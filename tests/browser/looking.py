"""A page that keeps a record of all that should not happen in it."""

from __future__ import annotations

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


@contextmanager
def looking(browser: Any, address: str, **wishes: Any) -> Iterator[tuple[Any, Record]]:
    """Open a page of its own; the record is to be judged by the caller."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **wishes)
    context.set_default_timeout(10_000)
    page = context.new_page()
    yield page, Record(page, address)
    context.close()
