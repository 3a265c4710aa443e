"""The service brings comments to the published release, which shares its files with older ones."""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from authoring.publishing.local import LocalTarget
from authoring.publishing.manifest import Manifest, checksums, machinery_of
from forms_service.config import Config
from forms_service.db import Database
from forms_service.moderation.decide import approve, undo_decision
from forms_service.moderation.publish import refresh
from tests.support.built_site import FIRST, write_site


@pytest.fixture
def released(config: Config, tmp_path: Path, now: datetime) -> LocalTarget:
    """Two releases of one site, the second of them current."""
    target, staging = LocalTarget(config.places), write_site(tmp_path / "staging")
    manifest = Manifest("one", 1, now, checksums(staging), machinery_of(staging))
    for number, name in enumerate(("one", "two"), 1):
        target.push(staging, dataclasses.replace(manifest, release=name, number=number))
        target.switch(name)
    return target


def text(target: LocalTarget, release: str) -> str:
    return (target.folder / release / f"{FIRST}.html").read_text(encoding="utf-8")


def test_only_the_release_readers_see_gets_the_comment(
    released: LocalTarget, config: Config, database: Database, send: Callable[..., int], now: datetime
):
    assert (released.folder / "one" / f"{FIRST}.html").samefile(released.folder / "two" / f"{FIRST}.html")
    comment = send("Good bread.")
    with database.write() as session:
        approve(session, comment, now)
    assert refresh(database, config) == [FIRST]
    assert "Good bread." in text(released, "current")
    assert "Good bread." not in text(released, "one")


def test_going_back_shows_what_is_approved_now(
    released: LocalTarget, config: Config, database: Database, send: Callable[..., int], now: datetime
):
    kept, withdrawn = send("Good bread."), send("Stale bread.")
    with database.write() as session:
        approve(session, kept, now)
        approve(session, withdrawn, now)
    refresh(database, config)
    released.rollback("one")
    assert "Stale bread." in text(released, "current")
    with database.write() as session:
        undo_decision(session, withdrawn, now)
    refresh(database, config)
    released.rollback("two")
    assert "Good bread." in text(released, "two")
    assert "Stale bread." not in text(released, "one") + text(released, "two")
