"""The drill: an archive of a host in use becomes the same host elsewhere, whatever the databases, or nothing."""

import gzip
import io
import itertools
import json
import stat
import tarfile
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest
from sqlalchemy import func, select

from forms_service.backup import rows
from forms_service.backup.errors import BackupError
from forms_service.backup.restore import restore
from forms_service.erasure.erase import erase_person
from forms_service.imports.lines import comments_in
from forms_service.imports.take import take_in
from forms_service.models import Comment, ImportedComment, OutboxMail, Person, Submission
from forms_service.models.projection import replay
from tests.backup.conftest import Host, Make, fill
from tests.support import received
from tests.support.dump import dump
from tests.support.old_comments import anchor, lines, said, source_id

BOTH = ("sqlite", "postgres")


@pytest.fixture(params=BOTH)
def old(request: pytest.FixtureRequest, make_host: Make, now: datetime) -> Host:
    """A host in use, on either database."""
    host = make_host("old", request.param)
    fill(host, now)
    return host


@pytest.fixture(params=BOTH)
def new(request: pytest.FixtureRequest, make_host: Make) -> Host:
    return make_host("new", request.param)


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        return {member.name: opened.extractfile(member).read() for member in opened}  # type: ignore[union-attr]


def written(archive: Path, held: dict[str, bytes]) -> Path:
    with tarfile.open(archive, "w:gz") as opened:
        for name, data in held.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
    return archive


def everything(host: Host) -> tuple[object, object]:
    return dump(host.database), host.files()


def test_what_was_saved_stands_again_elsewhere(old: Host, new: Host, now: datetime):
    saved = old.save(now)
    assert saved.manifest.rows > 15
    done = restore(new.config, new.database, saved.path, False, now)
    assert everything(new) == everything(old)
    assert done.manifest == saved.manifest


@pytest.mark.parametrize(("kind", "other"), [BOTH, BOTH[::-1]])
def test_comments_of_an_old_blog_are_known_where_they_were_restored(
    make_host: Make, kind: str, other: str, now: datetime
):
    """Those of visitors, what was removed, the author's own: with their sources and anchors, and as they project."""
    listed = [said(1), said(2, answers=1, deleted=True, name="", text=""), said(3, answers=2, by_author=True)]
    comments = list(comments_in(io.BytesIO(lines(listed)), "comments.jsonl", now))
    old, new = make_host("old", kind), make_host("new", other)
    take_in(old.database, comments, "2026-11-18T100000", now, lambda done, of: None)
    restore(new.config, new.database, old.save(now).path, False, now)
    with new.database.read() as session:
        brought = session.scalars(select(ImportedComment).order_by(ImportedComment.id)).all()
        assert [(one.source_id, one.anchor, one.removed) for one in brought] == [
            (source_id(number), anchor(number), number == 2) for number in (1, 2, 3)
        ]
        assert session.scalars(select(Comment.by_author).order_by(Comment.id)).all() == [False, False, True]
    before = dump(new.database)
    assert before == dump(old.database)
    taken = take_in(new.database, comments, "again", now, lambda done, of: None)
    assert (taken.new, taken.known) == (0, 3)
    with new.database.write() as session:
        replay(session)
    assert dump(new.database) == before


def test_the_archive_is_the_same_whatever_the_database(make_host: Make, now: datetime, tmp_path: Path):
    one, two = make_host("one", "sqlite"), make_host("two", "postgres")
    fill(one, now)
    restore(two.config, two.database, one.save(now, tmp_path / "1.tar.gz").path, False, now)
    two.save(now, tmp_path / "2.tar.gz")
    assert members(tmp_path / "1.tar.gz") == members(tmp_path / "2.tar.gz")


def test_new_rows_get_numbers_of_their_own_afterwards(old: Host, new: Host, now: datetime):
    restore(new.config, new.database, old.save(now).path, False, now)
    with new.database.write() as session:
        received.contact(session, now)
        received.comment(session, now)
        numbers = list(session.scalars(select(Submission.id)))
    assert len(numbers) == len(set(numbers)) == 6


