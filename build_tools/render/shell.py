"""The one page through which the theme reaches all light pages: an empty body that the finishing pass fills.

Comes in: a `Catalogue`. Goes out: one `Page` at the depth of every light page; the finishing pass removes it again.
"""
from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..document import BODY_MARK, SHELL_ADDRESS, Document, markdown_page
from ..model import Page


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the shell."""
    body = f'<div id="{BODY_MARK}"></div>'
    yield markdown_page(Document(address=SHELL_ADDRESS, title="Shell", body=body, index=False), catalogue.site)
