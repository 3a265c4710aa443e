"""Looks at the host itself: settings, processes, mail, backups, space."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from authoring.doctor.line import BAD, GOOD, NOTE, Line, look
from bridge.identity import Identity

OLDEST_BACKUP = timedelta(days=2)
LEAST_SPACE = 500_000_000
UNITS = ("gratitude-service.service", "gratitude-worker.service", "gratitude-publish.timer")
MAIL_PATIENCE = 300


def looks(
    root: Path, var_dir: Path, backups: Path, values: Mapping[str, str], site: Identity, now: datetime
) -> Iterator[Line]:
    """Every look at the machine; `values` are the settings, `backups` is where archives are kept."""
    yield look("site.toml says who you are", not site.is_placeholder, "it holds placeholders", "make setup")
    yield from _settings(root, values)
    yield from _units()
    yield _mail(root, values)
    yield _backup(backups, now)
    free = shutil.disk_usage(var_dir).free
    yield look("space is left", free > LEAST_SPACE, f"{free // 1_000_000} MB", f"make room on the disk of {var_dir}")


def _settings(root: Path, values: Mapping[str, str]) -> Iterator[Line]:
    trusted = (values.get("TRUSTED_PROXIES") or "0") != "0"
    yield look(
        "visitors are told apart", trusted, "behind a proxy all count as one", "write TRUSTED_PROXIES=1 in .env"
    )  # fmt: skip
    secret = root / ".env"
    if secret.exists():
        open_to_all = stat.S_IMODE(secret.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
        yield look(".env is for its owner only", not open_to_all, "others may read it", f"chmod 600 {secret}")


def _units() -> Iterator[Line]:
    systemctl = shutil.which("systemctl")
    if systemctl is None or not Path("/run/systemd/system").is_dir():
        yield Line("service, worker and timer", NOTE, "no systemd here", "see yourself that make start runs at boot")
        return
    for unit in UNITS:
        done = subprocess.run([systemctl, "is-active", unit], capture_output=True, text=True, check=False)
        state = done.stdout.strip() or "unknown"
        yield look(f"{unit} runs", done.returncode == 0, state, f"systemctl enable --now {unit}; journalctl -u {unit}")


def _mail(root: Path, values: Mapping[str, str]) -> Line:
    if not values.get("SMTP_URL"):
        return Line("mail reaches you", BAD, "SMTP_URL is not set, so it is only caught in var/mail/", "make setup")
    command = [sys.executable, "-m", "forms_service", "send-test-mail"]
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, check=False, timeout=MAIL_PATIENCE
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Line("mail reaches you", BAD, f"no answer within {MAIL_PATIENCE} s", "look at SMTP_URL in .env")
    if done.returncode == 0:
        return Line("mail leaves", GOOD, done.stdout.strip())
    return Line("mail reaches you", BAD, " ".join(done.stderr.split()), "mend SMTP_URL in .env, or run make setup")


def _backup(folder: Path, now: datetime) -> Line:
    archives = [path.stat().st_mtime for path in folder.glob("gratitude-*.tar.gz")] if folder.is_dir() else []
    if not archives:
        return Line(
            "backup", BAD, f"none in {folder}", "make backup, every night, and say where: make doctor BACKUPS=…"
        )
    age = now - datetime.fromtimestamp(max(archives), now.tzinfo)
    days = f"the newest is {age.days} days old"
    return look("the newest backup is young", age <= OLDEST_BACKUP, days, "make backup, every night: docs/operate.md")
