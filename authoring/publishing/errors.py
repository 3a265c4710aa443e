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
from bridge.refusals import refusal

KNOWN = (BuildError, DotenvError, FillError, IdentityError, LockError, ManifestError, PageIndexError, TargetError)


class PublishingError(Exception):
    """Nothing was published and readers see what they saw; the message is one line."""


@contextmanager
def one_line_errors(disk: Path) -> Iterator[None]:
    """Turns what is known to go wrong into PublishingError; `disk` is named where the system names no file."""
    try:
        yield
    except KNOWN as error:
        raise PublishingError(str(error)) from None
    except OSError as error:
        raise PublishingError(refusal(error, disk)) from None
