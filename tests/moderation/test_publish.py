"""Pages follow decisions: at once, wholly, and however often something stops half way."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bridge.comment_file import path_of, read_comments
from bridge.comment_files import DAMAGED, damage_noted, note_damage
from bridge.lock import locked
from forms_service.config import Config
from forms_service.db import Database
from forms_service.moderation import decide, publish
from forms_service.moderation.publish import PublishError, refresh
from tests.conftest import ROOT
from tests.moderation.conftest import Send
from tests.support.built_site import FIRST, HOSTILE, SECOND, Seen, tree, write_site

TEXT = "Gratitude is a habit."
HOME, FEED = "index.html", "feeds/comments.atom"


@pytest.fixture
def approve(database: Database, now: datetime):
    def one(*numbers: int) -> None:
        with database.write() as session:
            for number in numbers:
                decide.approve(session, number, now)

    return one


def shown(site: Path, text: str = TEXT) -> set[str]:
    return {name for name, data in tree(site).items() if text in data.decode()}


def test_an_approval_reaches_every_page_and_feed(database, config, site, send: Send, approve, marks):
    approve(send(TEXT))
    assert refresh(database, config) == [FIRST]
    assert shown(site) == {f"{FIRST}.html", FEED}
    assert ">1 comment<" in (site / HOME).read_text(encoding="utf-8")
    assert marks() == {}


def test_what_changed_is_on_the_disk_before_the_mark_goes(
    database, config, site, send: Send, approve, marks, now, monkeypatch: pytest.MonkeyPatch
):
    """A power cut right after must leave neither half a page nor a comment that was withdrawn."""
    synced, sync = set[str](), os.fsync

    def noting(descriptor: int) -> None:
        assert marks(), "only now, after the mark is gone"
        sync(descriptor)
        synced.add(str(Path(f"/proc/self/fd/{descriptor}").readlink()))

    monkeypatch.setattr("bridge.files.os.fsync", noting)
    comment = send(TEXT)
    approve(comment)
    refresh(database, config)
    folders = {str(site / "2026/11"), str(site), str(site / "feeds"), str(config.comments_dir / "2026/11")}
    assert folders <= synced
    assert len(synced - folders) == 4  # the essay, the home page, the feed and the comment file, each before its name
    synced.clear()
    with database.write() as session:
        decide.undo_decision(session, comment, now)
    refresh(database, config)
    assert folders <= synced


def test_a_waiting_comment_is_nowhere(database, config, site, send: Send):
    send(TEXT)
    before = tree(site)
    assert refresh(database, config) == []
    assert tree(site) == before


def test_an_approval_taken_back_leaves_no_trace(database, config, site, send: Send, approve, now):
    other, comment = send("Another."), send(TEXT)
    approve(other)
    refresh(database, config)
    before = tree(site), tree(config.comments_dir)
    approve(comment)
    refresh(database, config)
    assert shown(site)
    with database.write() as session:
        decide.undo_decision(session, comment, now)
    refresh(database, config)
    assert (tree(site), tree(config.comments_dir)) == before


def test_the_last_comment_taken_back_leaves_no_file(database, config, site, send: Send, approve, now):
    comment = send(TEXT)
    approve(comment)
    refresh(database, config)
    with database.write() as session:
        decide.reject(session, comment, now)
    refresh(database, config)
    assert not path_of(config.comments_dir, FIRST).exists()


def test_the_authors_answer_is_shown_with_his_label(database, config, site, send: Send, now):
    comment = send()
    with database.write() as session:
        decide.reply_as_author(session, comment, "Thank you, baker.", now, "The Author")
    refresh(database, config)
    page = (site / f"{FIRST}.html").read_text(encoding="utf-8")
    assert '<span class="label">Author</span>' in page
    assert page.index("Well said.") < page.index('<ol class="replies">') < page.index("Thank you, baker.")


def test_a_published_release_is_filled_too(database, config, site, send: Send, approve):
    release = write_site(config.var_dir / "releases" / "2026-11-15T0700")
    (config.var_dir / "releases" / "current").symlink_to(release.name)
    approve(send(TEXT))
    refresh(database, config)
    assert shown(release) == shown(site) == {f"{FIRST}.html", FEED}


def test_a_release_keeps_the_fragments_it_was_built_with(database, config, site, send: Send, approve):
    (site / ".build/fragments/count.html").write_text("<b>{{ number }} in the old manner</b>")
    approve(send(TEXT))
    refresh(database, config)
    assert "<b>1 in the old manner</b>" in (site / HOME).read_text()


def test_an_essay_a_site_does_not_have_is_fine(database, config, site, send: Send, approve, marks):
    approve(send(TEXT, article_id="2019/01/gone"))
    assert refresh(database, config) == ["2019/01/gone"]
    assert (shown(site), marks()) == (set(), {})
    assert read_comments(config.comments_dir, "2019/01/gone")


def test_without_any_site_the_comment_waits_in_its_file(database, config, send: Send, approve, marks):
    approve(send(TEXT))
    assert refresh(database, config) == [FIRST]
    assert [comment.text for comment in read_comments(config.comments_dir, FIRST)] == [TEXT]
    assert marks() == {}


def test_a_page_that_cannot_be_filled_keeps_its_mark_and_others_go_on(
    database, config, site, send: Send, approve, marks
):
    (site / f"{FIRST}.html").write_text("somebody has been here")
    approve(send(TEXT), send("On the second.", article_id=SECOND))
    with pytest.raises(PublishError, match=r"2026/11/first: .*first\.html.*run: make build") as caught:
        refresh(database, config)
    assert "\n" not in str(caught.value)
    assert set(marks()) == {FIRST}
    assert shown(site, "On the second.") == {f"{SECOND}.html", FEED}


def test_a_mended_page_is_filled_at_the_next_turn(database, config, site, send: Send, approve, marks):
    page = site / f"{FIRST}.html"
    good = page.read_text()
    page.write_text("somebody has been here")
    approve(send(TEXT))
    with pytest.raises(PublishError):
        refresh(database, config)
    page.write_text(good)
    refresh(database, config)
    assert f"{FIRST}.html" in shown(site)
    assert marks() == {}


@pytest.mark.parametrize("step", ["write_comments", "fill_pages", "_clear"])
def test_a_crash_at_any_step_is_made_good(
    database, config, site, send: Send, approve, marks, monkeypatch: pytest.MonkeyPatch, step: str
):
    """The process dies before this step: the mark is still there, and the next worker does it all."""
    approve(send(TEXT))

    def die(*_given: object) -> None:
        raise SystemExit

    monkeypatch.setattr(publish, step, die)
    with pytest.raises(SystemExit):
        refresh(database, config)
    monkeypatch.undo()
    assert marks() == {FIRST: 1}
    refresh(database, config)
    assert shown(site) == {f"{FIRST}.html", FEED}
    assert marks() == {}


def test_a_decision_while_pages_are_filled_is_not_lost(
    database, config, site, send: Send, approve, marks, monkeypatch: pytest.MonkeyPatch
):
    first, second = send(TEXT), send("A late word.")
    approve(first)
    fill_pages = publish.fill_pages

    def meanwhile(*given: object) -> object:
        failed = fill_pages(*given)
        approve(second)
        return failed

    monkeypatch.setattr(publish, "fill_pages", meanwhile)
    refresh(database, config)
    monkeypatch.undo()
    assert (shown(site, "A late word."), marks()) == (set(), {FIRST: 2})
    refresh(database, config)
    assert (shown(site, "A late word."), marks()) == ({f"{FIRST}.html", FEED}, {})


WORKER = """
import sys
from pathlib import Path
from bridge.identity import load_identity
from forms_service.config import Config
from forms_service.db import Database, make_engine
from forms_service.moderation.publish import refresh
root, url, var, output = sys.argv[1:]
config = Config(
    identity=load_identity(Path(root) / "site.toml", {}), secret_key="x" * 40, database_url=url,
    root=Path(root), var_dir=Path(var), output_dir=Path(output),
)
print(*refresh(Database(make_engine(url)), config))
"""


def test_two_workers_at_once_do_each_essay_once(database, config: Config, site, send: Send, approve, marks):
    ids = [FIRST, SECOND, *(f"2026/10/more-{n}" for n in range(20))]
    approve(*(send(TEXT, article_id=article_id) for article_id in ids))
    command = [
        sys.executable,
        "-c",
        WORKER,
        str(ROOT),
        config.database_url,
        str(config.var_dir),
        str(config.output_dir),
    ]
    with locked(config.lock_file):
        workers = [
            subprocess.Popen(
                command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
            )
            for _ in range(2)
        ]
    done = [word for worker in workers for word in worker.communicate(timeout=120)[0].split()]
    assert sorted(done) == sorted(ids)
    assert (shown(site), marks()) == ({f"{FIRST}.html", f"{SECOND}.html", FEED}, {})


def test_comment_files_a_build_could_not_read_are_written_anew(database, config, site, send: Send, approve):
    approve(send(TEXT))
    refresh(database, config)
    before = tree(site)
    path_of(config.comments_dir, FIRST).write_text("{")
    note_damage(config.comments_dir, [FIRST])
    assert refresh(database, config) == [FIRST]
    assert (tree(site), damage_noted(config.comments_dir)) == (before, [])
    assert [comment.text for comment in read_comments(config.comments_dir, FIRST)] == [TEXT]


def test_a_note_of_damage_that_cannot_be_read_is_said_and_holds_up_nothing(
    database, config, site, send: Send, approve, marks
):
    approve(send(TEXT))
    (config.comments_dir / DAMAGED).mkdir(parents=True)
    with pytest.raises(PublishError, match=r"comment files that a build could not read: .*damaged\.txt"):
        refresh(database, config)
    assert (shown(site), marks()) == ({f"{FIRST}.html", FEED}, {})


def test_a_broken_file_of_one_essay_holds_up_no_other(database, config, site, send: Send, approve, marks):
    approve(send(TEXT))
    refresh(database, config)
    path_of(config.comments_dir, FIRST).write_text("{")
    approve(send("On the second.", article_id=SECOND))
    assert refresh(database, config) == [SECOND]
    assert shown(site) == {f"{FIRST}.html", FEED}
    assert marks() == {FIRST: 1}
    refresh(database, config)
    assert shown(site, "On the second.") == {f"{SECOND}.html", FEED}


def test_hostile_words_are_words_on_page_and_feed(database, config, site, send: Send, approve):
    kept = "".join(text for text in HOSTILE if "\x00" not in text)  # PostgreSQL takes no NUL, and the forms ban it
    approve(send(kept, name="<b>&\u202e"), send("x" * 10_000))
    refresh(database, config)
    page = (site / f"{FIRST}.html").read_text(encoding="utf-8")
    assert Seen(page).tags.count("script") == 1  # the structured data
    assert not {"img", "b"} & set(Seen(page).tags)
    assert len(ET.parse(site / FEED).getroot()) == 3  # noqa: S314  our own feed: updated and two entries


def test_a_site_without_an_index_is_said_plainly(database, config, site, send: Send, approve, marks):
    shutil.rmtree(site / ".build")
    approve(send(TEXT))
    with pytest.raises(PublishError, match="no finished build stands here; run: make build"):
        refresh(database, config)
    assert marks() == {FIRST: 1}


def test_refreshing_again_touches_nothing(database, config, site, send: Send, approve):
    comment = send(TEXT)
    approve(comment)
    refresh(database, config)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    approve(comment)
    assert refresh(database, config) == []
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
