"""Turns: so many at a time, the most urgent of those that wait first, and each is given back, whatever
happens.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from gba_analysis.pages import processor_turns as module
from gba_analysis.pages.processor_turns import Turns

PATIENCE = 20


def holders(turns, ranks):
    """The ranks in the order in which they get the only turn, if all of them wait for it when it is given
    back.
    """
    order, waiting = [], []

    def hold(rank):
        with turns.of(rank):
            order.append(rank)

    with ThreadPoolExecutor(len(ranks)) as pool:
        with turns.of(0):
            for number, rank in enumerate(ranks, 1):
                waiting.append(pool.submit(hold, rank))
                while len(order) + len(turns._waiting) < number:
                    time.sleep(0.001)
            assert order == []
        for each in waiting:
            each.result(PATIENCE)
    return order


@pytest.mark.parametrize("ranks", [[1, 0], [0, 1], [1, 1, 0, 1, 0]])
def test_the_most_urgent_is_next(ranks):
    assert holders(Turns(), ranks) == sorted(ranks)


def test_as_many_hold_a_turn_as_there_are_and_no_more():
    turns, two, three = Turns(), threading.Barrier(2), threading.Barrier(3)
    turns.add(1)

    def meet(barrier, patience):
        with turns.of(0):
            barrier.wait(patience)

    with ThreadPoolExecutor(3) as pool:
        for met in [pool.submit(meet, two, PATIENCE) for _ in range(2)]:
            met.result()
        missed = [pool.submit(meet, three, 0.2) for _ in range(3)]
        for miss in missed:
            with pytest.raises(threading.BrokenBarrierError):
                miss.result()


def test_an_error_gives_the_turn_back():
    turns, taken = Turns(), threading.Event()
    with pytest.raises(OSError), turns.of(0):
        raise OSError

    def take():
        with turns.of(0):
            taken.set()

    threading.Thread(target=take, daemon=True).start()
    assert taken.wait(PATIENCE)


def test_a_turn_says_how_long_it_was_held_without_the_waiting(monkeypatch):
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: clock.now))

    class Busy(Turns):
        def take(self, rank):
            clock.now += 50
            super().take(rank)

    turn = Busy().of(0)
    assert turn.seconds == 0
    with turn:
        clock.now += 1.5
    clock.now += 7
    with pytest.raises(OSError), turn:
        clock.now += 0.25
        raise OSError
    assert turn.seconds == 1.75
