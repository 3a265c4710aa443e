"""What every place a site is published to can do, whether a folder, a host or a branch."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from authoring.publishing.manifest import Manifest


class TargetError(Exception):
    """A target could not do what it was asked; readers see what they saw. The message is one line."""


class Target(Protocol):
    """Readers see nothing of a release before `switch`, and all of it after."""

    def plan(self) -> Manifest | None:
        """What readers see now; None before the first release. Raises TargetError."""
        ...

    def push(self, staging: Path, manifest: Manifest) -> None:
        """Bring a release to the target, unseen."""
        ...

    def switch(self, release: str) -> None:
        """Put today's approved comments in and show the release."""
        ...

    def rollback(self, release: str) -> None:
        """Show an earlier release, with today's approved comments."""
        ...
