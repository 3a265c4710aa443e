"""The command behind `make import-undo`: takes the last import back, keeping whatever was edited since."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from authoring.importing.journal import undo_last
from authoring.importing.report import undone_report
from authoring.importing.shell import run
from bridge.places import ROOT, places, settings


def undo(root: Path) -> str:
    where = places(settings(os.environ, root), root)
    return undone_report(undo_last(root, where.var_dir / "imports"))


def main() -> int:
    parser = argparse.ArgumentParser("make import-undo", description="Take the last import back.")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    root = parser.parse_args().root.absolute()
    return run("import-undo", lambda: undo(root))


if __name__ == "__main__":
    sys.exit(main())
