"""Outbound referrals in words: where one stands, and what comes next. Pure."""

from __future__ import annotations

STATUS_WORDS = {
    "drafted": "Drafted",
    "asked": "Both asked",
    "agreed": "Both said yes",
    "introduced": "Introduced",
    "helped": "It helped",
    "not_helped": "It did not help",
    "no_answer": "No answer",
    "declined": "One would rather not",
    "taken_back": "Taken back",
}


def next_step(status: str, *, is_own: bool, has_via: bool, has_helper: bool, check_back: str = "") -> str:
    """What the author does next. `check_back`: the day to ask whether it helped, in words."""
    if status in ("drafted", "asked"):
        return _ask(status, is_own=is_own, has_via=has_via)
    if status == "agreed" and not has_helper:
        return "Note whom they named."
    if status == "agreed":
        return "Turn to them at the first chance." if is_own else "Introduce them at the first chance: both wait."
    if status == "introduced":
        return f"Ask on {check_back} whether it helped, and record it."
    if status == "helped":
        return "Thank whoever helped" + (", and whoever knew them." if has_via else ".")
    if status == "taken_back":
        return "Nothing: this was taken back."
    return "Nothing more here. The need stays open, and others may help."


def _ask(status: str, *, is_own: bool, has_via: bool) -> str:
    if status == "asked":
        return "Wait for both to say yes. Until then neither learns the other’s name."
    whom = "whoever may know somebody" if has_via else "whoever can help"
    return f"Ask {whom}." if is_own else f"Ask both: whoever needs it, and {whom}. Name neither yet."
