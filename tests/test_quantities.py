from __future__ import annotations

from pathlib import Path

import pytest
from ratio import grows_in_step

from build_tools import detect, read_text
from build_tools.detect import quantities

CASES = Path(__file__).parent / "cases" / "quantities" / "figures.md"


def triples() -> list[tuple[str, str, list[tuple[str, float, str]]]]:
    found = []
    for part in CASES.read_text(encoding="utf-8").split("\n.\n\n"):
        title, text, *wanted = part.strip().removesuffix("\n.").split("\n.\n")
        rows = [row.split("|") for row in "".join(wanted).strip(".\n").splitlines()]
        found.append((title, text.removesuffix("\n."), [(a.strip(), float(b), c.strip()) for a, b, c in rows]))
    return found


@pytest.mark.parametrize(("title", "text", "wanted"), triples(), ids=lambda value: str(value)[:40])
def test_figures(title: str, text: str, wanted: list[tuple[str, float, str]]) -> None:
    found = quantities(text)
    assert [(q.text, q.unit) for q in found] == [(words, unit) for words, _, unit in wanted], title
    assert [q.value for q in found] == pytest.approx([value for _, value, _ in wanted])
    assert all(text[q.start : q.end] == q.text for q in found)


def test_years_and_names_on_demand() -> None:
    found = quantities("Voyager 2 flew past in 1979.", named=True)
    assert [q.value for q in found] == [2, 1979]
    assert quantities("Voyager 2 flew past in 1979.") == []


HOSTILE = (
    "1 ",
    "1,",
    "1-",
    "twenty ",
    "9",
    "$",
    "1/2 ",
    "between 1 and ",
    "a ",
    "Jan ",
    "one million ",
    "1e9",
    "−",
    "½",
    "per ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    assert grows_in_step(lambda size: quantities(piece * (size // len(piece))), 10_000)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Eine Pumpe kostet seit dem 4. Februar bis zu 40.000 Euro und liefert 3,1 Kilowattstunden im 21. Jahrhundert, zahlt der Staat.",
            [("40.000 Euro", 40000, "euro"), ("3,1 Kilowattstunden", 3.1, "kilowatt-hour")],
        ),
        (
            "Der Bau hat den Staat 5 Milliarden Euro oder 70 Prozent der Kosten gekostet.",
            [("5 Milliarden Euro", 5e9, "euro"), ("70 Prozent", 70, "percent")],
        ),
        (
            "Le 12 mars, la ville a ouvert 250 kilomètres pour 3,5 millions de personnes.",
            [("250 kilomètres", 250, "kilometre"), ("3,5 millions", 3.5e6, "")],
        ),
    ],
)
def test_figures_with_decimal_commas(text: str, wanted: list[tuple[str, float, str]]) -> None:
    (claim,) = detect(read_text(f"Titel\n\n{text}\n", id="x"))
    assert [(q.text, q.value, q.unit) for q in claim.quantities] == wanted
    assert all(claim.quote[q.start - claim.start : q.end - claim.start] == q.text for q in claim.quantities)
