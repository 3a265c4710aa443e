"""The first words after a referral, for the author to change and to send himself. Pure.

From "they agreed" on they go to the person referred, with who gave the name, what is kept, their rights and a way
to say no; below that to the referrer, who alone may introduce them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bridge.dates import day_in_words
from bridge.identity import Identity
from forms_service.people.introducing import Letter, Side

#: Which wording of the notice a message held. Change it with the words of `_notice`.
NOTICE = "2026-11"


@dataclass(frozen=True)
class Known:
    """What the first message rests on. `referrer` is "" where he may not be named; `given` is how to reach them."""

    name: str
    need: str
    referrer: str
    given: Sequence[str]
    received: date
    decline: str


def first_message(known: Known, to: Sequence[str], site: Identity) -> Letter:
    """To the person referred. `known.decline` is the link that says no."""
    who = known.referrer or "Somebody we both know"
    body = [
        f"Dear {known.name or 'friend'},",
        f"{who} gave me your name and told me that you agreed to hear from me. It is about: {known.need.rstrip('. ')}.",
        "If you would like to talk, just answer. If not, you need do nothing.",
        _notice(known, who, site),
        f"If you would rather not hear from me, please open this page and press its button:\n{known.decline}",
        "\n".join([site.author, *site.address, *filter(None, (site.email, site.phone))]),
    ]
    return Letter(to, f"{known.referrer or 'A friend'} gave me your name", "\n\n".join(body))


def _notice(known: Known, who: str, site: Identity) -> str:
    *others, last = ("name", *known.given)
    given = f"your {', '.join(others)} and {last}" if others else f"your {last}"
    return (
        f"What I keep: {given}, which {who[:1].lower() + who[1:] if not known.referrer else who} gave me on "
        f"{day_in_words(known.received)}. I keep it with your agreement, to write to you about this, and give it to "
        "nobody. You may ask me at any time what I keep, have it corrected or erased, withdraw your agreement, and "
        f"complain to whoever watches over privacy where you live. More: {site.url}/privacy/"
    )


def ask_for_introduction(level: str, name: str, referrer: Side, author: str) -> Letter:
    """To the referrer, while the person does not know, or has not said yes where that is needed: only he may."""
    if level == "L0" or not name:
        question = "Does a person come to mind whom it is about? If so, would you ask them and introduce us?"
    elif level == "L2":
        question = (
            f"You said that {name} agreed to hear from me. Where they live I may still write only to somebody who has "
            "told me so themselves. Would you introduce us to each other? One message to us both is enough."
        )
    else:
        question = (
            f"You said that {name} does not know yet, so I write to nobody. Would you ask them, and if they like the "
            "thought, introduce us to each other? One message to us both is enough."
        )
    to = [referrer.email] if referrer.email else []
    return Letter(to, "Would you introduce us?", (
        f"Dear {referrer.name},\n\nthank you for thinking of us both. {question}\n\n{author}"
    ))  # fmt: skip
