"""The author at his browser: he opens pages, reads them, fills in and presses what stands on them, and nothing else."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from lxml.html import FormElement, HtmlElement

from bench.service import ROOT, SECRET
from bridge.identity import load_identity
from forms_service.config import Config
from forms_service.db import Database
from forms_service.outbox.dispatch import Dispatcher

OWN = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


class PageError(Exception):
    """A page was not there, or refused what was pressed; the message says which and how."""


def config_in(folder: Path, database_url: str) -> Config:
    """Settings of a service that keeps everything in `folder`, and mails into it."""
    identity = dataclasses.replace(load_identity(ROOT / "site.toml", {}), url="http://localhost")
    return Config(
        identity=identity, secret_key=SECRET, database_url=database_url, root=ROOT, var_dir=folder / "var",
        output_dir=folder / "output", mail_to="author@example.com", mail_from="forms@example.com",
        ratelimit_enabled=False,
    )  # fmt: skip


def send_mail(config: Config, database: Database) -> int:
    """What the worker does with mail, once; how many it tried."""
    return Dispatcher(config, database, "bench", lambda: datetime.now(UTC)).send_due(Event())


@dataclass(frozen=True)
class Page:
    """What came back, and where it stands."""

    path: str
    status: int
    body: HtmlElement
    size: int

    @property
    def text(self) -> str:
        return " ".join(self.body.text_content().split())

    def forms(self, inside: str = "") -> Iterator[FormElement]:
        """Every form, or those inside the elements that the XPath `inside` finds."""
        for place in self.body.xpath(inside) if inside else [self.body]:
            yield from place.iter("form")

    def form(self, action: str) -> FormElement:
        """The first form that posts to an address ending as the pattern says. Raises PageError."""
        for form in self.forms():
            if re.search(action, form.get("action") or ""):
                return form
        raise PageError(f"{self.path} has no form for {action}")


class Browser:
    """A visitor's or the author's: it keeps cookies, follows redirects, and sends what a form holds."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.pages = 0

    def get(self, path: str) -> Page:
        self.pages += 1
        answer = self.client.get(path, follow_redirects=True)
        return self._read(answer.request.full_path.rstrip("?"), answer)

    def send(self, form: FormElement, page: Page, button: HtmlElement | None = None, **typed: str) -> Page:
        """Fill `typed` in, press `button` (or the first there is), and read where that leads."""
        fields = dict(form.form_values()) | typed
        pressed = button if button is not None else next(iter(form.xpath(".//button[@type='submit' or not(@type)]")))
        if pressed.get("name"):
            fields[pressed.get("name")] = pressed.get("value") or ""
        address = urlsplit(urljoin(page.path, pressed.get("formaction") or form.get("action") or page.path))
        return self.post(address.path, fields)

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        self.pages += 1
        answer = self.client.post(
            path,
            data=urlencode(list(fields.items())),
            headers=OWN,
            content_type=FORM,
            follow_redirects=True,
        )
        return self._read(answer.request.full_path.rstrip("?"), answer)

    def _read(self, path: str, answer: object) -> Page:
        status, data = answer.status_code, answer.data  # type: ignore[attr-defined]
        if status >= 400:
            said = " ".join(html.fromstring(data).text_content().split())[:300] if data else ""
            raise PageError(f"{path} answered {status}: {said}")
        return Page(path, status, html.fromstring(data), len(data))


class Author(Browser):
    """Signs in as he does: asks for a link, finds it in the mail, opens it, and presses the button there."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.config: Config = app.extensions["config"]
        self.database: Database = app.extensions["database"]

    def sign_in(self) -> None:
        asking = self.get("/dashboard/sign-in")
        self.send(asking.form("sign-in$"), asking)
        send_mail(self.config, self.database)
        link = self.get(urlsplit(self._link()).path)
        self.send(link.form("/sign-in/"), link)

    def open(self, path: str) -> Page:
        """A page of the dashboard; after a month he has to sign in anew."""
        page = self.get(path)
        if "/sign-in" in page.path:
            self.sign_in()
            page = self.get(path)
        return page

    def today(self) -> date:
        return datetime.now(self.config.identity.zone).date()

    def _link(self) -> str:
        newest = max(self.config.mail_dir.glob("*.eml"), key=lambda file: (file.name[:16], int(file.stem[17:])))
        mail = message_from_bytes(newest.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",))
        found = re.search(r"https?://\S+/sign-in/\S+", body.get_content() if body else "")
        if not found:
            raise PageError(f"{newest.name} holds no link to sign in with")
        return found[0]
