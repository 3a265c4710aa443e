"""The author at his desk: he reads pages, follows links, fills in fields by their labels and presses buttons."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

from flask.testing import FlaskClient
from lxml import html
from lxml.html import FormElement, HtmlElement

OWN = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


class Desk:
    """One browser tab without JavaScript. Whatever it sends stood on the page before."""

    def __init__(self, client: FlaskClient, path: str = "/dashboard/") -> None:
        self.client = client
        self.opens(path)

    def opens(self, path: str) -> Desk:
        return self._read(self.client.get(path, follow_redirects=True))

    @property
    def text(self) -> str:
        """What stands in the middle of the page."""
        return words(self.page.find(".//main"))

    def row(self, *said: str) -> HtmlElement:
        """The smallest part of the page in which all of this is said."""
        fitting = [each for each in self.page.iter("li", "section") if all(s in words(each) for s in said)]
        assert fitting, (said, self.text)
        return min(fitting, key=lambda each: len(words(each)))

    def follows(self, label: str, *within: str) -> Desk:
        """The first link whose words begin so."""
        place = self.row(*within) if within else self.page
        links = [link.get("href") for link in place.iter("a") if words(link).startswith(label)]
        assert links, (label, self.text)
        return self.opens(urljoin(self.path, links[0]))

    def presses(self, label: str, *within: str, typed: Mapping[str, str] | None = None, status: int = 200) -> Desk:
        """The first button whose words begin so, of a form that has the fields to be `typed` into, by their labels."""
        place = self.row(*within) if within else self.page
        buttons = [each for each in place.iter("button") if words(each).startswith(label)]
        for button in buttons:
            form = next(button.iterancestors("form"))
            if all(self._field(form, name) is not None for name in typed or {}):
                return self._sends(form, button, typed or {}, status)
        raise AssertionError((label, typed, self.text))

    def _sends(self, form: FormElement, button: HtmlElement, typed: Mapping[str, str], status: int) -> Desk:
        for name, value in typed.items():
            field = self._field(form, name)
            assert field is not None
            if field.get("type") in ("radio", "checkbox"):
                field.checked = True
            else:
                field.value = value
        fields = dict(form.form_values())
        asked = [field.get("name") for field in form.iter("input") if "required" in field.attrib]
        missing = [name for name in asked if not fields.get(name)]
        assert not missing, f"a browser would ask for {missing}"
        if button.get("name"):
            fields[button.get("name")] = button.get("value")
        address = urljoin(self.path, form.get("action"))
        if form.get("method") == "get":
            return self.opens(f"{address}?{urlencode(fields)}")
        sent = self.client.post(address, data=urlencode(fields), headers=OWN, content_type=FORM, follow_redirects=True)
        return self._read(sent, status)

    def _field(self, form: FormElement, label: str) -> HtmlElement | None:
        for each in form.iter("label"):
            if words(each).startswith(label):
                return form.xpath(".//*[@id=$id]", id=each.get("for"))[0]
        return None

    def _read(self, answer: object, status: int = 200) -> Desk:
        assert answer.status_code == status, (answer.request.path, answer.status_code, answer.text)  # type: ignore[attr-defined]
        self.path = answer.request.full_path.rstrip("?")  # type: ignore[attr-defined]
        self.page = html.fromstring(answer.text)  # type: ignore[attr-defined]
        for area in self.page.iter("textarea"):
            area.text = (area.text or "").removeprefix("\n")  # as a browser reads it
        return self
