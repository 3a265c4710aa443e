"""The rows of what came in through the forms: whom to answer, what is owed to referrers, what may not be kept. Pure."""

from __future__ import annotations

from forms_service.models import Comment, Person, Referral, Submission
from forms_service.people.duties import TELL_WITHIN, fitting
from forms_service.people.morning.telling import SAID, SAID_TOO, Telling
from forms_service.people.privacy import PRIVACY_LIMIT
from forms_service.people.queries.today_owed import Introduced, OwedForReferral, Waiting, referral_row
from forms_service.people.referral_words import MAY_BE_WRITTEN_TO, STATUS_WORDS
from forms_service.people.today_words import OUTCOME_WORDS, ROW_WORDS, Page, Press, Row, off_buttons, thanks_buttons


def reply(waiting: Waiting, told: Telling) -> Row:
    """Somebody waits for an answer, or for a first word now that it is known how to reach them."""
    if waiting.referral is not None:
        return _reach(waiting.row, waiting.referral, told)
    row = waiting.row
    due, urgency = told.due(row.received_at)
    name = row.payload.get("name") or (row.person.name if row.person else "Someone")
    words = row.payload.get("message") or row.payload.get("text") or ""
    page = ("submission", {"submission_id": row.id})
    answered = Press("I answered", "mark_answered", {"submission_id": row.id})
    more = off_buttons(row.person_id, f"reply-{row.id}") if row.person_id else ()
    acts = () if row.kind == "comment" else (answered,)
    return Row(f"reply-{row.id}", name, page, ROW_WORDS[row.kind], due, urgency, words, acts, more)


def _reach(row: Submission, referral: Referral, told: Telling) -> Row:
    due, urgency = told.due(row.received_at)
    page, whom = {"referral_id": referral.id}, referral.referred_name or "a situation"
    by = row.person.name if row.person else "The referrer"
    what = "and that they agreed. Write or call at the first chance"
    if referral.permits not in MAY_BE_WRITTEN_TO:
        what = "but only their own yes counts. Ask for an introduction, and wait for it"
    in_touch = Press("I was in touch", "move_referral", page, {"to": "contacted"})
    return Row(
        f"reply-{row.id}", whom, ("referral", page), f"{by} says how to reach them, {what}", due, urgency,
        referral.need, (in_touch,), off_buttons(row.person_id, f"reply-{row.id}") if row.person_id else (),
    )  # fmt: skip


def introduction(row: Introduced, told: Telling) -> Row:
    """Somebody was introduced, and waits for the first word."""
    referral, key = row.referral, f"introduction-{row.referral.id}"
    due, urgency = told.due(row.since)
    page = {"referral_id": referral.id}
    reason = f"{row.referrer.name} introduces them to you. Write or call at the first chance"
    in_touch = Press("I was in touch", "move_referral", page, {"to": "contacted"})
    return Row(
        key, referral.referred_name, ("referral", page), reason, due, urgency, referral.need, (in_touch,),
        off_buttons(row.referrer.id, key),
    )  # fmt: skip


def asking(referral: Referral, referrer: Person, told: Telling) -> Row:
    """A referrer who reminds the author, or asks whether it helped, on the page of his referral."""
    assert referral.asked_at is not None
    key, page = f"asked-{referral.id}", {"referral_id": referral.id}
    due, urgency = told.due(referral.asked_at)
    whom, how = referral.referred_name or "a situation", STATUS_WORDS[referral.status]
    asks = f"Reminds you of {whom}" if referral.asks == "remind" else f"Asks whether it helped {whom}"
    answered = Press("I answered", "answer_referrer", page)
    return Row(
        key, referrer.name, ("referral", page), f"{asks}. It stands at: {how[:1].lower()}{how[1:]}", due, urgency, "",
        (answered,), off_buttons(referrer.id, key),
    )  # fmt: skip


def for_referral(row: OwedForReferral, told: Telling) -> Row:
    """Thanks, word of the outcome or a reward, owed to who referred somebody."""
    rule, referral, person = row.owed.rule, row.referral, row.referrer
    key = referral_row(row)
    fields = {"duty": rule, "referral": str(referral.id)}
    acts = thanks_buttons(person.id, SAID, fields)
    more = thanks_buttons(person.id, SAID_TOO, fields)
    if rule == "tell":
        acts, more = (Press("I told them", "tell_outcome", {"referral_id": referral.id}),), ()
    due, urgency = _due(row, told)
    page = ("referral", {"referral_id": referral.id})
    more = (*more, *off_buttons(person.id, key))
    write: Page = ("thanks_for_referral", {"referral_id": referral.id, "rule": rule})
    return Row(key, person.name, page, _reason(row, told), due, urgency, "", acts, more, write)


def _due(row: OwedForReferral, told: Telling) -> tuple[str, str]:
    """Thanks on receipt have their hours, and word of the outcome its days; the rest has no last day."""
    if row.owed.rule == "receipt":
        return told.due(row.referral.received_at)
    return told.since(row.owed.since + TELL_WITHIN) if row.owed.rule == "tell" else ("", "")


def _reason(row: OwedForReferral, told: Telling) -> str:
    referral = row.referral
    whom = referral.referred_name or "a situation"
    if row.owed.rule == "receipt":
        return f"Referred {whom} to you. Thanks are due whatever comes of it; fitting: {_fitting(row, told)}"
    if row.owed.rule == "tell":
        how = STATUS_WORDS[referral.status]
        by, urgency = told.since(row.owed.since + TELL_WITHIN)
        when = "now" if urgency else by if by == "today" else f"by {by}"
        return f"Wants to know what came of {whom}: {how[:1].lower()}{how[1:]}. Tell them {when}"
    became = OUTCOME_WORDS.get(referral.status, "somebody helped")
    if row.owed.rule == "outcome":
        return f"Through them, {whom} became {became}. Thank them again"
    return f"Two weeks ago {whom} became {became} through them. Fitting: {_fitting(row, told)}"


def _fitting(row: OwedForReferral, told: Telling) -> str:
    level = row.referral.confirmed_level or "L0"
    when = "outcome" if row.owed.rule == "reward" else "receipt"
    return " and ".join(fitting(told.table, level, when, row.referrer.id in told.regulated))


def privacy(referral: Referral, referrer: Person, told: Telling) -> Row:
    """A third person's details near their last day."""
    key, last = f"privacy-{referral.id}", told.day(max(referral.received_at + PRIVACY_LIMIT, told.moment))
    ask = f"Ask {referrer.name} for an introduction; else their" if referrer.is_free(told.moment) else "Their"
    reason = f"They have not agreed to be in your files. {ask} details go by themselves, {last}"
    page = ("referral", {"referral_id": referral.id})
    who = referral.referred_name or "Somebody whom a situation names"
    return Row(key, who, page, reason, more=off_buttons(referrer.id, key))


def comment(row: Comment, person_id: int | None) -> Row:
    """A comment that stands on a page without a word of the author's."""
    key = f"comment-{row.id}"
    more = off_buttons(person_id, key, 7) if person_id else ()
    reason = "Has no answer from you" + ("" if more else ". It goes once you answer, or when the day is over")
    return Row(key, row.name, ("comment", {"comment_id": row.id}), reason, words=row.text, more=more)
