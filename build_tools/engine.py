"""A Python-Markdown extension: a page of finished HTML passes through whole.

Comes in: the lines of a page. Goes out: the same HTML, put aside before Markdown's own reader of HTML takes it apart tag by tag
(60 ms for an article; measured). Without the extension pages come out the same, only later. For hand-written pages it does nothing.
"""
from __future__ import annotations

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from .document import OPENING

_BEFORE_ALL_READERS = 29
"""Python-Markdown's own HTML reader stands at 20, MkDocs' collector of ids at 21.5, fences at 25; at 30 control characters go, and
what is put aside is marked by two of them."""


class _Whole(Preprocessor):
    """Puts aside a page that is one block of finished HTML."""

    def run(self, lines: list[str]) -> list[str]:
        first = next((place for place, line in enumerate(lines) if line.strip()), None)
        if first is None or not lines[first].startswith(OPENING):
            return lines
        return [self.md.htmlStash.store("\n".join(lines[first:]))]


class FinishedPages(Extension):
    """Lets the builder's pages through."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 — the name that Python-Markdown calls
        """Register the step before everything that reads HTML."""
        md.preprocessors.register(_Whole(md), "sourcebook_finished_pages", _BEFORE_ALL_READERS)


def makeExtension(**settings: object) -> FinishedPages:  # noqa: N802 — the name that Python-Markdown calls
    """Return the extension; it has no settings."""
    return FinishedPages(**settings)
