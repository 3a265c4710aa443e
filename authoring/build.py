"""`make build`: the site from its sources into `output/`, with every approved comment. All of it or nothing."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from authoring.apply import Applied, apply
from authoring.staging import BuildError, stage, staging_of
from bridge.dotenv import DotenvError
from bridge.lock import LockError, locked
from bridge.page_index import PageIndexError, load_page_index
from bridge.places import ROOT, Places, places, settings
from bridge.refusals import refusal
from bridge.regions import FillError

__all__ = ["BuildError", "Built", "build", "main"]

PATIENCE = 600.0  # another build may be running: that of `make serve`, for one

PREVIEW: dict[str, object] = {"SITEURL": "", "PREVIEW": True}


@dataclass(frozen=True)
class Built:
    """What a build did. `warnings` are whole lines for the author."""

    essays: int
    seconds: float
    applied: Applied
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        essays = f"{self.essays} essay{'' if self.essays == 1 else 's'}"
        if self.applied.nothing:
            return f"Built {essays} in {self.seconds:.1f} s: nothing has changed."
        counts = (
            f"{len(self.applied.added)} files new, {len(self.applied.changed)} changed,"
            f" {len(self.applied.removed)} removed"
        )
        return f"Built {essays} in {self.seconds:.1f} s: {counts}."


def build(
    root: Path = ROOT,
    *,
    preview: bool = False,
    siteurl: str = "",
    environ: Mapping[str, str] = os.environ,
    amend: Callable[[Path], None] = lambda _: None,
) -> Built:
    """Build the project in `root` into its output folder. Raises BuildError; then readers see what they saw.

    `preview` is the author's own: pages work on any host and say that they are a preview.
    `siteurl` overrides the address in `site.toml`. `amend` may change the staged site before it is shown.
    """
    began = time.monotonic()
    where: Places | None = None
    try:
        values = settings(environ, root)
        where = places(values, root)
        address = siteurl or values.get("SITEURL", "")
        warnings, applied = _build(where, {**environ, "SITEURL": address}, PREVIEW if preview else {}, amend)
        essays = len(load_page_index(where.output_dir).articles)
    except (DotenvError, FillError, LockError, PageIndexError) as error:
        raise BuildError(str(error)) from None
    except OSError as error:
        raise BuildError(refusal(error, where.var_dir if where else root)) from None
    return Built(essays, time.monotonic() - began, applied, (*warnings, *map(_about_damage, applied.damaged)))


def _build(
    where: Places, environ: Mapping[str, str], overrides: Mapping[str, object], amend: Callable[[Path], None]
) -> tuple[list[str], Applied]:
    with locked(where.var_dir / "build.lock", PATIENCE):
        warnings = stage(where, overrides, environ)
        with locked(where.lock_file):
            amend(staging_of(where))
            return warnings, apply(staging_of(where), where.output_dir, where.comments_dir)


def _about_damage(message: str) -> str:
    return f"{message}; its essay keeps the comments it shows until the running service writes the file anew"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m authoring.build", description=__doc__)
    parser.add_argument("--preview", action="store_true", help="pages for the author's own eyes, on any host")
    parser.add_argument("--siteurl", default="", help="where the site will stand, instead of what site.toml says")
    given = parser.parse_args(arguments)
    try:
        built = build(preview=given.preview, siteurl=given.siteurl)
    except BuildError as error:
        print(f"Not built. {error}", file=sys.stderr)
        return 1
    for warning in built.warnings:
        print(f"Note: {warning}", file=sys.stderr)
    print(built)
    return 0


if __name__ == "__main__":
    sys.exit(main())
