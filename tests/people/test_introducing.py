"""The drafts: whoever is asked first learns no name; the introduction names both and how to reach them."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from forms_service.people.introducing import Side, ask_asker, ask_helper, introduce

ASKER = Side("Zelda Asker", "asker@example.com", ["asker@example.com", "+1 212-555-0143"])
HELPER = Side("Quentin Helper", "helper@example.com", ["helper@example.com"])


def test_the_first_asks_name_neither_to_the_other():
    for knows_one in (True, False):
        letter = ask_helper(HELPER, "plumber", "The Author", knows_one=knows_one)
        assert not any(word in letter.subject + letter.text for word in ("Zelda", "asker@", "0143"))
    letter = ask_asker(ASKER, "plumber", "The Author")
    assert not any(word in letter.subject + letter.text for word in ("Quentin", "helper@"))


def test_the_introduction_gives_both_sides_to_both():
    letter = introduce(ASKER, HELPER, "plumber", "The Author")
    assert letter.to == ["asker@example.com", "helper@example.com"]
    assert all(word in letter.text for word in ("Zelda Asker", "Quentin Helper", *ASKER.reach, *HELPER.reach))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_breaks_out_of_the_mail_address(name: str, what: str):
    letter = introduce(Side(name, "a@example.com"), HELPER, what, "The Author")
    found = parse_qs(urlsplit(letter.mailto).query, keep_blank_values=True)
    assert set(found) == {"subject", "body"}
    assert found["body"] == [letter.text]


def test_without_an_address_there_is_nothing_to_open():
    assert ask_asker(Side("Somebody"), "plumber", "The Author").mailto == ""
