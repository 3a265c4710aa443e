"""Flask's Jinja, set like Pelican's, so that a shared template gives the same bytes on both sides."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from forms_service.config import Config


def prepare_templates(app: Flask, config: Config) -> None:
    """Templates come from the theme and from the dashboard; `SITE` and `SITEURL` are what the pages have."""
    package = config.root / "forms_service"
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(config.root / "theme" / "templates"), FileSystemLoader(package / "dashboard" / "templates")]
    )
    app.jinja_env.globals.update(SITE=config.identity, SITEURL=urlsplit(config.identity.url).path, PREVIEW=False)
