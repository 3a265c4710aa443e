"""`make start`: the service and the worker for production, behind a proxy, in the foreground of one command.

The proxy serves `var/releases/current` as files and passes forms, links and dashboard on to this; see docs/operate.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping

from authoring.processes import Processes, Stopped, port_number, refuse_taken_port, until_stopped, url_of
from bridge.dotenv import DotenvError
from bridge.identity import Identity, IdentityError, load_identity
from bridge.places import ROOT, Places, places, settings

GOODBYE = 25.0  # seconds; gunicorn lets forms that are on their way arrive, for twenty of them


def notes(values: Mapping[str, str], identity: Identity, where: Places) -> list[str]:
    """What works, but surely not as it was meant. Each is one line with its remedy."""
    found = []
    if identity.is_placeholder:
        found.append("site.toml still holds placeholders: make setup")
    if (values.get("TRUSTED_PROXIES") or "0") == "0":
        found.append(
            "TRUSTED_PROXIES is 0, so behind a proxy all visitors count as one: write TRUSTED_PROXIES=1 in .env"
        )
    if not values.get("SMTP_URL"):
        found.append("SMTP_URL is not set, so mail is only caught in var/mail/: make setup")
    if not where.current_release.is_dir():
        found.append("nothing is published yet: make publish")
    return found


def start(processes: Processes, host: str, port: int) -> int:
    """Run until stopped; an exit status if something could not be started. It has then said why in one line."""
    values = settings(os.environ, ROOT)
    identity, where = load_identity(ROOT / "site.toml", values), places(values, ROOT)
    refuse_taken_port(host, port)
    migrated = subprocess.run(
        [sys.executable, "-m", "forms_service", "migrate"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False
    )
    if migrated.returncode:
        return migrated.returncode
    for note in notes(values, identity, where):
        print(f"Note: {note}", file=sys.stderr, flush=True)
    bind = f"{f'[{host}]' if ':' in host else host}:{port}"
    url = url_of({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port)  # noqa: S104  asked of ourselves
    settings_file = "deploy/gunicorn.conf.py"
    if not processes.start_service(url, "gunicorn", "-c", settings_file, "--bind", bind, "--log-level", "warning"):
        print(f"The service did not start on {bind}; what it said stands above.", file=sys.stderr)
        return 1
    processes.start("forms_service", "work")
    print(f"Service and worker run, for {identity.url}, on {bind}. Ctrl-C ends both.", flush=True)
    return processes.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make start", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8001)
    options = parser.parse_args()
    processes = Processes(goodbye=GOODBYE)
    try:
        with until_stopped(processes):
            return start(processes, options.host, options.port)
    except Stopped:
        return 0
    except (DotenvError, IdentityError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
