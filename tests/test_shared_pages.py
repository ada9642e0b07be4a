"""Two processes that take works in turn: nothing is lost, nothing is done in another order than it seems."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from functools import partial

import pytest

from build_tools.model import Page
from build_tools.pipeline._pages import Made
from build_tools.processes import _hear, shared_out, side_by_side

pytestmark = pytest.mark.usefixtures("alone")
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


def lost(number: int, size: int) -> tuple[int, bytes]:
    """Do a piece of work; the child dies in its third, or while it sends what came of it."""
    if os.getpid() == HERE:
        time.sleep(0.02)
    else:
        LOST.append(number)
        if len(LOST) == 3:
            os._exit(1)
    return number, bytes(size)


LOST: list[int] = []


@pytest.mark.parametrize("size", [1, 100_000])
def test_what_a_lost_child_had_not_sent_is_missing_and_done_again(size: int) -> None:
    works = [partial(lost, number, size) for number in range(30)]
    done = shared_out(works)
    assert 20 < len(done) < 30
    assert all(found == (place, bytes(size)) for place, found in done.items())
    assert list(made(30).each(lambda pages: lost(sizes(pages)[0], size))) == [(number, bytes(size)) for number in range(30)]
    assert multiprocessing.active_children() == []


class Dying:
    """Half of a message that a process dies over."""

    def __reduce__(self) -> tuple[type[int], tuple[()]]:
        if os.getpid() != HERE:
            os._exit(1)
        return int, ()


def test_a_child_that_dies_while_it_answers_is_replaced() -> None:
    assert len(shared_out([lambda: (time.sleep(0.02), Dying())] * 20)) == 19
    first, second = side_by_side(lambda: (os.getpid(), bytes(100_000), Dying()), lambda: 2, forked=True)
    assert (first[0], second) == (HERE, 2)


def test_a_message_cut_short_is_no_message() -> None:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    os.write(sender.fileno(), (1000).to_bytes(4, "big") + b"half")
    sender.close()
    heard: dict[int, bytes] = {}
    assert not _hear(receiver, heard)
    assert heard == {}


def test_the_collector_is_left_as_it_was() -> None:
    usual = gc.get_threshold()
    list(made(4).each(sizes))
    assert gc.isenabled()
    assert gc.get_threshold() == usual
