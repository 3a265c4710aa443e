"""What the mails to the author say. Pure: one function for each mail, named by what the reader gets.

A mail's own words stand at the margin, a visitor's words behind labels or quote marks. Each of its
links stands on a line of its own and opens a page with one button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridge.dates import moment_in_words
from bridge.identity import Identity
from forms_service.outbox.message import Email, valid_address
from forms_service.outbox.plain import lined, one_line, quoted, wrapped
from forms_service.people.deadlines import in_words
from forms_service.people.referral_words import LEVEL_WORDS, awaits_first_message, next_step

LONGEST_NAME = 60


@dataclass(frozen=True)
class Arrival:
    """What every mail about a submission tells: from whom, until when, under which number."""

    site: Identity
    reference: str
    name: str
    email: str
    phone: str
    #: The address is that of a person on the list, which proves nothing yet.
    is_claim: bool
    suspicions: tuple[str, ...]
    due_at: datetime
    left: timedelta
    dashboard: str


@dataclass(frozen=True)
class Button:
    """A signed link and what pressing its button does."""

    label: str
    address: str


def comment_received(
    arrival: Arrival, title: str, address: str, text: str, replies_to: str, buttons: Sequence[Button]
) -> Email:
    """A reader commented; nobody sees it before the author says so."""
    fields = _sender("From", arrival, "never published; your reply to this mail goes there")
    if replies_to:
        fields.append(("Answers", f"the comment by {_name(replies_to)}"))
    return Email(
        subject=f"{_name(arrival.name)} commented on “{one_line(title, 70)}”",
        reply_to=arrival.email,
        body=_body(
            wrapped(f"A reader has left a comment on your essay “{one_line(title)}”:"),
            address,
            _labelled(fields),
            quoted(text),
            wrapped("It waits for you; no reader sees it yet."),
            _buttons(buttons),
            *_closing(arrival),
        ),
    )


def contact_received(
    arrival: Arrival, message: str, looking_for: str, good_at: str, buttons: Sequence[Button]
) -> Email:
    """Someone wrote through the contact page."""
    return Email(
        subject=f"{_name(arrival.name)} wrote to you",
        reply_to=arrival.email,
        body=_body(
            wrapped("Someone has written to you through the contact page."),
            _labelled(_sender("From", arrival, "your reply to this mail goes there")),
            quoted(message),
            *_question("What they are looking for just now:", looking_for),
            *_question("What they do well:", good_at),
            _buttons(buttons),
            *_closing(arrival),
        ),
    )


def referral_received(
    arrival: Arrival, level: str, referred: str, need: str, look_out_for: str, buttons: Sequence[Button],
    needs_own_yes: bool = False,
) -> Email:  # fmt: skip
    """Somebody refers someone: how far it has gone, whether the author may write, and what to do next."""
    fields = _sender("From", arrival, "your reply to this mail goes there")
    if referred:
        fields.append(("About", _name(referred)))
    return Email(
        subject=f"{_name(arrival.name)} {f'refers {_name(referred)} to you' if referred else 'knows of a situation'}",
        reply_to=arrival.email,
        body=_body(
            wrapped("Someone thought of you: a referral has come in."),
            _labelled(fields),
            wrapped("What is needed, in the referrer’s words:"),
            quoted(need),
            wrapped(f"How far it has gone, as the referrer says: {LEVEL_WORDS[level]}."),
            wrapped(next_step(level, "received", False, needs_own_yes)),
            *_question("Whom you could look out for on the referrer’s behalf:", look_out_for),
            wrapped("Whatever comes of it, a referrer deserves your thanks within a day."),
            _buttons(buttons),
            *_closing(arrival),
        ),
    )


LAST_WORD = "Say in your first message, too, that one word from them is enough to hear no more."


def referral_contact_received(
    arrival: Arrival, level: str, referred: str, email: str, phone: str, consent: str, buttons: Sequence[Button],
    needs_own_yes: bool = False, agreed: str = "", status: str = "received",
) -> Email:  # fmt: skip
    """The second step of a referral: how to reach the person, with the consent the referrer stated."""
    fields = _sender("From", arrival, "your reply to this mail goes there")
    fields += [("To reach", _name(referred))] if referred else []
    fields += [("their e-mail", one_line(email))] if email else []
    fields += [("their phone", one_line(phone))] if phone else []
    fields += [("said yes", one_line(agreed))] if agreed else []
    return Email(
        subject=f"How to reach {_name(referred) if referred else 'the person referred to you'}",
        reply_to=arrival.email,
        body=_body(
            wrapped("The referrer has told you how to reach the person."),
            _labelled(fields),
            wrapped(
                f"The referrer stated that the person agreed to this (wording {one_line(consent)}). "
                "It is the referrer’s word, not yet the person’s own."
            ),
            wrapped(next_step(level, status, True, needs_own_yes)),
            *([wrapped(LAST_WORD)] if awaits_first_message(level, status, needs_own_yes) else []),
            _buttons(buttons),
            *_closing(arrival),
        ),
    )


def sign_in(site: Identity, address: str, expires_at: datetime) -> Email:
    """The one-time link the author asked for."""
    return Email(
        subject=f"Your sign-in link for {one_line(site.name)}",
        body=_body(
            wrapped("Here is the link you asked for. It opens a page with a button, and signs you in once:"),
            address,
            wrapped(
                f"It can be used until {moment_in_words(expires_at, site.zone)}. "
                "If you did not ask for it, do nothing: nobody gets in without this mail."
            ),
        ),
    )


def report(subject: str, text: str) -> Email:
    """What a command had to tell, in its own words and lines."""
    return Email(subject=subject, body=lined(text) + "\n")


def _sender(label: str, arrival: Arrival, about_reply: str) -> list[tuple[str, str]]:
    fields = [(label, _name(arrival.name))]
    if valid_address(arrival.email):
        fields.append(("E-mail", f"{one_line(arrival.email)} ({about_reply})"))
    elif arrival.email:
        fields.append(("E-mail", f"{one_line(arrival.email)} (as typed; a reply to this mail does not go there)"))
    if arrival.phone:
        fields.append(("Phone", one_line(arrival.phone)))
    if arrival.is_claim:
        fields.append(("Note", "this address is on your list; anybody could have typed it"))
    return fields


def _closing(arrival: Arrival) -> list[str]:
    lines = [f"Reference {arrival.reference}. It is also in your dashboard:", arrival.dashboard]
    answer = f"Answer by {moment_in_words(arrival.due_at, arrival.site.zone)}: {in_words(arrival.left)}."
    odd = "; ".join(one_line(reason) for reason in arrival.suspicions)
    return [*([wrapped(f"Something looks odd: {odd}.")] if odd else []), answer, "\n".join(lines)]


def _question(asked: str, answer: str) -> list[str]:
    return [asked, quoted(answer)] if answer.strip() else []


def _buttons(buttons: Sequence[Button]) -> str:
    links = "\n\n".join(f"{button.label}:\n{button.address}" for button in buttons)
    return f"Each link opens a page with a button; nothing happens before you press it.\n\n{links}"


def _labelled(fields: Sequence[tuple[str, str]]) -> str:
    width = max(len(label) for label, _ in fields) + 2
    return "\n".join(f"{label + ':':<{width}}{value}" for label, value in fields)


def _name(typed: str) -> str:
    return one_line(typed, LONGEST_NAME) or "Someone"


def _body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"
