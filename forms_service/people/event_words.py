"""What happened, as the author would say it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from forms_service.people.act_words import act_words
from forms_service.people.facts import label
from forms_service.people.referral_words import LEVEL_WORDS, STATUS_WORDS

SENT = {
    "comment": "Sent a comment",
    "contact": "Sent a message",
    "referral": "Sent a referral",
    "referral_contact": "Said how to reach the person referred",
}
ACTS = {
    "answered": "You answered",
    "comment_approved": "You approved the comment",
    "comment_rejected": "You rejected the comment",
    "comment_replied": "You replied below the comment",
    "comment_imported": "Came along from your old blog, where readers saw it",
    "note_added": "You made a note",
    "erased": "You erased what stood here",
    "contact_details_given": "Said how to reach the person referred",
    "need_told": "Told you what they need",
    "need_renewed": "Still needs it, they say",
    "need_answered": "What they needed was found",
    "need_withdrawn": "No longer needs it",
    "offer_told": "Told you what they do well",
    "offer_ended": "No longer does it",
    "knows_told": "You noted whom they know",
    "knows_replaced": "You noted anew how well they know each other",
    "hint_told": "You noted what sort of people they know",
    "told_set_aside": "You found that something they wrote is no need and no offer",
    "vouched": "You said whether you vouch for them",
    "introducing_allowed": "May be named as a helper without being asked each time",
    "introducing_ended": "Wants to be asked before being named as a helper",
    "reference_allowed": "May name you as a reference without asking each time",
    "reference_ended": "Asks you again before naming you as a reference",
    "outbound_drafted": "You began to put two people together",
    "helper_named": "You noted who can help",
    "first_message_sent": "You wrote to the person referred, with the notice of what you keep",
}
ASKED = {"remind": "Reminded you of the referral", "helped": "Asked whether the referral helped"}
#: What nobody did but the clock, and the person referred.
OTHERS = {
    ("system", "erased"): "Nobody had agreed within 30 days: the details of whom it names were erased",
    ("subject", "do_not_contact"): "The person referred asked to be left in peace",
}
OUTBOUND_ACTS = {
    "introduced": "You introduced two people to each other",
    "helped": "It helped",
    "not_helped": "It did not help",
    "no_answer": "Nobody said whether it helped",
    "declined": "One of them would rather not",
}
TOGETHER = {
    "capture": "You kept somebody new, with all you had learned", "sheet": "You kept the sheet of your one-to-one",
    "names": "You noted their name and their usual",
}  # fmt: skip
SIDE_WORDS = {"asker": "whoever needs help", "helper": "whoever can help"}
#: The fields of the forms, as the author reads them.
FIELD_WORDS = {
    "name": "Name",
    "email": "E-mail",
    "phone": "Phone",
    "text": "Comment",
    "message": "Message",
    "looking_for": "Is looking for",
    "good_at": "Does well",
    "level": "How far it has gone",
    "referred_name": "Person referred",
    "need": "What they need",
    "look_out_for": "Look out for, on the referrer’s behalf",
    "agreed": "When they said yes, and how they like to be reached",
    "consent": "Consent stated, wording of",
    "article": "Essay",
    "parent": "In reply to comment",
    "topic": "Field that people leave empty",
}
SPAM = {"comment": "You marked the comment as spam", "": "You marked it as spam"}


@dataclass(frozen=True)
class Facts:
    """What an event's words depend on. `is_referred`: they are told on the referred person's own timeline."""

    kind: str
    data: Mapping[str, Any]
    form: str = ""
    referred: str = ""
    referrer: str = ""
    is_referred: bool = False
    actor: str = "author"


def words_for(facts: Facts, zone: ZoneInfo) -> str:
    """One sentence without a full stop, by the clocks of `zone`.

    Names in it are as the visitor typed them, still to be escaped.
    """
    if (facts.actor, facts.kind) in OTHERS:
        return OTHERS[facts.actor, facts.kind]
    if facts.kind == "referrer_asked":
        return ASKED[facts.data["what"]]
    if facts.kind == "submitted":
        return SENT.get(facts.form, "Wrote to you")
    if facts.kind == "marked_spam":
        return SPAM.get(facts.form, SPAM[""])
    if facts.kind == "level_confirmed":
        return f"You confirmed how far it went: {_lower(LEVEL_WORDS[facts.data['level']])}"
    if facts.kind == "own_yes_set":
        where = "in the European Union or in Canada" if facts.data["needed"] else "where one message is allowed"
        return f"You noted that they live {where}"
    if facts.kind == "referral_moved":
        about = f" of {facts.referred}" if facts.referred else ""
        told = "You recorded about the referral" if facts.actor == "author" else "The referral ended by itself"
        return f"{told}{about}: {_lower(STATUS_WORDS[facts.data['to']])}"
    if facts.kind == "referred_taken_up":
        if facts.is_referred:
            return f"You took them into the list, referred by {facts.referrer}"
        return f"You took {facts.referred or 'the person referred'} into the list"
    if facts.kind == "fact_noted":
        said = ", as they said" if facts.data["from"] == "person" else ""
        return f"You noted: {_lower(label(facts.data['field']))}{said}"
    if facts.kind == "noted_together":
        return TOGETHER[facts.data["on"]]
    if facts.kind == "outbound_moved":
        return OUTBOUND_ACTS[facts.data["to"]]
    if facts.kind == "outbound_asked":
        return f"You asked {SIDE_WORDS[facts.data['side']]} whether you may introduce them"
    if facts.kind == "outbound_agreed":
        return f"A yes from {SIDE_WORDS[facts.data['side']]}"
    own = act_words(facts.kind, facts.data, zone)
    return own or ACTS.get(facts.kind, facts.kind.replace("_", " ").capitalize())


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
