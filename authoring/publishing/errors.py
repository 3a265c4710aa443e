"""Whatever may go wrong while publishing, as one line for the author."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from authoring.publishing.manifest import ManifestError
from authoring.publishing.target import TargetError
from authoring.staging import BuildError
from bridge.dotenv import DotenvError
from bridge.fill import FillError
from bridge.identity import IdentityError
from bridge.lock import LockError
from bridge.page_index import PageIndexError

KNOWN = (BuildError, DotenvError, FillError, IdentityError, LockError, ManifestError, PageIndexError, TargetError)


class PublishingError(Exception):
    """Nothing was published and readers see what they saw; the message is one line."""


@contextmanager
def one_line_errors(root: Path) -> Iterator[None]:
    """Turns what is known to go wrong into PublishingError; `root` is named where the system names no file."""
    try:
        yield
    except KNOWN as error:
        raise PublishingError(str(error)) from None
    except OSError as error:
        where = error.filename or root
        raise PublishingError(f"{where}: {error.strerror}; look at its owner and the space left") from None
