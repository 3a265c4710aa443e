"""Puts the service together: one Flask app from one Config."""

from __future__ import annotations

from flask import Flask

from forms_service.config import Config
from forms_service.dashboard import routes as dashboard
from forms_service.db import Database, make_engine
from forms_service.intake import routes as intake
from forms_service.links import routes as links
from forms_service.templating import prepare_templates


def create_app(config: Config, database: Database | None = None) -> Flask:
    """The service for `config`; opens its own database unless given one."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.secret_key = config.secret_key
    app.extensions["config"] = config
    app.extensions["database"] = database or Database(make_engine(config.database_url))
    prepare_templates(app, config)
    for station in (intake, links, dashboard):
        station.register(app)
    return app
