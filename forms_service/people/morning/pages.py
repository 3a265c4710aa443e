"""Where the rows of the morning lead, for what is read outside the dashboard: mails and calendars. Pure."""

from __future__ import annotations

from forms_service.people.today_words import Page

#: The dashboard's addresses by endpoint, below the site's own; the tests compare.
PATHS = {
    "today": "/dashboard/",
    "submission": "/dashboard/inbox/{submission_id}",
    "comment": "/dashboard/comments/{comment_id}",
    "person": "/dashboard/people/{person_id}",
    "brief_page": "/dashboard/people/{person_id}/brief",
    "referral": "/dashboard/referrals/{referral_id}",
    "thanks_for_nothing": "/dashboard/people/{person_id}/thanks",
    "thanks_for_act": "/dashboard/thanks/{event_id}",
    "thanks_for_referral": "/dashboard/referrals/{referral_id}/thanks/{rule}",
    "outbound": "/dashboard/outbound/{outbound_id}",
    "needs": "/dashboard/needs/",
}


def path_of(page: Page | None) -> str:
    """The path of a row's page; of Today itself where the row has none."""
    endpoint, values = page or ("today", {})
    anchor = values.get("_anchor")
    return PATHS[endpoint].format(**values) + (f"#{anchor}" if anchor else "")
