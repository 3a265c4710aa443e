"""Whether somebody may be contacted, by the last word that was said about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forms_service.models.event import Event, Kind
from forms_service.people.stages.moments import moment


@dataclass(frozen=True)
class Contact:
    """`status` is free, paused, declined or do_not_contact."""

    status: str
    until: datetime | None = None

    def allows(self, now: datetime) -> bool:
        return self.status == "free" or (self.until is not None and self.until <= now)


def contact(events: Iterable[Event]) -> Contact:
    """The last word counts, but for one: only the person lifts "do not contact"."""
    said = Contact("free")
    for event in events:
        if event.kind == Kind.DO_NOT_CONTACT:
            said = Contact("do_not_contact")
        elif event.kind == Kind.CONTACT_LIFTED and (said.status != "do_not_contact" or event.data["by"] == "person"):
            said = Contact("free")
        elif said.status != "do_not_contact" and event.kind == Kind.PAUSED:
            said = Contact("paused", moment(event, "until"))
        elif said.status != "do_not_contact" and event.kind == Kind.MEETING_DECLINED:
            said = Contact("declined")
    return said
