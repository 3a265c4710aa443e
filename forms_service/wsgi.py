"""The service for a production server: `gunicorn -w 1 -k gthread --threads 8 forms_service.wsgi:application`.

One process on SQLite, so that writes take turns inside it instead of meeting in the database.
"""

from forms_service.app import create_app
from forms_service.config import load_config

application = create_app(load_config())
