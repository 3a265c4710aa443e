"""Referrals in words: how far one has gone, where it stands, and what comes next. Pure."""

from __future__ import annotations

from forms_service.models.referral import BEFORE_CONTACT

#: How involved the referrer is.
LEVEL_WORDS = {
    "L0": "A situation, no person yet",
    "L1": "Someone in mind, who does not know yet",
    "L2": "Told them, and they agreed to hear from you",
    "L3": "Introduces you to each other",
    "L4": "They know the referrer’s own experience and want to start",
}
#: From here on the person knows of it and agreed to hear from the author.
MAY_BE_WRITTEN_TO = ("L2", "L3", "L4")

#: What may be done now, and by whom.
NEXT_STEPS = {
    "L0": "There is nobody to write to yet. Thank the referrer, and ask who might be behind the situation.",
    "L1": "Do not write to them: they do not know. Ask the referrer to introduce you to each other.",
    "L2": "You may send one message that says who gave you the name, and how to decline. "
    "If you have no address yet, ask the referrer for it, or for an introduction.",
    "own yes": "Do not write to them yet: where they live, only a yes of their own counts. Ask the referrer to "
    "introduce you to each other, and confirm that once it is done.",
    "L3": "You may write or call. Do it at the first chance: the introduction is fresh.",
    "L4": "You may write or call. They are ready: agree on a first talk.",
}

STATUS_WORDS = {
    "received": "Received",
    "acknowledged": "Referrer thanked",
    "waiting": "Waiting for the introduction",
    "contacted": "In touch",
    "met": "Met",
    "customer": "Became a customer",
    "partner": "Became a partner",
    "helped_elsewhere": "Helped by someone else",
    "not_now": "Not now",
    "no": "No, with thanks",
    "unreachable": "Could not be reached",
    "do_not_contact": "Does not want to be contacted",
    "expired": "No permission came; details erased",
    "duplicate": "The same as another referral",
}

#: What the author can record, in the order it usually happens. "Expired" is what the privacy clock records.
ON_THE_WAY = ("acknowledged", "waiting", "contacted", "met")
OUTCOMES = (
    "customer", "partner", "helped_elsewhere", "not_now", "no", "unreachable", "do_not_contact", "duplicate",
)  # fmt: skip
MOVES = ON_THE_WAY + OUTCOMES


def is_open(status: str) -> bool:
    """True while there is still something to do for the person referred."""
    return status == "received" or status in ON_THE_WAY


def awaits_first_message(level: str, status: str, needs_own_yes: bool = False) -> bool:
    """Whether the next thing is that the author writes to the person for the first time."""
    agreed = level in MAY_BE_WRITTEN_TO and not (level == "L2" and needs_own_yes)
    return agreed and status in BEFORE_CONTACT


def next_step(level: str, status: str, reachable: bool, needs_own_yes: bool = False) -> str:
    """What the author or the referrer does next. `reachable`: contact details were given with consent.

    `needs_own_yes`: where the person lives, what the referrer says of their consent does not count.
    """
    if status == "do_not_contact":
        return "Leave them in peace. Thank the referrer."
    if status == "helped_elsewhere":
        return "Tell the referrer, and thank them. If you know who helps, put the two together: it starts below."
    if not is_open(status):
        return "Tell the referrer how it ended, and thank them."
    if status == "met":
        return "Record how it ended, once it has. Keep the referrer posted."
    if status == "contacted":
        return "Meet them. If they do not answer, record that they could not be reached."
    if level == "L2" and needs_own_yes:
        return NEXT_STEPS["own yes"]
    if level in MAY_BE_WRITTEN_TO and reachable:
        return "They agreed, and you have their address: write or call, and say who gave you the name."
    return NEXT_STEPS[level]