def test_what_stood_there_is_kept(old: Host, new: Host, now: datetime):
    before = new.files()
    done = restore(new.config, new.database, old.save(now).path, False, now)
    assert done.before is None
    assert done.kept is not None
    kept = {str(p.relative_to(done.kept)): p.read_bytes() for p in done.kept.rglob("*") if p.is_file()}
    assert kept == before


def test_a_database_in_use_is_not_replaced_unless_told(old: Host, new: Host, now: datetime):
    archive = old.save(now).path
    with new.database.write() as session:
        received.contact(session, now)
    before = everything(new)
    with pytest.raises(BackupError, match=r"already holds \d+ rows.*OVERWRITE=1"):
        restore(new.config, new.database, archive, False, now)
    assert everything(new) == before
    done = restore(new.config, new.database, archive, True, now)
    assert everything(new) == everything(old)
    assert done.before is not None
    restore(new.config, new.database, done.before, True, now + timedelta(seconds=1))
    assert everything(new) == before


@pytest.mark.parametrize("kind", BOTH)
def test_an_archive_taken_while_others_write_is_of_one_instant(make_host: Make, kind: str, now: datetime):
    host, empty, stop, wrote = make_host("old", kind), make_host("new", kind), Flag(), []
    fill(host, now)

    def write() -> None:
        for number in itertools.count():
            if stop.is_set():
                return
            with host.database.write() as session:  # a submission and its mail: both or none
                received.contact(session, now, message=f"Number {number}")
            wrote.append(number)

    thread = Thread(target=write)
    thread.start()
    try:
        while len(wrote) < 20:
            stop.wait(0.01)
        archives = []
        for number in range(3):
            began = len(wrote)
            archives.append(host.save(now + timedelta(seconds=number)))
            while len(wrote) == began:
                stop.wait(0.01)
    finally:
        stop.set()
        thread.join()
    counts = [(a.manifest.tables["submission"].rows, a.manifest.tables["outbox_mail"].rows) for a in archives]
    assert len(set(counts)) == 3  # others did write
    assert all(submissions == mails for submissions, mails in counts)
    restore(empty.config, empty.database, archives[1].path, False, now)
    with empty.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == counts[1][0]
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == counts[1][1]


def test_an_archive_is_for_its_owner_and_holds_no_secrets(old: Host, now: datetime):
    (old.root / ".env").write_text("SECRET_KEY=hush")
    path = old.save(now).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name == "gratitude-2026-11-18T150000Z.tar.gz"
    assert not [name for name, data in members(path).items() if b"hush" in data or name.startswith(".")]
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]


def test_an_archive_is_never_overwritten(old: Host, now: datetime, tmp_path: Path):
    path = old.save(now, tmp_path / "mine.tar.gz").path
    before = path.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        old.save(now, path)
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_one_line(old: Host, now: datetime):
    with pytest.raises(BackupError, match=r"no archive was made: .*site\.toml"):
        old.save(now, old.root / "site.toml" / "below")


def damaged(archive: Path, how: str) -> Path:
    held = members(archive)
    if how == "cut":
        archive.write_bytes(archive.read_bytes()[:-2000])
        return archive
    if how == "not gzip":
        archive.write_bytes(b"no archive at all")
        return archive
    if how == "not tar":
        archive.write_bytes(gzip.compress(b"x" * 4096))
        return archive
    if how == "changed row":
        held["database/person.jsonl"] = held["database/person.jsonl"].replace(b"baker", b"maker")
    elif how == "lost table":
        del held["database/person.jsonl"]
    elif how == "lost essay":
        del held["content/articles/thanks.md"]
    elif how == "more than said":
        held["content/articles/more.md"] = b"More"
    elif how == "leads out":
        held["content/../../out.md"] = b"Out"
    elif how == "absolute":
        held["/content/out.md"] = b"Out"
    elif how == "no manifest":
        del held["manifest.json"]
    elif how == "other manifest":
        held["manifest.json"] = b"[]"
    else:
        said = json.loads(held["manifest.json"])
        said.update({"newer format": {"format": 2}, "other schema": {"schema": "9999"}}[how])
        held["manifest.json"] = json.dumps(said).encode()
    return written(archive, held)


