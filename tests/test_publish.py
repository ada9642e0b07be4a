"""Publishing: only what changed is written, only what is ours is touched."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from places import codes, snapshot

from build_tools.model import Page
from build_tools.pipeline._pages import Made
from build_tools.problems import Problems, PublishError
from build_tools.publish import JOURNAL, MANIFEST, Report, publish


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


def broken(pages: list[Page], end: BaseException) -> Iterator[Page]:
    yield from pages
    raise end


@pytest.mark.parametrize("end", [KeyboardInterrupt(), ValueError("a mistake of ours")], ids=["Ctrl+C", "a mistake"])
def test_what_was_written_before_the_end_is_ours_the_next_time(docs: Path, problems: Problems, end: BaseException) -> None:
    publish([page("claims/a.md", "first"), page("data/old.json")], docs, problems)
    with pytest.raises(type(end)):
        publish(broken([page("claims/a.md", "second"), page("claims/b.md")], end), docs, problems)
    report = publish([page("claims/a.md", "third"), page("claims/c.md")], docs, problems)
    assert (codes(problems), report) == ([], Report(written=2, unchanged=0, removed=2))
    assert snapshot(docs).keys() == {"claims/a.md", "claims/c.md", MANIFEST}


def test_what_a_person_wrote_after_a_broken_publication_is_not_ours(docs: Path, problems: Problems) -> None:
    with pytest.raises(KeyboardInterrupt):
        publish(broken([page("claims/a.md"), page("claims/b.md")], KeyboardInterrupt()), docs, problems)
    (docs / "claims/a.md").write_text("edited by hand")
    publish([page("claims/a.md", "new words"), page("claims/b.md", "new words")], docs, problems)
    assert codes(problems) == ["P01"]
    assert (docs / "claims/a.md").read_text() == "edited by hand"
    assert (docs / "claims/b.md").read_text() == "new words"


@pytest.mark.parametrize("line", ["", "x", "0 articles/a.md", *(f"{{digest}} {path}" for path in ("guide/x.md", "../outside.md"))])
def test_a_damaged_journal_makes_nothing_of_others_ours(docs: Path, problems: Problems, line: str) -> None:
    (docs / "guide").mkdir(parents=True)
    for file in (docs / "guide/x.md", docs.parent / "outside.md"):
        file.write_text("mine")
    (docs / JOURNAL).parent.mkdir()
    (docs / JOURNAL).write_bytes(line.replace("{digest}", hashlib.sha256(b"mine").hexdigest()).encode() + b"\n\xff\n")
    publish([page("claims/a.md")], docs, problems)
    assert snapshot(docs).keys() == {"claims/a.md", "guide/x.md", MANIFEST}
    assert (docs.parent / "outside.md").is_file()


def divided(pages: list[Page], *, by: int = 3) -> Made:
    return Made([partial(iter, pages[at : at + by]) for at in range(0, len(pages), by)], forked=True)


def test_divided_pages_come_to_the_same_as_others(docs: Path, tmp_path: Path) -> None:
    pages = [home("welcome"), *(page(f"claims/{number}.md", f"words {number}") for number in range(40))]
    later = [page(one.path, "new words") if place % 3 else one for place, one in enumerate(pages[:30])]
    found = []
    for folder, form in ((docs, divided), (tmp_path / "other", list)):
        problems = Problems()
        first = publish(form(pages), folder, problems)
        (folder / "claims/7.md").write_text("edited by hand")
        (folder / "claims/38.md").write_text("edited by hand")
        found.append((first, publish(form(later), folder, problems), list(problems), snapshot(folder)))
    assert [problem.code for problem in found[0][2]] == ["P02", "P02"]
    assert [(str(p.file).partition("/")[2], p.message) for p in found[0][2]] == [
        (str(p.file).partition("/")[2], p.message) for p in found[1][2]
    ]
    assert (found[0][:2], found[0][3]) == (found[1][:2], found[1][3])


@pytest.mark.parametrize("paths", [["claims/a.md", "claims/b.md", "claims/a.md"], ["claims/a.md", "guide/a.md"]])
def test_divided_pages_are_checked_like_others(docs: Path, problems: Problems, paths: list[str]) -> None:
    with pytest.raises(PublishError) as caught:
        publish(divided(list(map(page, paths)), by=1), docs, problems)
    assert caught.value.problems[0].code == "P03"
    publish(divided([page("claims/a.md", "new words")], by=1), docs, problems)
    assert (codes(problems), (docs / "claims/a.md").read_text()) == ([], "new words")


@pytest.mark.parametrize("left", [b"", b"new wo"], ids=["nothing", "a beginning"])
def test_a_page_that_we_wrote_half_of_is_written_whole(docs: Path, problems: Problems, left: bytes) -> None:
    publish([page("claims/a.md", "first")], docs, problems)
    with pytest.raises(KeyboardInterrupt):
        publish(broken([page("claims/a.md", "new words")], KeyboardInterrupt()), docs, problems)
    (docs / "claims/a.md").write_bytes(left)
    publish([page("claims/a.md", "new words")], docs, problems)
    assert (codes(problems), (docs / "claims/a.md").read_text()) == ([], "new words")
    (docs / "claims/a.md").write_bytes(left)  # now it is no longer we who left it so
    publish([page("claims/a.md", "new words")], docs, problems)
    assert (codes(problems), (docs / "claims/a.md").read_bytes()) == (["P02"], left)


def test_the_journal_is_not_written_through_a_link(docs: Path, problems: Problems, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (docs / JOURNAL).parent.mkdir(parents=True)
    (docs / JOURNAL).symlink_to(tmp_path / "mine.txt")
    with pytest.raises(PublishError):
        publish([page("claims/a.md")], docs, problems)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def dying(pages: list[Page], parent: int) -> Iterator[Page]:
    yield from pages
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.usefixtures("alone")
def test_pages_of_a_process_that_was_lost_are_written_all_the_same(docs: Path, problems: Problems) -> None:
    works = [partial(dying, [page(f"claims/{number}.md", f"words {number}")], os.getpid()) for number in range(60)]
    publish(Made(works, forked=True), docs, problems)
    assert codes(problems) == []
    assert snapshot(docs).keys() == {MANIFEST, *(f"claims/{number}.md" for number in range(60))}
