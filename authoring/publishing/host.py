"""What a laptop calls on the host that holds the published site: `python -m authoring.publishing.host`, by ssh.

Each command answers with one line of JSON; a refusal says why, and readers see what they saw.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from authoring.publishing.errors import PublishingError, one_line_errors
from authoring.publishing.local import LocalTarget
from authoring.publishing.manifest import Manifest, load_manifest
from authoring.publishing.parcel import complete, mend, refuse_halves, search_made
from authoring.publishing.target import TargetError
from authoring.publishing.turn import alone
from authoring.publishing.version import version
from bridge.identity import load_identity
from bridge.places import Places, places, settings

INCOMING = "incoming"
A_DAY = 86_400.0  # seconds after which what was never finished is taken away


def look(where: Places, site: str) -> dict[str, Any]:
    """What a laptop must know before it sends anything, and room for what it sends."""
    var = where.var_dir
    if var.is_dir() and var.stat().st_uid != os.geteuid():
        raise TargetError(f"{var} belongs to another user; log in as {var.owner()}: TO=ssh://{var.owner()}@…")
    (var / INCOMING).mkdir(parents=True, exist_ok=True)
    target = LocalTarget(where)
    return {
        "var": str(var),
        "site": site,
        "rsync": shutil.which("rsync") is not None,
        "shown": target.shown(),
        "trouble": _trouble(target),
        "releases": [_short(manifest) for manifest in target.releases()],
    }


def _trouble(target: LocalTarget) -> str:
    """Why nothing can be published upon what readers see; listing and going back may help."""
    try:
        target.plan()
    except TargetError as error:
        return str(error)
    return ""


def _short(manifest: Manifest) -> dict[str, Any]:
    return {
        "release": manifest.release,
        "number": manifest.number,
        "made_at": manifest.made_at.isoformat(),
        "summary": manifest.summary,
        "changes": manifest.changes,
    }


def take(where: Places, parcel: str, after: str) -> dict[str, Any]:
    """Make a release of what was sent, put today's comments in, show it; or name the files that are still needed.

    `after` is the release the laptop took for the one readers see.
    """
    target, incoming = LocalTarget(where), where.var_dir / INCOMING / parcel
    with alone(where):
        manifest = load_manifest(incoming)
        _refuse_if_late(target, manifest, after)
        refuse_halves(incoming, manifest)
        missing = complete(incoming, manifest, target.root())
        if missing := search_made(incoming, manifest, missing):
            return {"missing": missing}
        mend(incoming, manifest, target)
        target.push(incoming, manifest)
        target.switch(manifest.release)
        target.prune()
    _clear(incoming)
    return {"shown": manifest.release}


def _refuse_if_late(target: LocalTarget, manifest: Manifest, after: str) -> None:
    numbers = [known.number for known in target.releases()]
    if target.shown() != after or manifest.number <= max(numbers, default=0):
        raise TargetError(f"release {target.shown() or 'none'} has come before readers meanwhile; publish again")


def _clear(incoming: Path) -> None:
    """This parcel is unpacked; those that nobody finished go after a day."""
    shutil.rmtree(incoming, ignore_errors=True)
    for other in incoming.parent.iterdir():
        if other.is_dir() and other.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(other, ignore_errors=True)


def rollback(where: Places, release: str) -> dict[str, Any]:
    """Show an earlier release again."""
    with alone(where):
        LocalTarget(where).rollback(release)
    return {"shown": release}


def answer(words: list[str], root: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """What the command in `words` comes to. Raises PublishingError."""
    if words[:2] != ["--version", version()]:
        raise PublishingError(f"the project in {root} is of another version; bring both to the same: git pull")
    parser = argparse.ArgumentParser(prog="python -m authoring.publishing.host", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("look")
    taking = commands.add_parser("take")
    taking.add_argument("parcel")
    taking.add_argument("after")
    commands.add_parser("rollback").add_argument("release")
    given = parser.parse_args(words[2:])
    with one_line_errors(root):
        values = settings(environ, root)
        where = places(values, root)
        if given.command == "look":
            return look(where, load_identity(root / "site.toml", values).url)
        if given.command == "take":
            return take(where, given.parcel, given.after)
        return rollback(where, given.release)


def main(words: list[str] | None = None, root: Path | None = None, environ: Mapping[str, str] = os.environ) -> int:
    try:
        said = answer(sys.argv[1:] if words is None else words, root or Path.cwd(), environ)
    except PublishingError as error:
        said = {"refused": str(error)}
    print(json.dumps({"gratitude": 1, **said}), flush=True)
    return 1 if "refused" in said else 0


if __name__ == "__main__":
    sys.exit(main())
