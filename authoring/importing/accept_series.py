"""The command behind `make import-series`: writes the series an import offered, as the author left them, into heads."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from authoring.importing.article_file import read_head
from authoring.importing.blogger.move import OFFER, read_offer
from authoring.importing.errors import ImportingError
from authoring.importing.journal import Change, carry_out
from authoring.importing.plural import counted
from authoring.importing.shell import run
from bridge.places import ROOT, places, settings

ARTICLES = "content/articles"


def accept(root: Path, offer: str, now: datetime) -> str:
    """Write `Series:` into the essays named, and say so. Raises ImportingError, having changed nothing."""
    where = places(settings(os.environ, root), root)
    path = Path(offer) if offer else _newest(where.var_dir / "imports")
    table = read_offer(path)
    changes = [change for file, name in table.items() if (change := _change(root, file, name))]
    if not changes:
        return "Nothing to write: these essays have a series already."
    carry_out(changes, root, where.var_dir / "imports", now)
    essays, names = counted(len(changes), "essay"), counted(len(set(table.values())), "series", "series")
    return f"Put {essays} into {names}.\nmake import-undo takes this back; after that, once more, the import itself."


def _newest(imports: Path) -> Path:
    if not (found := sorted(imports.glob(f"*/{OFFER}"))):
        raise ImportingError("no import has offered a series; say FROM=file if it stands elsewhere")
    return found[-1]


def _change(root: Path, file: str, name: str) -> Change | None:
    """Below the title, in an essay that names no series yet."""
    path = f"{ARTICLES}/{file}"
    try:
        before = (root / path).read_bytes()
        head = read_head(before.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ImportingError(f"{path}: cannot be read ({error}); take it out of the list") from None
    if head.get("series"):
        return None
    first, line_end, rest = before.partition(b"\n")
    return Change(path, before, first + line_end + f"Series: {name}\n".encode() + rest)


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("make import-series", description="Accept the series an import has offered.")
    parser.add_argument(
        "--from", dest="offer", default="", type=os.path.expanduser, help="the list, if not that of the last import"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def main() -> int:
    options = arguments(sys.argv[1:])
    return run("import-series", lambda: accept(options.root.absolute(), options.offer, datetime.now(UTC)))


if __name__ == "__main__":
    sys.exit(main())
