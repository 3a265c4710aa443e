"""`make backup`: one archive of database, content, comments and site.toml, taken while everything runs."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table

from bridge.files import temporary_beside
from bridge.lock import LockError, locked
from forms_service.backup import manifest, rows
from forms_service.backup.errors import BackupError
from forms_service.backup.manifest import Held, Manifest
from forms_service.config import Config
from forms_service.db import Database, schema_of, speaking_plainly
from forms_service.erasure.log import NAME, ErasureLogError, copy_log, keep_log

SUFFIX = ".tar.gz"


@dataclass(frozen=True)
class Saved:
    """An archive that was made."""

    path: Path
    manifest: Manifest


def save(config: Config, database: Database, to: Path | None, now: datetime) -> Saved:
    """Write the archive to the file or into the folder `to`; whole, or not at all. Raises BackupError."""
    target = place(config, to, now)
    try:
        return _save(config, database, target, now)
    except (OSError, shutil.Error) as error:
        what = f"{error.filename}: {error.strerror}" if error.strerror else str(error)
        raise BackupError(f"no archive was made: {what}; look at the folder and the space left, or give TO=") from None
    except LockError as error:
        raise BackupError(f"no archive was made: {error}") from None


def _save(config: Config, database: Database, target: Path, now: datetime) -> Saved:
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        gathered = gather(config, database, Path(folder), now)
        temporary = temporary_beside(target)
        try:
            _pack(Path(folder), temporary)
            temporary.replace(target)
            _keep_erasures_beside(config, database, target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    return Saved(target, gathered)


def _keep_erasures_beside(config: Config, database: Database, folder: Path) -> None:
    """Not in the archive, which knows nothing of what is erased after it, but newer than any of them."""
    try:
        keep_log(database, config)
        copy_log(config.var_dir / NAME, folder / NAME)
    except ErasureLogError as error:
        raise BackupError(f"the archive is made, but not the list of erasures beside it: {error}") from None


def place(config: Config, to: Path | None, now: datetime) -> Path:
    """A dated name, unless `to` names the file itself. Raises BackupError rather than replace an archive."""
    name = f"gratitude-{now:%Y-%m-%dT%H%M%SZ}{SUFFIX}"
    target = config.var_dir / "backups" / name if to is None else to if to.name.endswith(SUFFIX) else to / name
    if target.exists():
        raise BackupError(f"{target} is there already; give another TO=")
    return target.absolute()


def gather(config: Config, database: Database, folder: Path, now: datetime) -> Manifest:
    """Everything the archive will hold, in `folder`."""
    # Under the lock the comment files are what the rows say, or a row says that they are behind.
    with locked(config.lock_file), snapshot(database) as connection:
        schema = schema_of(connection)
        tables = {table.name: _write_table(connection, table, folder) for table in rows.TABLES}
        if config.comments_dir.is_dir():
            shutil.copytree(config.comments_dir, folder / "comments", ignore=_no_dots)
    shutil.copyfile(config.root / "site.toml", folder / "site.toml")
    if (config.root / "content").is_dir():
        shutil.copytree(config.root / "content", folder / "content", ignore=_no_dots)
    held = {path.relative_to(folder).as_posix(): checksum(path) for path in files_below(folder)}
    made = Manifest(now.isoformat(timespec="seconds"), schema, tables, held)
    (folder / manifest.NAME).write_bytes(made.dump())
    return made


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """A connection that sees the database as it is at one instant, however long the reading takes."""
    options = {"reading": True} if database.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with speaking_plainly(database.engine), database.engine.execution_options(**options).connect() as connection:
        yield connection


def _write_table(connection: Connection, table: Table, folder: Path) -> Held:
    path, number = folder / "database" / f"{table.name}.jsonl", 0
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        for line in rows.lines(connection, table):
            file.write(line)
            number += 1
    return Held(number, checksum(path))


def _no_dots(_folder: str, names: list[str]) -> list[str]:
    """Half-written files and editors' own."""
    return [name for name in names if name.startswith(".")]


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _pack(folder: Path, target: Path) -> None:
    # For the owner only: it holds what visitors trusted us with.
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            for path in (folder / manifest.NAME, *(p for p in files_below(folder) if p.name != manifest.NAME)):
                archive.add(path, path.relative_to(folder).as_posix(), filter=_anonymous)
        file.flush()
        os.fsync(file.fileno())


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
