"""How routes reach what `create_app` put together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import current_app

from forms_service.config import Config
from forms_service.db import Database


def config() -> Config:
    return cast(Config, current_app.extensions["config"])


def database() -> Database:
    return cast(Database, current_app.extensions["database"])


def now() -> datetime:
    """The moment this request acts at: read here, passed on as an argument everywhere else."""
    return datetime.now(UTC)
