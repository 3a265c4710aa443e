"""Many small writes, one durable transaction: whoever's turn it is to write takes along everyone who waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from forms_service.turns import Turns

Result = TypeVar("Result")
#: More would make the first of them wait too long for the last.
MOST_TOGETHER = 32


@dataclass
class Job(Generic[Result]):
    """Work for one visitor, and what came of it."""

    work: Callable[[Connection], Result]
    done: bool = False
    result: Result | None = None
    error: Exception | None = None

    def outcome(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # set together with `done`


class GroupCommit:
    """Runs jobs in the order they came. Each is committed, durably, before `run` returns its result.

    Most of a small transaction's time is its beginning and its commit. Under load several threads wait
    for their turn to write; the first of them does the work of all in one transaction, and the others
    find theirs done. If one job fails, all are taken back and each is run by itself, so that a visitor
    never pays for another's mistake.
    """

    def __init__(self, engine: Engine, turns: Turns) -> None:
        self._engine, self._turns = engine, turns
        self._waiting: deque[Job[Any]] = deque()

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` returns, once it is committed; raises what it raised, with nothing of it kept."""
        job = Job(work)
        self._waiting.append(job)
        while not job.done:
            with self._turns.mine(unless=lambda: job.done) as mine:
                if mine:
                    self._run_all([self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))])
        return job.outcome()

    def _run_all(self, jobs: list[Job[Any]]) -> None:
        try:
            with self._engine.begin() as connection:
                results = [job.work(connection) for job in jobs]
        except Exception:
            for job in jobs:
                self._run_alone(job)
        else:
            for job, result in zip(jobs, results, strict=True):
                job.result, job.done = result, True

    def _run_alone(self, job: Job[Any]) -> None:
        try:
            with self._engine.begin() as connection:
                job.result = job.work(connection)
        except Exception as error:
            job.error = error
        job.done = True
