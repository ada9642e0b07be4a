"""`data/build.json`: what was built from what, what was wrong with it, and how good the rules were when last measured.

No clock, no path: the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from ..catalogue import Catalogue
from ..model import Page
from ..problems import Problem
from ._write import json_page

QUALITY: Final = Path(__file__).parent.parent / "quality.json"
"""By task and part of its data, the figures last measured: on the gold sentences by the tests, else by `tools/measure.py`."""
_PACKAGES: Final = (
    "sourcebook",
    "PyYAML",
    "Jinja2",
    "beautifulsoup4",
    "citeproc-py",
    "markdown-it-py",
    "mkdocs",
    "mkdocs-material",
    "pillow",
    "sentencex",
    "snowballstemmer",
    "trafilatura",
)


def pages(catalogue: Catalogue, problems: Sequence[Problem] = ()) -> Iterator[Page]:
    """Give the one file."""
    yield json_page(
        "data/build.json",
        {
            "counts": _counts(catalogue),
            "versions": {name: found for name in _PACKAGES if (found := _version(name))},
            "problems": [asdict(problem) for problem in problems],
            "quality": json.loads(QUALITY.read_text(encoding="utf-8")),
        },
    )


def _counts(catalogue: Catalogue) -> dict[str, object]:
    claims, links = catalogue.claims, catalogue.corpus.links
    return {
        "articles": len(catalogue.articles),
        "words": sum(article.words for article in catalogue.articles),
        "claims": len(claims),
        "claims_main": sum(claim.weight == "main" for claim in claims),
        "claims_curated": sum(claim.origin == "curated" for claim in claims),
        "claims_by_kind": _sorted(Counter(claim.kind for claim in claims)),
        "relations": len(links),
        "relations_curated": sum(link.origin == "curated" for link in links),
        "relations_by_kind": _sorted(Counter(link.kind for link in links)),
        "topics": len(catalogue.topics),
        "entities": len(catalogue.entities),
        "retired": len(catalogue.corpus.tombstones),
    }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
