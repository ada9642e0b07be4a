"""`data/citations.bib`, `.ris` and `.json` (CSL-JSON): every article and claim; the same for each article by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..citations import Reference, bibtex, csl, reference, ris
from ..model import Article, Page
from ._write import compact


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the three files of the whole corpus, and three of each article."""
    every: tuple[list[str], list[str], list[str]] = ([], [], [])
    for article in catalogue.articles:
        records = _records(list(_references(catalogue, article)))
        yield from _files(f"data/citations/{article.id}", records)
        for all_of_one, some in zip(every, records, strict=True):
            all_of_one.extend(some)
    yield from _files("data/citations", every)


def _references(catalogue: Catalogue, article: Article) -> Iterator[Reference]:
    yield reference(article, catalogue.site)
    for claim in catalogue.claims_of(article.id):
        yield reference(article, catalogue.site, claim)


def _records(references: list[Reference]) -> tuple[list[str], list[str], list[str]]:
    return (
        [bibtex(ref) for ref in references],
        [ris(ref) for ref in references],
        [compact(csl(ref)) for ref in references],
    )


def _files(stem: str, records: tuple[list[str], list[str], list[str]]) -> Iterator[Page]:
    bib, endnote, items = records
    yield Page(path=f"{stem}.bib", body="\n".join(bib).encode())
    yield Page(path=f"{stem}.ris", body="".join(endnote).encode())
    yield Page(path=f"{stem}.json", body=("[\n" + ",\n".join(items) + "\n]\n").encode())
