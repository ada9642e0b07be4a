"""Style, script and fonts: joined from their parts and handed on as files.

The stylesheet and the core script are the files of `static/css` and `static/js/core` one after the other, by name;
everything else below `static/` is handed on as it is.
"""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..catalogue import Catalogue
from ..model import Page

FOLDER = Path(__file__).parent.parent / "static"
STYLE = "static/sourcebook.css"
SCRIPT = "static/sourcebook.js"


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the files that every page of the site shares."""
    del catalogue  # the same for every corpus
    yield Page(path=STYLE, body=_joined(FOLDER / "css", "*.css"))
    yield Page(path=SCRIPT, body=_joined(FOLDER / "js" / "core", "*.js"))
    for file in sorted((FOLDER / "js").glob("*.js")):
        yield Page(path=f"static/{file.name}", body=file.read_bytes())
    for file in sorted((FOLDER / "fonts").glob("*")):
        yield Page(path=f"static/fonts/{file.name}", body=file.read_bytes())


def _joined(folder: Path, pattern: str) -> bytes:
    return b"\n".join(file.read_bytes().strip() for file in sorted(folder.glob(pattern))) + b"\n"
