"""Where somebody stands: buying, partnership, whether they may be contacted, and when to be in touch. Pure.

Everything follows from the standing events about one person, oldest first; nothing is typed in, so a stage
falls back by itself when what held it up has ended.
"""

from forms_service.people.stages.buying import Buying, Cover, buying, client_signs, covers, run_began, term_ends
from forms_service.people.stages.contact import Contact, contact
from forms_service.people.stages.moments import BUYS, happened, moment
from forms_service.people.stages.partner import has_helped, is_partner
from forms_service.people.stages.partnership import Partnership, partnership
from forms_service.people.stages.touch import (
    REGULATED,
    ROLES,
    TOUCHES,
    Interval,
    interval,
    last_touch,
    next_meeting,
    roles,
)  # fmt: skip

__all__ = [
    "BUYS", "REGULATED", "ROLES", "TOUCHES", "Buying", "Contact", "Cover", "Interval", "Partnership", "buying",
    "client_signs", "contact", "covers", "happened", "has_helped", "interval", "is_partner", "last_touch", "moment",
    "next_meeting", "partnership", "roles", "run_began", "term_ends",
]  # fmt: skip
