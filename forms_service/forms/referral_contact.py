"""The second step of a referral: how to reach someone who agreed, and the statement that they did."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import StopValidation

from forms_service.forms import fields
from forms_service.forms.base import BaseForm, Group
from forms_service.forms.checks import no_nul, say

#: Change the version with the wording: both say what a referrer once put his name to.
CONSENT_VERSION = "2026-11"
CONSENT_WORDING = (
    "They know that I am giving you these details, they agreed to hear from you about this, "
    "and you may tell them who gave you their name."
)
AGREED_LIMIT = 200


class Consent(BooleanField):
    """A box whose value names the wording beside it, so that what is stored is what was read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stated = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.stated = valuelist[0] if valuelist else ""
        self.data = self.stated == CONSENT_VERSION

    def _value(self) -> str:
        return CONSENT_VERSION

    def pre_validate(self, form: Any) -> None:
        if self.stated and not self.data:
            raise StopValidation("This statement has changed since you opened the page. Please read it again.")
        if not self.data:
            raise StopValidation(
                "Please confirm that they agreed. If they have not, please ask or introduce them first."
            )


class ReferralContactForm(BaseForm):
    KIND = "referral_contact"
    TITLE = "How can I reach them?"
    BUTTON = "Send how to reach them"
    EITHER = ("email", "phone")
    GROUPS = (Group("", ("email", "phone", "agreed", "consent")),)

    email = fields.email(
        "Their e-mail", hint="An e-mail address or a phone number: one of them is enough.", autocomplete="off"
    )
    phone = fields.phone("Their phone", hint="With the area code.", autocomplete="off")
    agreed = fields.line(
        "When did they say yes, and how do they like to be reached?",
        hint="“On Tuesday; best by phone, in the evening.” Leave it empty if you do not know.", most=AGREED_LIMIT,
    )  # fmt: skip
    consent = Consent(CONSENT_WORDING, [no_nul])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.email.data or self.phone.data:
            return valid
        return say(self.email, "Please give an e-mail address or a phone number of theirs.")
