"""What every template of the dashboard can say: addresses, times, and the token of its forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import g, request, session, url_for

from bridge.dates import WEEKDAYS, day_in_words, short_date, time_of_day
from forms_service.access import config, database, now
from forms_service.dashboard.author_session import form_token
from forms_service.dashboard.blueprint import dashboard
from forms_service.outbox.plain import clip
from forms_service.people.event_words import Facts, words_for
from forms_service.people.facts import SOURCES, label
from forms_service.people.outbound_words import STATUS_WORDS as OUTBOUND_WORDS
from forms_service.people.queries import Waiting, waiting_numbers
from forms_service.people.referral_words import LEVEL_WORDS, STATUS_WORDS
from forms_service.people.relations import VOUCHES
from forms_service.people.today_words import ROW_WORDS
from forms_service.reference import spoken

SOURCE_WORDS = {
    "self": "typed into a form by the sender",
    "referrer": "given by the referrer",
    "author": "added by you",
}
#: How somebody came into the list.
SOURCE_BEGAN = {
    "form": "first wrote", "referral": "referred to you", "author": "met", "introducer": "named to you",
}  # fmt: skip

TOLD_SOURCE_WORDS = {"form": "from a form of theirs", "author": "told you", "introducer": "named by somebody you asked"}
KNOWS_WORDS = {"met": "Has met", "know": "Knows", "trust": "Trusts"}
#: Whether somebody may be contacted, and who can change that.
CONTACT_WORDS = {
    "free": "You may be in touch", "paused": "Wants to be left in peace for a while; you can end that",
    "declined": "Does not want to meet; only you can lift that, when they have changed their mind",
    "do_not_contact": "Does not want to be contacted; only they can lift that",
}  # fmt: skip
PROMISE_WORDS = {"author": "You promised:", "person": "They promised:", "": "To be in touch"}
KNOWN_WORDS = {"met": "has met", "know": "knows", "trust": "trusts"}


def address(endpoint: str, **values: Any) -> str:
    """Where a page of the dashboard stands, below the site's own path."""
    found = url_for(f"dashboard.{endpoint}", **values)
    return found if request.script_root else urlsplit(config().identity.url).path + found


def when(moment: datetime, today: datetime) -> str:
    """A moment in the author's own time: "today, 3:04 PM", or the day."""
    clock = time_of_day(moment)
    days = (today.date() - moment.date()).days
    if days in (0, 1):
        return f"{('today', 'yesterday')[days]}, {clock}"
    if days == -1:
        return f"tomorrow, {clock}"
    year = "" if moment.year == today.year else f" {moment.year},"
    return f"{WEEKDAYS[moment.weekday()][:3]}, {short_date(moment)},{year} {clock}"


@dashboard.app_template_filter()
def excerpt(text: str, longest: int) -> str:
    """The beginning of `text`, whole words where it has any so short, whole characters always."""
    cut = clip(text, longest)
    words = cut.rpartition(" ")[0]
    return cut if cut == text or len(words) < longest / 2 else f"{words}…"


@dashboard.app_template_filter()
def in_words(facts: Facts) -> str:
    """What happened, by the author's clocks."""
    return words_for(facts, config().identity.zone)


def _when(moment: datetime) -> str:
    zone = config().identity.zone
    return when(moment.astimezone(zone), now().astimezone(zone))


def _day(moment: datetime) -> str:
    """The day that a moment falls on, where its hour says nothing."""
    return day_in_words(moment.astimezone(config().identity.zone).date())


def _waiting() -> Waiting:
    with database().read() as reading:
        return waiting_numbers(reading)


@dashboard.context_processor
def _words() -> dict[str, Any]:
    signed_in = getattr(g, "author_session", None) is not None
    return {
        "address": address,
        "when": _when,
        "the_day": _day,
        "fact_label": label,
        "fact_sources": SOURCES,
        "contact_words": CONTACT_WORDS,
        "promise_words": PROMISE_WORDS,
        "waiting_numbers": _waiting,
        "signed_in": signed_in,
        "form_token": form_token(config().secret_key, session["token"]) if signed_in else "",
        "catches_mail": config().catches_mail,
        "here": request.full_path.rstrip("?"),
        "LEVEL_WORDS": LEVEL_WORDS,
        "STATUS_WORDS": STATUS_WORDS,
        "row_words": ROW_WORDS,
        "source_words": SOURCE_WORDS,
        "source_began": SOURCE_BEGAN,
        "outbound_words": OUTBOUND_WORDS,
        "told_sources": TOLD_SOURCE_WORDS,
        "knows_words": KNOWS_WORDS,
        "known_words": KNOWN_WORDS,
        "vouches": VOUCHES,
        "spoken": spoken,
    }
