"""`make releases` and `make rollback`: what has been published, and the way back."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from authoring import messages
from authoring.publishing.errors import PublishingError, one_line_errors
from authoring.publishing.manifest import Manifest
from authoring.publishing.run import Publishing
from authoring.publishing.target import Target
from authoring.terminal import say
from bridge.places import ROOT

SHOWN = 5  # names of a release's changes


def main(arguments: list[str] | None = None, root: Path = ROOT, environ: Mapping[str, str] = os.environ) -> int:
    parser = argparse.ArgumentParser(prog="make rollback", description=__doc__)
    parser.add_argument("command", choices=("list", "rollback"))
    parser.add_argument("--to", default="", help="the release to go back to; the one before this one if not said")
    parser.add_argument("--at", default="", help="ssh://user@host/folder or git+remote#branch; this host if not said")
    given = parser.parse_args(arguments)
    try:
        refuse_address(given.to)
        publishing = Publishing(root, datetime.now(UTC), environ=environ, to=given.at)
        if given.command == "list":
            with one_line_errors(publishing.places.var_dir):
                return show(publishing.target)
        with publishing.alone(), one_line_errors(publishing.places.var_dir):
            return rollback(publishing.target, given.to)
    except PublishingError as error:
        say(f"Not done. {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(messages.STOPPED, sys.stderr)
        return 130


def refuse_address(to: str) -> None:
    """TO names a release here. Raises PublishingError."""
    if to.startswith(("ssh://", "git+")):
        raise PublishingError(f"TO={to}: TO names a release; say where with AT={to}")


def show(target: Target) -> int:
    current, releases = target.shown(), target.releases()
    for manifest in releases:
        mark = "*" if current == manifest.release else " "
        say(f"{mark} {manifest.release}  {manifest.summary}")
        for change in manifest.changes[:SHOWN]:
            say(f"      {change}")
        if len(manifest.changes) > SHOWN:
            say(f"      … and {len(manifest.changes) - SHOWN} more")
    if not releases:
        to = f" TO={target.address}" if target.address else ""
        say(f"Nothing has been published {'there' if to else 'here'} yet: make publish{to}")
    return 0


def rollback(target: Target, to: str) -> int:
    chosen = choose(target.releases(), target.shown(), to)
    target.rollback(chosen.release)
    say(f"Readers see release {chosen.release} again, with today's comments.")
    return 0


def choose(releases: list[Manifest], current: str, to: str) -> Manifest:
    """The release called `to`, or the one before `current`; `releases` run from the newest. Raises PublishingError."""
    by_name = {manifest.release: manifest for manifest in releases}
    known = ", ".join(by_name) or "none"
    if to and to not in by_name:
        raise PublishingError(f"there is no release {to}; kept are {known}")
    if to:
        return by_name[to]
    number = by_name[current].number if current in by_name else 0
    earlier = [manifest for manifest in releases if manifest.number < number]
    if not earlier:
        raise PublishingError(f"no release before {current or 'the first'} is kept; kept are {known}")
    return earlier[0]


if __name__ == "__main__":
    sys.exit(main())
