"""How to reach the author: found in the text, written into site.toml."""

import tomllib
from pathlib import Path

import pytest

from authoring.importing.contacts import Contacts, find_contacts, new_values, own_answers, with_author
from authoring.importing.errors import ImportingError

TOML = (Path(__file__).parents[3] / "site.toml").read_text(encoding="utf-8")
PLAIN = '[site]\nemail = "site@example.com"\n\n[author]\nemail = "old@example.com"  # mine\nphone = \'1\'\n'


@pytest.mark.parametrize(
    "phone", ["212-555-0188", "(212) 555-0188", "+1 212 555 0188", "212.555.0188", "+44 20 7946 0018"]
)
def test_a_phone_number_is_found_as_it_is_written(phone: str) -> None:
    assert find_contacts(f"Write to a.b+c@example.co.uk, or call {phone}.") == Contacts("a.b+c@example.co.uk", phone)


@pytest.mark.parametrize("text", ["In 2015-2016 we sold 1000 of them.", "Meet @baker at 10:30.", "10", ""])
def test_other_numbers_are_no_contacts(text: str) -> None:
    assert find_contacts(text) == Contacts(None, None)


def test_only_what_differs_is_offered() -> None:
    found = Contacts("Author@Example.com", "212-555-0123")
    assert new_values(found, "author@example.com", "+1 212-555-0123") == {}
    assert new_values(found, "else@example.com", "+1 212-555-0199") == {
        "email": "Author@Example.com",
        "phone": "212-555-0123",
    }


def test_only_these_two_lines_of_site_toml_change() -> None:
    changed = with_author(TOML, {"email": "baker@example.com", "phone": "212-555-0188"})
    before, after = TOML.splitlines(), changed.splitlines()
    differing = [new for old, new in zip(before, after, strict=True) if old != new]
    assert differing == ['email = "baker@example.com"', 'phone = "212-555-0188"']


def test_comments_quotes_and_other_tables_are_kept() -> None:
    assert with_author(PLAIN, {"email": "new@example.com", "phone": "2"}) == (
        '[site]\nemail = "site@example.com"\n\n[author]\nemail = "new@example.com"  # mine\nphone = "2"\n'
    )


def test_line_endings_are_kept() -> None:
    changed = with_author(PLAIN.replace("\n", "\r\n"), {"phone": "2"})
    assert changed == PLAIN.replace("'1'", '"2"').replace("\n", "\r\n")


def test_a_file_written_another_way_is_left_to_the_author() -> None:
    toml = 'author = {email = "old@example.com"}\n'
    assert tomllib.loads(toml)["author"]["email"]
    with pytest.raises(ImportingError, match=r"site.toml: cannot find the line of email under \[author\]"):
        with_author(toml, {"email": "new@example.com"})


@pytest.mark.parametrize(
    ("email", "phone", "own"),
    [
        ("author@example.com", "+1 212-555-0123", []),
        ("me@mine.test", "+1 212-555-0123", ["me@mine.test"]),
        ("me@mail.example.org", "+44 20 7946 0018", ["+44 20 7946 0018"]),
        ("me@mine.test", "", ["me@mine.test"]),
    ],
)
def test_what_is_no_placeholder_is_the_authors_own(email: str, phone: str, own: list[str]) -> None:
    assert own_answers({"email": "a@b.test", "phone": "1"}, email, phone) == own
    assert own_answers({}, email, phone) == []
