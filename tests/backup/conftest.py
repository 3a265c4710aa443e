"""Hosts of their own: a project's folder, its state, and a database of either kind."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bridge.comment_file import dump as comments_dump
from bridge.comment_file import path_of
from forms_service.backup.save import Saved, save
from forms_service.config import Config
from forms_service.db import Database, make_engine
from forms_service.models import Comment
from forms_service.moderation.decide import approve, reply_as_author, undo_decision
from forms_service.outbox.housekeeping import index_words
from tests.support import received
from tests.support.built_site import comment
from tests.support.databases import postgres_copy, sqlite_copy


@dataclass
class Host:
    config: Config
    database: Database

    @property
    def root(self) -> Path:
        return self.config.root

    def save(self, now: datetime, to: Path | None = None) -> Saved:
        return save(self.config, self.database, to, now)

    def files(self) -> dict[str, bytes]:
        """Content, identity and comments."""
        places = (self.root / "content", self.root / "site.toml", self.config.comments_dir)
        paths = [path for place in places for path in ([place] if place.is_file() else place.rglob("*"))]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in paths if path.is_file()}


Make = Callable[[str, str], Host]


@pytest.fixture
def make_host(request: pytest.FixtureRequest, identity, tmp_path: Path) -> Iterator[Make]:
    """Hosts by name and kind of database, each empty but for a sample essay."""
    with ExitStack() as stack:

        def make(name: str, kind: str) -> Host:
            root = tmp_path / name
            (root / "content" / "articles").mkdir(parents=True)
            (root / "var").mkdir()
            (root / "content" / "articles" / "sample.md").write_text(f"Title: A sample of {name}\n")
            (root / "site.toml").write_text(f"# {name}\n")
            if kind == "sqlite":
                url = sqlite_copy(request.getfixturevalue("_sqlite"), root / "var")
            else:
                url = stack.enter_context(postgres_copy(request.getfixturevalue("_postgres")))
            engine = make_engine(url)
            stack.callback(engine.dispose)
            config = Config(identity, "s" * 40, url, root, root / "var", root / "output")
            return Host(config, Database(engine))

        yield make


def fill(host: Host, now: datetime) -> None:
    """A host in use: every kind of submission, decisions and their undoing, words of every sort."""
    with host.database.write() as session:
        received.contact(session, now, message='Grüße, שלום, 👩‍👧 and \\u0000 \r\n\t"quoted"')
        mail = received.comment(session, now)
        received.comment(session, now + timedelta(microseconds=1), text="More\u2028lines")
        received.referral(session, now)
        said = session.query(Comment).filter_by(submission_id=mail.submission_id).one()
        approve(session, said.id, now)
        undo_decision(session, said.id, now)
        approve(session, said.id, now)
        reply_as_author(session, said.id, "Thank you.", now, "The Author")
    index_words(host.database, now)
    (host.root / "content" / "images").mkdir()
    (host.root / "content" / "images" / "oven.jpg").write_bytes(bytes(range(256)) * 100)
    (host.root / "content" / "articles" / "thanks.md").write_text("Title: Thanks\nDate: 2026-11-08\n\nWords é.\n")
    path = path_of(host.config.comments_dir, "2026/11/thanks")
    path.parent.mkdir(parents=True)
    path.write_text(comments_dump([comment(1)]))
