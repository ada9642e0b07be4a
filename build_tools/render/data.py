"""`/data/`: what each data file holds, under which rights; and how a link to a claim unfurls elsewhere.

Comes in: the catalogue. Goes out: one page, and two fragments for the hand-written `about/data.md` and
`about/previews.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .. import cards
from ..catalogue import Catalogue, claim_address
from ..document import Document, fragment, markdown_page, shorten
from ..model import Page
from .claim import documents
from .templates import template

_ABOUT: Final = "../../"
"""The way up from the hand-written pages that show the fragments."""
_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A data file, or a family of them."""

    name: str
    form: str
    what: str
    example: str = ""
    """Address of the file, or of the first of its family."""
    schema: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """All that the template prints."""

    articles: int
    claims: int
    relations: int
    files: Sequence[File]
    repo: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a link shows in other places, taken from the page's own metadata."""

    address: str
    title: str
    description: str
    image: str
    alt: str


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Give the page and the fragments."""
    data = _data(catalogue)
    printed = template("data.html.j2")
    yield markdown_page(
        Document(
            address="data/",
            title="Data",
            description=f"{data.articles} articles and {data.claims} claims as JSON, CSV, SKOS, BibTeX and more.",
            body=printed.render(data=data, base="../"),
            image=cards.image(catalogue, None),
            json_ld=[_dataset(catalogue, data)],
            page_class="data",
        ),
        catalogue.site,
    )
    yield fragment("data", printed.render(data=data, base=_ABOUT))
    yield fragment(
        "previews", template("previews.html.j2").render(site=catalogue.site, base=_ABOUT, previews=_previews(catalogue))
    )


def _data(catalogue: Catalogue) -> DataPage:
    return DataPage(
        articles=len(catalogue.articles),
        claims=len(catalogue.claims),
        relations=len(catalogue.corpus.links),
        files=_files(catalogue),
        repo=catalogue.site.repo_url,
        contact=catalogue.site.contact,
    )


def _files(catalogue: Catalogue) -> list[File]:
    first = catalogue.articles[0].id if catalogue.articles else ""
    return [*_records(first), *_references(first), *_texts(first)]


def _of(first: str, pattern: str) -> str:
    """Return the address of a family's first file; nothing where there is none."""
    return pattern.replace("<article>", first) if first else ""


def _records(first: str) -> list[File]:
    """What the corpus holds, as records."""
    return [
        File(
            name="articles.json",
            form="JSON",
            example="data/articles.json",
            schema="articles",
            what="Every article: title, authors, publisher, date, original address, language, rights, digest of its "
            "text, blocks, ids of its claims.",
        ),
        File(
            name="claims.json",
            form="JSON",
            example="data/claims.json",
            schema="claims",
            what="Every claim: its quote and place, what stands before and after it, kind, weight, who asserts it, how "
            "sure, figures with units, topics, names, origin and reasons, relations seen from this end.",
        ),
        File(
            name="claims.csv",
            form="CSV",
            example="data/claims.csv",
            what="The same rows for spreadsheets; lists and objects stand in their cells as JSON.",
        ),
        File(
            name="annotations/<article>.jsonld",
            form="Web Annotation",
            example=_of(first, "data/annotations/<article>.jsonld"),
            schema="annotations",
            what="An article’s claims as W3C Web Annotations, each with a quote and a position selector.",
        ),
        File(
            name="topics.jsonld",
            form="SKOS",
            example="data/topics.jsonld",
            schema="topics",
            what="Topics and names with their labels and how they hang together.",
        ),
    ]


def _references(first: str) -> list[File]:
    """What reference managers and readers of feeds take."""
    return [
        File(
            name="citations.bib",
            form="BibTeX",
            example="data/citations.bib",
            what="Every article and claim for reference managers; a claim’s words are in abstract, its place in note.",
        ),
        File(name="citations.ris", form="RIS", example="data/citations.ris", what="The same in RIS."),
        File(
            name="citations.json",
            form="CSL-JSON",
            example="data/citations.json",
            schema="citations",
            what="The same in CSL-JSON.",
        ),
        File(
            name="citations/<article>.bib, .ris, .json",
            form="BibTeX, RIS, CSL-JSON",
            example=_of(first, "data/citations/<article>.bib"),
            what="The same for one article and its claims.",
        ),
        File(
            name="feed.xml",
            form="Atom",
            example="data/feed.xml",
            what="The latest claims by the date they first appeared here.",
        ),
        File(
            name="build.json",
            form="JSON",
            example="data/build.json",
            schema="build",
            what="Counts, versions, problems found in the input, and how good the rules were when last measured.",
        ),
    ]


def _texts(first: str) -> list[File]:
    """The words themselves."""
    return [
        File(
            name="text.txt of an article",
            form="Plain text",
            example=_of(first, "articles/<article>/text.txt"),
            what="The text that all offsets count in.",
        ),
        File(
            name="claims.txt of an article",
            form="Plain text",
            example=_of(first, "articles/<article>/claims.txt"),
            what="The text with each claim’s id in brackets behind it.",
        ),
        File(name="llms.txt", form="Markdown", example="llms.txt", what="An outline of the site for language models."),
        File(
            name="llms-full.txt",
            form="Plain text",
            example="llms-full.txt",
            what="All articles with the ids of their claims.",
        ),
    ]


def _dataset(catalogue: Catalogue, data: DataPage) -> dict[str, object]:
    home = catalogue.site.url or "../"
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{home}data/",
        "name": f"{catalogue.site.name}: claims",
        "description": f"{data.claims} claims of {data.articles} articles: who asserts them and how they relate.",
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "name": file.name, "encodingFormat": file.form, "contentUrl": home + file.example}
            for file in data.files
            if file.example
        ],
    }


def _previews(catalogue: Catalogue) -> list[Preview]:
    """Return previews of the claims that are shown first, each from another article."""
    order = sorted((claim for claim in catalogue.claims if claim.weight == "main"), key=lambda claim: -claim.score)
    best = {claim.article: claim for claim in reversed(order)}
    chosen = [claim for claim in order if best[claim.article] is claim][:_EXAMPLES]
    shown = {
        document.address: document
        for claim in chosen
        for document in documents(catalogue, catalogue.article(claim.article))
    }
    return [
        Preview(
            address=document.address,
            title=shorten(document.title, 70),
            description=shorten(document.description, 200),
            image=document.image.address if document.image else "",
            alt=document.image.alt if document.image else "",
        )
        for document in (shown[claim_address(claim.id)] for claim in chosen)
    ]
