"""What a signed link says and until when. Pure: the signature is the only authority a link has.

A token reads `purpose.target.action.nonce.expiry.signature`, the expiry in hexadecimal seconds.
There is one spelling of every token: `read` signs what it understood again and compares, so no
second string passes for the same link.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial

from itsdangerous import Signer

#: What a link may be for, and what it may do there.
ACTIONS: dict[str, tuple[str, ...]] = {
    "comment": ("approve", "reject", "spam"),
    "submission": ("answered", "spam"),
    "referral": ("follow", "object"),
    "sign_in": ("",),
    "thanks": ("",),
}
NONCE = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
BODY = re.compile(r"([a-z_]+)\.([0-9]{1,18})\.([a-z_]*)\.([A-Za-z0-9_-]*)\.([0-9a-f]{1,10})", re.ASCII)
LONGEST = 250


@dataclass(frozen=True)
class Link:
    """One thing a link does: `action` on row `target`, under `purpose`."""

    purpose: str
    target: int
    action: str
    nonce: str = ""


class LinkError(Exception):
    """This token opens nothing. `reason` is "expired" (it was ours once) or "forged"."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"this link is {reason}")
        self.reason = reason


def sign(secret: str, link: Link, expires_at: datetime) -> str:
    """A token that lets `link` be used before `expires_at`. Raises ValueError on what no link can be."""
    if link.action not in ACTIONS.get(link.purpose, ()):
        raise ValueError(f"no link for {link.purpose!r} does {link.action!r}; ACTIONS lists them")
    if link.target < 0 or not NONCE.fullmatch(link.nonce):
        raise ValueError(f"a link's target counts from 0 and its nonce is URL-safe: {link}")
    return _signed(secret, link, int(expires_at.timestamp()))


def read(secret: str, token: str, now: datetime, *purposes: str) -> Link:
    """The link in `token`; with `purposes` given, one for anything else is as good as forged. Raises LinkError."""
    body, _, _ = token.rpartition(".")
    found = BODY.fullmatch(body) if len(token) <= LONGEST else None
    if found is None:
        raise LinkError("forged")
    purpose, target, action, nonce, expiry = found.groups()
    link, seconds = Link(purpose, int(target), action, nonce), int(expiry, 16)
    if not hmac.compare_digest(_signed(secret, link, seconds).encode(), token.encode()):
        raise LinkError("forged")
    if purposes and link.purpose not in purposes:
        raise LinkError("forged")
    if now >= datetime.fromtimestamp(seconds, UTC):
        raise LinkError("expired")
    return link


def _signed(secret: str, link: Link, seconds: int) -> str:
    body = f"{link.purpose}.{link.target}.{link.action}.{link.nonce}.{seconds:x}"
    return _signer(secret).sign(body).decode("ascii")


@lru_cache(maxsize=4)
def _signer(secret: str) -> Signer:
    """With the key derived already: a signer would otherwise derive it with each signature."""
    salted = partial(Signer, salt="gratitude.links", digest_method=hashlib.sha256)
    return salted(salted(secret, key_derivation="hmac").derive_key(), key_derivation="none")
