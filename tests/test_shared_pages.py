"""Two processes that take works in turn: nothing is lost, nothing is done in another order than it seems."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from functools import partial

import pytest

from build_tools._pipeline_aside import can_fork
from build_tools._pipeline_pages import Made
from build_tools.model import Page

pytestmark = pytest.mark.skipif(not can_fork(), reason="no second process here")
HERE = os.getpid()


def work(number: int) -> Iterator[Page]:
    time.sleep(0.005)
    yield Page(path=f"claims/{number}.md", body=b"x" * number)


def failing(number: int) -> Iterator[Page]:
    raise ValueError(number)
    yield


def made(number: int, **others: partial[Iterator[Page]]) -> Made:
    return Made([others.get(f"at{place}", partial(work, place)) for place in range(number)], forked=True)


def sizes(pages: Iterable[Page]) -> list[int]:
    return [len(page.body) for page in pages]


def pid(pages: Iterable[Page]) -> int:
    list(pages)
    return os.getpid()


def test_results_come_in_the_order_of_the_works_from_two_processes() -> None:
    assert list(made(40).each(sizes)) == [[number] for number in range(40)]
    assert len(set(made(100).each(pid))) == 2


def test_pages_can_be_had_one_by_one() -> None:
    assert [page.path for page in made(3)] == ["claims/0.md", "claims/1.md", "claims/2.md"]


def test_no_works_are_no_trouble() -> None:
    assert list(made(0).each(sizes)) == []


@pytest.mark.parametrize("attempt", range(3))
def test_the_first_mistake_is_the_one_that_shows(attempt: int) -> None:
    with pytest.raises(ValueError, match=r"^2$"):
        list(made(20, at2=partial(failing, 2), at5=partial(failing, 5), at19=partial(failing, 19)).each(sizes))
    assert multiprocessing.active_children() == []


def test_results_too_big_for_the_pipe_arrive() -> None:
    found = list(made(20).each(lambda pages: (os.getpid(), bytes(50_000), sizes(pages))))
    assert [size for _, _, size in found] == [[number] for number in range(20)]


def test_ctrl_c_ends_both() -> None:
    def use(pages: Iterable[Page]) -> bytes:
        list(pages)
        if os.getpid() == HERE:
            time.sleep(0.1)
            raise KeyboardInterrupt
        return bytes(200_000)

    with pytest.raises(KeyboardInterrupt):
        list(made(1000).each(use))
    assert multiprocessing.active_children() == []


def test_the_collector_is_left_as_it_was() -> None:
    usual = gc.get_threshold()
    list(made(4).each(sizes))
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usual, 0)
