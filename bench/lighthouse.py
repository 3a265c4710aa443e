"""How Lighthouse sees our pages on a phone, beside those of Pelican's own themes and of Reflex, of the same essays.

python -m bench.lighthouse --runs 3
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from bench.service import ROOT, free_port
from bridge.pages import add_copy
from tests.support import fronts
from tests.support.demonstration import NUMBER, SAMPLES
from tests.support.showing import demonstration_project
from tools import browser as tests_browser
from tools import node

LIGHTHOUSE, THEMES = ROOT / ".cache" / "lighthouse", ROOT / ".cache" / "themes"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {"article": f"/{SAMPLES[1]}.html", "home": "/", "archive": "/archive/", "contact": "/contact/"}
PEER_PAGES = {"article": f"/{SAMPLES[1].rpartition('/')[2]}.html", "home": "/"}
PEERS = {
    "Pelican notmyidea": "notmyidea",
    "Pelican simple": "simple",
    "Reflex": str(THEMES / "pelican" / "themes" / "reflex"),
}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
CONDITIONS = """Lighthouse's own settings for a phone: simulated 4G, a processor four times slower. {essays} essays, the
same for the peers, each theme as it is by default; nginx with gzip, ours by deploy/nginx.conf. Medians of {runs}.
Bytes are all that went over the wire, compressed. Only figures of one run compare."""
PLAIN = """daemon off; pid {folder}/pid; error_log {folder}/error.log; {user} events {{}}
http {{ {types} access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; charset utf-8; gzip on;
gzip_types text/css application/javascript text/javascript application/json image/svg+xml application/atom+xml;
server {{ listen 127.0.0.1:{port}; root {folder}/output; index index.html; }} }}
"""


@dataclass(frozen=True)
class Figures:
    """Scores of 100, bytes on the wire, and milliseconds until the largest thing stands there."""

    scores: tuple[int, ...]
    weight: int
    largest_paint: float
    shift: float
    lost: tuple[str, ...]  # what cost points


def main() -> int:
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each page; the medians are printed")
    parser.add_argument("--essays", type=int, default=NUMBER)
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    busy = os.getloadavg()[0]
    install()
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        for name, address in pages(Path(folder), options.essays, {} if options.ours else PEERS):
            found[name] = middle([look(address) for _ in range(options.runs)])
            print(row(name, found[name]), file=sys.stderr)
    show(found)
    print(f"\n{CONDITIONS.format(essays=options.essays, runs=options.runs)}")
    print(f"Before the first page {busy:.1f} programs were busy on {os.cpu_count()} processors.")
    return 0


def install() -> None:
    """Lighthouse and Reflex, once, each from its lock file."""
    if not (LIGHTHOUSE / "node_modules").exists():
        print("Installing Lighthouse (once) …", file=sys.stderr, flush=True)
        LIGHTHOUSE.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / "tools" / "lighthouse" / name, LIGHTHOUSE)
        node.run("npm", "ci", "--ignore-scripts", "--silent", cwd=LIGHTHOUSE)
    if not THEMES.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        lock = ROOT / "requirements" / "themes.txt"
        subprocess.run([*pip, "--require-hashes", "--target", THEMES, "-r", lock], check=True)


def pages(folder: Path, essays: int, peers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The name and address of every page to look at, each while it is served."""
    port = free_port()
    project = demonstration_project(folder / "ours", essays, url := f"http://127.0.0.1:{port}")
    released(project)
    with running(fronts.nginx(project, port, free_port(), free_port(), "127.0.0.1"), url):
        yield from ((f"ours, {name}", url + address) for name, address in PAGES.items())
    for peer, theme in peers.items():
        url = f"http://127.0.0.1:{(port := free_port())}"
        place = built(folder / theme.replace("/", "-"), theme, project / "content" / "articles", url)
        with running(plain_nginx(place, port), url):
            yield from ((f"{peer}, {name}", url + address) for name, address in PEER_PAGES.items())


def released(project: Path) -> None:
    """Lay the build where nginx looks for the current release, with compressed copies as a published one has."""
    for path in (project / "output").rglob("*"):
        if path.suffix in (".html", ".css"):
            add_copy(path)
    (project / "var" / "releases").mkdir(parents=True)
    (project / "var" / "releases" / "current").symlink_to(project / "output")


def built(folder: Path, theme: str, essays: Path, url: str) -> Path:
    folder.mkdir()
    settings = {
        "SITEURL": url,
        "SITENAME": "Gratitude Marketing",
        "AUTHOR": "The Author",
        "TIMEZONE": "America/New_York",
    }
    settings["CC_LICENSE"] = ""  # Reflex cannot do without
    command = [sys.executable, "-m", "pelican", essays, "-o", folder / "output", "-t", theme, "--fatal", "errors"]
    command += ["-e", *(f'{name}="{value}"' for name, value in settings.items())]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


def plain_nginx(folder: Path, port: int) -> list[str | Path]:
    """What a careful person sets up for static files."""
    user = "user root;" if os.geteuid() == 0 else ""
    settings = PLAIN.format(folder=folder, port=port, types=fronts.TYPES, user=user)
    (folder / "nginx.conf").write_text(settings, encoding="utf-8")
    return [fronts.NGINX, "-c", folder / "nginx.conf", "-e", folder / "error.log"]


@contextmanager
def running(command: Sequence[str | Path], url: str) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(url)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    """Until somebody answers. Raises TimeoutError after ten seconds."""
    patience = time.monotonic() + 10
    while time.monotonic() < patience:
        try:
            urlopen(url).close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


def look(address: str) -> Figures:
    """Lighthouse once, in a fresh browser."""
    path = tests_browser.find()
    assert path is not None, "no browser; make test fetches one"
    env = {**node.environment(), **tests_browser.environment(path), "CHROME_PATH": str(path)}
    command = ["node", LIGHTHOUSE / "node_modules/lighthouse/cli/index.js", address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}", "--max-wait-for-load=60000"]
    said = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return figures(json.loads(said))


def figures(report: dict) -> Figures:
    audits, categories = report["audits"], [report["categories"][name] for name in CATEGORIES]
    counting = {each["id"] for category in categories for each in category["auditRefs"] if each["weight"]}
    lost = tuple(
        sorted(name for name in counting if (audits[name]["score"] or 0) < 1 and audits[name]["score"] is not None)
    )
    return Figures(
        tuple(round((category["score"] or 0) * 100) for category in categories),
        audits["total-byte-weight"]["numericValue"],
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        lost,
    )


def middle(seen: Sequence[Figures]) -> Figures:
    """The median of each figure, and whatever ever cost points."""
    scores = tuple(round(median(each)) for each in zip(*(figures.scores for figures in seen), strict=True))
    weight, paint, shift = (
        median(getattr(figures, name) for figures in seen) for name in ("weight", "largest_paint", "shift")
    )
    return Figures(scores, round(weight), paint, shift, tuple(sorted({name for each in seen for name in each.lost})))


def row(name: str, seen: Figures) -> str:
    scores = "/".join(map(str, seen.scores))
    lost = ", ".join(seen.lost)
    return f"| {name} | {scores} | {seen.weight:,} | {seen.largest_paint:,.0f} | {seen.shift:.3f} | {lost} |"


def show(found: dict[str, Figures]) -> None:
    print(
        "| page | performance/accessibility/best practices/SEO | bytes | largest paint, ms | shift | what cost points |"
    )
    print("|---|---|---|---|---|---|")
    for name, seen in found.items():
        print(row(name, seen))


if __name__ == "__main__":
    sys.exit(main())
