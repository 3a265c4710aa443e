"""Who sent it: a new person, unconfirmed, or a claim to be one we know, which changes nothing about him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, select, text

from forms_service.forms import BaseForm
from forms_service.intake.arrival import Sender
from forms_service.intake.rows import add
from forms_service.models import ContactPoint, Person
from forms_service.people.folding import fold
from forms_service.prepared import Prepared


@dataclass(frozen=True)
class Address:
    """A way to reach the sender: as typed, and in the spelling it is found by."""

    kind: str
    value: str
    normalised: str


def addresses_of(form: BaseForm) -> list[Address]:
    """What the form says about reaching its sender, the e-mail first. Pure."""
    fields = [(name, getattr(form, name, None)) for name in ("email", "phone")]
    return [Address(name, field.data, field.normalised) for name, field in fields if field is not None and field.data]


def find_or_add(connection: Connection, name: str, addresses: list[Address], now: datetime) -> Sender:
    """The sender in this transaction. The e-mail decides; a phone, which families share, only where it stands alone."""
    if addresses:
        _wait_for_turn(connection, addresses[0])
        if known := _known(connection, name, addresses[0]):
            return Sender(known, is_claim=True)
    number = add(connection, Person, name=name, folded_name=fold(name), created_at=now, source="form")
    return Sender(number, is_claim=False)


def keep_addresses(
    connection: Connection, person_id: int, addresses: list[Address], submission_id: int, now: datetime
) -> None:  # fmt: skip
    """The contact points of a new person, each with its source."""
    shared = {"person_id": person_id, "source": "self", "submission_id": submission_id, "added_at": now}
    for address in addresses:
        add(connection, ContactPoint, **vars(address), **shared)


def _wait_for_turn(connection: Connection, address: Address) -> None:
    """Two first posts of one address at the same time: the second waits, then finds the first's person."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(WAITING, {"key": f"{address.kind}:{address.normalised}"})


def _known(connection: Connection, name: str, address: Address) -> int | None:
    """Couples share addresses: the one of the same name first, then whom we have known longest."""
    known = {"same_name": fold(name), "address_kind": address.kind, "address": address.normalised}
    found: int | None = KNOWING.scalar(connection, known)
    return found


WAITING = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
KNOWING = Prepared(
    lambda _: (
        select(Person.id)
        .join(ContactPoint, ContactPoint.person_id == Person.id)
        .where(ContactPoint.kind == bindparam("address_kind"), ContactPoint.normalised == bindparam("address"))
        .order_by(case((Person.folded_name == bindparam("same_name"), 0), else_=1), Person.id)
        .limit(1)
    )
)
