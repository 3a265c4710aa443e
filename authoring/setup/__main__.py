"""The command behind `make setup`: asks everything, then writes `site.toml` and `.env`. Until then nothing changes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from authoring.importing.errors import ImportingError
from authoring.importing.shell import run
from authoring.setup.interview import Answers, about_site, mail_that_works
from authoring.setup.mail_server import in_use, with_settings
from authoring.site_toml import SiteTomlError, with_values
from bridge.files import temporary_beside
from bridge.identity import load_identity
from bridge.places import ROOT, settings

PATIENCE = 300.0  # seconds for a test mail; a delivery gives up before


def setup(root: Path) -> str:
    """Ask, check, write, and return what was done. Raises ImportingError, having changed nothing."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ImportingError("it asks questions and needs a terminal; without one, edit site.toml and .env")
    site_toml, dotenv = root / "site.toml", root / ".env"
    values, today = settings({}, root), load_identity(site_toml, {})
    print("Enter keeps what stands in brackets; Ctrl-C leaves everything as it was.")
    answers = about_site(today)
    host = urlsplit(str(answers["site", "url"])).hostname or ""
    server = mail_that_works(in_use(values), str(answers["author", "email"]), host, _send_test_mail)
    before = dotenv.read_bytes().decode() if dotenv.exists() else ""
    _replace({site_toml: _new_site_toml(site_toml, answers), dotenv: with_settings(before, server.settings)})
    return "\nWritten into site.toml and .env. See it with make serve; run make setup again whenever something changes."


def _new_site_toml(path: Path, answers: Answers) -> str:
    """The file with the answers in it, as the whole product will accept it."""
    try:
        changed = with_values(path.read_bytes().decode(), answers)
    except SiteTomlError as error:
        raise ImportingError(str(error)) from None
    trial = temporary_beside(path)
    try:
        trial.write_text(changed, encoding="utf-8", newline="")
        load_identity(trial, {})
    finally:
        trial.unlink(missing_ok=True)
    return changed


def _replace(texts: Mapping[Path, str]) -> None:
    """Both files or neither, so far as a file system can: everything is on the disk before the first is renamed."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            temporary = temporary_beside(path)
            waiting.append((temporary, path))
            mode = 0o600 if path.name == ".env" else path.stat().st_mode & 0o777
            handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                os.fsync(file.fileno())
            temporary.chmod(mode)
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _send_test_mail(values: Mapping[str, str]) -> str:
    """What is wrong, in one line, or nothing. The service sends it, as it will send every mail."""
    command = [sys.executable, "-m", "forms_service", "send-test-mail"]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **values},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return "the mail server did not answer in time"
    return (done.stderr.strip().splitlines() or ["the test mail could not be sent"])[-1] if done.returncode else ""


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("make setup", description="Ask who the author is and how mail leaves.")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def main() -> int:
    try:
        return run("setup", lambda: setup(arguments(sys.argv[1:]).root.absolute()))
    except UnicodeDecodeError as error:
        print(f"setup: site.toml or .env is not UTF-8: {error.reason}; save it as UTF-8", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
