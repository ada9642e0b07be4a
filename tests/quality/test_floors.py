"""Quality that only rises: what detection gets right on the gold sentences, against the figures in `build_tools/quality.json`.

A change that lifts a figure lifts its floor in the same commit; one that lowers a figure needs a reason that a reader
would accept. The sentences were written beside the rules, so they guard against loss and prove nothing about new text;
the other figures there were measured on other people's data, with `tools/measure.py`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools import detect, read_text
from build_tools.export.build import QUALITY
from build_tools.model import Claim

HERE = Path(__file__).parent
FLOORS: dict[str, float] = json.loads(QUALITY.read_text(encoding="utf-8"))["gold, own sentences"]
TOLERANCE = 0.005


@cache
def found() -> list[tuple[dict[str, Any], Claim | None]]:
    rows = yaml.safe_load((HERE / "gold.yml").read_text(encoding="utf-8"))
    pairs = []
    for row in rows:
        article = read_text(f"A title of its own\n\n{row['text']}\n", id="gold")
        claims = detect(article)
        assert len(claims) < 2, row["text"]
        pairs.append((row, claims[0] if claims else None))
    return pairs


def share(pairs: list[bool]) -> float:
    return round(sum(pairs) / len(pairs), 3)


def f1(wanted: list[bool], given: list[bool], right: list[bool]) -> float:
    return round(2 * sum(right) / (sum(wanted) + sum(given)), 3)


def measure() -> dict[str, float]:
    """All figures of the gold sentences."""
    pairs = found()
    claims = [(row, claim) for row, claim in pairs if claim and row.get("claim", True)]
    hedges = [(row.get("hedge"), _inside(claim)) for row, claim in claims]
    asserters = [
        (row.get("asserter"), claim.asserter.name if claim.asserter.evidence else None) for row, claim in claims
    ]
    return {
        "claim or not": share([(claim is not None) == row.get("claim", True) for row, claim in pairs]),
        "kind": share([claim.kind == row["kind"] for row, claim in claims]),
        "hedge": _pair_f1(hedges),
        "asserter": _pair_f1(asserters),
    }


def _inside(claim: Claim) -> str | None:
    return claim.quote[claim.hedge.start - claim.start : claim.hedge.end - claim.start] if claim.hedge else None


def _pair_f1(pairs: list[tuple[str | None, str | None]]) -> float:
    return f1([bool(a) for a, _ in pairs], [bool(b) for _, b in pairs], [bool(a) and a == b for a, b in pairs])


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls_below_its_floor(name: str) -> None:
    assert measure()[name] >= FLOORS[name] - TOLERANCE


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_every_floor_follows_its_figure(name: str) -> None:
    assert measure()[name] <= FLOORS[name] + 0.05, f"raise the floor of {name!r} in quality.json"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
    for row, claim in found():
        if (claim is None and row.get("claim", True)) or (
            claim and (claim.kind != row.get("kind") or _inside(claim) != row.get("hedge"))
        ):
            print(row, "->", claim and (claim.kind, _inside(claim), claim.asserter.name))
