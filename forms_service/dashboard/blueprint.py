"""The one blueprint of the dashboard: whatever is added to it stands behind `gate`."""

from flask import Blueprint

dashboard = Blueprint("dashboard", __name__, url_prefix="/dashboard")
