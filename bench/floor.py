"""The floor: one durable insert after another, by one process with a lock, nothing around it."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from bench.wrk import CLIENTS, Load


def bare_inserts(folder: Path, seconds: int) -> Load:
    """One row a transaction, WAL and synchronous FULL, `CLIENTS` threads taking turns."""
    connection = sqlite3.connect(folder / "floor.sqlite3", check_same_thread=False, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (words TEXT)")
    turn, waits, end = threading.Lock(), [], time.monotonic() + seconds

    def insert() -> None:
        while (began := time.monotonic()) < end:
            with turn:
                connection.execute("INSERT INTO t VALUES (?)", ("x" * 400,))
            waits.append(time.monotonic() - began)

    threads = [threading.Thread(target=insert) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    waits.sort()
    return Load(len(waits) / seconds, waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000, 0)
