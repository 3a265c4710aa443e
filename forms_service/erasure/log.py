"""`var/erasures.jsonl`: who was erased when, as row numbers, kept apart from the archives so that it outlives them.

An archive of before an erasure still holds the person. `make restore ERASURES=…` applies what this file says again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bridge.files import replace_file
from bridge.lock import locked
from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.clock import let_go_of
from forms_service.erasure.erase import erase_comment, erase_person, erase_referred
from forms_service.models import Actor, Event, ImportedComment, Person, Referral

NAME = "erasures.jsonl"


class ErasureLogError(Exception):
    """The file cannot be read; the message is one line with the remedy."""


@dataclass(frozen=True, order=True)
class Erasure:
    """Exactly one of `person_id` and `referral_id` is a row's number, the other 0; or both are 0 and `source_id` tells.

    An imported comment is told by its source id: it has got another number if its import was taken back and made again.
    `actor`: the author, at the person's wish, or the system, when the thirty days were over.
    """

    at: datetime
    person_id: int
    referral_id: int
    source_id: str = ""
    actor: Actor = Actor.AUTHOR


def read_log(path: Path) -> list[Erasure]:
    """What the file says; nothing if it is not there. Raises ErasureLogError."""
    number, found = 0, []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):  # noqa: B007
            said = json.loads(line)
            named = int(said["person"]), int(said["referral"]), str(said.get("comment", ""))
            found.append(Erasure(datetime.fromisoformat(said["at"]), *named, Actor(said.get("by", Actor.AUTHOR))))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ErasureLogError(
            f"{path}:{number}: this is no list of erasures ({error}); take the copy beside a later archive"
        ) from None
    return found


def later_than(path: Path, moment: datetime) -> int:
    """How many erasures the file names that an archive of `moment` knows nothing of. Raises ErasureLogError."""
    return sum(erasure.at >= moment for erasure in read_log(path))


def copy_log(source: Path, target: Path) -> None:
    """Let `target` name what `source` names, too. Raises ErasureLogError."""
    if entries := read_log(source):
        _write(target, {*entries, *read_log(target)})


def keep_log(database: Database, config: Config) -> None:
    """Write down whatever the database knows and the file does not. Nothing is ever taken from it."""
    path = config.var_dir / NAME
    known = read_log(path)
    with database.read() as session:
        missing = sorted(set(_erasures(session)) - set(known))
    if missing:
        with locked(config.lock_file):
            _write(path, {*read_log(path), *missing})


def _write(path: Path, entries: set[Erasure]) -> None:
    """Of two entries of one erasure the one that names the system stays: older lists did not say by whom it was."""
    told = {(each.at, each.person_id, each.referral_id, each.source_id): each for each in sorted(entries)}
    replace_file(path, "".join(map(_written, told.values())).encode(), durable=True)


def _erasures(session: Session) -> list[Erasure]:
    # Whom it was about is looked at here: a database that were asked would look among all that is about no submission.
    listed = [
        Erasure(event.at, event.person_id or 0, event.referral_id or 0, "", Actor(event.actor))
        for event in session.scalars(select(Event).where(Event.is_erasure()))
        if event.submission_id is None and event.comment_id is None
    ]
    imported = select(Event.at, ImportedComment.source_id).join(
        ImportedComment, ImportedComment.comment_id == Event.comment_id
    )
    rows = session.execute(imported.where(Event.is_erasure()))
    return listed + [Erasure(at, 0, 0, source_id) for at, source_id in rows]


def _written(erasure: Erasure) -> str:
    said: dict[str, object] = {
        "at": erasure.at.isoformat(), "person": erasure.person_id, "referral": erasure.referral_id
    }  # fmt: skip
    if erasure.source_id:
        said["comment"] = erasure.source_id
    if erasure.actor != Actor.AUTHOR:
        said["by"] = str(erasure.actor)
    return json.dumps(said) + "\n"


def apply_again(session: Session, erasures: list[Erasure], since: datetime) -> int:
    """Erase once more whoever was erased at `since` or later and stands in the database again; how many that were."""
    done = 0
    for erasure in erasures:
        # A row that is younger than the erasure is somebody else, who has got the number since.
        if erasure.at >= since and _stood_there(session, erasure):
            done += _erase(session, erasure) is not None
    return done


def _erase(session: Session, erasure: Erasure) -> Event | None:
    if erasure.source_id:
        number = _imported(session, erasure)
        return erase_comment(session, number, erasure.at) if number else None
    if erasure.person_id:
        return erase_person(session, erasure.person_id, erasure.at)
    if erasure.actor == Actor.SYSTEM:
        return let_go_of(session, session.get_one(Referral, erasure.referral_id), erasure.at)
    return erase_referred(session, erasure.referral_id, erasure.at)


def _imported(session: Session, erasure: Erasure) -> int | None:
    return session.scalar(select(ImportedComment.comment_id).where(ImportedComment.source_id == erasure.source_id))


def _stood_there(session: Session, erasure: Erasure) -> bool:
    if erasure.source_id:
        return _imported(session, erasure) is not None
    if erasure.person_id:
        person = session.get(Person, erasure.person_id)
        return person is not None and person.created_at <= erasure.at
    referral = session.get(Referral, erasure.referral_id)
    return referral is not None and referral.received_at <= erasure.at
