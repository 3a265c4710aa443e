"""What is kept. Station 3 of the journey: tables and the projections of their events."""

from forms_service.models.base import Base
from forms_service.models.calendar_address import CalendarAddress
from forms_service.models.comment import Comment, CommentState, StaleArticle
from forms_service.models.duty import Duty, PutOff
from forms_service.models.event import Actor, Event, Kind, Note
from forms_service.models.imported import ImportedComment
from forms_service.models.outbound import OUTBOUND_STATUSES, SIDES, OutboundReferral
from forms_service.models.outbox_mail import MailState, OutboxMail
from forms_service.models.person import ContactPoint, Person
from forms_service.models.referral import BEFORE_CONTACT, LEVELS, STATUSES, Referral, ReferredContact, permitted_level
from forms_service.models.report import Report
from forms_service.models.session import AuthorSession, RateWindow, SignInLink
from forms_service.models.submission import KINDS, Submission, SubmissionKey
from forms_service.models.told import DEPTHS, NEED_STATES, TOLD_SOURCES, Hint, Knows, Need, Offer
from forms_service.models.word import Word, WordOfPerson

__all__ = [
    "BEFORE_CONTACT", "DEPTHS", "KINDS", "LEVELS", "NEED_STATES", "OUTBOUND_STATUSES", "SIDES", "STATUSES",
    "TOLD_SOURCES", "Actor", "AuthorSession", "Base", "CalendarAddress", "Comment", "CommentState", "ContactPoint",
    "Duty", "Event", "Hint", "ImportedComment", "Kind", "Knows", "MailState", "Need", "Note", "Offer",
    "OutboundReferral", "OutboxMail", "Person", "PutOff", "RateWindow", "Referral", "ReferredContact", "Report",
    "SignInLink", "StaleArticle", "Submission", "SubmissionKey", "Word", "WordOfPerson", "permitted_level",
]  # fmt: skip
