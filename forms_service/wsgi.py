"""The service for a production server: `gunicorn -c deploy/gunicorn.conf.py`, which names this module."""

from forms_service.app import create_app
from forms_service.config import load_config

application = create_app(load_config())
