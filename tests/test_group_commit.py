"""Writing together: everybody gets his own result, durably, and nobody pays for another's mistake."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from forms_service.db import make_engine
from forms_service.group_commit import GroupCommit
from forms_service.turns import Turns
from tests.conftest import ROOT

PATIENCE = 20

TWO_HUNDRED = """
import sys
from concurrent.futures import ThreadPoolExecutor
from sqlalchemy import text
from forms_service.db import Database, make_engine
database = Database(make_engine(f"sqlite:///{sys.argv[1]}"))
def add(number):
    return database.run(lambda c: c.execute(text("INSERT INTO words VALUES (:w)"), {"w": f"{sys.argv[2]}{number}"}))
with ThreadPoolExecutor(8) as pool:
    list(pool.map(add, range(200)))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "x.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE words (word TEXT PRIMARY KEY)")
    connection.close()
    return file


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def turns(path: Path) -> Turns:
    return Turns(str(path))


@pytest.fixture
def group(engine: Engine, turns: Turns) -> GroupCommit:
    return GroupCommit(engine, turns)


def adding(word: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})
        return word

    return work


def kept(path: Path) -> list[str]:
    """What another connection sees: what is committed."""
    connection = sqlite3.connect(path)
    words = [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]
    connection.close()
    return words


class Waiting:
    """Jobs that all came while somebody else wrote, so that they are done together."""

    def __init__(self, group: GroupCommit, turns: Turns) -> None:
        self.group, self.turns = group, turns

    def together(self, *works: Callable[[Connection], Any]) -> list[Any]:
        """What each was given, in order: its result, or what was raised."""
        answers: list[Any] = [None] * len(works)

        def run(place: int) -> None:
            try:
                answers[place] = self.group.run(works[place])
            except BaseException as error:
                answers[place] = error

        threads = [Thread(target=run, args=(place,), daemon=True) for place in range(len(works))]
        with self.turns.mine():
            for number, thread in enumerate(threads, start=1):
                thread.start()
                while len(self.group._waiting) < number:
                    assert thread.is_alive()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "somebody waits forever"
        return answers


@pytest.fixture
def waiting(group: GroupCommit, turns: Turns) -> Waiting:
    return Waiting(group, turns)


def test_each_gets_his_own_result(waiting: Waiting, path: Path):
    words = [f"word {number}" for number in range(9)]
    assert waiting.together(*map(adding, words)) == words
    assert kept(path) == words


def test_those_who_wait_share_one_transaction(waiting: Waiting):
    connections: list[object] = []
    waiting.together(*[lambda connection: connections.append(connection)] * 5)
    assert len(connections) == 5
    assert len(set(map(id, connections))) == 1


def test_more_than_fit_into_one_transaction_are_all_done(waiting: Waiting, path: Path):
    words = [f"word {number:02}" for number in range(70)]
    assert waiting.together(*map(adding, words)) == words
    assert kept(path) == words


def test_it_is_durable_before_it_returns(group: GroupCommit, path: Path):
    for word in ("one", "two"):
        group.run(adding(word))
        assert word in kept(path)


def test_one_that_fails_takes_nothing_from_the_others_and_leaves_nothing(waiting: Waiting, path: Path):
    def failing(connection: Connection) -> None:
        adding("of the one that fails")(connection)
        raise ValueError("a mistake of its own")

    first, second, third = waiting.together(adding("first"), failing, adding("third"))
    assert (first, third) == ("first", "third")
    assert isinstance(second, ValueError)
    assert kept(path) == ["first", "third"]


def test_the_same_word_twice_fails_for_the_second_only(waiting: Waiting, path: Path):
    first, second = waiting.together(adding("taken"), adding("taken"))
    assert first == "taken"
    assert isinstance(second, IntegrityError)
    assert kept(path) == ["taken"]


def test_a_job_that_fails_alone_is_not_run_again(group: GroupCommit):
    runs: list[object] = []

    def failing(connection: Connection) -> None:
        runs.append(connection)
        raise ValueError("a mistake of its own")

    with pytest.raises(ValueError, match="of its own"):
        group.run(failing)
    assert len(runs) == 1


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_thread_that_is_ended_leaves_nobody_waiting(waiting: Waiting, path: Path, place: int):
    """Not even an exception that nothing may catch takes the others along; nobody's words are lost."""

    def interrupted(_connection: Connection) -> None:
        raise KeyboardInterrupt

    works: list[Callable[[Connection], Any]] = [adding("one"), adding("two"), adding("three")]
    works[place] = interrupted
    answers = waiting.together(*works)
    words = [answer for answer in answers if isinstance(answer, str)]
    assert kept(path) == sorted(words)
    # Whoever led while it happened is told so; of the others none.
    assert sum(isinstance(answer, KeyboardInterrupt) for answer in answers) <= place + 1


def test_after_a_failure_others_can_write(group: GroupCommit, path: Path):
    def interrupted(_connection: Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        group.run(interrupted)
    assert group.run(adding("later")) == "later"
    assert kept(path) == ["later"]


def test_a_database_that_refuses_tells_everybody_once(path: Path, turns: Turns):
    """Another program holds it: all are told after one wait, not each after a wait of his own."""
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=100")
    program = sqlite3.connect(path, isolation_level=None)
    program.execute("BEGIN IMMEDIATE")
    asked: list[object] = []
    event.listen(engine, "checkout", lambda connection, *_: asked.append(connection))
    group = GroupCommit(engine, turns)
    answers = Waiting(group, turns).together(*map(adding, "abc"))
    program.execute("ROLLBACK")
    program.close()
    assert len(asked) == 1
    assert [type(answer) for answer in answers] == [OperationalError] * 3
    assert group.run(adding("afterwards")) == "afterwards"
    engine.dispose()


def test_where_nobody_can_stand_in_line_each_is_told(path: Path, engine: Engine):
    group = GroupCommit(engine, Turns("/nowhere/at/all.sqlite3"))
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            group.run(adding("unheard"))
    assert kept(path) == []


def test_a_job_that_would_wait_for_itself_is_refused(group: GroupCommit):
    with pytest.raises(RuntimeError, match="writes already"):
        group.run(lambda _connection: group.run(adding("within")))


def test_whoever_writes_otherwise_waits_for_his_turn(group: GroupCommit, turns: Turns):
    done = Event()
    thread = Thread(target=lambda: (group.run(adding("late")), done.set()))
    with turns.mine():
        thread.start()
        assert not done.wait(0.2)
    assert done.wait(PATIENCE)
    thread.join()


def test_many_threads_lose_nothing(group: GroupCommit, path: Path):
    words = [f"word {number:03}" for number in range(300)]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda word: group.run(adding(word)), words)) == words
    assert kept(path) == words


def test_two_processes_lose_nothing(path: Path):
    command = [sys.executable, "-c", TWO_HUNDRED, str(path)]
    processes = [subprocess.Popen([*command, name], cwd=ROOT) for name in "ab"]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert kept(path) == sorted(f"{name}{number}" for name in "ab" for number in range(200))
