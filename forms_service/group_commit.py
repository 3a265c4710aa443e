"""Many small writes, one durable transaction: whoever's turn it is to write takes along everyone who waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from forms_service.turns import Turns

Result = TypeVar("Result")
#: More would make the first of them wait too long for the last.
MOST_TOGETHER = 32


class Job(Generic[Result]):
    """Work for one visitor, and what came of it."""

    def __init__(self, work: Callable[[Connection], Result]) -> None:
        self.work = work
        self.done = False
        self.result: Result | None = None
        self.error: Exception | None = None
        #: Let go of when it is done, or when its thread is to lead. An Event would take four times as long.
        self._uncalled = Lock()
        self._uncalled.acquire()

    def call(self) -> None:
        """Wake its thread. Once: it waits no second time."""
        self._uncalled.release()

    def wait(self) -> None:
        self._uncalled.acquire()

    def end(self, result: Result | None = None, error: Exception | None = None) -> None:
        self.result, self.error, self.done = result, error, True

    def outcome(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # set together with `done`


class GroupCommit:
    """Runs jobs in the order they came. Each is committed, durably, before `run` returns its result.

    Most of a small transaction's time is its beginning and its commit. Under load several threads wait
    to write; the first of them leads: it does the work of all in one transaction, and calls each of them
    when it is done. Who came meanwhile is led by the first among them. If one job fails, all are taken
    back and each is run by itself, so that a visitor never pays for another's mistake.
    """

    def __init__(self, engine: Engine, turns: Turns) -> None:
        self._engine, self._turns = engine, turns
        self._waiting: deque[Job[Any]] = deque()
        self._led = False
        self._lock = Lock()  # for these two, never held while anything is written

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` returns, once it is committed; raises what it raised, with nothing of it kept."""
        self._turns.refuse_second()
        job = Job(work)
        if not self._leads(job):
            job.wait()
        if not job.done:
            self._lead()
        return job.outcome()

    def _leads(self, job: Job[Any]) -> bool:
        """Stand in line; True if nobody is there to lead."""
        with self._lock:
            self._waiting.append(job)
            leads, self._led = not self._led, True
        return leads

    def _lead(self) -> None:
        """Do the work of those who wait. The leader's own job is always the first."""
        jobs: list[Job[Any]] = []
        try:
            with self._turns.mine():
                jobs = self._take(MOST_TOGETHER)
                self._run_all(jobs)
        finally:
            self._pass_on(jobs or self._take(1))

    def _take(self, most: int) -> list[Job[Any]]:
        with self._lock:
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), most))]

    def _pass_on(self, jobs: list[Job[Any]]) -> None:
        """Call who is done and who leads next. Whatever befell the leader itself, the others lose nothing."""
        with self._lock:
            self._waiting.extendleft(reversed([job for job in jobs[1:] if not job.done]))
            following = self._waiting[0] if self._waiting else None
            self._led = following is not None
        if following:
            following.call()
        for job in jobs[1:]:
            if job.done:
                job.call()

    def _run_all(self, jobs: list[Job[Any]]) -> None:
        working = False
        try:
            with self._engine.begin() as connection:
                working = True
                results = [job.work(connection) for job in jobs]
                working = False
        except Exception as error:
            if working and len(jobs) > 1:
                for job in jobs:
                    self._run_all([job])
            else:  # the database itself refused, or there is nobody else to blame
                for job in jobs:
                    job.end(error=error)
        else:
            for job, result in zip(jobs, results, strict=True):
                job.end(result)
