"""The prospect list and a person's page, as the author sees them."""

import re

import pytest

from forms_service.db import Database
from tests.dashboard.conftest import Author, Post, Sending, dump, person_named


def names(page: str) -> list[str]:
    return sorted(re.findall(r"<h2><a [^>]+><bdi>([^<]+)</bdi>", page))


def test_the_list_marks_who_is_new(author: Author, post: Post):
    page = author.opens("/dashboard/people")
    assert names(page) == ["A baker", "A gardener", "A plumber", "A stranger"]
    rows = {row.split("</bdi>")[0].split("<bdi>")[1]: "new" in row for row in page.split('<li class="entry">')[1:]}
    assert rows == {"A baker": True, "A gardener": False, "A plumber": True, "A stranger": True}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("gardener", ["A gardener"]),
        ("GARDENER@example", ["A gardener"]),
        ("212-555-0143", ["A gardener"]),
        ("(212) 555", ["A gardener"]),
        ("roses", ["A gardener"]),
        ("MÜLLER roses gärtnerei", ["A gardener"]),
        ("old pipes", ["A plumber"]),
        ("teacher", ["A plumber"]),
        ("A example.com miller", ["A baker"]),
        ("100%", []),
        ("_", []),
        ("nobody", []),
        ("name", []),
    ],
)
def test_search(author: Author, post: Post, search: str, found: list[str]):
    page = author.client.get("/dashboard/people", query_string={"q": search}).text
    assert names(page) == found
    assert found or "Nobody found" in page


def test_a_null_byte_in_the_hidden_field_hides_nobody(author: Author, send: Sending):
    send("contact", topic="Cheap\0 watches")
    assert names(author.client.get("/dashboard/people?q=roses").text) == ["A gardener"]


def test_an_empty_list_says_what_will_stand_there(author: Author):
    assert "marked “new”" in author.opens("/dashboard/people")


def test_a_persons_page_tells_where_each_address_came_from(author: Author, post: Post, database: Database):
    page = author.opens(f"/dashboard/people/{person_named(database, 'A gardener')}")
    assert "gardener@example.com" in page
    assert "typed into a form by the sender" in page
    assert "Sent a message" in page
    assert "You answered" in page


def test_a_persons_page_shows_the_referrals_given(author: Author, post: Post, database: Database):
    page = author.opens(f"/dashboard/people/{person_named(database, 'A plumber')}")
    assert f'Sent you <a href="/dashboard/referrals/{post.referral}">' in page


def test_a_note_is_kept_found_and_taken_back(author: Author, post: Post, database: Database):
    number = person_named(database, "A baker")
    before = {name: rows for name, rows in dump(database).items() if name == "person"}
    page = author.acts(f"/dashboard/people/{number}/notes", text="Likes rye.\r\nCall <early>.")
    assert "Likes rye.\nCall &lt;early&gt;." in page
    assert names(author.opens("/dashboard/people?q=rye")) == ["A baker"]
    assert "Likes rye." not in author.undoes(page).split("What happened")[1].replace("<s ", "")
    assert {name: rows for name, rows in dump(database).items() if name == "person"} == before


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001])
def test_a_note_needs_words_and_has_an_end(author: Author, post: Post, database: Database, text: str):
    number = person_named(database, "A baker")
    answer = author.posts(f"/dashboard/people/{number}/notes", text=text)
    assert answer.status_code == 422
    assert dump(database)["note"] == []


def test_somebody_unknown_has_no_page(author: Author):
    assert author.client.get("/dashboard/people/999").status_code == 404
    assert author.posts("/dashboard/people/999/notes", text="Who?").status_code == 404


def test_many_people_cost_no_more_questions_than_few(author: Author, send: Sending, database: Database):
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions(path: str) -> int:
        asked.clear()
        author.opens(path)
        return len(asked)

    lists = (
        "/dashboard/people",
        "/dashboard/inbox",
        "/dashboard/comments",
        "/dashboard/referrals",
        "/dashboard/outbox",
    )
    for kind in ("comment", "referral"):
        send(kind, name="The first", email="first@example.com")
    few = {path: questions(path) for path in lists}
    for number in range(8):
        for kind in ("comment", "referral"):
            send(kind, name=f"Person {number}", email=f"p{number}@example.com")
    assert {path: questions(path) for path in lists} == few
