"""A message to the author, with the two questions he asks of everyone."""

from __future__ import annotations

from typing import Any

from forms_service.forms import fields
from forms_service.forms.base import BaseForm, Group
from forms_service.forms.checks import say

MESSAGE_LIMIT = 10_000
ANSWER_LIMIT = 2_000


class ContactForm(BaseForm):
    KIND = "contact"
    TITLE = "Write to me"
    BUTTON = "Send your message"
    EITHER = ("email", "phone")
    GROUPS = (
        Group("About you", ("name", "email", "phone")),
        Group("", ("message",)),
        Group("Two questions for everyone", ("looking_for", "good_at")),
    )

    name = fields.line("Your name", needed="Please say who you are.", autocomplete="name")
    email = fields.email("Your e-mail", hint="An e-mail address or a phone number: one of them is enough.")
    phone = fields.phone("Your phone", hint="With the area code, and the country code if you are abroad.")
    message = fields.text("Your message", most=MESSAGE_LIMIT, rows=7, needed="Please write your message.")
    looking_for = fields.text(
        "What are you looking for just now?", most=ANSWER_LIMIT,
        hint="A plumber, a customer, a partner for tennis. Perhaps I know someone.",
    )  # fmt: skip
    good_at = fields.text(
        "What do you do well?", most=ANSWER_LIMIT, hint="So that I think of you when somebody needs just that."
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.email.data or self.phone.data:
            return valid
        return say(self.email, "Please give an e-mail address or a phone number, so that I can answer.")
