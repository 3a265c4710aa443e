"""`make publish-due`, the timer's command: publishes what is due and mails the author what came of it, or why not.

Nothing to publish, no mail. The mail is the service's to send: it is handed over on standard input and waits in the
outbox until it has left.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from urllib.parse import quote

from authoring import messages, publish
from authoring.publishing.local import LocalTarget
from authoring.publishing.manifest import Manifest
from authoring.terminal import say
from bridge.identity import load_identity
from bridge.places import ROOT, places, settings

PATIENCE = 120.0  # seconds for putting a mail into the outbox: the database may be busy
FAILED = "Not published. "


@dataclass(frozen=True)
class Report:
    """A mail to the author."""

    subject: str
    text: str


def main(root: Path = ROOT, now: datetime | None = None, environ: Mapping[str, str] = os.environ) -> int:
    status, said = run(root, now or datetime.now(UTC), environ)
    say(said.removesuffix("\n"))
    try:
        report = success(root, environ, said) if status == 0 else failure(said)
        if report:
            hand_over(report, environ)
    except OSError as error:
        print(f"The author could not be told: {error}; look at the outbox", file=sys.stderr)
        return 1
    return status


def run(root: Path, now: datetime, environ: Mapping[str, str]) -> tuple[int, str]:
    """Publish as the author does; the exit status, and everything that was said."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            status = publish.main([], root, now, environ)
        except Exception as error:  # nobody is watching: whatever it is, the author must hear of it
            status = 1
            print(f"{FAILED}{type(error).__name__}: {error}; try make publish and look at var/build.log")
    return status, said.getvalue()


def failure(said: str) -> Report:
    """The complaint in one line for each thing to mend."""
    lines = [line for line in said.splitlines() if line.startswith(FAILED)] or said.splitlines()[-1:]
    text = ["Your site was not published, and readers see what they saw before.", ""]
    text += [line.removeprefix(FAILED) for line in lines]
    return Report("Not published: something is to be mended", "\n".join([*text, "", "Mend it and say: make publish"]))


def success(root: Path, environ: Mapping[str, str], said: str) -> Report | None:
    """What is out now; nothing where there was nothing to publish."""
    if messages.NOTHING in said.splitlines():
        return None
    manifest = LocalTarget(places(settings(environ, root), root)).plan()
    site = load_identity(root / "site.toml", settings(environ, root)).url
    return published(manifest, site, [line for line in said.splitlines() if line.startswith("Note: ")])


def published(manifest: Manifest | None, site: str, notes: list[str]) -> Report | None:
    """The essays that are new, where they stand, what else changed and how to take it back."""
    if manifest is None:
        return None
    fresh = [essay for essay in manifest.essays.values() if f"+ /{essay.page}" in manifest.changes]
    text = [line for essay in fresh for line in (f"“{essay.title}” is out:", f"{site}/{quote(essay.page)}", "")]
    text += [f"In all: {manifest.summary}.", f"Release {manifest.release}. To take it back: make rollback"]
    subject = f"“{fresh[0].title}” is out" if len(fresh) == 1 else f"{len(fresh)} essays are out"
    return Report(subject if fresh else "Your site has changed", "\n".join([*text, *([""] if notes else []), *notes]))


def hand_over(report: Report, environ: Mapping[str, str]) -> None:
    """Put the mail into the outbox. Raises OSError saying why it could not."""
    command = [sys.executable, "-m", "forms_service", "mail-author", "--subject", report.subject]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env={**environ, "PYTHONUTF8": "1"}, input=report.text.encode(),
            capture_output=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise OSError(f"the database did not answer within {PATIENCE:.0f} s") from None
    if done.returncode:
        raise OSError((done.stderr.decode(errors="replace").strip().splitlines() or ["no reason was given"])[-1])


if __name__ == "__main__":
    sys.exit(main())
