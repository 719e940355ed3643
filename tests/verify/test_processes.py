"""Several processes prove what one does, and none of them is left behind whatever ends the proof."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing import active_children
from types import SimpleNamespace

import pytest

from scorewright.plugin.emulation import UnreadableBundleError
from scorewright.plugin.registry import load
from scorewright.verify import processes
from scorewright.verify.asked import EmulatorFaultError
from scorewright.verify.processes import together
from scorewright.verify.work import Job, Work
from tests.verify.shipped import compiled, task_of


@pytest.fixture(scope="module")
def task():
    return task_of(compiled("minimal", "marketo"))._replace(effort=1, worlds=2)


def test_two_find_what_one_does(task):
    assert together(task, load("marketo"), 2, Work) == Work(task, load("marketo")).do(Job(0, 1))
    assert active_children() == []


def test_an_interrupt_ends_all_of_them(task, monkeypatch):
    def interrupted(*_):
        assert len(active_children()) == 2
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        together(task, load("marketo"), 2, Work)
    assert active_children() == []


def gone(_):
    os._exit(9)


def test_one_that_ends_by_itself_is_told_and_ends_the_others(task, monkeypatch):
    monkeypatch.setattr(processes, "_part", gone)
    with pytest.raises(EmulatorFaultError, match="ended its process, or the system did for want of memory"):
        together(task, load("marketo"), 2, Work)
    assert active_children() == []


def test_what_the_emulator_refuses_to_read_comes_back_as_it_is(task):
    tables = {**task.bundle.tables, "nonsense": ({"name": "x"},)}
    odd = task._replace(
        bundle=task.bundle.__class__(tables, task.bundle.gauges, task.bundle.bounds, task.bundle.facts)
    )
    with pytest.raises(UnreadableBundleError, match="nonsense"):
        together(odd, load("marketo"), 2, Work)
    assert active_children() == []


def test_processes_start_deaf_to_interrupts_and_their_parent_hears_again():
    heard = signal.getsignal(signal.SIGINT)
    with processes._deaf_to_interrupts():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is heard


def test_in_another_thread_signals_are_left_alone():
    found = []

    def look():
        with processes._deaf_to_interrupts():
            found.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [signal.getsignal(signal.SIGINT)]


def test_a_worker_ends_with_its_parent(monkeypatch):
    ended = []
    monkeypatch.setattr(
        multiprocessing, "parent_process", lambda: SimpleNamespace(join=lambda: ended.append("joined"))
    )
    monkeypatch.setattr(os, "_exit", ended.append)
    processes._end_with_the_parent()
    assert ended == ["joined", 1]
