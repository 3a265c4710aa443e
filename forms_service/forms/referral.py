"""A referral: who refers, how far it has gone, and what is needed. No contact details of a third person."""

from __future__ import annotations

from typing import Any

from forms_service.forms import fields
from forms_service.forms.base import BaseForm, Group
from forms_service.forms.checks import say
from forms_service.forms.text import is_blank

NEED_LIMIT = 5_000
LOOK_OUT_LIMIT = 2_000

#: How involved the referrer is, kept as claimed. The codes are those of `models/referral.py`.
LEVELS = (
    ("L0", "I only know of a situation"),
    ("L1", "I have someone in mind, and they don’t know yet"),
    ("L2", "I told them, and they agreed to hear from you"),
    ("L3", "I am introducing us"),
    ("L4", "I told them of my own experience with you, and they want to start"),
)
#: From here on the third person knows and has agreed, so their address may be asked for.
AGREED = ("L2", "L3", "L4")


class ReferralForm(BaseForm):
    KIND = "referral"
    TITLE = "Refer someone"
    BUTTON = "Send your referral"
    EITHER = ("referred_name",)
    GROUPS = (
        Group("About you", ("name", "email", "phone")),
        Group("Who are you referring?", ("level", "referred_name", "need")),
        Group("And for you", ("look_out_for",)),
    )

    name = fields.line("Your name", needed="Please say who you are.", autocomplete="name")
    email = fields.email("Your e-mail", needed="Please give your e-mail address, so that I can thank you.")
    phone = fields.phone("Your phone", hint="With the area code, and the country code if you are abroad.")
    level = fields.choice(
        "How far has it gone?", LEVELS, needed="Please choose how far it has gone. Every answer is welcome."
    )
    referred_name = fields.line(
        "Their name",
        hint="Only the name; leave it empty if you only know of a situation. "
        "Please send no address or phone number of theirs.",
    )
    need = fields.text(
        "What do they need?", most=NEED_LIMIT, rows=5, needed="Please say what they need, in a sentence or two."
    )
    look_out_for = fields.text(
        "Whom should I look out for on your behalf?", most=LOOK_OUT_LIMIT,
        hint="The customer or partner you would like to meet.",
    )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.level.data in (None, "L0") or not is_blank(self.referred_name.data):
            return valid
        return say(self.referred_name, "Please say whom you are referring. Their name is enough.")
