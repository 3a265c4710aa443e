"""Looks at the host itself: settings, processes, mail, backups, space."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from authoring.doctor.line import BAD, GOOD, NOTE, Line, look
from bridge.identity import Identity

OLDEST_BACKUP = timedelta(days=2)
LEAST_SPACE = 500_000_000
UNITS = ("gratitude-service.service", "gratitude-worker.service")
TIMER, PROXY = "gratitude-publish.timer", "gratitude-proxy.path"
TIMER_FILE = Path("/etc/systemd/system") / TIMER
MAIL_PATIENCE = 300


def looks(
    root: Path, var_dir: Path, backups: Path, values: Mapping[str, str], site: Identity, now: datetime
) -> Iterator[Line]:
    """Every look at the machine; `values` are the settings, `backups` is where archives are kept."""
    yield look("site.toml says who you are", not site.is_placeholder, "it holds placeholders", "make setup")
    yield from _settings(root, values)
    yield from _units(site.timezone, var_dir / "releases" / "current")
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


def _units(timezone: str, release: Path) -> Iterator[Line]:
    systemctl = shutil.which("systemctl")
    if systemctl is None or not Path("/run/systemd/system").is_dir():
        yield Line("service, worker and timer", NOTE, "no systemd here", "see yourself that make start runs at boot")
        return

    def state(unit: str) -> str:
        done = subprocess.run([systemctl, "is-active", unit], capture_output=True, text=True, check=False)
        return done.stdout.strip() or "unknown"

    yield from units(state, timezone, TIMER_FILE, has_maps(release))


def units(state: Callable[[str], str], timezone: str, timer: Path, moved: bool) -> Iterator[Line]:
    """`state` asks systemd for a unit's; `timer` is the file of the Sunday timer, `moved` whether addresses have."""
    for unit in UNITS:
        said = state(unit)
        yield look(f"{unit} runs", said == "active", said, f"systemctl enable --now {unit}; journalctl -u {unit}")
    if (said := state(TIMER)) != "active":
        remedy = f"systemctl enable --now {TIMER}, unless you publish from a laptop"
        yield Line("the Sunday timer runs", NOTE, said, remedy)
    else:
        yield _clock(timezone, timer)
    if moved and (said := state(PROXY)) != "active":
        yield Line("the proxy learns of old addresses", NOTE, said, f"systemctl enable --now {PROXY}: docs/operate.md")


def _clock(timezone: str, timer: Path) -> Line:
    """The timer names a time zone of its own, which is easily forgotten."""
    said = timer.read_text(encoding="utf-8", errors="replace") if timer.is_file() else ""
    clocks = [line.split()[-1] for line in said.splitlines() if line.startswith("OnCalendar=")]
    remedy = f"write {timezone} behind the time in {timer}, then systemctl daemon-reload"
    found = f"it goes by {' and '.join(clocks)}, and site.toml by {timezone}"
    return look("the Sunday timer runs, by your clock", set(clocks) <= {timezone}, found, remedy)


def has_maps(release: Path) -> bool:
    """Whether old addresses lead anywhere that only the proxy's maps know."""
    return any(path.stat().st_size for path in (release / ".proxy").glob("*.map"))


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
