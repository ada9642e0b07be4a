"""One small site, byte for byte: what `build` writes for two tiny articles, kept in the repository and read at every change.

`--update-golden` writes it anew; the difference is then to be read like code.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import codes, fill, quiet, snapshot

from build_tools.site import build

CASES = sorted(folder for folder in (Path(__file__).parent / "sites").iterdir() if folder.is_dir())
KEPT = ("articles/", "data/annotations/", ".sourcebook/pages/claims")
DATA = (
    "data/articles.json",
    "data/claims.json",
    "data/claims.csv",
    "data/feed.xml",
    "data/citations.bib",
    "data/topics.jsonld",
    "data/build.json",
)
MOST = 150_000
"""Bytes of a golden site that a person still reads."""
SETTINGS = (
    "site_name: Shelf\nsite_url: https://example.org/shelf/\nextra:\n  sourcebook:\n    rights_default: full\n    cards: 0\n"
)


def is_kept(path: str) -> bool:
    """Say whether a file is compared: texts of the articles, claim pages and data; not style, script, images, lists."""
    return path.startswith(KEPT) or path in DATA


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_site_is_as_reviewed(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update_golden: bool) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    folders = fill(tmp_path, snapshot(case / "seeds"), settings=SETTINGS)
    folders = type(folders)(seeds=folders.seeds, docs=folders.docs, out=folders.out, config=folders.config)
    result = build(folders, quiet)
    assert codes(result.problems) == []
    made = {name: body for name, body in snapshot(folders.docs).items() if is_kept(name)}
    made["ledger.json"] = (folders.seeds / "ledger.json").read_bytes()
    golden = case / "golden"
    if update_golden:
        shutil.rmtree(golden, ignore_errors=True)
        for name, body in made.items():
            (golden / name).parent.mkdir(parents=True, exist_ok=True)
            (golden / name).write_bytes(body)
    kept = snapshot(golden)
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []
    assert sum(map(len, made.values())) < MOST
