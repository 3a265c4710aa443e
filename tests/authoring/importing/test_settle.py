"""What is known of each essay, and what is still missing."""

from datetime import date, datetime
from pathlib import Path

import pytest

from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing
from authoring.importing.plain_text import read_draft
from authoring.importing.settle import CONFIRMED, GIVEN, Entry, Proposal, check_title, entries, with_date, with_title
from authoring.importing.sources import Source
from tests.authoring.importing.texts import FIRST, SECOND

PROPOSED = Proposal(date(2016, 3, 13), "The List by the Oven")


def read(*texts: str, standing: tuple[Standing, ...] = ()) -> list[Entry]:
    sources = [Source(Path(name), name, name, text, "") for name, text in zip("abcd", texts, strict=False)]
    return entries([(source, read_draft(source.text)) for source in sources], standing)


def standing(at: datetime, closing: str, sample: bool = False) -> Standing:
    return Standing(Path("x.md"), b"", "An Older One", at, "", "", sample, False, closing)


def test_what_the_text_says_is_known() -> None:
    (entry,) = read(FIRST)
    assert (entry.title, f"{entry.at:%Y-%m-%d %H:%M}", entry.missing) == (
        "The List by the Oven",
        "2016-03-06 07:00",
        (),
    )


def test_what_no_text_says_is_missing() -> None:
    assert read(SECOND)[0].missing == ("title", "date")


def test_a_sequel_is_proposed_a_week_after_the_essay_it_continues() -> None:
    assert read(SECOND, FIRST)[0].proposal == PROPOSED


def test_a_sequel_alone_gets_no_proposal() -> None:
    assert read(SECOND)[0].proposal is None


def test_an_essay_that_does_not_look_back_gets_no_proposal() -> None:
    assert read("It was cold.\n\nSo we went in.", FIRST)[0].proposal is None


def test_an_essay_already_on_the_site_may_be_continued() -> None:
    earlier = standing(datetime(2016, 3, 6, 7), "More of it next week.")  # noqa: DTZ001
    assert read(SECOND, standing=(earlier,))[0].proposal == Proposal(date(2016, 3, 13), "An Older One")


def test_a_sample_is_continued_by_nothing() -> None:
    earlier = standing(datetime(2016, 3, 6, 7), "More of it next week.", sample=True)  # noqa: DTZ001
    assert read(SECOND, standing=(earlier,))[0].proposal is None


def test_the_essay_that_promises_next_week_goes_before_one_that_does_not() -> None:
    other = standing(datetime(2016, 5, 1, 7), "That is all.")  # noqa: DTZ001
    assert read(SECOND, FIRST, standing=(other,))[0].proposal == PROPOSED


def test_two_essays_that_may_be_meant_give_no_proposal() -> None:
    other = standing(datetime(2016, 5, 1, 7), "More of it next week.")  # noqa: DTZ001
    assert read(SECOND, FIRST, standing=(other,))[0].proposal is None


def test_an_essay_whose_sequel_is_there_is_not_continued_again() -> None:
    sequel = standing(datetime(2016, 3, 13, 7), "That is all.")  # noqa: DTZ001
    proposal = read(SECOND, FIRST, standing=(sequel,))[0].proposal
    assert proposal == Proposal(date(2016, 3, 20), "An Older One")


def test_title_and_date_go_to_the_one_that_lacks_them() -> None:
    sequel, first = with_date(with_title(read(SECOND, FIRST), "Reading It"), "March 20, 2016")
    assert (sequel.title, f"{sequel.at:%Y-%m-%d}", sequel.dated) == ("Reading It", "2016-03-20", GIVEN)
    assert first.title == "The List by the Oven"


def test_saying_the_proposed_date_confirms_it() -> None:
    assert with_date(read(SECOND, FIRST), "2016-03-13")[0].dated == CONFIRMED


def test_a_single_text_may_be_given_another_title_and_date() -> None:
    (entry,) = with_date(with_title(read(FIRST), "Another"), "2016-04-01 18:30")
    assert (entry.title, f"{entry.at:%Y-%m-%d %H:%M}", len(entry.paragraphs)) == ("Another", "2016-04-01 18:30", 3)


def test_a_title_nobody_lacks_is_refused() -> None:
    with pytest.raises(ImportingError, match="TITLE= is given, but every text has its title"):
        with_title(read(FIRST, FIRST), "Another")


def test_a_date_that_two_lack_is_refused() -> None:
    with pytest.raises(
        ImportingError, match=r"DATE= is given, but 2 texts lack a date \(a, b\); import each by itself"
    ):
        with_date(read(SECOND, SECOND), "2016-03-13")


@pytest.mark.parametrize("title", ["", " ", "a\x07b", "a\u202eb", "x" * 151])
def test_what_is_no_title_is_refused(title: str) -> None:
    with pytest.raises(ImportingError, match="a title"):
        check_title(title)
