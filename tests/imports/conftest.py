"""A site with two essays, and the commands of an import without their terminal."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from forms_service.config import Config
from forms_service.db import Database
from forms_service.imports.run import import_comments, undo_comments
from tests.support.built_site import write_site
from tests.support.old_comments import STAMP, write

Bring = Callable[..., str]
TakeBack = Callable[..., str]


@pytest.fixture
def site(config: Config) -> Path:
    return write_site(config.output_dir)


@pytest.fixture
def bring(database: Database, config: Config, now: datetime) -> Bring:
    """Import these comments; what the author reads of it."""

    def run(*comments: dict[str, object], stamp: str = STAMP) -> str:
        path = write(config.var_dir, *comments, stamp=stamp)
        return import_comments(config, database, path, now, lambda words: None)

    return run


@pytest.fixture
def back(database: Database, config: Config, now: datetime) -> TakeBack:
    return lambda stamp=STAMP: undo_comments(config, database, stamp, now, lambda words: None)
