"""What every place a site is published to can do, whether a folder, a host or a branch."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from authoring.publishing.manifest import Manifest

KEPT = 5  # releases


class TargetError(Exception):
    """A target could not do what it was asked; readers see what they saw. The message is one line."""


class Target(Protocol):
    """Readers see nothing of a release before `switch`, and all of it after.

    `address` is what the author wrote behind `TO=`, empty for this host; whatever is published elsewhere
    must be his own.
    """

    address: str

    def plan(self) -> Manifest | None:
        """What readers see now; None before the first release. Raises TargetError."""
        ...

    def root(self) -> Path | None:
        """A folder on this machine that holds what readers see now, as of the last `plan`."""
        ...

    def shown(self) -> str:
        """The release readers see now; empty before the first."""
        ...

    def releases(self) -> list[Manifest]:
        """Those that can be shown, the newest first. Of another host's, `files` and `essays` stay there."""
        ...

    def comments_wait(self, staging: Path) -> bool:
        """Whether publishing alone can bring what has been approved or withdrawn since to readers."""
        ...

    def push(self, staging: Path, manifest: Manifest) -> None:
        """Bring a release to the target, unseen."""
        ...

    def switch(self, release: str) -> None:
        """Put today's approved comments in and show the release."""
        ...

    def prune(self) -> None:
        """Keep the newest releases, and always the one readers see."""
        ...

    def rollback(self, release: str) -> None:
        """Show an earlier release, with today's approved comments."""
        ...
