"""The kinds of fields our forms are made of, each with its limit and the browser's help for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import EmailField, HiddenField, RadioField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from forms_service.forms.addresses import AddressError, normalise_email, normalise_phone
from forms_service.forms.checks import AtMost, Needed, Sound, no_nul
from forms_service.forms.text import one_line, paragraphs

NAME_LIMIT = 100
EMAIL_LIMIT = 254
PHONE_LIMIT = 50
HIDDEN_LIMIT = 200


class Email(EmailField):
    """An address; `normalised` holds the spelling it is found by."""

    normalised = ""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            self.normalised = normalise_email(self.data)
        except AddressError:
            raise ValidationError(
                "This does not look like an e-mail address. It should be like anna@example.com."
            ) from None


class Phone(TelField):
    """A phone number as one writes it; `normalised` is E.164, read with the country of the form."""

    normalised = ""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            self.normalised = normalise_phone(self.data, form.country)
        except AddressError:
            raise ValidationError(
                "This does not look like a phone number. Please give it with its area code, "
                "and with its country code if it is abroad, like +49 30 901820."
            ) from None


class Choice(RadioField):
    """One of several, nothing chosen beforehand."""

    def pre_validate(self, form: Any) -> None:
        """`Needed` speaks for us: WTForms would say "Not a valid choice"."""
        if self.data not in [option.value for option in self.choices]:  # type: ignore[union-attr]
            self.data = None


def _checks(needed: str, most: int) -> list[Any]:
    return [no_nul, *([Needed(needed)] if needed else []), AtMost(most)]


def line(label: str, *, hint: str = "", needed: str = "", most: int = NAME_LIMIT, autocomplete: str = "off") -> Any:
    """One line of text. `needed`: what to say when it is left empty."""
    return StringField(
        label, _checks(needed, most), filters=[one_line], description=hint, render_kw={"autocomplete": autocomplete}
    )


def email(label: str, *, hint: str = "", needed: str = "", autocomplete: str = "email") -> Any:
    return Email(
        label, _checks(needed, EMAIL_LIMIT), filters=[one_line], description=hint,
        render_kw={"autocomplete": autocomplete, "spellcheck": "false"},
    )  # fmt: skip


def phone(label: str, *, hint: str = "", autocomplete: str = "tel") -> Any:
    return Phone(
        label, _checks("", PHONE_LIMIT), filters=[one_line], description=hint, render_kw={"autocomplete": autocomplete}
    )


def text(label: str, *, most: int, hint: str = "", needed: str = "", rows: int = 4) -> Any:
    """Several lines of plain text."""
    return TextAreaField(label, _checks(needed, most), filters=[paragraphs], description=hint, render_kw={"rows": rows})


def choice(label: str, choices: Sequence[tuple[str, str]], *, needed: str) -> Any:
    return Choice(label, [no_nul, Needed(needed)], choices=[SelectChoice(value, words) for value, words in choices])


def hidden(unsound: str) -> Any:
    """A value the page carries along, such as the essay's id. `unsound` is said of what no page of ours carries."""
    return HiddenField(validators=[Sound(HIDDEN_LIMIT, unsound)], filters=[one_line])


def trap() -> Any:
    """The honeypot: people are told to leave it empty, and filling it in is a hint, never a verdict."""
    return StringField(
        "Leave this field empty", [AtMost(1000)],
        filters=[lambda value: one_line(value).replace("\x00", "")],
        render_kw={"autocomplete": "off", "tabindex": "-1"},
    )  # fmt: skip
