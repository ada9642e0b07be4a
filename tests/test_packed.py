from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from build_tools import detect, read, read_text, segment
from build_tools.model import Article
from build_tools.pipeline import prepare
from build_tools.pipeline._packed import packed, unpacked

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
RICH = """A title of its own

“Taxes may not rise by $3 bn again,” said Amara Diallo. The plan, 𝔘nits and all, costs 10 to 15 km more than others.

1. According to the World Bank, growth might slow in every region. Growth slowed by 5 percent.
"""


def _article(path: Path | None) -> Article:
    return read(path) if path else read_text(RICH, id="x")


@pytest.mark.parametrize("path", [None, *SEEDS], ids=lambda path: path.stem if path else "rich")
def test_what_is_packed_comes_out_as_it_was(path: Path | None) -> None:
    article = _article(path)
    sentences, claims = tuple(segment(article.text)), tuple(detect(article))
    assert unpacked(packed(article, sentences, claims)) == (article, sentences, claims)


def test_the_rich_text_holds_what_may_be_lost() -> None:
    claims = detect(_article(None))
    assert any(claim.hedge for claim in claims)
    assert any(claim.asserter.evidence for claim in claims)
    assert any(claim.quantities for claim in claims)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_prepared_article_travels_whole(path: Path) -> None:
    prepared, _ = prepare(path, path.parent)
    assert prepared is not None
    sent = pickle.dumps(prepared)
    assert pickle.loads(sent) == prepared
    assert len(sent) < 6 * len(prepared.article.text.encode())
