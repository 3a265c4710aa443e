"""Whose turn it is to publish: one at a time, whether from here or from a laptop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from authoring.publishing.target import TargetError
from bridge.lock import LockError, locked
from bridge.places import Places


@contextmanager
def alone(places: Places) -> Iterator[None]:
    """One publishing at a time; a second one is told so at once. Raises TargetError."""
    path = places.var_dir / "publish.lock"
    try:
        with locked(path, 0):
            yield
    except LockError:
        raise TargetError(f"{path}: the site is being published already; wait until it is done") from None
