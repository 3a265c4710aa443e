"""A host as docs/operate.md sets it up, with two essays and three comments: published, served by nginx, in a folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bridge.comment_file import PublicComment
from forms_service.db import Database, make_engine
from forms_service.links.addresses import link_address
from forms_service.links.tokens import Link
from forms_service.models import Comment, StaleArticle
from tests.support import received
from tests.support.fronts import Front, nginx
from tests.support.project import PATIENCE, copy_project, environment, free_port, until
from tests.support.publishing import write_essay

SECRET = "s" * 40
FIRST, SECOND = "2026/11/first", "2026/11/second"
#: By essay; each sentence stands in no other comment.
SAID = ((FIRST, "The miller is owed a card."), (FIRST, "My oven was cold today."), (SECOND, "Roses need a wall."))


@dataclass(frozen=True)
class Host:
    """A project in production. `comments` are its three comments as readers would see them, by essay."""

    project: Path
    front: Front
    database: Database
    comments: Sequence[tuple[str, PublicComment]]

    def make(self, *words: str) -> None:
        """Raises AssertionError with what the command said if it did not work."""
        done = subprocess.run(["make", *words], cwd=self.project, env=environment(), capture_output=True, text=True)
        assert done.returncode == 0, f"make {' '.join(words)}: {done.stdout}{done.stderr}"

    def edit(self, edition: int) -> None:
        write_essay(self.project, "first", "2026-11-08", f"Edition {edition} of what the baker said.")

    def link(self, comment: PublicComment, action: str) -> str:
        """The address of a button in one of the author's mails."""
        return link_address("", SECRET, Link("comment", int(comment.id), action), datetime.now(UTC) + timedelta(days=1))

    def is_behind(self) -> bool:
        """Whether some page is still to be brought up to date with what was decided."""
        with self.database.read() as session:
            return bool(session.scalar(select(func.count()).select_from(StaleArticle)))


@contextmanager
def host(folder: Path) -> Iterator[Host]:
    project, service = _project(folder), free_port()
    site = Host(project, _front(project), _database(project), [])
    site.edit(0)
    site.make("publish")
    with _running(project, {
        "start": ["make", "start", f"PORT={service}"],
        "nginx": nginx(project, site.front.port, site.front.tls_port, service),
    }):  # fmt: skip
        until(site.front.answers, PATIENCE)
        yield Host(project, site.front, site.database, _comments(site.database))
    site.database.engine.dispose()


def _front(project: Path) -> Front:
    return Front("nginx", free_port(), free_port(), project / "var" / "releases" / "current")


def _database(project: Path) -> Database:
    return Database(make_engine(f"sqlite:///{project}/var/gratitude.sqlite3"))


def _project(folder: Path) -> Path:
    project = copy_project(folder)
    shutil.rmtree(project / "content" / "articles")
    write_essay(project, "second", "2026-11-15")
    example = (project / ".env.example").read_text()
    settings = example.replace("SECRET_KEY=\n", f"SECRET_KEY={SECRET}\n").replace("PROXIES=0", "PROXIES=1")
    (project / ".env").write_text(settings)
    return project


def _comments(database: Database) -> list[tuple[str, PublicComment]]:
    at = datetime.now(UTC)
    with database.write() as session:
        for article_id, text in SAID:
            received.comment(session, at, article=article_id, text=text)
        rows = session.scalars(select(Comment).order_by(Comment.id)).all()
        return [(row.article_id, PublicComment(str(row.id), None, row.name, row.text, at, False)) for row in rows]


@contextmanager
def _running(project: Path, commands: Mapping[str, Sequence[str | Path]]) -> Iterator[None]:
    processes = []
    for name, command in commands.items():
        with (project / f"{name}.log").open("wb") as log:
            ends = {"stdout": log, "stderr": log, "start_new_session": True}
            processes.append(subprocess.Popen(command, cwd=project, env=environment(), **ends))  # type: ignore[call-overload]
    try:
        yield
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            process.wait(30)
