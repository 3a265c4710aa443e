"""Lives through a quarter: visitors use the public forms, the author the pages of his dashboard, the clock is moved.

    python -m bench.quarter [--weeks 13] [--seed 20261122]

Forty people, thirty referrals of all levels, twenty-five needs. Every act of the author is a button on a page that he
opened; what he sees is all he knows. At the end stands a table of what must hold; it ends with 1 where a line does not.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
import tempfile
import time as clock_of_the_machine
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event, get_ident

import time_machine
from lxml.html import FormElement

from bench.author import Author, Browser, Page, config_in
from bench.quarter_cast import Cast, Coming, cast
from bench.quarter_desk import Desk
from bench.quarter_verdict import Line, Mornings, verdict
from bench.service import ROOT, write_site
from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database, make_engine, upgrade
from forms_service.outbox import worker
from forms_service.people.trades import trades

#: A Monday; the clocks go forward on the tenth Sunday.
FIRST = date(2027, 1, 4)
MORNING = time(8, 0)
DAYS_OFF = ("Saturday", "Sunday")


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.quarter", description=__doc__)
    parser.add_argument("--weeks", type=int, default=13)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    began = clock_of_the_machine.process_time()
    with tempfile.TemporaryDirectory() as folder:
        upgrade(make_engine(_url(Path(folder))))
        quarter = Quarter(Path(folder), _url(Path(folder)), options.weeks, options.seed)
        lines = quarter.live()
    print(table(quarter, lines))
    print(f"\n{clock_of_the_machine.process_time() - began:.0f} s of a processor for {options.weeks} weeks")
    return 0 if all(line.holds for line in lines) else 1


def _url(folder: Path) -> str:
    (folder / "var").mkdir(exist_ok=True)
    return f"sqlite:///{folder / 'var/gratitude.sqlite3'}"


class Quarter:
    """A house of its own in `folder`, with an empty, migrated database at `url`."""

    def __init__(self, folder: Path, url: str, weeks: int, seed: int) -> None:
        self.weeks, self.config = weeks, _with_weekends(config_in(folder, url))
        self.zone = self.config.identity.zone
        write_site(folder / "output")
        self.database = Database(make_engine(url))
        self.app = create_app(self.config, self.database)
        self.author = Author(self.app)
        self.mornings = Mornings()
        self.desk = Desk(self.author, random.Random(seed))
        listed = sorted(trades(ROOT)[0].listed)
        self.cast: Cast = cast(seed, weeks, FIRST, self.zone, listed)
        self.referrals: list[Coming] = []
        self.read: set[int] = set()
        self.follow: list[tuple[date, str]] = []
        self.partners = dict.fromkeys(self.cast.partners, False)
        self.trades = listed

    def live(self) -> list[Line]:
        """Day after day; at last, what stands in the database and on the pages."""
        with time_machine.travel(self._at(FIRST, time(0)), tick=False) as clock:
            self.author.sign_in()
            for day in (FIRST + timedelta(days=number) for number in range(7 * self.weeks)):
                self._day(day, clock)
            last = self._at(FIRST + timedelta(days=7 * self.weeks), MORNING)
            clock.move_to(last)
            self._work()
            self._morning(last)
            return verdict(self.database, self.config, self.author, self.mornings, last)

    def _morning(self, moment: datetime) -> None:
        self.mornings.look(self.database, self.author, moment)
        self.desk.morning(moment)

    def _day(self, day: date, clock: time_machine.Traveller) -> None:
        """The night's work, the author's morning if it is no day off, then whoever comes."""
        clock.move_to(self._at(day, time(3)))
        self._work()
        coming = [each for each in self.cast.comings if each.at.date() == day]
        self._all_come([each for each in coming if each.at.time() < MORNING], clock)
        clock.move_to(self._at(day, MORNING))
        if day.strftime("%A") not in DAYS_OFF:
            self._morning(self._at(day, MORNING))
            self._asked_for(day)
        self._all_come([each for each in coming if each.at.time() >= MORNING], clock)
        for due, link in self.follow:
            if due == day:
                self._remind(link)

    def _all_come(self, coming: Sequence[Coming], clock: time_machine.Traveller) -> None:
        for each in coming:
            clock.move_to(each.at)
            self._come(each)

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone)

    def _work(self) -> None:
        """What the worker does, each of its jobs once."""
        worker.run(self.config, self.database, _OneRound())

    def _come(self, coming: Coming) -> None:
        if coming.kind == "met":
            self.desk.capture(coming, coming.at)
        elif coming.kind == "own":
            self.desk.note_own(coming)
        else:
            thanks = _filled(Browser(self.app), f"/forms/{coming.kind}", coming.kind, coming.fields)
            if coming.kind == "referral":
                self._referred(coming, thanks)

    def _referred(self, coming: Coming, thanks: tuple[Browser, Page]) -> None:
        self.referrals.append(coming)
        browser, page = thanks
        if coming.address:
            _send(browser, page, page.form("/referral_contact/"), "referral_contact", coming.address)
        links = page.body.xpath("//a[contains(., 'a page of your own')]/@href")
        if coming.reminds and links:
            self.follow.append((coming.at.date() + timedelta(days=7), links[0]))

    def _remind(self, link: str) -> None:
        browser = Browser(self.app)
        page = browser.get(link.removeprefix(self.config.identity.url))
        form = next(page.forms(), None)
        if form is not None:
            browser.send(form, page)

    def _asked_for(self, day: date) -> None:
        """What the author has set himself for this morning."""
        for number, coming in enumerate(self.referrals, 1):
            for step in coming.steps:
                if _working_day(coming.at.date(), step.after) == day:
                    self.desk.step(number, step)
        for number, coming in enumerate(self.cast.comings):
            if coming.kind in ("contact", "referral") and coming.at.date() < day and number not in self.read:
                self.read.add(number)
                self.desk.confirm_told(coming.name)
        for number, (name, is_one) in enumerate(self.partners.items()):
            if not is_one and day.day % 5 == 0:
                self.partners[name] = self.desk.take_for_partner(name, self.trades[7 * number])


class _OneRound(Event):
    """Never set, until whoever asks has waited once: a thread of the worker goes round once and ends."""

    def __init__(self) -> None:
        super().__init__()
        self._gone_round: set[int] = set()

    def is_set(self) -> bool:
        return get_ident() in self._gone_round

    def wait(self, timeout: float | None = None) -> bool:
        self._gone_round.add(get_ident())
        return True


def _with_weekends(config: Config) -> Config:
    return dataclasses.replace(config, identity=dataclasses.replace(config.identity, days_off=DAYS_OFF))


def _working_day(start: date, after: int) -> date:
    """The day so many working days after `start`."""
    day = start
    while after:
        day += timedelta(days=1)
        after -= day.strftime("%A") not in DAYS_OFF
    return day


def _filled(browser: Browser, path: str, kind: str, fields: dict[str, str]) -> tuple[Browser, Page]:
    page = browser.get(path)
    return browser, _send(browser, page, page.form(f"/forms/{kind}$"), kind, fields)


def _send(browser: Browser, page: Page, form: FormElement, kind: str, fields: dict[str, str]) -> Page:
    """What a visitor types; a box to tick has its own value."""
    typed = {f"{kind}-{name}": value for name, value in fields.items()}
    for box in form.xpath(".//input[@type='checkbox']"):
        if box.get("name") in typed:
            typed[box.get("name")] = box.get("value")
    return browser.send(form, page, **typed)


def table(quarter: Quarter, lines: list[Line]) -> str:
    desk = quarter.desk
    most = ", ".join(f"{label} {count}" for label, count in desk.pressed.most_common(12))
    rows = [f"{'yes' if line.holds else 'NO':<5}{line.what:<66}{line.figures}" for line in lines]
    wrong = [f"     {line.what}: {fault}" for line in lines for fault in line.faults[:5]]
    opened = f"{quarter.author.pages:,} pages opened, {desk.pressed.total():,} buttons pressed"
    left = ["Left on Today at the end:", *(f"     {row}" for row in desk.left)] if desk.left else []
    return "\n".join([f"{quarter.weeks} weeks, {opened}", *rows, *wrong, "", f"Pressed most: {most}", *left])


if __name__ == "__main__":
    sys.exit(main())
