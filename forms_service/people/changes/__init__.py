"""What the author does to people, referrals and submissions: each act one event, said twice recorded once.

Every function takes the session of the caller's transaction and returns the event it wrote, or None
when there was nothing left to do. An unknown row raises LookupError, an act that makes no sense
ChangeError. Comments are decided in `moderation.decide`.
"""

from forms_service.people.changes.acts import (
    keep_promise,
    log_act,
    put_off,
    set_interval,
    set_roles,
    speak_of_term,
    tell_outcome,
    thank,
)  # fmt: skip
from forms_service.people.changes.capture import Next, capture
from forms_service.people.changes.facts import known_facts, name_person, note_facts, together
from forms_service.people.changes.favours import Favour, new_person, record_favour
from forms_service.people.changes.followed import answer_referrer, ask_about_referral, object_to_referral
from forms_service.people.changes.notes import LONGEST_NOTE, add_note
from forms_service.people.changes.outbound import (
    draft_outbound,
    move_outbound,
    name_helper,
    record_agreed,
    record_asked,
)  # fmt: skip
from forms_service.people.changes.referrals import (
    confirm_level,
    first_message_sent,
    move_referral,
    open_need,
    set_own_yes,
    take_up_referred,
)  # fmt: skip
from forms_service.people.changes.rows import ChangeError
from forms_service.people.changes.sheet import Promise, Sheet, keep_sheet
from forms_service.people.changes.submissions import mark_answered, mark_spam, not_spam, release_mail, undo_answered
from forms_service.people.changes.taking_back import take_back
from forms_service.people.changes.told import (
    LONGEST_TOLD,
    Told,
    allow_introducing,
    allow_reference,
    end_need,
    end_offer,
    set_aside,
    tell_hint,
    tell_knows,
    tell_need,
    tell_offer,
    vouch,
)  # fmt: skip

__all__ = [
    "LONGEST_NOTE", "LONGEST_TOLD", "ChangeError", "Favour", "Next", "Promise", "Sheet", "Told", "add_note",
    "allow_introducing", "allow_reference", "answer_referrer", "ask_about_referral", "capture", "confirm_level",
    "draft_outbound", "end_need", "end_offer", "first_message_sent", "keep_promise", "keep_sheet", "known_facts",
    "log_act", "mark_answered",
    "mark_spam", "move_outbound", "move_referral", "name_helper", "name_person", "new_person", "not_spam",
    "note_facts", "object_to_referral", "open_need", "put_off", "record_agreed", "record_asked", "record_favour",
    "release_mail", "set_aside", "set_interval", "set_own_yes", "set_roles", "speak_of_term", "take_back",
    "take_up_referred", "tell_hint", "tell_knows", "tell_need", "tell_offer", "tell_outcome", "thank", "together",
    "undo_answered", "vouch",
]  # fmt: skip
