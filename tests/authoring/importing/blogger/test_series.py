"""Titles that tell of parts of one thing are offered together, whatever the language; others are left alone."""

import pytest

from authoring.importing.blogger.series import offers


@pytest.mark.parametrize(
    ("one", "two", "name"),
    [
        ("On Bread, Part 1", "On bread – Part II", "On Bread"),
        ("Die Reise (Teil 1)", "Die Reise (Teil 2)", "Die Reise"),
        ("Pão, capítulo 3", "Pão, Capítulo 4: o fim", "Pão"),
        ("Хлеб. Часть 1", "Хлеб. Часть 2", "Хлеб"),
        ("Letters #1", "Letters #2", "Letters"),
    ],
)
def test_parts_of_one_thing_are_one_offer(one: str, two: str, name: str) -> None:
    assert offers([(one, "a.md"), ("Something else", "b.md"), (two, "c.md")]) == {name: ["a.md", "c.md"]}


@pytest.mark.parametrize("title", ["Partners", "A party 2", "My part in it", "In part because", "Number 2"])
def test_other_titles_are_no_parts(title: str) -> None:
    assert offers([(title, "a.md"), (title, "b.md")]) == {}
