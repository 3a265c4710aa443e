"""The author's mornings of a quarter: row by row down Today, then what the day asks for, all by buttons on pages."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import quote_plus

from lxml.html import FormElement, HtmlElement

from bench.author import Author, Page, PageError
from bench.quarter_cast import Coming, Step

TODAY = "/dashboard/"
#: Rows that no press of a button ends: what they are about ends by itself, or by writing an essay.
WAITS = ("privacy", "essay", "comment")
MOST_ROWS = 200


class Desk:
    """One author with one browser. `pressed` counts his buttons by what they say."""

    def __init__(self, author: Author, chance: random.Random) -> None:
        self.author, self.chance = author, chance
        self.pressed: Counter[str] = Counter()
        self.left: list[str] = []
        self.meetings: dict[str, datetime] = {}

    def morning(self, moment: datetime) -> None:
        """Down the rows of Today until none is left that can be dealt with."""
        done: Counter[str] = Counter()
        page = self.author.open(TODAY)
        for _ in range(MOST_ROWS):
            row = next((row for row in rows(page) if done[key_of(row)] < 2 and self._can(row, moment)), None)
            if row is None:
                self.left = [f"{key_of(row)}: {words(row.xpath('./p')[0])}" for row in rows(page)]
                return
            done[key_of(row)] += 1
            after = self._deal(row, page)
            page = after if after.path == TODAY else self.author.open(TODAY)
        raise PageError(f"Today does not come to an end: {done.most_common(3)}")

    def _can(self, row: HtmlElement, moment: datetime) -> bool:
        kind = key_of(row).partition("-")[0]
        if kind == "meet":  # nobody has sat down before the hour
            return self.meetings.get(who_of(row), moment) <= moment
        return kind not in WAITS

    def _deal(self, row: HtmlElement, page: Page) -> Page:
        key = key_of(row)
        if key.startswith("between") and "two weeks ago" not in row.text_content().lower():
            return self.outbound(self.author.get(row.xpath(".//h3/a/@href")[0]))
        buttons = list(acts(row))
        if not buttons:
            raise PageError(f"{key} on Today has no button: {' '.join(row.text_content().split())[:200]}")
        wanted = self.chance.choice(buttons) if key.startswith(("referral", "duty", "between")) else buttons[0]
        after = self.press(wanted, page)
        return self.outbound(after) if "/outbound/" in after.path else after

    def press(self, form: FormElement, page: Page, label: str = "", **typed: str) -> Page:
        """Press the button of `form` that says `label`, or its first."""
        found = [b for b in form.iter("button") if label in words(b)]
        if not found:
            raise PageError(f"{page.path} has no button that says {label!r}")
        self.pressed[label_of(found[0])] += 1
        return self.author.send(form, page, found[0], **typed)

    def push(self, page: Page, label: str, **typed: str) -> Page | None:
        """The page after the first button that says `label`; None where no button does."""
        for form in page.forms():
            if any(words(button).startswith(label) for button in form.iter("button")):
                return self.press(form, page, label, **typed)
        return None

    def outbound(self, page: Page) -> Page:
        """As far as it goes this morning: ask both; another day they have answered, and are introduced."""
        if any(words(button).startswith("I asked") for button in page.body.iter("button")):
            while (after := self.push(page, "I asked")) is not None:
                page = after
            return page
        while (after := self.push(page, "They said yes")) is not None:
            page = after
        naming = [form for form in page.forms() if (form.get("action") or "").endswith("/helper")]
        if naming:
            page = self.press(naming[0], page, name=f"A helper, number {self.pressed['Keep this name'] + 1}")
        for label in ("I introduced them", "I turned to them"):
            page = self.push(page, label) or page
        return page

    # What the day asks for

    def note_own(self, coming: Coming) -> None:
        page = self.author.open("/dashboard/needs/")
        self.push(page, "I need it", **coming.fields)

    def capture(self, coming: Coming, met: datetime) -> None:
        page = self.author.open("/dashboard/capture")
        self.press(page.form("/capture$"), page, **coming.fields)
        if "meeting" in coming.fields:
            at = f"{coming.fields['next']}T{coming.fields['time']}"
            self.meetings[coming.name] = datetime.fromisoformat(at).replace(tzinfo=met.tzinfo)

    def confirm_told(self, name: str) -> None:
        """What their form proposes as needs and offers: yes."""
        page = self.person(name)
        while page and (after := self.push(page, "Yes, a need") or self.push(page, "Yes, an offer")):
            page = after

    def take_for_partner(self, name: str, knows: str) -> bool:
        """Whether the page of this person lets him; and what sort of people they know."""
        page = self.person(name)
        after = self.push(page, "Yes, a partner") if page else None
        if after is None:
            return False
        self.push(after, "They know such people", text=knows)
        return True

    def person(self, name: str) -> Page | None:
        """By searching for them."""
        found = self.author.open(f"/dashboard/people?q={quote_plus(name.rpartition(' ')[2])}")
        for link in found.body.xpath("//a[contains(@href, '/dashboard/people/')]"):
            if words(link) == name:
                return self.author.get(link.get("href"))
        return None

    def step(self, number: int, step: Step) -> None:
        """One step of a referral, on its page; what somebody has ended meanwhile stays as it is."""
        page = self.author.open(f"/dashboard/referrals/{number}")
        if step.act == "first message":
            self.push(page, "I sent it")
        elif step.act == "level":
            self.press(page.form("/level$"), page, level=step.value)
        elif self._may(page, step.value):
            until = date.fromordinal(self.author.today().toordinal() + 45)
            day = {"day": until.isoformat()} if step.value == "customer" else {}
            after = self.press(page.form("/move$"), page, to=step.value, **day)
            if day and any("take-up" in (form.get("action") or "") for form in after.forms()):
                self.press(after.form("/take-up$"), after)  # what they bought comes along

    def _may(self, page: Page, to: str) -> bool:
        return bool(page.body.xpath(f"//select[@name='to']//option[@value='{to}']"))


def rows(page: Page) -> Iterator[HtmlElement]:
    yield from page.body.xpath("//li[contains(concat(' ', @class, ' '), ' entry ')]")


def key_of(row: HtmlElement) -> str:
    return row.get("id") or ""


def who_of(row: HtmlElement) -> str:
    return words(row.xpath(".//h3")[0])


def acts(row: HtmlElement) -> Iterator[FormElement]:
    """The buttons that stand there at once, without opening anything, but those that ask for a day."""
    for form in row.xpath("./div[@class='acts']/form"):
        if not form.xpath(".//input[@type='date']"):
            yield form


def label_of(button: HtmlElement) -> str:
    """What eyes read on it."""
    unseen = " ".join(words(part) for part in button.xpath(".//span[@class='unseen']"))
    return words(button).removesuffix(unseen).strip()


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
