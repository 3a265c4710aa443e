"""The demonstration served by the real service, in this process: what page types are looked at on."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from authoring.build import build
from bridge.identity import load_identity
from forms_service import static_site
from forms_service.app import create_app
from forms_service.config import Config
from forms_service.dashboard.sign_in import create_link, link_url
from forms_service.db import Database, make_engine, upgrade
from forms_service.links.tokens import Link, sign
from forms_service.models import Comment, Referral
from forms_service.moderation.decide import approve
from tests.support import received
from tests.support.demonstration import NUMBER, SAMPLES, WORDS, oldest, write_conversations, write_essays
from tests.support.page_types import PageType

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("bridge", "forms_service", "plugins", "theme", "authoring")
#: So that the first of 730 essays is closed and the newest are open, for years to come.
OPEN_DAYS = 4500


@dataclass(frozen=True)
class Showing:
    """Addresses without a slash at the end. `links` are the tokens of signed links, by what they open; `oldest` is the
    first essay's id."""

    config: Config
    empty_url: str
    database: Database
    links: Mapping[str, str]
    oldest: str

    @property
    def url(self) -> str:
        return self.config.identity.url

    def sign_in(self, page: Page) -> None:
        with self.database.write() as session:
            address = link_url(self.config, create_link(session, datetime.now(UTC)))
        page.goto(address)
        page.get_by_role("button", name="Sign in").click()

    def visit(self, page: Page, kind: PageType) -> None:
        """Bring `page` to a page of this kind. For a `signed_in` one the author has signed in."""
        page.goto(
            (self.empty_url if kind.site == "empty" else self.url)
            + kind.address.format(oldest=self.oldest, **self.links)
        )
        for name, value in kind.typed.items():
            page.locator(f'[name="{name}"]').fill(value)
        for identity in kind.ticked:
            page.locator(f"#{identity}").check()
        if kind.pressed:
            page.locator("main form").get_by_role("button", name=kind.pressed).click()
            page.wait_for_load_state()


@contextmanager
def showing(folder: Path, essays: int = NUMBER) -> Iterator[Showing]:
    """Build the demonstration and a site without essays below `folder`, and serve both."""
    with _served(folder / "demonstration", essays) as (config, database), _served(folder / "empty", 0) as (empty, _):
        with database.write() as session:
            links = _receive(session, config)
        yield Showing(config, empty.identity.url, database, links, oldest(essays))


def demonstration_project(folder: Path, essays: int, url: str) -> Path:
    """A project with the demonstration's content, built for `url`; without `essays`, not even the samples are there."""
    folder.mkdir(parents=True)
    for name in PARTS:
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "publishconf.py", folder)
    toml = (ROOT / "site.toml").read_text(encoding="utf-8").replace("open_days = 0", f"open_days = {OPEN_DAYS}")
    (folder / "site.toml").write_text(toml, encoding="utf-8")
    shutil.copytree(ROOT / "content", folder / "content")
    if essays:
        write_essays(folder / "content", essays)
        write_conversations(folder / "var" / "comments")
    else:
        shutil.rmtree(folder / "content" / "articles")
        (folder / "content" / "articles").mkdir()
    environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    build(folder, siteurl=url, environ={**environ, "PYTHONPATH": str(ROOT)})
    return folder


@contextmanager
def _served(folder: Path, essays: int) -> Iterator[tuple[Config, Database]]:
    """The service and the site's files on a free port of loopback."""
    server = make_server("127.0.0.1", 0, lambda *call: app(*call), threaded=True, request_handler=_Quiet)
    config = _config(demonstration_project(folder, essays, url := f"http://127.0.0.1:{server.port}"), url)
    engine = make_engine(config.database_url)
    upgrade(engine)
    app = create_app(config, database := Database(engine))
    static_site.register(app, config.output_dir, reload=False)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield config, database
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        engine.dispose()


def _config(project: Path, url: str) -> Config:
    return Config(
        identity=load_identity(project / "site.toml", {"SITEURL": url}),
        secret_key="for showing only, and long enough to serve",
        database_url=f"sqlite:///{project / 'var' / 'gratitude.sqlite3'}",
        root=project,
        var_dir=project / "var",
        output_dir=project / "output",
        mail_to="author@example.com",
        mail_from="forms@example.com",
        ratelimit_enabled=False,
    )


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def _receive(session, config: Config) -> dict[str, str]:
    """A morning's post: comments, a message, a referral. Gives the tokens of the links about some of them."""
    now = datetime.now(UTC)
    for place, (name, text) in enumerate(WORDS):
        received.comment(session, now - timedelta(hours=20 - 3 * place), name=name, text=text, article=SAMPLES[1])
    received.contact(session, now - timedelta(hours=2))
    received.referral(session, now - timedelta(minutes=40))
    received.referral_contact(session, now - timedelta(minutes=30), session.scalars(select(Referral)).one())
    comments = list(session.scalars(select(Comment).order_by(Comment.id)))
    approve(session, comments[0].id, now)
    links = {
        "link": Link("comment", comments[-1].id, "approve"),
        "follow": Link("referral", 1, "follow"),
        "object": Link("referral", 1, "object"),
    }
    return {name: sign(config.secret_key, link, now + timedelta(days=2)) for name, link in links.items()}
