"""Someone writes to the author: the message, its two questions, and mistakes put right without losing a word."""

import pytest

from forms_service.db import Database
from forms_service.models import OutboxMail, Submission
from tests.intake.conftest import WORDS, Visitor, counts, rows
from tests.support.pages import Page


def test_a_message_is_kept_with_both_answers(visitor: Visitor, database: Database):
    visitor.sends("contact", looking_for="A tenor", good_at="Pipes")
    (submission,) = rows(database, Submission)
    assert submission.payload == {
        "topic": "", "name": "A plumber", "email": "plumber@example.com", "phone": "",
        "message": "May I call you?", "looking_for": "A tenor", "good_at": "Pipes",
    }  # fmt: skip


def test_the_thank_you_page_gives_the_reference_number(visitor: Visitor, database: Database):
    page = visitor.is_thanked_for("contact")
    reference = rows(database, Submission)[0].reference
    assert f"{reference[:4]}-{reference[4:]}" in page.text


def test_the_promise_of_an_answer_is_made_only_if_the_author_makes_it(visitor: Visitor):
    assert "24 hours" not in visitor.is_thanked_for("contact").text


def test_a_second_click_gets_the_same_thank_you(visitor: Visitor, database: Database):
    first, second = visitor.sends("contact"), visitor.sends("contact")
    assert first.location == second.location
    assert counts(database)["submission"] == 1


@pytest.mark.parametrize("given", [{"email": "", "phone": "212-555-0123"}, {"email": "a@example.com", "phone": ""}])
def test_one_way_to_answer_is_enough(visitor: Visitor, given: dict[str, str]):
    assert visitor.sends("contact", **given).status_code == 303


def test_a_mistake_comes_back_with_everything_typed(passer_by: Visitor):
    refused = passer_by.sends("contact", email="plumber at example", looking_for="A “tenor”", good_at="<Pipes>")
    assert refused.status_code == 422
    page = Page(refused.text)
    typed = {**WORDS["contact"], "email": "plumber at example", "looking_for": "A “tenor”", "good_at": "<Pipes>"}
    assert {name: page.values[f"contact-{name}"] for name in typed} == typed


def test_what_is_wrong_stands_first_and_leads_to_its_field(passer_by: Visitor):
    refused = passer_by.sends("contact", email="nonsense", name="")
    page = Page(refused.text)
    assert page.title.startswith("Error:")
    assert refused.text.index('class="error-summary"') < refused.text.index("<h1>")
    assert [link["href"] for link in page.all("a") if link["href"].startswith("#contact")] == [
        "#contact-name",
        "#contact-email",
    ]
    for name in ("contact-name", "contact-email"):
        field = page.by_id(name)
        assert field["aria-invalid"] == "true"
        assert f"{name}-error" in field["aria-describedby"].split()
        assert "error" in page.by_id(f"{name}-error")["class"]


def test_a_mistake_put_right_is_taken_in(visitor: Visitor, database: Database):
    page = Page(visitor.sends("contact", email="nonsense").text)
    again = {**page.values, "contact-email": "plumber@example.com"}
    sent = visitor.client.post(page.all("form")[0]["action"], data=again, headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 303
    assert counts(database)["submission"] == 1


def test_the_author_gets_one_mail(visitor: Visitor, database: Database):
    visitor.sends("contact")
    assert [(mail.kind, mail.state) for mail in rows(database, OutboxMail)] == [("contact_received", "queued")]


def test_who_fills_in_the_hidden_field_is_kept_silently(visitor: Visitor, database: Database):
    assert visitor.sends("contact", topic="Cheap watches").status_code == 303
    (submission,), (mail,) = rows(database, Submission), rows(database, OutboxMail)
    assert submission.suspicions == ["the field that people leave empty was filled in"]
    assert submission.payload["topic"] == "Cheap watches"
    assert mail.state == "silenced"


def test_a_recipient_or_a_way_on_in_the_request_changes_nothing(visitor: Visitor, database: Database):
    extra = {f"contact-{name}": "https://evil.example.com" for name in ("_cc", "_next", "to", "redirect", "_replyto")}
    extra |= {"_next": "https://evil.example.com", "_cc": "victim@example.com"}
    plain = visitor.sends("contact").location
    data = {f"contact-{name}": value for name, value in WORDS["contact"].items()} | extra
    sent = visitor.client.post("/forms/contact?_next=https://evil.example.com", data=data)
    assert sent.location == plain
    assert "evil" not in str(rows(database, Submission)[0].payload)


def test_what_stands_in_the_address_is_not_read(visitor: Visitor, database: Database):
    query = "&".join(f"contact-{name}={value}" for name, value in WORDS["contact"].items())
    assert visitor.client.post(f"/forms/contact?{query}", data={"contact-name": "A plumber"}).status_code == 422
    assert visitor.client.get(f"/forms/contact?{query}").status_code == 200
    assert counts(database) == {}
