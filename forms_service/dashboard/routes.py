"""Routes of dashboard."""

from flask import Flask


def register(app: Flask) -> None:
    """Add these routes to `app`."""
