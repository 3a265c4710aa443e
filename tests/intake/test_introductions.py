"""The words a referrer passes on: nothing typed can break the mail they become."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.identity import Identity
from forms_service.intake.introductions import introduction

typed = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)


@pytest.fixture(scope="module")
def site(identity: Identity) -> Identity:
    return identity


@given(referrer=typed, referred=typed, need=typed, level=st.sampled_from(["L0", "L1", "L2", "L3", "L4"]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_stays_in_its_place(site, referrer: str, referred: str, need: str, level: str):
    words = introduction(level, referrer, referred, need, site)
    assert words.mailto.isascii()
    parts = urlsplit(words.mailto)
    query = parse_qs(parts.query, strict_parsing=True)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "", "")
    assert set(query) == {"cc", "subject", "body"}
    assert query["cc"] == [site.email]
    assert query["subject"] == [words.subject]
    assert "\n" not in words.subject
    assert "\r" not in words.subject


@pytest.mark.parametrize("cut", range(296, 304))
def test_a_long_need_is_cut_between_whole_characters(site, cut: int):
    family = "👩🏽‍👩🏽‍👧🏽"
    body = introduction("L2", "A", "B", "a" * (cut - 4) + family + "é" * 9, site).body
    about = next(line for line in body.splitlines() if line.startswith("What I have in mind:"))
    kept = about.removeprefix("What I have in mind: " + "a" * (cut - 4)).rstrip("…")
    assert kept.replace(family, "").replace("é", "") == ""


def test_an_introduction_names_both_and_how_to_reach_the_author(site):
    words = introduction("L3", "A florist", "A caterer", "A kitchen", site)
    assert words.subject == "A caterer, meet The Author"
    assert words.body.startswith("Dear A caterer,")
    assert site.email in words.body
    assert words.body.endswith("A florist")


def test_who_does_not_know_yet_is_asked_first(site):
    assert (
        introduction("L1", "A florist", "A caterer", "A kitchen", site).subject == "May I introduce you to The Author?"
    )
