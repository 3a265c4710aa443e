"""The service as production runs it, in a folder of its own, for measuring and for killing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from bench.warm import Life, Warm
from bridge.page_index import IndexedArticle, PageIndex, SiteFacts, save_page_index

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "2026/11/an-essay"
SECRET = "a secret for benchmarks only, long enough"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_site(output: Path) -> None:
    """The least a build leaves behind: one essay that takes comments."""
    site = SiteFacts(
        url="http://127.0.0.1", name="A site", author="The Author", language="en", timezone="UTC", prefix=""
    )
    essay = IndexedArticle(ARTICLE, "An essay", f"/{ARTICLE}.html", datetime(2026, 11, 15, tzinfo=UTC), None, False)
    save_page_index(output, PageIndex(site, {ARTICLE: essay}, {}))


class Service:
    """gunicorn with the settings we ship, on a port that stays the same over restarts."""

    def __init__(
        self, folder: Path, database_url: str = "", smtp_url: str = "", worker: bool = False, warm: bool = False
    ) -> None:
        """`warm`: each start is parted from a process that has loaded everything, which `end` ends."""
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **os.environ,
            "SECRET_KEY": SECRET,
            "VAR_DIR": str(folder / "var"),
            "OUTPUT_DIR": str(folder / "output"),
            "DATABASE_URL": database_url,
            "SITEURL": self.url,
            "SMTP_URL": smtp_url,
            "MAIL_TO": "author@example.com",
            "RATELIMIT_ENABLED": "0",
            "MORNING_MAIL": "off",
        }
        self.with_worker = worker
        self.processes: list[subprocess.Popen[bytes] | Life] = []
        self._run("migrate")
        self.warm = Warm(self.environ) if warm else None

    def _run(self, *words: str) -> None:
        command = [sys.executable, "-m", "forms_service", *words]
        subprocess.run(command, cwd=ROOT, env=self.environ, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        how = ["-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"]
        if self.warm:
            self.processes.append(self.warm.start(*how))
        else:
            self._start("gunicorn", *how)
        if self.with_worker:
            self._start("forms_service", "work")
        self._wait_until_it_answers()

    def _start(self, *words: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.environ, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)

    def _wait_until_it_answers(self) -> None:
        patience = time.monotonic() + 30
        while time.monotonic() < patience:
            try:
                with urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except HTTPError:
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the service did not answer within 30 s")

    def health(self) -> dict[str, object]:
        with urlopen(f"{self.url}/healthz", timeout=5) as answer:
            return dict(json.load(answer))

    def kill(self) -> None:
        """SIGKILL to every process at once: nobody gets to finish anything."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def end(self) -> None:
        """Stop, and never start again."""
        self.stop()
        if self.warm:
            self.warm.end()

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
        for process in self.processes:
            process.wait()
        self.processes = []
