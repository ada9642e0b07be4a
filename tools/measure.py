"""Quality on other people's data: the scorers of a data folder, run on the public functions, against the floors.

    python tools/measure.py [--data FOLDER] [--only reanchor …] [--keep]

The folder holds one scorer for each task, `TASK/score_TASK.py`, with `load(part)` and `score(predict, items)`. It is no part of the
project; without one there is nothing to measure, and the program says so and ends well. The figures last measured stand in
`build_tools/quality.json`, which every site publishes in `data/build.json`; they are floors: ends with 1 where a figure lies below.
`--keep` writes down those that rose.
"""
from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build_tools import anchor, compare, describe, detect, read, read_text, segment  # noqa: E402
from build_tools.concepts._names import names as runs  # noqa: E402
from build_tools.detect import quantities  # noqa: E402
from build_tools.model import Article, Span  # noqa: E402
from build_tools.problems import ReadError  # noqa: E402

RECORD = ROOT / "build_tools" / "quality.json"
TOLERANCE = 0.0005
"""Figures are written down with three decimals."""


def found_again(old: str, start: int, end: int, new: str) -> tuple[int, int] | None:
    """Find a sentence of a text in a later state of it."""
    place = anchor(describe(old, Span(start, end)), new)
    return (place.span.start, place.span.end) if place else None


def sentences(text: str) -> list[str]:
    """Divide a text."""
    return [text[span.start : span.end] for span in segment(text)]


def figures(text: str) -> list[tuple[int, int, float]]:
    """Find the numbers of a text, years and those in names too, as the data has them."""
    return [(one.start, one.end, one.value) for one in quantities(text, named=True)]


def body(html: str) -> str:
    """Take the article out of a saved page; nothing where it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        try:
            return read(page).text
        except ReadError:
            return ""


def names(text: str) -> list[tuple[int, int]]:
    """Find the names of a text: what becomes an entity where enough claims hold it."""
    return [(one.start, one.end) for one in runs(text)]


def alike(pairs: list[tuple[str, str, str]]) -> list[float]:
    """Score each argument against the key points of its topic; a topic's arguments are compared at once."""
    scores: dict[tuple[str, str, str], float] = {}
    for topic in sorted({pair[2] for pair in pairs}):
        own = [pair for pair in pairs if pair[2] == topic]
        arguments, points = (sorted({pair[place] for pair in own}) for place in (0, 1))
        for argument, matches in zip(arguments, compare(arguments, points), strict=True):
            scores |= {(argument, points[match.index], topic): match.score for match in matches}
    return [scores.get(pair, 0.0) for pair in pairs]


def of_kind(kind: str) -> Callable[[list[str]], list[float]]:
    """Say for each sentence whether its claim is of a kind."""
    return lambda texts: [float(any(claim.kind == kind for claim in detect(_article_of(text)))) for text in texts]


def _article_of(sentence: str) -> Article:
    return read_text(f"A title of its own\n\n{sentence}\n", id="one")


class Task(NamedTuple):
    """What is measured how: parts of the data, a function of ours, and the figures that count."""

    parts: tuple[str, ...]
    predict: Callable[..., Any]
    figures: tuple[str, ...]


TASKS = {
    "reanchor": Task(("all",), found_again, ("all right", "edited right", "moved right", "repeated right", "deleted right")),
    "sentences": Task(("ewt", "rules"), sentences, ("boundary F1", "inside paragraphs F1", "cases right")),
    "quantities": Task(("all",), figures, ("value F1", "exact place F1", "overlap F1")),
    "html": Task(("reader", "snippets"), body, ("word F1", "phrase F1")),
    "entities": Task(("re3d", "wnut-dev"), names, ("exact F1", "overlap F1")),
    "matching": Task(("dev", "train"), alike, ("strict MAP", "relaxed MAP", "pair average precision")),
    "judgement": Task(("all",), of_kind("judgement"), ("macro F1",)),
    "causation": Task(("check",), of_kind("causation"), ("macro F1",)),
}


def main() -> None:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description="Quality on other people's data, against the floors.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--keep", action="store_true", help="write down the figures that rose")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"nothing to measure: no folder {options.data}")
        return
    record: dict[str, dict[str, float]] = json.loads(RECORD.read_text(encoding="utf-8"))
    below = 0
    for name in options.only:
        for part, measured in _measured(options.data, name):
            known = record.setdefault(f"{name}, {part}", {})
            for figure, value in measured.items():
                floor = known.get(figure, 0.0)
                below += value < floor - TOLERANCE
                verdict = "BELOW" if value < floor - TOLERANCE else "rose" if value > floor + TOLERANCE else "holds"
                known[figure] = max(floor, round(value, 3))
                print(f"{name:<10} {part:<9} {figure:<24} {value:.3f}  floor {floor:.3f}: {verdict}", flush=True)
    if below:
        sys.exit(f"{below} figures lie below those in {RECORD.relative_to(ROOT)}")
    if options.keep:
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8", newline="\n")


def _measured(data: Path, name: str) -> Iterator[tuple[str, dict[str, float]]]:
    scorer, task = _scorer(data, name), TASKS[name]
    for part in task.parts:
        scores = scorer.score(task.predict, scorer.load(part))
        yield part, {figure: scores[figure] for figure in task.figures if figure in scores}


def _scorer(data: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"score_{name}", data / name / f"score_{name}.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{data} has no scorer for {name}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
