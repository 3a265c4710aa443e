"""How often one client may post: counted in our own table, or in a storage of its own that may fail."""

import dataclasses
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import RateWindow
from forms_service.rate_limit import Limit, allow, client_key

FIVE = Limit(5, 10)
CLIENT = "203.0.113.77"
REDIS = shutil.which("redis-server") or shutil.which("valkey-server")


@pytest.fixture
def limited(config: Config) -> Config:
    return dataclasses.replace(config, ratelimit_enabled=True)


def times(database: Database, config: Config, now: datetime, count: int, client: str = CLIENT) -> list[bool]:
    return [allow(database, config, "forms/contact", client, now, FIVE) for _ in range(count)]


def test_so_many_pass_and_then_no_more(database: Database, limited: Config, now: datetime):
    assert times(database, limited, now, 7) == [True] * 5 + [False] * 2


def test_another_client_and_another_form_are_counted_apart(database: Database, limited: Config, now: datetime):
    times(database, limited, now, 6)
    assert times(database, limited, now, 1, "198.51.100.4") == [True]
    assert allow(database, limited, "forms/comment", CLIENT, now, FIVE)


def test_a_household_is_one_client_and_its_neighbour_another(database: Database, limited: Config, now: datetime):
    for last in range(5):
        assert times(database, limited, now, 1, f"2001:db8:1:2::{last}") == [True]
    assert times(database, limited, now, 1, "2001:db8:1:2:ffff::1") == [False]
    assert times(database, limited, now, 1, "2001:db8:1:3::1") == [True]


def test_the_window_slides(database: Database, limited: Config, now: datetime):
    """`now` opens a window of ten minutes; half of it still counts five minutes into the next."""
    assert times(database, limited, now, 5) == [True] * 5
    assert times(database, limited, now + timedelta(minutes=15), 3) == [True, True, False]


def test_after_two_windows_everything_is_forgotten(database: Database, limited: Config, now: datetime):
    times(database, limited, now, 9)
    assert times(database, limited, now + timedelta(minutes=20), 5) == [True] * 5


def test_who_keeps_pressing_waits_no_longer_for_it(database: Database, limited: Config, now: datetime):
    times(database, limited, now, 50)
    assert times(database, limited, now + timedelta(minutes=19), 1) == [True]


def test_what_is_stored_is_no_address(database: Database, limited: Config, now: datetime):
    times(database, limited, now, 1)
    with database.read() as session:
        (window,) = session.scalars(select(RateWindow))
    assert window.key == client_key(limited.secret_key, "forms/contact", CLIENT)
    assert window.key != client_key("another secret", "forms/contact", CLIENT)


def test_all_who_come_at_once_are_counted(database: Database, limited: Config, now: datetime):
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: times(database, limited, now, 1)[0], range(12)))
    assert answers.count(True) == 5


def test_switched_off_nobody_is_counted(database: Database, config: Config, now: datetime):
    assert times(database, config, now, 9) == [True] * 9
    with database.read() as session:
        assert session.scalars(select(RateWindow)).all() == []


def test_a_table_that_is_away_lets_everyone_pass(database: Database, limited: Config, now: datetime):
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE rate_window"))
    assert times(database, limited, now, 9) == [True] * 9


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test's own, on a socket."""
    assert REDIS is not None
    place = tmp_path / "redis.sock"
    server = subprocess.Popen(
        [REDIS, "--port", "0", "--unixsocket", str(place), "--save", ""], stdout=subprocess.DEVNULL, cwd=tmp_path
    )
    try:
        deadline = time.monotonic() + 10
        while not place.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"redis+unix://{place}"
    finally:
        server.kill()
        server.wait()


#: Where there is a Redis, the test runs against it too; the library's own storage is always there.
STORAGES = ["memory", *(["redis"] if REDIS else [])]


@pytest.mark.parametrize("storage", STORAGES)
def test_a_storage_of_its_own_counts_the_same(limited: Config, now: datetime, storage: str, request, tmp_path: Path):
    url = request.getfixturevalue("redis") if storage == "redis" else f"memory://{tmp_path.name}"
    config = dataclasses.replace(limited, ratelimit_storage_url=url)
    assert times(None, config, now, 7) == [True] * 5 + [False] * 2  # type: ignore[arg-type]  # no database is asked


def test_a_storage_that_refuses_lets_everyone_pass(database: Database, limited: Config, now: datetime):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{closed.getsockname()[1]}"
        assert times(database, dataclasses.replace(limited, ratelimit_storage_url=url), now, 6) == [True] * 6


def test_a_storage_that_nothing_speaks_to_lets_everyone_pass(limited: Config, now: datetime):
    for url in ("redsi://localhost", "redis://localhost:six", "valkey://localhost"):
        config = dataclasses.replace(limited, ratelimit_storage_url=url)
        assert times(None, config, now, 6) == [True] * 6  # type: ignore[arg-type]  # no database is asked


def test_a_storage_that_hangs_keeps_nobody_waiting(database: Database, limited: Config, now: datetime):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        assert times(database, dataclasses.replace(limited, ratelimit_storage_url=url), now, 1) == [True]
        assert time.monotonic() - begun < 5
