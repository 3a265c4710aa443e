"""The macro that prints a form: the same bytes on both sides, everything escaped exactly once, found by its labels."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from forms_service.forms import FORMS, BaseForm
from tests.conftest import ROOT
from tests.support.pages import Page

SOURCE = (
    '{% from "macros/form.html" import render_form, render_summary %}'
    '{{ render_summary(form, "Look & see") }}{{ render_form(form, "/forms/x?a=1&b=2", "Send <it>") }}'
)


def render(form: BaseForm, autoescape: bool = False) -> str:
    """As Pelican's Jinja prints it; with `autoescape`, as Flask's does."""
    return _environment(autoescape).from_string(SOURCE).render(form=form)


def _environment(autoescape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(ROOT / "theme" / "templates"),
        autoescape=autoescape,  # noqa: S701  # Pelican does not escape, and the macro has to stand that
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def typed(kind: str, text: str) -> BaseForm:
    form = FORMS[kind](MultiDict({f"{kind}-{name}": text for name in FORMS[kind]().data}))
    form.validate()
    return form


any_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=80) | st.sampled_from(
    ["\"'><script>alert(1)</script>", "</textarea><b>", "&amp;&lt;", "{{ 7 * 7 }}", "{% raw %}", "--><!--", "\n\n x"]
)


@given(kind=st.sampled_from(sorted(FORMS)), text=any_text)
@settings(max_examples=80, deadline=None)
def test_whatever_was_typed_comes_back_escaped_exactly_once(kind: str, text: str):
    form = typed(kind, text)
    page = Page(render(form))
    for name, value in form.data.items():
        if name not in ("level", "consent"):
            assert page.values[f"{kind}-{name}"] == value
    assert not page.all("script")
    assert not page.all("b")


@given(kind=st.sampled_from(sorted(FORMS)), text=any_text)
@settings(max_examples=40, deadline=None)
def test_both_halves_print_the_same_bytes(kind: str, text: str):
    form = typed(kind, text)
    assert render(form, autoescape=False) == render(form, autoescape=True)


@pytest.mark.parametrize("kind", FORMS)
def test_every_control_has_a_label_of_its_own(kind: str):
    page = Page(render(FORMS[kind]()))
    labelled = Counter(label["for"] for label in page.all("label"))
    controls = [f["id"] for tag in ("input", "textarea") for f in page.all(tag) if f.get("type") != "hidden"]
    assert labelled == Counter(controls)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("text", ["", "x"])
def test_ids_are_unique_and_what_describes_a_field_exists(kind: str, text: str):
    page = Page(render(typed(kind, text)))
    ids = Counter(found["id"] for _, found in page.elements if "id" in found)
    assert set(ids.values()) == {1}
    for _, found in page.elements:
        assert set(found.get("aria-describedby", "").split()) <= set(ids)


@pytest.mark.parametrize("kind", FORMS)
def test_every_link_of_the_summary_leads_to_a_control(kind: str):
    page = Page(render(typed(kind, "")))
    controls = {f.get("id") for tag in ("input", "textarea") for f in page.all(tag)}
    links = [a["href"].removeprefix("#") for a in page.all("a")]
    assert links
    assert set(links) <= controls


@pytest.mark.parametrize("kind", FORMS)
def test_the_hidden_field_is_out_of_everybodys_way(kind: str):
    page = Page(render(FORMS[kind]()))
    field = page.by_id(f"{kind}-topic")
    assert (field["tabindex"], field["autocomplete"], field["type"]) == ("-1", "off", "text")
    assert page.all("div", class_="trap")[0]["aria-hidden"] == "true"
    assert "Leave this field empty" in page.text


@pytest.mark.parametrize("kind", FORMS)
def test_optional_fields_say_so_and_nothing_cuts_off_what_is_pasted(kind: str):
    html = render(FORMS[kind]())
    assert "maxlength" not in html
    form = FORMS[kind]()
    optional = [field for _, fields in form.groups for field in fields if form.is_optional(field)]
    plain = [field for field in optional if field.type != "Consent"]
    assert html.count("(optional)") == len(plain)


def test_a_form_names_its_action_and_its_button():
    page = Page(render(FORMS["contact"]()))
    (form,) = page.all("form")
    assert (form["action"], form["method"]) == ("/forms/x?a=1&b=2", "post")
    assert "Send <it>" in page.text


def test_a_chosen_level_stays_chosen():
    page = Page(render(FORMS["referral"](MultiDict({"referral-level": "L3"}))))
    assert [f["value"] for f in page.all("input", type="radio") if "checked" in f] == ["L3"]


def test_nothing_is_chosen_beforehand():
    page = Page(render(FORMS["referral"]()) + render(FORMS["referral_contact"]()))
    assert not [f for f in page.all("input") if "checked" in f]


def test_what_cannot_be_seen_is_said_without_a_link():
    form = FORMS["comment"](MultiDict({"comment-article": "x" * 300}))
    form.validate()
    page = Page(render(form))
    assert "I do not know the essay" in page.text
    assert "#comment-article" not in [a["href"] for a in page.all("a")]


def test_no_line_of_a_form_can_end_behind_the_first_letter_of_email():
    form = typed("contact", "a@")
    said = render(form)
    kept = '<span class="unbroken">e-mail</span>'
    assert said.count(kept) == said.count("e-mail") >= 4
