"""Kills the service again and again while 200 visitors post, then counts: nothing lost, nothing doubled.

python -m bench.kill --kills 1000 --seed 7
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.service import ARTICLE, SECRET, Service, write_site
from bench.visitors import Ledger, visit
from forms_service.db import Database, make_engine
from forms_service.links.tokens import read
from forms_service.models import Comment, ContactPoint, Event, Kind, OutboxMail, Person, Referral, Submission

VISITORS = 200
WORDS = {"comment": "text", "contact": "message", "referral": "need"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument(
        "--database-url", default="", help="an empty database; SQLite in a folder of its own unless told"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger, database = run(Path(folder), options.kills, options.seed, options.database_url)
        with database.read() as session:
            faults = verdict(session, ledger)
            print(report(session, ledger, options.kills))
    print("\n".join(faults) or "Every thank-you has its one submission and its one mail; no half rows, no doubles.")
    return 1 if faults else 0


def run(folder: Path, kills: int, seed: int, database_url: str) -> tuple[Ledger, Database]:
    """Let the visitors post through `kills` deaths of the service and one last life."""
    write_site(folder / "output")
    service, ledger, closing_time = Service(folder, database_url, warm=True), Ledger(), threading.Event()
    visitors = [
        threading.Thread(target=visit, args=(service.url, number, ledger, closing_time, ARTICLE))
        for number in range(VISITORS)
    ]
    chance = random.Random(seed)
    service.start()
    for visitor in visitors:
        visitor.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.02, 0.5))
        service.kill()
        service.start()
    closing_time.set()
    for visitor in visitors:
        visitor.join()
    service.end()
    return ledger, Database(make_engine(service.environ["DATABASE_URL"] or f"sqlite:///{folder}/var/gratitude.sqlite3"))


def verdict(session: Session, ledger: Ledger) -> list[str]:
    """Everything that is not as it should be, a line each."""
    faults = [f"a visitor was answered {status}: {what}" for status, what in ledger.odd[:5]]
    stored = Counter((s.kind, s.payload[WORDS[s.kind]]) for s in session.scalars(select(Submission)))
    faults += [f"lost: {words}" for words in ledger.thanked if stored[words] == 0]
    faults += [f"doubled: {words}" for words, times in stored.items() if times > 1]
    faults += [f"kept without ever being thanked: {words}" for words in stored.keys() - ledger.thanked.keys()]
    faults += [
        f"thanked for another submission: {words}" for words, seen in ledger.thanked.items() if leads_to(seen) != 1
    ]
    faults += half_rows(session)
    return faults


def leads_to(addresses: list[str]) -> int:
    """How many submissions these thank-you addresses are about."""
    tokens = {address.rpartition("/")[2] for address in addresses}
    return len({read(SECRET, token, datetime.now(UTC)).target for token in tokens})


def half_rows(session: Session) -> list[str]:
    """Submissions that lack a part of themselves, or parts that belong to none."""
    faults = []
    parts: dict[str, tuple[Any, Any, Any]] = {
        "mail": (OutboxMail.submission_id, select(Submission.id), ()),
        "event": (Event.submission_id, select(Submission.id), (Event.kind == Kind.SUBMITTED,)),
        "comment": (Comment.submission_id, select(Submission.id).where(Submission.kind == "comment"), ()),
        "referral": (Referral.submission_id, select(Submission.id).where(Submission.kind == "referral"), ()),
    }
    for name, (column, wanted, where) in parts.items():
        found = Counter(session.scalars(select(column).where(*where)))
        expected = Counter(session.scalars(wanted))
        if found != expected:
            faults.append(f"{name}: {sum(expected.values())} expected, {sum(found.values())} found")
    people = Counter(session.scalars(select(ContactPoint.normalised)))
    faults += [f"two people made of one: {address}" for address, times in people.items() if times > 1]
    return faults


def report(session: Session, ledger: Ledger, kills: int) -> str:
    """The counts of the run."""
    rows = {
        "kills": kills,
        "posts": ledger.posts,
        "of these unanswered": ledger.unanswered,
        "thank-yous": sum(len(seen) for seen in ledger.thanked.values()),
        "different words thanked for": len(ledger.thanked),
        "submissions": session.scalar(select(func.count()).select_from(Submission)),
        "mails": session.scalar(select(func.count()).select_from(OutboxMail)),
        "people": session.scalar(select(func.count()).select_from(Person)),
    }
    return "\n".join(f"{name:<28} {number:>7,}" for name, number in rows.items())


if __name__ == "__main__":
    sys.exit(main())
