"""Publishing: only what changed is written, only what is ours is touched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from places import codes, snapshot

from build_tools.model import Page
from build_tools.problems import Problems, PublishError
from build_tools.publish import MANIFEST, Report, publish


def page(path: str, body: str = "words") -> Page:
    return Page(path=path, body=body.encode())


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return tmp_path / "docs"


@pytest.fixture
def problems() -> Problems:
    return Problems()


def test_a_first_publication_writes_all_and_makes_the_folders(docs: Path, problems: Problems) -> None:
    report = publish([page("articles/a/index.md"), page("data/x.json", "{}")], docs, problems)
    assert report == Report(written=2, unchanged=0, removed=0)
    assert (docs / "articles/a/index.md").read_text() == "words"
    assert len(problems) == 0


def test_a_second_publication_writes_nothing_and_touches_nothing(docs: Path, problems: Problems) -> None:
    pages = [page("articles/a/index.md"), page("claims/b.md")]
    publish(pages, docs, problems)
    before = {file: file.stat().st_mtime_ns for file in docs.rglob("*")}
    assert publish(pages, docs, problems) == Report(written=0, unchanged=2, removed=0)
    assert {file: file.stat().st_mtime_ns for file in docs.rglob("*")} == before


def test_only_the_changed_page_is_written(docs: Path, problems: Problems) -> None:
    publish([page("claims/a.md"), page("claims/b.md")], docs, problems)
    report = publish([page("claims/a.md"), page("claims/b.md", "other words")], docs, problems)
    assert report == Report(written=1, unchanged=1, removed=0)


def test_what_is_no_longer_made_goes_and_its_empty_folders_go_too(docs: Path, problems: Problems) -> None:
    publish([page("articles/a/index.md"), page("articles/a/text.txt"), page("claims/b.md")], docs, problems)
    report = publish([page("claims/b.md")], docs, problems)
    assert report.removed == 2
    assert not (docs / "articles").exists()


def test_files_of_others_stay_beside_ours(docs: Path, problems: Problems) -> None:
    publish([page("articles/a/index.md")], docs, problems)
    (docs / "articles/a/mine.txt").write_text("notes")
    (docs / "about").mkdir()
    (docs / "about/index.md").write_text("about us")
    publish([], docs, problems)
    assert (docs / "articles/a/mine.txt").read_text() == "notes"
    assert (docs / "about/index.md").read_text() == "about us"
    assert not (docs / "articles/a/index.md").exists()
    assert len(problems) == 0


def test_a_foreign_file_in_the_way_is_refused_and_the_rest_is_published(docs: Path, problems: Problems) -> None:
    (docs / "articles").mkdir(parents=True)
    (docs / "articles/a.md").write_text("written by hand")
    report = publish([page("articles/a.md"), page("articles/b.md")], docs, problems)
    assert codes(problems) == ["P01"]
    assert report.written == 1
    assert (docs / "articles/a.md").read_text() == "written by hand"
    assert next(iter(problems)).file == "docs/articles/a.md"


@pytest.mark.parametrize("still_made", [True, False])
def test_a_page_that_somebody_edited_is_neither_written_over_nor_removed(
    docs: Path, problems: Problems, *, still_made: bool
) -> None:
    publish([page("claims/a.md")], docs, problems)
    (docs / "claims/a.md").write_text("edited by hand")
    publish([page("claims/a.md", "new words")] if still_made else [], docs, problems)
    assert codes(problems) == ["P02"]
    assert (docs / "claims/a.md").read_text() == "edited by hand"


def test_an_edited_page_is_reported_every_time_until_it_is_gone(docs: Path) -> None:
    publish([page("claims/a.md")], docs, Problems())
    (docs / "claims/a.md").write_text("edited by hand")
    for _ in range(3):
        problems = Problems()
        publish([page("claims/a.md")], docs, problems)
        assert set(codes(problems)) <= {"P01", "P02"}
        assert len(problems) == 1
    (docs / "claims/a.md").unlink()
    problems = Problems()
    assert publish([page("claims/a.md")], docs, problems).written == 1
    assert len(problems) == 0


def test_an_edit_to_just_what_would_be_written_is_no_problem(docs: Path, problems: Problems) -> None:
    publish([page("claims/a.md")], docs, problems)
    (docs / "claims/a.md").write_text("new words")
    assert publish([page("claims/a.md", "new words")], docs, problems).unchanged == 1
    assert len(problems) == 0


@pytest.mark.parametrize(
    "paths",
    [["articles/a.md", "articles/a.md"], ["guide/a.md"], ["index.md"], ["articles/../../etc.md"], ["/articles/a.md"]],
    ids=["twice", "the guide", "the home page", "upwards", "absolute"],
)
def test_no_page_leaves_the_builders_folders(docs: Path, problems: Problems, paths: list[str]) -> None:
    with pytest.raises(PublishError) as caught:
        publish(map(page, paths), docs, problems)
    assert caught.value.problems[0].code == "P03"


def test_nothing_is_written_through_a_symbolic_link(docs: Path, problems: Problems, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    docs.mkdir()
    (docs / "articles").symlink_to(elsewhere)
    with pytest.raises(PublishError) as caught:
        publish([page("articles/a.md")], docs, problems)
    assert caught.value.problems[0].code == "P04"
    assert list(elsewhere.iterdir()) == []


def test_a_folder_where_a_page_has_to_go_is_one_clear_problem(docs: Path, problems: Problems) -> None:
    (docs / "claims/a.md").mkdir(parents=True)
    with pytest.raises(PublishError) as caught:
        publish([page("claims/a.md")], docs, problems)
    assert caught.value.problems[0].code == "P04"


def test_what_a_broken_publication_wrote_is_known_as_ours_the_next_time(docs: Path, problems: Problems) -> None:
    (docs / "claims/b.md").mkdir(parents=True)
    with pytest.raises(PublishError):
        publish([page("claims/a.md"), page("claims/b.md")], docs, problems)
    (docs / "claims/b.md").rmdir()
    publish([page("claims/a.md", "new words"), page("claims/b.md")], docs, problems)
    assert codes(problems) == []
    assert (docs / "claims/a.md").read_text() == "new words"


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"guide/x.md": "0"}', '{"../outside.md": "0"}'])
def test_a_damaged_manifest_removes_nothing_of_others(docs: Path, problems: Problems, manifest: str) -> None:
    (docs / "guide").mkdir(parents=True)
    (docs / "guide/x.md").write_text("mine")
    (docs.parent / "outside.md").write_text("mine")
    (docs / MANIFEST).parent.mkdir()
    (docs / MANIFEST).write_text(manifest)
    publish([page("claims/a.md")], docs, problems)
    assert (docs / "guide/x.md").is_file()
    assert (docs.parent / "outside.md").is_file()


def test_a_manifest_with_true_digests_cannot_reach_the_hand_written_pages(docs: Path, problems: Problems) -> None:
    (docs / "guide").mkdir(parents=True)
    (docs / "guide/x.md").write_text("mine")
    (docs / MANIFEST).parent.mkdir()
    (docs / MANIFEST).write_text(json.dumps({"guide/x.md": hashlib.sha256(b"mine").hexdigest()}))
    publish([page("claims/a.md")], docs, problems)
    assert (docs / "guide/x.md").is_file()


def home(body: str) -> Page:
    return page(".sourcebook/default-index.md", body)


def test_a_folder_without_a_home_page_gets_one_and_keeps_it_up_to_date(docs: Path, problems: Problems) -> None:
    assert publish([home("welcome")], docs, problems).written == 2
    assert (docs / "index.md").read_text() == "welcome"
    publish([home("welcome, all")], docs, problems)
    assert (docs / "index.md").read_text() == "welcome, all"
    assert publish([home("welcome, all")], docs, problems) == Report(written=0, unchanged=1, removed=0)


def test_a_home_page_that_somebody_wrote_or_edited_stays(docs: Path, problems: Problems) -> None:
    publish([home("welcome")], docs, problems)
    (docs / "index.md").write_text("my own")
    publish([home("welcome, all")], docs, problems)
    assert (docs / "index.md").read_text() == "my own"
    assert len(problems) == 0


def test_the_order_of_pages_changes_no_byte(docs: Path, problems: Problems, tmp_path: Path) -> None:
    pages = [page("claims/a.md"), page("articles/b/index.md", "b"), page("data/c.json", "{}")]
    publish(pages, docs, problems)
    publish(pages[::-1], tmp_path / "other", problems)
    assert snapshot(docs) == snapshot(tmp_path / "other")
