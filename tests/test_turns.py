"""The turn to write: one holder among threads and processes, and nobody waits for the dead."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from threading import Event, Thread

import pytest

from forms_service.turns import Turns
from tests.conftest import ROOT

HOLDING = """
import sys
from forms_service.turns import Turns
with Turns(sys.argv[1]).mine():
    print("mine", flush=True)
    sys.stdin.read()
"""
#: A fork of a process that has had its turn: the child says that it holds it, then the parent wants it too.
FORKING = """
import os, sys
from forms_service.turns import Turns
turns = Turns(sys.argv[1])
with turns.mine():
    pass
read, write = os.pipe()
if os.fork() == 0:
    with turns.mine():
        os.write(write, b"!")
        sys.stdin.read()
        print("child is done", flush=True)
    os._exit(0)
os.read(read, 1)
print("child has it", flush=True)
with turns.mine():
    print("parent has it", flush=True)
os.wait()
"""


@contextmanager
def another_process(script: str, database: str) -> Iterator[subprocess.Popen[str]]:
    """It has said its first word, and ends when its standard input does."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script, database], cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as it:
        assert it.stdout is not None
        assert it.stdout.readline()
        try:
            yield it
        finally:
            it.kill()


def in_the_background(turns: Turns) -> tuple[Thread, Event]:
    """Someone who wants the turn, and whether he has had it."""
    had = Event()

    def wait() -> None:
        with turns.mine():
            had.set()

    thread = Thread(target=wait)
    thread.start()
    return thread, had


def test_one_thread_after_the_other(tmp_path: Path):
    turns = Turns(str(tmp_path / "x.sqlite3"))
    inside, most = 0, 0

    def take_turns() -> None:
        nonlocal inside, most
        for _ in range(20):
            with turns.mine():
                inside += 1
                most = max(most, inside)
                time.sleep(0.0005)
                inside -= 1

    threads = [Thread(target=take_turns) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_process_waits_until_another_is_done(tmp_path: Path):
    database = str(tmp_path / "x.sqlite3")
    with another_process(HOLDING, database) as holder:
        thread, had = in_the_background(Turns(database))
        assert not had.wait(0.2)
        assert holder.stdin is not None
        holder.stdin.close()
        assert had.wait(10)
        thread.join()


def test_a_killed_process_gives_its_turn_up(tmp_path: Path):
    database = str(tmp_path / "x.sqlite3")
    with another_process(HOLDING, database) as holder:
        thread, had = in_the_background(Turns(database))
        assert not had.wait(0.2)
        holder.kill()
        assert had.wait(10)
        thread.join()


def test_a_forked_process_stands_in_line_for_itself(tmp_path: Path):
    """What a fork inherits would count as one with its parent's: both would write at once."""
    with another_process(FORKING, str(tmp_path / "x.sqlite3")) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        said, _, _ = select([parent.stdout], [], [], 0.3)
        assert not said
        parent.stdin.close()
        assert parent.stdout.read().splitlines() == ["child is done", "parent has it"]


def test_whoever_fails_in_his_turn_gives_it_up(tmp_path: Path):
    turns = Turns(str(tmp_path / "x.sqlite3"))
    with pytest.raises(KeyboardInterrupt), turns.mine():
        raise KeyboardInterrupt
    thread, had = in_the_background(turns)
    assert had.wait(10)
    thread.join()


def test_a_second_turn_within_the_first_is_refused_instead_of_waited_for(tmp_path: Path):
    turns = Turns(str(tmp_path / "x.sqlite3"))
    with turns.mine(), pytest.raises(RuntimeError, match="writes already"), turns.mine():
        raise AssertionError


def test_a_database_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with Turns(":memory:").mine():
        pass
    assert not list(tmp_path.iterdir())
