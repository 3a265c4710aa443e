"""What is known of a post beside its words, and what it is known by once it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Sender:
    """Who sent it: a person just added, or one whose address he claims to have."""

    person_id: int
    is_claim: bool


@dataclass(frozen=True)
class SecondStep:
    """The referral that further details belong to; they come from whoever sent the first step."""

    referral_id: int
    sender: Sender


@dataclass(frozen=True)
class Circumstances:
    """How a post came in."""

    now: datetime
    network: str = ""
    suspicions: list[str] = field(default_factory=list)
    #: The honeypot was filled in: kept like any other, but the author gets no mail.
    silent: bool = False
    #: The domain our mails come from.
    mail_domain: str = "localhost"
    second_step: SecondStep | None = None


@dataclass(frozen=True)
class Receipt:
    """What a post is known by, now that it is kept."""

    submission_id: int
    kind: str
    reference: str
    received_at: datetime
