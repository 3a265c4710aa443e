"""What the dashboard shows of submissions, people and referrals: reads only, a page at a time."""

from forms_service.people.queries.inbox import InboxFilter, Waiting, inbox, submission_details, waiting_numbers
from forms_service.people.queries.page import PAGE_SIZE, Page
from forms_service.people.queries.people import people, person_details
from forms_service.people.queries.referrals import referral_details, referrals
from forms_service.people.queries.standing import Standing, standing_of

__all__ = [
    "PAGE_SIZE", "InboxFilter", "Page", "Standing", "Waiting", "inbox", "people", "person_details", "referral_details",
    "referrals", "standing_of", "submission_details", "waiting_numbers",
]  # fmt: skip
