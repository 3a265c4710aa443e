"""A comment's whole way on a site that Pelican built: sent, approved, seen, answered, taken back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from forms_service.config import Config
from forms_service.db import Database
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
