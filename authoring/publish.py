"""`make publish` and `make publish-check`: says what readers would see change, and makes it so, all or nothing."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from authoring import messages
from authoring.publishing.errors import PublishingError, one_line_errors
from authoring.publishing.run import Checked, Publishing
from authoring.terminal import say
from bridge.places import ROOT


def main(
    arguments: list[str] | None = None,
    root: Path = ROOT,
    now: datetime | None = None,
    environ: Mapping[str, str] = os.environ,
) -> int:
    parser = argparse.ArgumentParser(prog="make publish", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would be published")
    parser.add_argument("--allow-removal", action="store_true", help="addresses may go; a signpost stays at each")
    parser.add_argument("--to", default="", help="ssh://user@host/folder or git+remote#branch; this host if not said")
    parser.add_argument("--links", action="store_true", help="ask foreign addresses too whether they still answer")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        publishing = Publishing(root, now or datetime.now(UTC), given.allow_removal, environ, progress, given.to)
        with publishing.alone():
            return run(publishing, given.check, began, given.links)
    except PublishingError as error:
        say(f"Not published. {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(messages.STOPPED, sys.stderr)
        return 130


def run(publishing: Publishing, only_check: bool, began: float, links: bool = False) -> int:
    """Under the lock of the publishers. Raises PublishingError."""
    try:
        checked = publishing.check()
        tell(checked, only_check, publishing.environ)
        if links:
            tell_of_links(publishing, checked)
        if checked.blocking:
            return 1
        if checked.nothing:
            say(messages.NOTHING)
        elif not only_check:
            publishing.publish(checked)
            seconds = time.monotonic() - began
            release, where = checked.manifest.release, screen(sys.stdout, publishing.environ)
            say(messages.done(seconds, release, where, publishing.to))
        return 0
    finally:
        take_back(publishing)


def take_back(publishing: Publishing) -> None:
    """What stands in the way of it must not hide why nothing was published."""
    try:
        publishing.take_back()
    except PublishingError as error:
        say(f"Signposts of this run stay in content/redirects.txt. {error}", sys.stderr)


def tell(checked: Checked, everything: bool, environ: Mapping[str, str]) -> None:
    """What would change, what is to be mended, what the author may like to know; `everything`: all advice there is."""
    if not checked.nothing:
        for line in messages.changes(checked.plan, screen(sys.stdout, environ)):
            say(line)
    for note in checked.notes:
        say(messages.note(note, screen(sys.stderr, environ)), sys.stderr)
    most = None if everything else messages.NOTES_SHOWN
    for line in messages.findings(checked.findings, screen(sys.stderr, environ), most):
        say(line, sys.stderr)


def tell_of_links(publishing: Publishing, checked: Checked) -> None:
    """Every link that leads out and leads nowhere; asking takes its time, so it comes after all else.

    Raises PublishingError.
    """
    from authoring.external_links import dead_external_links  # hardly any run asks, and all would wait for it

    with one_line_errors(publishing.places.var_dir):
        found = dead_external_links(checked.staging, publishing.places, publishing.site.url, publishing.now, progress)
    for line in messages.findings(found, screen(sys.stderr, publishing.environ), None):
        say(line, sys.stderr)
    if not found:
        say("Every foreign address answers.")


def screen(stream: TextIO, environ: Mapping[str, str]) -> messages.Screen:
    return messages.screen(stream.isatty(), shutil.get_terminal_size().columns, environ)


def progress(words: str) -> None:
    say(words, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
