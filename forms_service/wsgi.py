"""The service for a production server; `deploy/gunicorn.conf.py` says how it is run."""

from forms_service.app import create_app
from forms_service.config import load_config

application = create_app(load_config())
