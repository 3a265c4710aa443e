"""What keeps comments from being imported."""

from __future__ import annotations


class CommentsError(Exception):
    """The comments cannot be taken in, or back, and nothing was changed; the message is one line."""
