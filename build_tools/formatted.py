"""References as readers paste them: APA, MLA and Chicago, formatted by a CSL processor.

Comes in: a `Reference`. Goes out: one line of text a style. The styles are the small files of `csl/`, since the big
official ones repeat the title of a work without an author in this processor; titles keep the letters they were
published with.
"""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .citations import Reference, csl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citeproc import CitationStylesStyle

FOLDER: Final = Path(__file__).parent / "csl"
STYLES: Final[Mapping[str, str]] = MappingProxyType({"apa": "APA", "mla": "MLA", "chicago": "Chicago"})
"""Name of each style's file, and what readers call it."""
_QUOTED: Final = frozenset({"mla", "chicago"})
"""Styles that set the title in quotation marks."""
_TITLE: Final = "\ue000title\ue000"
_URL: Final = "\ue000url\ue000"
_INNER: Final = str.maketrans("“”", "‘’")


def formatted(ref: Reference) -> dict[str, str]:
    """Return a reference in every style; a claim's ends with where the words stand."""
    place = f" Para. {ref.paragraph}" if ref.quote else ""
    # Without a known original the address that stands there is the claim's own, and once is enough.
    where = f"{place}, {ref.permalink}" if place and ref.permalink != ref.url else f"{place}."
    return {style: _one(ref, style) + (where if place else "") for style in STYLES}


def _one(ref: Reference, style: str) -> str:
    frame = _frame(style, ref.authors, ref.publisher, ref.published)
    title = " ".join(ref.title.translate(_INNER).split() if style in _QUOTED else ref.title.split())
    if title.endswith((".", "?", "!", "…")):
        frame = frame.replace(f"{_TITLE}.", _TITLE)
    return frame.replace(_TITLE, title).replace(_URL, ref.url)


@lru_cache(maxsize=4096)
def _frame(style: str, authors: tuple[str, ...], publisher: str, published: str) -> str:
    """Format all but title and address: they differ in every article, and markup in a title must stay letters."""
    # Loaded when first used: the processor takes 50 ms to load, and most commands format nothing.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    ref = Reference(
        key="x",
        title=_TITLE,
        authors=authors,
        publisher=publisher,
        published=published,
        url=_URL,
        permalink="",
        language="",
        digest="",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        works = CitationStylesBibliography(_style(style), CiteProcJSON([_known(csl(ref))]), formatter.plain)
        works.register(Citation([CitationItem("x")]))
        return " ".join(str(works.bibliography()[0]).split())


def _known(item: dict[str, object]) -> dict[str, object]:
    # The processor stops at fields it has no use for here.
    return {name: value for name, value in item.items() if name not in {"note", "abstract", "language"}}


@cache
def _style(name: str) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle  # noqa: PLC0415

    return CitationStylesStyle(str(FOLDER / f"{name}.csl"), validate=False)
