"""The service's commands. Whatever goes wrong is one line: what, where, how to mend it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bridge.identity import IdentityError
from forms_service.backup.errors import BackupError
from forms_service.backup.restore import restore
from forms_service.backup.save import save
from forms_service.config import Config, ConfigError, load_config
from forms_service.dashboard.sign_in import create_link, link_url
from forms_service.db import Database, DatabaseError, make_engine, upgrade
from forms_service.erasure.log import NAME, ErasureLogError, later_than
from forms_service.imports.errors import CommentsError
from forms_service.imports.run import LAST, import_comments, last_import, newest_file, undo_comments
from forms_service.listening import ListenError, listen
from forms_service.outbox import worker
from forms_service.outbox.deliver import DeliveryError, deliver
from forms_service.outbox.reports import queue_report
from forms_service.outbox.trial import trial_message
from forms_service.parent import end_with_parent
from forms_service.people.duties import WAYS
from forms_service.people.queries.costs import costs as costs_of

#: Visitors wait for the service; nobody waits for the worker.
GIVES_WAY = 10
#: Seconds before a command says how far it has come.
PATIENCE = 2.0


class CommandError(Exception):
    """A command cannot go on; the message is the one line to show."""


#: What a command says in one line, without a traceback.
EXPECTED = (
    ConfigError, IdentityError, DatabaseError, CommandError, ListenError, BackupError, ErasureLogError, CommentsError,
)  # fmt: skip


def _one_line(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except EXPECTED as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    return run


@click.group()
def main() -> None:
    """The forms, the dashboard and the worker."""


@main.command()
@_one_line
def migrate() -> None:
    """Bring the database up to date."""
    config = load_config()
    _open(config)
    click.echo("The database is up to date.")


@main.command("sign-in")
@_one_line
def sign_in() -> None:
    """Print a link that signs the author in, once."""
    config = load_config()
    click.echo(_sign_in_link(config, _open(config)))


@main.command()
@click.option("--year", type=click.IntRange(1900, 9998), default=None, help="which year; this one without it")
@_one_line
def costs(year: int | None) -> None:
    """Print what your thanks cost in a year, row by row, for your books."""
    config = load_config()
    zone = config.identity.zone
    with _open(config).read() as session:
        rows = costs_of(session, year or datetime.now(zone).year, zone)
    for row in rows:
        click.echo(f"{row.day}  {row.cost:>10}  {WAYS[row.how]}{f', {row.to}' if row.to else ''}")
    click.echo(f"{'in all':<10}  {sum(row.cost for row in rows):>10.2f}" if rows else "You kept no costs of that year.")


@main.command("send-test-mail")
@_one_line
def send_test_mail() -> None:
    """Send one mail to MAIL_TO through SMTP_URL, to see that it leaves."""
    config = load_config()
    if config.catches_mail:
        raise CommandError("SMTP_URL is not set, so mail is only caught; run make setup")
    try:
        deliver(config.smtp_url, trial_message(config.identity, config.mail_from, config.mail_to, datetime.now(UTC)))
    except DeliveryError as error:
        raise CommandError(f"the test mail did not leave: {error}; look at SMTP_URL") from None
    click.echo(f"The mail server took a test mail to {config.mail_to}.")


@main.command("mail-author")
@click.option("--subject", required=True, help="what the mail is about")
@_one_line
def mail_author(subject: str) -> None:
    """Mail the author what is said on standard input, through the outbox."""
    text = sys.stdin.buffer.read().decode(errors="replace")
    if not text.strip():
        raise CommandError("there is nothing to mail; give the text on standard input")
    config = load_config()
    with _open(config).write() as session:
        queue_report(session, config, subject, text, datetime.now(UTC))
    click.echo(f"A mail to {config.mail_to or 'you'} waits in the outbox.")


@main.command()
@click.option("--to", default="", help="the archive, or the folder for it")
@_one_line
def backup(to: str) -> None:
    """Write database, content, comments and site.toml into one dated archive, while everything runs."""
    config = load_config()
    saved = save(config, _open(config), Path(to).expanduser() if to else None, datetime.now(UTC))
    size, held = saved.path.stat().st_size / 1e6, saved.manifest
    click.echo(f"{saved.path}: {held.rows} rows, {len(held.files) - len(held.tables)} files, {size:.1f} MB.")
    click.echo("Keep .env as well: it is not in the archive, since it holds your secrets.")


@main.command("restore")
@click.argument("source")
@click.option("--overwrite", is_flag=True, help="replace what the database holds")
@click.option("--erasures", default="", help="the list of who was erased since, to erase them again")
@_one_line
def bring_back(source: str, overwrite: bool, erasures: str) -> None:
    """Bring back what an archive holds, and prove it."""
    if not source:
        raise BackupError("say which archive: make restore FROM=…")
    config = load_config()
    archive, told = Path(source).expanduser(), Path(erasures).expanduser() if erasures else None
    done = restore(config, _open(config), archive, overwrite, datetime.now(UTC), told)
    held = done.manifest
    click.echo(f"Restored what was backed up at {held.made_at}; every row and file proved:")
    for name, table in held.tables.items():
        click.echo(f"  {table.rows:>8}  {name}")
    click.echo(f"  {len(held.files) - len(held.tables):>8}  files")
    for what, where in (("What stood here before", done.kept), ("The database of before", done.before)):
        if where:
            click.echo(f"{what} is kept in {where}")
    if told:
        click.echo(f"Erased again, as {told} says: {done.erased_again}")
    else:
        _tell_of_erasures(config, archive, datetime.fromisoformat(held.made_at))
    click.echo("Next: make publish")


def _tell_of_erasures(config: Config, archive: Path, made_at: datetime) -> None:
    """Whoever was erased since stands here again, and the author should know."""
    for path in (archive.parent / NAME, config.var_dir / NAME):
        if number := later_than(path, made_at):
            click.echo(
                f"Note: {path} names {number} erased since, who stand here again; to erase them, say:"
                f" make restore FROM={archive} OVERWRITE=1 ERASURES={path}", err=True,
            )  # fmt: skip
            return


@main.command("import-comments")
@click.argument("file", required=False)
@click.option("--undo", "stamp", default="", help='take an import back: its folder\'s name, or "last"')
@_one_line
def take_comments_in(file: str | None, stamp: str) -> None:
    """Take in the comments of an old blog from FILE, or from the newest import; or take an import's out again."""
    config, now = load_config(), datetime.now(UTC)
    if stamp:
        named = last_import(config.var_dir) if stamp == LAST else stamp
        said = undo_comments(config, _open(config), named, now, _progress()) if named else ""
    else:
        path = Path(file).expanduser() if file else newest_file(config.var_dir)
        said = import_comments(config, _open(config), path, now, _progress()) if path else ""
    if said:
        click.echo(said)


