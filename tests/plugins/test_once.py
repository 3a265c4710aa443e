"""What is said once a build is what would be said each time."""

from jinja2 import Environment

from plugins.once import once

TEMPLATE = """
{%- macro greeting(name) %}<b>{{ name }}{{ counted() }}</b>{% endmacro -%}
{{ once(greeting, "<A baker>") }} {{ once(greeting, "<A baker>") }} {{ once(greeting, "A roofer") }}"""


def rendered() -> str:
    calls: list[None] = []

    def counted() -> int:
        calls.append(None)
        return len(calls)

    environment = Environment(autoescape=True)
    environment.globals.update(once=once(), counted=counted)
    return environment.from_string(TEMPLATE).render()


def test_a_macro_is_rendered_once_for_what_it_is_given_and_escaped_as_ever():
    assert rendered() == "<b>&lt;A baker&gt;1</b> <b>&lt;A baker&gt;1</b> <b>A roofer2</b>"


def test_another_build_renders_anew():
    assert rendered() == rendered()
