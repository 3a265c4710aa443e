"""Where the rows of the morning lead, for what is read outside the dashboard: mails and calendars. Pure."""

from __future__ import annotations

from forms_service.people.today_words import Page

#: The dashboard's addresses by endpoint, below the site's own; `tests/people/test_morning.py` compares.
PATHS = {
    "today": "/dashboard/",
    "submission": "/dashboard/inbox/{submission_id}",
    "comment": "/dashboard/comments/{comment_id}",
    "person": "/dashboard/people/{person_id}",
    "referral": "/dashboard/referrals/{referral_id}",
    "outbound": "/dashboard/outbound/{outbound_id}",
    "needs": "/dashboard/needs/",
}


def path_of(page: Page | None) -> str:
    """The path of a row's page; of Today itself where the row has none."""
    endpoint, values = page or ("today", {})
    anchor = values.get("_anchor")
    return PATHS[endpoint].format(**values) + (f"#{anchor}" if anchor else "")
