"""Measures what the author opens each day, with many people and with ten times as many: pages, questions, time.

    python -m bench.people [--people 2000] [--rounds 15] [--more]

Each page is fetched by a signed-in browser of this process from two databases in turn, round after round, so that
both meet the same machine; what counts is the least time of processors: of this process, and for PostgreSQL also of
those of the server that work for it. `--more` adds a third database with ten times as many again. Ends with 1 where a
page asks more questions of the database with more people, or takes more than 1.3 times as long.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from bench.author import Author, config_in
from bench.population import counted, populate
from bench.service import ROOT, write_site
from forms_service.app import create_app
from forms_service.db import Database, make_engine, upgrade
from forms_service.people.trades import trades
from tests.support.databases import administer, named
from tests.support.postgres import throwaway_postgres

ALLOWED = 1.3
#: What he opens, by what it is called; the person and the referral are the same in every database.
PAGES = {
    "Today": "/dashboard/",
    "the list of people": "/dashboard/people",
    "search, what all have": "/dashboard/people?q=example.com",
    "search, one person": "/dashboard/people?q=potter108%40example.com",
    "search, a word many notes have": "/dashboard/people?q=harvest",
    "search, nothing found": "/dashboard/people?q=xylophone",
    "a person": "/dashboard/people/110",
    "a referral": "/dashboard/referrals/60",
    "the list of referrals": "/dashboard/referrals",
    "who can help": "/dashboard/needs/",
}


@dataclass
class House:
    """A service with so many people, and the author signed in to it."""

    title: str
    clock: Callable[[], float]
    author: Author
    counts: dict[str, int]
    questions: list[str] = field(default_factory=list)

    def fetch(self, path: str) -> tuple[float, int, int]:
        """Seconds, how often the database was asked, and how many bytes came back."""
        self.questions.clear()
        began = self.clock()
        answer = self.author.client.get(path)
        return self.clock() - began, len(self.questions), len(answer.data)


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.people", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000, help="how many; the other database has a tenth")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--more", action="store_true", help="also ten times as many, which takes some minutes")
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"), help="one database instead of both")
    options = parser.parse_args()
    sizes = [options.people // 10, options.people, *([options.people * 10] if options.more else [])]
    faults = [
        fault
        for name, engines in {"SQLite": sqlite, "PostgreSQL": postgres}.items()
        if options.only in (None, name)
        for fault in compared(name, engines, sizes, options.rounds)
    ]
    print("\n".join(faults) or f"No page asks more with more people, and none takes more than {ALLOWED} times as long.")
    return 1 if faults else 0


def compared(name: str, engines: Any, sizes: Sequence[int], rounds: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, engines(Path(folder), sizes) as made, ExitStack() as closing:
        houses = [
            _house(Path(folder) / str(size), f"{name}, {size:,}", engine, size, closing)
            for size, engine in zip(sizes, made, strict=True)
        ]
        _set_aside_what_stays()
        _tell(houses)
        return [fault for page, path in PAGES.items() for fault in _row(name, page, path, houses, rounds)]


def _set_aside_what_stays() -> None:
    """As deploy/gunicorn.conf.py does: what was loaded is not looked through for garbage with each page."""
    gc.collect()
    gc.freeze()


def _row(name: str, page: str, path: str, houses: Sequence[House], rounds: int) -> list[str]:
    for house in houses:
        house.author.get(path)  # warm, and a page that is there
    looks = [[house.fetch(path) for house in houses] for _ in range(rounds)]
    times = [min(look[number][0] for look in looks) for number in range(len(houses))]
    asked = [looks[0][number][1] for number in range(len(houses))]
    ratio = times[1] / times[0]
    spent = "".join(f"{seconds * 1000:>9.1f} ms" for seconds in times)
    sizes = " and ".join(f"{looks[0][number][2] / 1000:.0f}" for number in (0, 1))
    print(f"{page:<32}{asked[1]:>9}{spent}{ratio:>8.2f} ×{sizes:>14} kB", flush=True)
    faults = [f"{name}: {page} takes {ratio:.2f} times as long"] if ratio > ALLOWED else []
    if len(set(asked)) > 1:
        faults.append(f"{name}: {page} asks {' and '.join(map(str, asked))} questions")
    return faults


def _tell(houses: Sequence[House]) -> None:
    print(f"\n{houses[0].title.partition(',')[0]}")
    for house in houses:
        print("  " + ", ".join(f"{count:,} × {what.replace('_', ' ')}" for what, count in house.counts.items()))
    sizes = "".join(f"{house.counts['person']:>12,}" for house in houses)
    print(f"{'':<32}{'questions':>9}{sizes}   ratio    page")


def _house(folder: Path, title: str, engine: Engine, size: int, closing: ExitStack) -> House:
    upgrade(engine)
    database = Database(engine)
    closing.callback(engine.dispose)
    with database.write() as session:
        populate(session, size, trades(ROOT)[0], datetime.now(UTC))
    _settle(engine)
    write_site(folder / "output")
    app = create_app(config_in(folder, str(engine.url)), database)
    author = Author(app)
    author.sign_in()
    author.get("/dashboard/")  # with as many connections as a page takes
    with Session(engine) as session:
        house = House(title, _clock(session), author, counted(session))
    event.listen(engine, "before_cursor_execute", lambda *about: house.questions.append(about[2]))
    return house


def _clock(session: Session) -> Callable[[], float]:
    """Seconds of processors, those included that the server's processes for this database have had."""
    if session.get_bind().dialect.name == "sqlite":
        return time.process_time
    working = session.scalars(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).all()
    files = [Path(f"/proc/{number}/schedstat") for number in working]
    if not all(file.exists() for file in files):
        return time.perf_counter
    return lambda: time.process_time() + sum(int(file.read_text().split()[0]) for file in files) / 1e9


def _settle(engine: Engine) -> None:
    """What the database does by itself in time: count its rows for the planner."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def sqlite(folder: Path, sizes: Sequence[int]) -> Iterator[list[Engine]]:
    for size in sizes:
        (folder / str(size) / "var").mkdir(parents=True)
    yield [make_engine(f"sqlite:///{folder / str(size) / 'var/gratitude.sqlite3'}") for size in sizes]


@contextmanager
def postgres(folder: Path, sizes: Sequence[int]) -> Iterator[list[Engine]]:
    with throwaway_postgres() as server:
        for size in sizes:
            (folder / str(size) / "var").mkdir(parents=True)
            administer(server, f"CREATE DATABASE people_{size}")
        yield [make_engine(named(server, f"people_{size}")) for size in sizes]


if __name__ == "__main__":
    sys.exit(main())
