"""From what the author wrote behind `TO=` to the target that does it."""

from __future__ import annotations

from collections.abc import Mapping

from authoring.publishing.address import BranchAddress, HostAddress, address_of
from authoring.publishing.branch import BranchTarget
from authoring.publishing.local import LocalTarget
from authoring.publishing.remote import RemoteTarget
from authoring.publishing.target import Target
from bridge.identity import Identity
from bridge.places import Places


def target_at(text: str, places: Places, site: Identity, environ: Mapping[str, str]) -> Target:
    """The place called `text`; this host if it is empty. Raises TargetError."""
    match address_of(text):
        case HostAddress() as address:
            return RemoteTarget(address, places, site.url, environ)
        case BranchAddress() as address:
            return BranchTarget(address, places, site, environ)
        case None:
            return LocalTarget(places)
