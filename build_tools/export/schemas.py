"""`data/schema/…`: a JSON Schema (draft 2020-12) beside each JSON file, handed on as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..catalogue import Catalogue
from ..model import Page

FOLDER: Final = Path(__file__).parent.parent / "schema" / "data"


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give every schema."""
    del catalogue  # the same for every corpus
    for file in sorted(FOLDER.glob("*.schema.json")):
        yield Page(path=f"data/schema/{file.name}", body=file.read_bytes())
