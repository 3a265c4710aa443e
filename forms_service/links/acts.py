"""What the links of a mail do, in words, and whether one may be pressed as things stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass

#: Where a subject stands before the author has decided anything.
UNDECIDED = {"comment": "pending", "submission": "waiting"}


@dataclass(frozen=True)
class Act:
    """One thing a link does. `leads_to` is the state its subject is in afterwards."""

    leads_to: str
    question: str
    button: str
    consequence: str
    done: str
    already: str
    #: What else to expect, once it is done.
    afterwards: str = ""


ACTS: dict[tuple[str, str], Act] = {
    ("comment", "approve"): Act(
        leads_to="approved",
        question="Publish this comment?",
        button="Publish it",
        consequence="It will stand below your essay, where every reader sees it.",
        done="The comment is published",
        already="This comment is published already",
        afterwards="It is on the page of your essay in a few seconds.",
    ),
    ("comment", "reject"): Act(
        leads_to="rejected",
        question="Keep this comment off the site?",
        button="Keep it off the site",
        consequence="No reader will see it. It stays in your dashboard, and so does the person who wrote it.",
        done="The comment stays off the site",
        already="This comment is off the site already",
    ),
    ("comment", "spam"): Act(
        leads_to="spam",
        question="Is this comment spam?",
        button="Yes, it is spam",
        consequence="No reader will see it, and its sender leaves your list of people.",
        done="The comment is marked as spam",
        already="This comment is marked as spam already",
    ),
    ("submission", "answered"): Act(
        leads_to="answered",
        question="Have you answered this?",
        button="Yes, I have answered",
        consequence="It leaves the list of what waits for your answer.",
        done="Noted: you have answered",
        already="It is noted already that you have answered",
    ),
    ("submission", "spam"): Act(
        leads_to="spam",
        question="Is this spam?",
        button="Yes, it is spam",
        consequence="It leaves your inbox, and its sender leaves your list of people, unless you know them otherwise.",
        done="It is marked as spam",
        already="This is marked as spam already",
    ),
}
STATE_WORDS = {
    "pending": "It waits for your decision; no reader sees it yet.",
    "approved": "You published this comment",
    "rejected": "You kept this comment off the site",
    "waiting": "It waits for your answer.",
    "answered": "You noted that you had answered",
    "spam": "You marked this as spam",
}


def may_be_pressed(purpose: str, state: str, wanted: str) -> bool:
    """Whether the button does anything now. Spam is called back in the dashboard, with all that it entails."""
    return state != wanted and (purpose, state) != ("submission", "spam")


def verdict(purpose: str, state: str, wanted: str, seen: str) -> str:
    """What pressing the button does to a subject in `state`, on a page that showed it in state `seen`.

    "act"; "already", when it is so; or "otherwise": something else was decided since that page was
    made. Then nothing changes, and the author is told and asked again.
    """
    if state == wanted:
        return "already"
    return "act" if state == seen and may_be_pressed(purpose, state, wanted) else "otherwise"
