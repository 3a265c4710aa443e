"""`make doctor`: one line for each look, with its remedy; exit status 1 if anything is bad."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from authoring.doctor import machine, site
from authoring.doctor.line import BAD, Line
from authoring.terminal import say
from bridge.dotenv import DotenvError
from bridge.identity import IdentityError, load_identity
from bridge.places import ROOT, places, settings


def main(arguments: list[str] | None = None, root: Path = ROOT, environ: Mapping[str, str] = os.environ) -> int:
    parser = argparse.ArgumentParser(prog="make doctor", description=__doc__)
    parser.add_argument("--backups", default="", help="where the archives are kept, if not in var/backups")
    given = parser.parse_args(arguments)
    bad = 0
    try:
        for line in looks(root, given.backups, environ):
            say(line)
            bad += line.state == BAD
    except (DotenvError, IdentityError) as error:
        say(error, sys.stderr)
        return 1
    say("All is well." if not bad else f"{bad} to mend.")
    return 1 if bad else 0


def looks(root: Path, backups: str, environ: Mapping[str, str]) -> Iterator[Line]:
    values = settings(environ, root)
    identity, where = load_identity(root / "site.toml", values), places(values, root)
    where.var_dir.mkdir(parents=True, exist_ok=True)
    kept = Path(backups).expanduser() if backups else where.var_dir / "backups"
    yield from machine.looks(root, where.var_dir, kept, values, identity, datetime.now(UTC))
    if not where.current_release.is_dir():
        yield Line("something is published", BAD, "nothing yet", "make publish")
        return
    try:
        yield from site.looks(identity.url, where.current_release)
    except site.UnreachableError as error:
        yield Line(f"{identity.url} answers every time", BAD, str(error), site.PROXY)


if __name__ == "__main__":
    sys.exit(main())
