"""A comment's whole way on a site that Pelican built: sent, approved, seen, answered, taken back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Comment
from forms_service.moderation import decide
from forms_service.moderation.publish import refresh
from tests.moderation.conftest import Send
from tests.support.built_site import FIRST, tree
from tests.support.small_project import built, small_project

Step = Callable[[Callable[..., object], int], None]


@pytest.fixture
def project(config: Config, tmp_path: Path) -> Path:
    """A small project whose build and comments stand where the service looks for them."""
    root = small_project(tmp_path / "project")
    (root / ".env").write_text(f"VAR_DIR={config.var_dir}\nOUTPUT_DIR={config.output_dir}\n")
    built(root)
    return root


def text_of(config: Config, name: str) -> str:
    return (config.output_dir / name).read_text(encoding="utf-8")


def test_from_the_first_word_to_the_last(database: Database, config: Config, project: Path, send: Send, now: datetime):
    untouched = tree(config.output_dir)
    comment = send("Gratitude is a habit.\n\nSee https://example.com/bread.")
    with database.write() as session:
        decide.approve(session, comment, now)
        answer = decide.reply_as_author(session, comment, "So it is.", now, "The Author").id
    assert refresh(database, config) == [FIRST]
    page = text_of(config, f"{FIRST}.html")
    assert (
        page.index("Gratitude is a habit.") < page.index('<span class="label">Author</span>') < page.index("So it is.")
    )
    assert '<a href="https://example.com/bread" rel="nofollow ugc noopener">' in page
    assert ">2 comments<" in text_of(config, "index.html")
    for feed in ("feeds/comments.atom", f"feeds/comments/{FIRST}.atom"):
        assert text_of(config, feed).count("<entry>") == 2
    assert built(project).applied.nothing  # a full build of the same sources gives the same bytes

    with database.write() as session:
        decide.undo_decision(session, answer, now)
        decide.undo_decision(session, comment, now)
    refresh(database, config)
    assert tree(config.output_dir) == untouched
    assert built(project).applied.nothing


def test_no_submitted_address_is_anywhere_on_the_site(
    database: Database, config: Config, project: Path, client: FlaskClient, now: datetime
):
    given = {
        "comment": {"name": "A baker", "email": "baker@private.example", "text": "Well said.", "article": FIRST},
        "contact": {"name": "A baker", "email": "baker@private.example", "phone": "+1 212-555-0188", "message": "Hi"},
        "referral": {"name": "A baker", "email": "baker@private.example", "level": "L2", "referred_name": "A cook",
                     "need": "A stove"},
    }  # fmt: skip
    for kind, values in given.items():
        data = {f"{kind}-{name}": value for name, value in values.items()}
        sent = client.post(f"/forms/{kind}", data=data, headers={"Sec-Fetch-Site": "same-origin"})
        assert sent.status_code == 303
    with database.write() as session:
        decide.approve(session, session.scalars(select(Comment.id)).one(), now)
    refresh(database, config)
    built(project)
    public = {**tree(config.output_dir), **tree(config.comments_dir)}
    assert any(b"Well said." in data for data in public.values())
    assert [name for name, data in public.items() if b"private.example" in data or b"555-0188" in data] == []
