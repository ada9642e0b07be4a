"""`data/citations.bib`, `.ris` and `.json` (CSL-JSON): every article and claim; the same for each article by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..citations import Reference, bibtex, csl_json, reference, ris
from ..model import Article, Page

_Records = tuple[bytes, bytes, bytes]
"""BibTeX, RIS and CSL-JSON of some references, each as it stands between those of others."""


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the three files of the whole corpus, and three of each article."""
    every = list[_Records]()
    for article in catalogue.articles:
        every.append(_records(list(_references(catalogue, article))))
        yield from _files(f"data/citations/{article.id}", every[-1:])
    yield from _files("data/citations", every)


def _references(catalogue: Catalogue, article: Article) -> Iterator[Reference]:
    yield reference(article, catalogue.site)
    for claim in catalogue.claims_of(article.id):
        yield reference(article, catalogue.site, claim)


def _records(references: list[Reference]) -> _Records:
    return (
        "\n".join([bibtex(ref) for ref in references]).encode(),
        "".join([ris(ref) for ref in references]).encode(),
        ",\n".join([csl_json(ref) for ref in references]).encode(),
    )


def _files(stem: str, records: list[_Records]) -> Iterator[Page]:
    yield Page(path=f"{stem}.bib", body=b"\n".join([bib for bib, _, _ in records]))
    yield Page(path=f"{stem}.ris", body=b"".join([endnote for _, endnote, _ in records]))
    yield Page(path=f"{stem}.json", body=b"[\n%b\n]\n" % b",\n".join([items for _, _, items in records]))
