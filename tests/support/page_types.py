"""Every kind of page there is, once: what is looked at, measured and judged goes through this list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.demonstration import IN_SERIES, LONG_CONVERSATION, SAMPLES

REFERRAL = {
    "referral-name": "A plumber",
    "referral-email": "plumber@example.com",
    "referral-referred_name": "A teacher",
    "referral-need": "Somebody who repairs a roof, and tells her what it will cost before he climbs it.",
    "referral-look_out_for": "A landlord with old pipes",
}


@dataclass(frozen=True)
class PageType:
    """How to get to a page: an address, and where it takes one, what to type and tick and which button to press.

    In the address, `{link}` stands for a mail's link, `{follow}` and `{object}` for those of a referral, and `{oldest}`
    for the first essay; `Showing.visit` knows them.
    `site` is "demonstration", or "empty" for a site without an essay. `signed_in` pages are the author's own.
    """

    name: str
    address: str
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    pressed: str = ""
    site: str = "demonstration"
    signed_in: bool = False

    @property
    def is_static(self) -> bool:
        """True for a file of the built site, which no visitor has to send anything for."""
        return not (self.pressed or self.signed_in or self.address.startswith(("/forms/", "/links/", "/dashboard")))


READERS = (
    PageType("home", "/"),
    PageType("article", f"/{SAMPLES[1]}.html"),
    PageType("article-without-comments", f"/{SAMPLES[0]}.html"),
    PageType("article-first-of-series", f"/{IN_SERIES[0]}.html"),
    PageType("article-in-series", f"/{IN_SERIES[1]}.html"),
    PageType("article-last-of-series", f"/{IN_SERIES[2]}.html"),
    PageType("article-with-many-comments", f"/{LONG_CONVERSATION}.html"),
    PageType("article-closed", "/{oldest}.html"),
    PageType("archive", "/archive/"),
    PageType("year", "/2026/"),
    PageType("month", "/2026/10/"),
    PageType("tag", "/tags/letters/"),
    PageType("tags", "/tags/"),
    PageType("about", "/about/"),
    PageType("contact", "/contact/"),
    PageType("refer", "/refer/"),
    PageType("privacy", "/privacy/"),
    PageType("series", "/series/"),
    PageType("series-parts", "/series/thanks-in-writing/"),
    PageType("search", "/search/"),
    PageType("subscribe", "/subscribe/"),
    PageType("not-found", "/never-written.html"),
    PageType("empty-home", "/", site="empty"),
    PageType("empty-archive", "/archive/", site="empty"),
)
VISITORS = (
    PageType("form-with-errors", "/refer/", typed={**REFERRAL, "referral-email": "plumber"}, pressed="Send"),
    PageType("comment-form", f"/forms/comment?article={SAMPLES[1]}&parent=1"),
    PageType("thanks-for-comment", f"/{SAMPLES[1]}.html", pressed="Send", typed={
        "comment-name": "A cooper", "comment-email": "cooper@example.com", "comment-text": "Every barrel has a name."}),
    PageType("thanks-for-message", "/contact/", pressed="Send", typed={
        "contact-name": "A gardener", "contact-email": "gardener@example.com",
        "contact-message": "May I call you about the roses?", "contact-looking_for": "A good printer"}),
    PageType("thanks-for-referral", "/refer/", typed=REFERRAL, ticked=("referral-level-2",), pressed="Send"),
    PageType("link", "/links/{link}"),
    PageType("link-ended", "/links/nothing-of-ours"),
    PageType("link-of-a-referrer", "/links/{follow}"),
    PageType("link-to-say-no", "/links/{object}"),
)  # fmt: skip
AUTHORS = (
    PageType("sign-in", "/dashboard/sign-in"),
    *(
        PageType(name, f"/dashboard/{address}", signed_in=True)
        for name, address in {
            "today": "", "needs": "needs/", "capture": "capture", "brief": "people/1/brief",
            "one-to-one": "people/1/one-to-one", "erase": "people/1/erase",
            "inbox": "inbox", "submission": "inbox/1", "comments": "comments?show=all", "comment": "comments/1",
            "people": "people", "person": "people/1", "referrals": "referrals", "referral": "referrals/1",
            "thanks": "thanks", "thanks-to": "people/1/thanks", "favour": "favour?who=1", "outbox": "outbox",
            "sessions": "sessions", "calendar": "calendar",
        }.items()
    ),
)  # fmt: skip
PAGE_TYPES = (*READERS, *VISITORS, *AUTHORS)