def _progress() -> Callable[[str], None]:
    """Says how far a long import has come, every two seconds."""
    last = time.monotonic()

    def say(words: str) -> None:
        nonlocal last
        if time.monotonic() - last >= PATIENCE:
            last = time.monotonic()
            click.echo(f"  {words}", err=True)

    return say


@main.command()
@_one_line
def work() -> None:
    """Send what waits in the outbox and bring approved comments onto the pages, until stopped."""
    logging.basicConfig(level=logging.INFO, format="worker: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # migrations that have nothing to do need no words
    config = load_config()
    os.nice(GIVES_WAY)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    end_with_parent(stop.set)
    worker.run(config, _open(config), stop)


@main.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000, type=int)
@click.option("--reload/--no-reload", default=True, help="reload open pages when their file changes")
@_one_line
def preview(host: str, port: int, reload: bool) -> None:
    """Serve the built site, its forms and the dashboard on this machine."""
    from forms_service import static_site  # no other command needs to wait for all the pages
    from forms_service.app import create_app

    config = load_config()
    database = _open(config)
    app = create_app(config, database)
    static_site.register(app, config.output_dir, reload)
    server = listen(host, port, app)
    click.echo(f"\n  Site       {config.identity.url}/\n  Dashboard  {_sign_in_link(config, database)}")
    click.echo("             (the link signs you in once; make sign-in prints another)\n")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    end_with_parent(server.shutdown)
    server.serve_forever()


def _open(config: Config) -> Database:
    """The database, its folder made and its tables up to date. Raises CommandError or DatabaseError."""
    try:
        config.mail_dir.mkdir(parents=True, exist_ok=True)
        probe = config.var_dir / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CommandError(f"cannot write to {config.var_dir}: {error.strerror}; mend its permissions") from None
    engine = make_engine(config.database_url)
    upgrade(engine)
    return Database(engine)


def _sign_in_link(config: Config, database: Database) -> str:
    with database.write() as session:
        return link_url(config, create_link(session, datetime.now(UTC)))
