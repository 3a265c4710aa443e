"""Routes of links."""

from flask import Flask


def register(app: Flask) -> None:
    """Add these routes to `app`."""
