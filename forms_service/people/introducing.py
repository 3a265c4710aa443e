"""The words for putting two people together, to be changed and sent by the author himself. Pure.

The first asks name neither side: who is asked learns what it is about, not whom. Only the introduction names both,
with how to reach each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

#: When it is asked whether it helped.
CHECK_BACK_DAYS = 14


@dataclass(frozen=True)
class Side:
    """One of the two. `reach`: addresses and numbers as they were given."""

    name: str
    email: str = ""
    reach: Sequence[str] = ()


@dataclass(frozen=True)
class Letter:
    """A draft: the author reads it, changes it, and sends it from his own mail program."""

    to: Sequence[str]
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """An address that opens it in a mail program; "" if there is nobody to send it to."""
        if not self.to:
            return ""
        to = ",".join(quote(address, safe="@") for address in self.to)
        return f"mailto:{to}?subject={quote(self.subject)}&body={quote(self.text, safe='')}"


def ask_asker(asker: Side, what: str, author: str) -> Letter:
    """May I put you in touch with somebody? Nobody is named."""
    return Letter(_to(asker), "Somebody who may help you", (
        f"Dear {asker.name},\n\nyou told me what you are looking for: {what}. I think I know somebody who can help. "
        f"May I put the two of you in touch? I will name you only if you say yes.\n\n{author}"
    ))  # fmt: skip


def ask_helper(helper: Side, what: str, author: str, *, knows_one: bool = False) -> Letter:
    """May I put you in touch with somebody, or do you know one? Nobody is named, the asker least of all."""
    question = (
        "Do you know somebody whom you would recommend? If so, may I put them in touch?"
        if knows_one
        else "May I put the two of you in touch? I will name you only if you say yes."
    )
    return Letter(_to(helper), f"A question: {what}", (
        f"Dear {helper.name},\n\nsomebody I know is looking for: {what}. I thought of you. {question}\n\n{author}"
    ))  # fmt: skip


def introduce(asker: Side, helper: Side, what: str, author: str) -> Letter:
    """Both named, with how to reach each; sent only when both said yes."""
    return Letter([*_to(asker), *_to(helper)], f"{asker.name}, meet {helper.name}", (
        f"Dear {asker.name}, dear {helper.name},\n\nyou both said yes, so here you are. It is about: {what}.\n\n"
        f"{_card(asker)}\n{_card(helper)}\n\nI hope it helps, and would love to hear how it went.\n\n{author}"
    ))  # fmt: skip


def _to(side: Side) -> list[str]:
    return [side.email] if side.email else []


def _card(side: Side) -> str:
    return ": ".join([side.name, ", ".join(side.reach)]) if side.reach else side.name
