"""`make publish` and `make publish-check`: says what readers would see change, and makes it so, all or nothing."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from authoring.publishing.run import Checked, Publishing, PublishingError
from bridge.places import ROOT

SHOWN = 40  # lines of what would change; the rest is counted


def main(
    arguments: list[str] | None = None,
    root: Path = ROOT,
    now: datetime | None = None,
    environ: Mapping[str, str] = os.environ,
) -> int:
    parser = argparse.ArgumentParser(prog="make publish", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would be published")
    parser.add_argument("--allow-removal", action="store_true", help="addresses may go; a signpost stays at each")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        publishing = Publishing(root, now or datetime.now(UTC), given.allow_removal, environ, progress)
        with publishing.alone():
            return run(publishing, given.check, began)
    except PublishingError as error:
        print(f"Not published. {error}", file=sys.stderr)
        return 1


def run(publishing: Publishing, only_check: bool, began: float) -> int:
    """Under the lock of the publishers. Raises PublishingError."""
    try:
        checked = publishing.check()
        tell(checked)
        if checked.blocking:
            return 1
        if checked.nothing:
            print("Nothing to publish.")
        elif not only_check:
            publishing.publish(checked)
            seconds = time.monotonic() - began
            release = checked.manifest.release
            print(f"Published in {seconds:.0f} s, release {release}. Undo with `make rollback`.")
        return 0
    finally:
        publishing.take_back()


def tell(checked: Checked) -> None:
    """What would change, what is to be mended, what the author may like to know."""
    if not checked.nothing:
        print(checked.plan)
        lines = list(checked.plan.lines())
        print("\n".join(lines[:SHOWN]))
        if len(lines) > SHOWN:
            print(f"  … and {len(lines) - SHOWN} lines more")
    for note in checked.notes:
        print(f"Note: {note}", file=sys.stderr)
    for finding in checked.findings:
        print(f"{'Not published.' if finding.blocking else 'Note:'} {finding}", file=sys.stderr)


def progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
