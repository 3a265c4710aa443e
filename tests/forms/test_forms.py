"""What each form asks, accepts and refuses; the promises that hold for all of them."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms_service.forms import FORMS, BaseForm
from forms_service.forms.referral import AGREED, LEVELS
from forms_service.forms.referral_contact import CONSENT_VERSION
from forms_service.models import KINDS
from forms_service.models import LEVELS as KEPT_LEVELS

FILLED = {
    "comment": {"name": "A baker", "text": "Yes."},
    "contact": {"name": "A plumber", "email": "plumber@example.com", "message": "Hello"},
    "referral": {
        "name": "A florist", "email": "florist@example.com", "level": "L1", "referred_name": "A caterer",
        "need": "A kitchen",
    },
    "referral_contact": {"phone": "212-555-0142", "consent": CONSENT_VERSION},
}  # fmt: skip


def filled(kind: str, **changes: str) -> Any:
    words = {**FILLED[kind], **changes}
    return FORMS[kind](MultiDict({f"{kind}-{name}": value for name, value in words.items()}))


def wrong(form: BaseForm) -> set[str]:
    form.validate()
    return set(form.errors)


def test_every_kind_of_submission_has_its_form():
    assert tuple(FORMS) == KINDS


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_filled_in_as_asked_is_accepted(kind: str):
    assert wrong(filled(kind)) == set()


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_stands_in_exactly_one_group(kind: str):
    form = FORMS[kind]()
    grouped = [field.short_name for _, fields in form.groups for field in fields]
    hidden = [field.short_name for field in form.hidden_fields]
    assert sorted([*grouped, *hidden, "topic"]) == sorted(form.data)


@pytest.mark.parametrize("kind", FORMS)
def test_every_text_has_a_limit(kind: str):
    form = filled(kind, **{name: "x" * 100_000 for name in FORMS[kind]().data if name not in ("level", "consent")})
    assert wrong(form) >= set(form.data) - {"level", "consent", "topic"}


@pytest.mark.parametrize("kind", FORMS)
def test_blanks_around_the_words_count_for_they_are_kept(kind: str):
    padded = filled(
        kind, **{name: " " * 100_000 + "x" for name in FORMS[kind]().data if name not in ("level", "consent")}
    )
    assert wrong(padded) >= set(padded.data) - {"level", "consent", "topic"}


@pytest.mark.parametrize("kind", FORMS)
def test_the_ids_of_two_forms_never_clash(kind: str):
    assert all(field.id.startswith(f"{kind}-") for field in FORMS[kind]())


@pytest.mark.parametrize("kind", FORMS)
def test_the_honeypot_never_refuses_anybody(kind: str):
    form = filled(kind, topic="Cheap\0 watches")
    assert wrong(form) == set()
    assert form.is_trapped
    assert "\0" not in "".join(form.as_sent.values()), "PostgreSQL would refuse every later look into what was sent"


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("comment", {"name", "text"}),
        ("contact", {"name", "message", "email"}),
        ("referral", {"name", "email", "level", "need"}),
        ("referral_contact", {"email", "consent"}),
    ],
)
def test_an_empty_form_asks_for_what_is_needed_and_no_more(kind: str, needed: set[str]):
    assert wrong(FORMS[kind](MultiDict())) == needed


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", "\t\n"])
def test_a_name_has_to_be_visible(blank: str):
    assert wrong(filled("comment", name=blank)) == {"name"}


def test_a_referral_needs_at_most_six_answers():
    assert len(wrong(FORMS["referral"](MultiDict({"referral-level": "x"}))) | {"referred_name"}) <= 6


def test_a_referral_asks_for_no_address_of_a_third_person():
    labels = " ".join(field.label.text for field in FORMS["referral"]()).lower()
    assert "their e-mail" not in labels
    assert "their phone" not in labels


def test_the_levels_are_those_that_are_kept():
    assert tuple(level for level, _ in LEVELS) == KEPT_LEVELS
    assert set(AGREED) < set(KEPT_LEVELS)


@pytest.mark.parametrize("level", ["", "L5", "l1", "L1 "])
def test_another_level_is_no_answer(level: str):
    assert wrong(filled("referral", level=level)) == {"level"}


def test_one_way_to_answer_is_enough():
    assert wrong(filled("contact", email="", phone="212 555 0123")) == set()
    assert wrong(filled("contact", email="", phone="")) == {"email"}


def test_a_number_is_read_with_the_country_of_the_site():
    form = FORMS["contact"](MultiDict({"contact-phone": "030 901820"}), country="DE")
    form.validate()
    assert form.phone.normalised == "+4930901820"


def test_numbers_and_addresses_are_kept_as_typed():
    form = filled("contact", email=" A.Plumber@Example.COM", phone="(212) 555-0123")
    assert form.validate()
    assert (form.email.data, form.email.normalised) == ("A.Plumber@Example.COM", "a.plumber@example.com")
    assert (form.phone.data, form.phone.normalised) == ("(212) 555-0123", "+12125550123")


@pytest.mark.parametrize("consent", ["", "y", "2019-01", "on"])
def test_consent_is_to_the_wording_on_the_page(consent: str):
    assert wrong(filled("referral_contact", consent=consent)) == {"consent"}


def test_what_was_sent_is_kept_beside_what_was_understood():
    form = filled("comment", name="  A\tbaker ", text="Yes.\r\n")
    assert (form.as_sent["name"], form.name.data) == ("  A\tbaker ", "A baker")
    assert form.as_sent["text"] == "Yes.\n"


def test_the_program_that_prints_the_pages_needs_no_settings():
    form = FORMS["comment"](data={"article": "2026/11/thanks"})
    assert form.article.data == "2026/11/thanks"
