"""The draft on a referral's page: the first message to the person referred, or the request for an introduction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forms_service.access import config
from forms_service.links.addresses import object_address
from forms_service.models import BEFORE_CONTACT, Kind, Person
from forms_service.outbox.plain import clip, one_line
from forms_service.people.first_message import Known, ask_for_introduction, first_message
from forms_service.people.introducing import Letter, Side
from forms_service.people.queries.referrals import ReferralDetails
from forms_service.people.referral_words import MAY_BE_WRITTEN_TO

#: Mail programs cut off addresses much longer than 2,000 bytes.
LONGEST_NEED = 200


@dataclass(frozen=True)
class FirstWords:
    """`to_referred`: else it goes to the referrer. `lacks_address`: it must hold the author's own."""

    letter: Letter
    to_referred: bool
    lacks_address: bool


def first_words(details: ReferralDetails, now: datetime) -> FirstWords | None:
    """None once somebody was in touch, or where nobody is to be written to."""
    referral, site = details.referral, config().identity
    if referral.status not in BEFORE_CONTACT or details.submission.spam_at or not referral.need:
        return None
    to_referred = referral.permits in MAY_BE_WRITTEN_TO
    if not all(person.is_free(now) for person in (_referred(details) if to_referred else [details.referrer])):
        return None
    if to_referred:
        return FirstWords(first_message(_known(details), _addresses(details), site), True, not site.address)
    referrer = Side(details.referrer.name, str(details.submission.payload.get("email") or ""))
    return FirstWords(ask_for_introduction(referral.level, referral.referred_name, referrer, site.author), False, False)


def sent_at(details: ReferralDetails) -> datetime | None:
    """When the author wrote to the person referred."""
    sent = [entry.event.at for entry in details.timeline if _is_sent(entry.event.kind) and not entry.taken_back_at]
    return sent[0] if sent else None


def _referred(details: ReferralDetails) -> list[Person]:
    """Who in the list is the person referred, or may be: their wish counts before it is certain."""
    return [*([details.referred] if details.referred else []), *details.look_alikes]


def _is_sent(kind: str) -> bool:
    return kind == Kind.FIRST_MESSAGE_SENT


def _known(details: ReferralDetails) -> Known:
    referral, site = details.referral, config().identity
    given = {"e-mail address": any(each.email for each in details.contacts),
             "phone number": any(each.phone for each in details.contacts)}  # fmt: skip
    return Known(
        name=one_line(referral.referred_name),
        need=clip(one_line(referral.need), LONGEST_NEED),
        referrer=one_line(details.referrer.name) if _may_be_named(details) else "",
        given=[words for words, was_given in given.items() if was_given],
        received=referral.received_at.astimezone(site.zone).date(),
        decline=object_address(site.url, config().secret_key, referral.id, referral.received_at),
    )


def _may_be_named(details: ReferralDetails) -> bool:
    """The referrer stated so with how to reach them, or the author saw the introduction himself."""
    return bool(details.contacts) or details.referral.confirmed_level in ("L3", "L4")


def _addresses(details: ReferralDetails) -> list[str]:
    return [contact.email for contact in details.contacts if contact.email][-1:]
