"""From an old blog to the pages and back again, the author in between at his dashboard."""

from pathlib import Path

from sqlalchemy import event, select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Comment
from forms_service.moderation.publish import refresh
from tests.dashboard.conftest import OWN, Author, fresh_link
from tests.imports.conftest import Bring, TakeBack
from tests.support.built_site import FIRST, Seen, tree
from tests.support.dump import dump
from tests.support.old_comments import anchor, said

CONVERSATION = [
    said(1, url="https://example.com/mill"), said(2, answers=1, by_author=True, name="The Author"),
    said(3, deleted=True), said(4, answers=3, name="A potter"),
]  # fmt: skip


def test_in_and_rejected_and_in_again_and_out(
    app, config: Config, database: Database, bring: Bring, back: TakeBack, site: Path
):
    page = site / f"{FIRST}.html"
    client = app.test_client()
    client.post(fresh_link(config, database), data={"press": "1"}, headers=OWN)
    author = Author(client)

    bring(*CONVERSATION)
    shown = page.read_text(encoding="utf-8")
    assert Seen(shown).values("id") == [anchor(1), anchor(2), anchor(3), anchor(4)]
    assert shown.count("October 12, 2015") == 3
    assert shown.count("This comment was removed.") == 1
    with database.read() as session:
        number = session.scalars(select(Comment.id).where(Comment.name == "A potter")).one()

    author.acts("/dashboard/comments/decide", one=f"reject-{number}")
    refresh(database, config)
    rejected = page.read_text(encoding="utf-8")
    assert "A potter" not in rejected
    bring(*CONVERSATION)
    assert page.read_text(encoding="utf-8") == rejected

    back()
    assert "Old words" not in page.read_text(encoding="utf-8")
    assert list(config.comments_dir.rglob("*.json")) == []
    with database.read() as session:
        assert session.scalars(select(Comment.name)).all() == ["A potter"]
    bring(*CONVERSATION, stamp="later")
    assert "A potter" not in page.read_text(encoding="utf-8")


def test_pages_are_byte_by_byte_what_they_were(bring: Bring, back: TakeBack, site: Path):
    bring(*CONVERSATION)
    back()
    before = tree(site)
    bring(*CONVERSATION)
    assert tree(site) != before
    back()
    assert tree(site) == before


def test_fifteen_hundred_comments_fit_into_the_dashboard(
    app, config: Config, database: Database, bring: Bring, site: Path
):
    """By pages of fifty, each with a few questions to the database; and looking changes nothing."""
    bring(*(said(number, answers=number - 1 if number % 3 == 0 else None) for number in range(1, 1501)))
    client = app.test_client()
    client.post(fresh_link(config, database), data={"press": "1"}, headers=OWN)
    author, before, asked = Author(client), dump(database), []
    event.listen(database.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    for path in ("comments?show=approved&page=30", "comments", "inbox", "inbox?page=20", "comments/750", "people"):
        asked.clear()
        page = author.opens(f"/dashboard/{path}")
        assert len(asked) < 25, path
        assert page.count('<li class="entry') <= 50, path
    assert dump(database) == before
