"""The addresses of signed links, as mails and pages show them. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from forms_service.links.tokens import Link, sign

#: How long the buttons of a mail can be pressed: longer than any holiday, shorter than for ever.
LINK_LIFETIME = timedelta(days=60)
#: How long a referrer can look, from the day of his referral; and how long one who is named in it can say no.
FOLLOWED_FOR = timedelta(days=2 * 365)
OBJECTED_FOR = timedelta(days=10 * 365)


def link_address(site_url: str, secret: str, link: Link, expires_at: datetime) -> str:
    """Where `link` opens: a page that says what it will do, with a button."""
    return f"{site_url}/links/{sign(secret, link, expires_at)}"


def sign_in_address(site_url: str, secret: str, link_id: int, nonce: str, expires_at: datetime) -> str:
    """Where a one-time sign-in link opens."""
    return f"{site_url}/dashboard/sign-in/{sign(secret, Link('sign_in', link_id, '', nonce), expires_at)}"


def follow_address(site_url: str, secret: str, referral_id: int, received_at: datetime) -> str:
    """Where a referrer sees what becomes of his referral; the same address whenever it is asked for."""
    return link_address(site_url, secret, Link("referral", referral_id, "follow"), received_at + FOLLOWED_FOR)


def object_address(site_url: str, secret: str, referral_id: int, received_at: datetime) -> str:
    """Where the person referred says "please don't"; the same address whenever it is asked for."""
    return link_address(site_url, secret, Link("referral", referral_id, "object"), received_at + OBJECTED_FOR)
