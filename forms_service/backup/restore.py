"""`make restore`: an archive back into this project, proved row by row and file by file, or nothing at all."""

from __future__ import annotations

import re
import shutil
import tarfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table, delete, func, select

from bridge.lock import LockError, locked
from forms_service.backup import manifest, rows
from forms_service.backup.errors import BackupError
from forms_service.backup.manifest import Held, Manifest
from forms_service.backup.moves import Moves
from forms_service.backup.save import checksum, files_below, save
from forms_service.config import Config
from forms_service.db import Database, schema_of
from forms_service.erasure.log import Erasure, ErasureLogError, apply_again, read_log
from forms_service.moderation.publish import PublishError, refresh

#: Counters that pass within the hour, and sessions: they do not make a database one that holds something.
PASSING = ("rate_window", "author_session", "sign_in_link")

#: Where a file in an archive may stand.
PLACES = re.compile(r"(?:manifest\.json|site\.toml|database/[a-z_]+\.jsonl|(?:content|comments)/.+)\Z", re.DOTALL)


@dataclass(frozen=True)
class Restored:
    """What was brought back. `kept` holds what stood there before, `before` the archive of a replaced database."""

    manifest: Manifest
    kept: Path | None
    before: Path | None
    erased_again: int = 0


def restore(
    config: Config, database: Database, source: Path, overwrite: bool, now: datetime, erasures: Path | None = None
) -> Restored:
    """Raises BackupError, having changed nothing, unless everything in the archive now stands here.

    With `erasures`, whoever was erased since the archive was made is erased again, before anybody sees it.
    """
    gone = _gone_since(erasures)
    config.var_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=config.var_dir) as name:
        held = unpack(source, Path(name))
        with database.read() as session:
            _refuse_misfit(held, schema_of(session.connection()))
            holds = _refuse_loss(session.connection(), overwrite)
        before = save(config, database, config.var_dir / "backups" / "before-restore", now).path if holds else None
        try:
            kept, again = _bring_back(config, database, Path(name), held, overwrite, now, gone)
            if again:
                refresh(database, config)  # the comment files came from the archive
            return Restored(held, kept, before, again)
        except PublishError as error:
            raise BackupError(f"restored and erased, but pages are behind until the worker runs: {error}") from None
        except (LockError, OSError) as error:
            raise BackupError(f"nothing was changed: {error}; mend that and try again") from None


def _bring_back(
    config: Config,
    database: Database,
    folder: Path,
    held: Manifest,
    overwrite: bool,
    now: datetime,
    gone: list[Erasure],
) -> tuple[Path | None, int]:
    """Rows in one transaction, and the files before it is committed.

    Returns where the files of before are kept, and how many were erased again.
    """
    kept, moves = config.var_dir / "backups" / f"replaced-{now:%Y-%m-%dT%H%M%SZ}", Moves()
    try:
        with locked(config.lock_file), database.write() as session:
            _refuse_loss(session.connection(), overwrite)
            _replace_rows(session.connection(), folder, held)
            _place_files(config, folder, kept, moves)
            _prove_files(config, held)
            again = apply_again(session, gone, datetime.fromisoformat(held.made_at))
    except BaseException:
        moves.take_back()
        raise
    return kept if kept.exists() else None, again


def _gone_since(erasures: Path | None) -> list[Erasure]:
    if erasures is not None and not erasures.is_file():
        raise BackupError(f"{erasures}: not found; say where the list of erasures is: ERASURES=…")
    try:
        return read_log(erasures) if erasures else []
    except ErasureLogError as error:
        raise BackupError(f"nothing was changed: {error}") from None


def unpack(source: Path, folder: Path) -> Manifest:
    """The archive's files in `folder`, each what the manifest says. Raises BackupError."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                _unpack_one(archive, member, folder)
    except FileNotFoundError:
        raise BackupError(f"{source}: not found; say which archive: make restore FROM=…") from None
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise BackupError(f"{source}: no whole archive of ours: {error}; take another") from None
    return _verified(source, folder)


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Plain files below their four places only: an archive from elsewhere must not reach out of the folder."""
    parts = member.name.split("/")
    data = archive.extractfile(member) if member.isreg() else None
    if data is None or not PLACES.match(member.name) or {"", ".", ".."} & set(parts) or "\\" in member.name:
        raise BackupError(f"the archive holds {member.name!r}, which no archive of ours does; take another")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with data, target.open("xb") as file:
        shutil.copyfileobj(data, file)


def _verified(source: Path, folder: Path) -> Manifest:
    if not (folder / manifest.NAME).is_file():
        raise BackupError(f"{source}: holds no {manifest.NAME}; take an archive made by make backup")
    held = manifest.load((folder / manifest.NAME).read_bytes())
    found = {p.relative_to(folder).as_posix(): checksum(p) for p in files_below(folder)}
    found.pop(manifest.NAME)
    tables = {f"database/{name}.jsonl" for name in held.tables}
    for name in sorted(held.files.keys() | found.keys() | tables):
        if name not in found or held.files.get(name) != found[name]:
            raise BackupError(f"{source}: {name} is not what the archive's manifest says; take another archive")
    return held


def _refuse_misfit(held: Manifest, ours: str) -> None:
    if held.schema != ours or set(held.tables) != {table.name for table in rows.TABLES}:
        raise BackupError(
            f"the archive fits database version {held.schema}, this is {ours}; restore it with the version that made it"
        )


def _refuse_loss(connection: Connection, overwrite: bool) -> int:
    """How many rows stand there that somebody would miss. Raises BackupError if that is not to be."""
    holds = sum(_number(connection, table) for table in rows.TABLES if table.name not in PASSING)
    if holds and not overwrite:
        raise BackupError(f"the database already holds {holds} rows; to replace them, say so: OVERWRITE=1")
    return holds


def _number(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _replace_rows(connection: Connection, folder: Path, held: Manifest) -> None:
    for table in reversed(rows.TABLES):
        _empty(connection, table)
    for table in rows.TABLES:
        with (folder / "database" / f"{table.name}.jsonl").open("rb") as file:
            try:
                rows.put(connection, table, file)
            except ValueError as error:
                raise BackupError(f"the archive's {table.name}: {error}; take another archive") from None
        rows.count_on(connection, table)
        if Held(*rows.tally(connection, table)) != held.tables[table.name]:
            raise BackupError(
                f"{table.name}: the database does not give back what the archive holds; nothing was changed"
            )


def _empty(connection: Connection, table: Table) -> None:
    for column in table.columns:
        if any(key.column.table is table for key in column.foreign_keys):
            connection.execute(table.update().values({column.name: None}))  # rows that refer to their own table
    connection.execute(delete(table))


def _targets(config: Config) -> Sequence[tuple[str, Path]]:
    root = config.root
    return ("content", root / "content"), ("site.toml", root / "site.toml"), ("comments", config.comments_dir)


def _place_files(config: Config, folder: Path, kept: Path, moves: Moves) -> None:
    """Bring in what the archive holds; what stood there is kept aside."""
    for name, target in _targets(config):
        moves.replace(target, kept / name, folder / name)


def _prove_files(config: Config, held: Manifest) -> None:
    found = {}
    for name, target in _targets(config):
        for path in [target] if target.is_file() else files_below(target):
            found[name if path == target else f"{name}/{path.relative_to(target).as_posix()}"] = checksum(path)
    if found != {name: value for name, value in held.files.items() if not name.startswith("database/")}:
        raise BackupError("the files do not read back as the archive holds them; nothing was changed, look at the disk")
