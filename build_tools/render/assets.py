"""Style, script and fonts: joined from their parts and handed on as files.

The stylesheet and the core script are the files of `static/css` and `static/js/core` one after the other, by name, without
comments and indentation (`_lean`); scripts that are fetched on demand and fonts are handed on one by one.
"""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..catalogue import Catalogue
from ..model import Page
from ._lean import lean_script, lean_style

FOLDER = Path(__file__).parent.parent / "static"
STYLE = "static/sourcebook.css"
SCRIPT = "static/sourcebook.js"


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the files that every page of the site shares."""
    del catalogue  # the same for every corpus
    yield Page(path=STYLE, body=lean_style(_joined(FOLDER / "css", "*.css")).encode())
    yield Page(path=SCRIPT, body=lean_script(_joined(FOLDER / "js" / "core", "*.js")).encode())
    for file in sorted((FOLDER / "js").glob("*.js")):
        yield Page(path=f"static/{file.name}", body=lean_script(file.read_text(encoding="utf-8")).encode())
    for file in sorted((FOLDER / "fonts").glob("*")):
        yield Page(path=f"static/fonts/{file.name}", body=file.read_bytes())


def _joined(folder: Path, pattern: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob(pattern)))
