"""Puts the service together: one Flask app from one Config."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from forms_service import health
from forms_service.bodies import refuse_unmeasured
from forms_service.calendar import routes as calendar
from forms_service.config import Config
from forms_service.dashboard import routes as dashboard
from forms_service.db import Database, make_engine
from forms_service.errors import Service, add_error_pages
from forms_service.intake import routes as intake
from forms_service.links import routes as links
from forms_service.row_numbers import RowNumber
from forms_service.security_headers import add_headers
from forms_service.templating import prepare_templates

#: Room for every field at its limit, each letter sent as twelve bytes. Nothing larger is read at all.
LARGEST_BODY = 512 * 1024


def create_app(config: Config, database: Database | None = None) -> Flask:
    """The service for `config`; opens its own database unless given one."""
    app = Service(__name__, static_folder=None, template_folder=None)
    app.secret_key = config.secret_key
    app.extensions["config"] = config
    app.extensions["database"] = database or Database(make_engine(config.database_url))
    app.url_map.converters["int"] = RowNumber
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY)
    if config.trusted_proxies:
        # Only these proxies may say who the client is; anybody else's word in a header is ignored.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies
        )
    prepare_templates(app, config)
    add_headers(app)
    add_error_pages(app)
    refuse_unmeasured(app)
    for station in (intake, links, calendar, dashboard, health):
        station.register(app)
    return app
