"""A link's token does what was signed, until it expires, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.links.tokens import ACTIONS, Link, LinkError, read, sign

SECRET = "a secret for tests only, long enough to serve"
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)

nonces = st.text("abcXYZ019_-", max_size=32)
links = st.sampled_from([(p, a) for p, actions in ACTIONS.items() for a in actions]).flatmap(
    lambda pair: st.builds(Link, st.just(pair[0]), st.integers(0, 10**12), st.just(pair[1]), nonces)
)


def refusal(token: str, now: datetime = NOW, *purposes: str, secret: str = SECRET) -> str:
    with pytest.raises(LinkError) as caught:
        read(secret, token, now, *purposes)
    return caught.value.reason


@given(links)
def test_a_link_comes_back_as_it_was_signed(link: Link):
    assert read(SECRET, sign(SECRET, link, TOMORROW), NOW) == link


def test_a_link_is_short_enough_to_type_into_a_line_of_mail():
    assert len(sign(SECRET, Link("comment", 123456, "approve"), TOMORROW)) < 80


def test_a_link_ends_at_its_expiry():
    token = sign(SECRET, Link("comment", 7, "approve"), TOMORROW)
    assert read(SECRET, token, TOMORROW - timedelta(seconds=1)).target == 7
    assert refusal(token, TOMORROW) == "expired"


def test_a_link_of_another_secret_is_forged():
    assert refusal(sign("x" * 40, Link("comment", 7, "approve"), TOMORROW)) == "forged"


def test_a_forged_link_is_never_merely_expired():
    assert refusal(sign("x" * 40, Link("comment", 7, "approve"), NOW - timedelta(days=9))) == "forged"


def test_a_link_for_another_purpose_is_refused():
    token = sign(SECRET, Link("thanks", 7, ""), TOMORROW)
    assert read(SECRET, token, NOW, "thanks", "comment").target == 7
    assert refusal(token, NOW, "comment", "submission") == "forged"


@given(links, st.data())
@settings(max_examples=60)
def test_no_shorter_or_longer_token_passes(link: Link, data: st.DataObject):
    token = sign(SECRET, link, TOMORROW)
    cut = data.draw(st.integers(0, len(token) - 1))
    for other in (token[:cut], token[cut + 1 :], token + token[cut], token + "=", " " + token, token + "\n"):
        assert refusal(other) == "forged"


@given(links, st.data())
@settings(max_examples=60)
def test_no_changed_character_passes(link: Link, data: st.DataObject):
    token = sign(SECRET, link, TOMORROW)
    at = data.draw(st.integers(0, len(token) - 1))
    put = data.draw(st.characters(codec="utf-8").filter(lambda c: c != token[at]))
    assert refusal(token[:at] + put + token[at + 1 :]) == "forged"


@given(links, links, st.integers(1, 10**6))
@settings(max_examples=60)
def test_no_splice_of_two_good_tokens_passes(one: Link, two: Link, later: int):
    first = sign(SECRET, one, TOMORROW).split(".")
    second = sign(SECRET, two, TOMORROW + timedelta(seconds=later)).split(".")
    for part in range(len(first)):
        spliced = [*first[:part], second[part], *first[part + 1 :]]
        if spliced not in (first, second):
            assert refusal(".".join(spliced)) == "forged"


@given(st.text())
@settings(max_examples=60)
def test_no_other_text_passes(token: str):
    assert refusal(token) == "forged"


@pytest.mark.parametrize(
    "link",
    [
        Link("comment", 7, "publish"),
        Link("everything", 7, ""),
        Link("comment", -1, "approve"),
        Link("sign_in", 1, "", "a.b"),
        Link("sign_in", 1, "", "a\n"),
    ],
)
def test_what_no_link_can_do_is_not_signed(link: Link):
    with pytest.raises(ValueError, match="link"):
        sign(SECRET, link, TOMORROW)