@pytest.mark.parametrize(
    "how",
    [
        "cut", "not gzip", "not tar", "changed row", "lost table", "lost essay", "more than said", "leads out",
        "absolute", "no manifest", "other manifest", "newer format", "other schema",
    ],
)  # fmt: skip
def test_a_damaged_archive_changes_nothing(make_host: Make, how: str, now: datetime):
    old, new = make_host("old", "sqlite"), make_host("new", "sqlite")
    fill(old, now)
    archive = damaged(old.save(now).path, how)
    before = everything(new)
    with pytest.raises(BackupError) as said:
        restore(new.config, new.database, archive, False, now)
    assert "\n" not in str(said.value)
    assert everything(new) == before
    assert not list(new.root.glob("var/.restore-*"))
    assert not list(new.root.parent.glob("**/out.md"))


@pytest.mark.parametrize("kind", BOTH)
def test_rows_that_do_not_read_back_change_nothing(make_host: Make, kind: str, now: datetime):
    """The checksums of the files are right, those of the table are not: only the database can tell."""
    old, new = make_host("old", "sqlite"), make_host("new", kind)
    fill(old, now)
    archive = old.save(now).path
    held = members(archive)
    said = json.loads(held["manifest.json"])
    said["tables"]["person"]["rows"] += 1
    written(archive, {**held, "manifest.json": json.dumps(said).encode()})
    before = everything(new)
    with pytest.raises(BackupError, match="person: the database does not give back"):
        restore(new.config, new.database, archive, False, now)
    assert everything(new) == before


def test_files_that_cannot_be_placed_change_nothing(old: Host, new: Host, now: datetime):
    (new.root / "var" / "backups").write_text("a file in the way")
    before = everything(new)
    with pytest.raises(BackupError, match="nothing was changed"):
        restore(new.config, new.database, old.save(now).path, False, now)
    assert everything(new) == before


def test_every_table_is_in_the_archive(old: Host, now: datetime):
    assert set(old.save(now).manifest.tables) == {table.name for table in rows.TABLES}


def test_whoever_was_erased_since_is_erased_again_if_told(old: Host, new: Host, now: datetime):
    """The drill: an archive, then an erasure, then the host is lost; the list beside the next archive survives."""
    archive, later = old.save(now).path, now + timedelta(hours=1)
    with old.database.write() as session:
        baker = session.query(Person).filter_by(name="A baker").order_by(Person.id).first()
        assert baker is not None
        erase_person(session, baker.id, later)
    newer = old.save(later + timedelta(hours=1)).path
    done = restore(new.config, new.database, archive, False, later, newer.parent / "erasures.jsonl")
    assert done.erased_again == 1
    for table in ("person", "contact_point", "submission", "comment", "note", "submission_key"):
        assert dump(new.database)[table] == dump(old.database)[table]
    assert not [name for name in new.files() if name.startswith("var/comments")]


def test_nobody_is_erased_unless_told(old: Host, new: Host, now: datetime):
    archive = old.save(now).path
    (archive.parent / "erasures.jsonl").write_text(f'{{"at": "{now.isoformat()}", "person": 1, "referral": 0}}\n')
    assert restore(new.config, new.database, archive, False, now).erased_again == 0
    assert everything(new) == everything(old)


@pytest.mark.parametrize("text", [None, "no list"])
def test_a_list_that_cannot_be_read_changes_nothing(make_host: Make, now: datetime, tmp_path: Path, text: str | None):
    old, new = make_host("old", "sqlite"), make_host("new", "sqlite")
    fill(old, now)
    if text is not None:
        (tmp_path / "erasures.jsonl").write_text(text)
    before = everything(new)
    with pytest.raises(BackupError, match=r"erasures\.jsonl"):
        restore(new.config, new.database, old.save(now).path, False, now, tmp_path / "erasures.jsonl")
    assert everything(new) == before
