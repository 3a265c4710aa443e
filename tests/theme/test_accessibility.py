"""axe-core finds nothing to mend on any kind of page, in the light and in the dark."""

from playwright.sync_api import Browser, Page

from tests.theme.conftest import Visited
from tools import judges

AXE = judges.AXE.read_text(encoding="utf-8")
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
#: In the dark only colours differ.
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations.flatMap((violation) =>
  violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 120)} ${node.failureSummary}`))"""
FAULTY = """<!doctype html><html lang="en"><title>A form</title><main><h1>A form</h1>
<p style="color: #ccc; background: #fff">Hardly to be read.</p><input name="a"></main></html>"""


def violations(page: Page, options: dict) -> list[str]:
    return page.evaluate(VIOLATIONS, options)


def test_a_page_is_there_for_everybody(visited: Visited):
    page = visited.page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(AXE)
    page.emulate_media(color_scheme="light")
    assert violations(page, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []


def test_axe_notices_a_fault(browser: Browser):
    """A judge who finds nothing anywhere may be asleep."""
    page = browser.new_page()
    page.set_content(FAULTY)
    page.evaluate(AXE)
    assert {violation.partition(":")[0] for violation in violations(page, EVERYTHING)} == {"label", "color-contrast"}
    page.close()
