from __future__ import annotations

from pathlib import Path

import pytest
from ratio import grows_in_step

from build_tools.read import read
from build_tools.segment import segment

CASES = Path(__file__).parent / "cases" / "segment"
SEEDS = Path(__file__).parent.parent / "seeds"


def triples(path: Path) -> list[tuple[str, str, str]]:
    """Title, input and expected output, each ended by a line that holds a single stop."""
    parts = path.read_text(encoding="utf-8").split("\n.\n")
    assert len(parts) % 3 == 1
    assert not parts[-1].strip()
    return [(parts[at].strip(), parts[at + 1], parts[at + 2]) for at in range(0, len(parts) - 1, 3)]


@pytest.mark.parametrize(("title", "text", "wanted"), triples(CASES / "sentences.md"), ids=lambda value: value[:40])
def test_sentences(title: str, text: str, wanted: str) -> None:
    found = [" ".join(span.of(text).split()) for span in segment(text)]
    assert found == wanted.split("\n"), title


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_sentences_of_a_seed_lie_in_one_block_each(seed: str) -> None:
    path = next(SEEDS.glob(f"{seed}_*.txt"))
    article = read(path)
    sentences = segment(article.text)
    wanted = {"000": 40, "001": 88, "002": 42, "003": 32, "004": 119}
    assert len(sentences) == wanted[seed]
    for sentence in sentences:
        assert sum(block.span.contains(sentence) for block in article.blocks) == 1


def test_empty_text_has_no_sentence() -> None:
    assert segment("") == []
    assert segment(" \n\n ") == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", " \u00a0", "\u00a0 \u2028", "\u3000" * 50])
def test_a_space_of_any_kind_between_a_capital_and_a_full_stop_stops_no_build(space: str) -> None:
    text = f"We kept to plan A{space}. Nothing came of it."
    assert [span.of(text) for span in segment(text)][-1].endswith("Nothing came of it.")


HOSTILE = {
    "dots": "." * 50_000,
    "spaced dots": ". " * 50_000,
    "quotes": '"' * 50_000,
    "curly quotes": "“" * 50_000,
    "brackets": "(" * 50_000,
    "open brackets": "(A. " * 50_000,
    "one line": "word " * 200_000,
    "one word": "a" * 1_000_000,
    "no spaces": "今天天气很好。" * 20_000,
    "lines": "a \nb" * 50_000,
    "rules": "===== " * 20_000,
    "addresses": "http://" * 50_000,
    "initials": "U.S. " * 50_000,
    "references": "Chan, K. " * 10_000 + "(2026). ",
    "names": "a.b." * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_bounded_in_time(name: str) -> None:
    text = HOSTILE[name]
    assert grows_in_step(lambda size: segment(text[:size]), len(text) // 4)
    sentences = segment(text)
    assert "".join(span.of(text) for span in sentences).replace(" ", "").replace("\n", "") == "".join(text.split())
