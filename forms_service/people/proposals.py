"""What the words of a form propose: a need or an offer of its sender, until the author confirms it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from forms_service.people.categories import Categories

#: The questions of the forms whose answers are needs or offers.
FIELDS = {"looking_for": "need", "good_at": "offer", "look_out_for": "need"}
LONGEST_PROPOSAL = 2_000


@dataclass(frozen=True)
class Proposal:
    """`what` is "need" or "offer"; `category` is the trade that the words seem to speak of, or ""."""

    submission_id: int
    field: str
    what: str
    text: str
    category: str


def proposals(
    submission_id: int, payload: Mapping[str, str], settled: Collection[str], categories: Categories
) -> Iterator[Proposal]:
    """What this form proposes and the author has not yet confirmed or set aside. `settled`: fields he has."""
    for field, what in FIELDS.items():
        text = " ".join(str(payload.get(field) or "").split())[:LONGEST_PROPOSAL]
        if text and field not in settled:
            yield Proposal(submission_id, field, what, text, categories.proposed(text))
