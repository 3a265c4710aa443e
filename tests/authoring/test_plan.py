"""The plan says exactly what differs between two builds, and its sentence counts pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.plan import Plan, difference, make_plan, pages

FOLDERS, FILES = ("", "a/", "a/b/"), ("index.html", "x.html", "y.atom")
NAMES = st.sampled_from([folder + name for folder in FOLDERS for name in FILES])
BUILDS = st.dictionaries(NAMES, st.sampled_from("123"))


def one(_name: str) -> int:
    return 1


@settings(max_examples=60)
@given(BUILDS, BUILDS)
def test_every_file_is_counted_once_and_rightly(before, after):
    plan = make_plan(before, after, one)
    told = [*plan.added, *plan.changed, *plan.removed]
    assert len(told) == len(set(told))
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} == set(told)
    assert len(plan.names()) == len(pages(told))
    assert plan.bytes == len(plan.added) + len(plan.changed)
    assert plan.nothing == (before == after)


@settings(max_examples=60)
@given(BUILDS, BUILDS)
def test_carrying_a_plan_out_makes_the_new_build(before, after):
    plan = make_plan(before, after, one)
    made = {name: value for name, value in before.items() if name not in plan.removed}
    made |= {name: after[name] for name in (*plan.added, *plan.changed)}
    assert made == after


@settings(max_examples=30)
@given(BUILDS, BUILDS)
def test_the_way_back_is_the_plan_turned_round(before, after):
    there, back = make_plan(before, after, one), make_plan(after, before, one)
    assert (there.added, there.changed, there.removed) == (back.removed, back.changed, back.added)


def test_the_sentence_counts_pages():
    plan = Plan(("a.html",), ("b.html", "c.html", "x.atom"), ())
    assert str(plan) == "This will add 1 page, change 2, remove 0."
    assert plan.done == "1 page added, 2 changed, 0 removed"
    assert pages(plan.changed) == ["b.html", "c.html"]


def test_other_files_are_not_passed_over():
    assert str(Plan(changed=("theme/site.css",))) == "This will change no page, but 1 other file."


def test_only_the_paragraphs_that_differ_are_told():
    assert difference("<p>One.</p><p>Two.</p>", "<p>One.</p><p>Three.</p>") == ("-Two.", "+Three.")


def test_the_author_reads_the_names_of_pages_and_a_count_of_what_goes_with_them():
    plan = Plan(("a/index.html", "a.png"), ("x.atom",), ())
    assert list(plan.lines()) == ["  0 KB to write.", "  + /a/", "  and 2 files that go with them"]
    assert list(Plan(changed=("x.atom",)).lines())[-1] == "  and 1 file that goes with them"


def test_a_release_is_remembered_by_its_pages():
    plan = Plan(("a/index.html", "a.png"), ("x.atom",), ("index.html",))
    assert plan.names() == ["+ /a/", "- /"]


@pytest.mark.parametrize("mark", ["--", "++", "@@"])
def test_what_changed_is_told_whatever_it_begins_with(mark: str):
    assert difference(f"<p>{mark} Anna</p>", f"<p>{mark} Bert</p>") == (f"-{mark} Anna", f"+{mark} Bert")
    assert difference(f"<p>{mark} Anna</p>", f"<p>{mark} Anna</p>") == ()
