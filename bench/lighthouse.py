"""How Lighthouse sees our pages on a phone, beside those of Pelican's own themes and of Reflex, of the same essays.

python -m bench.lighthouse --runs 3 --write docs/comparison.md
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
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.lighthouse_figures import CATEGORIES, Figures, figures, placed, row, table
from bench.service import ROOT, free_port
from bridge.dates import long_date
from bridge.pages import add_copy
from tests.support import fronts
from tests.support.demonstration import NUMBER, SAMPLES
from tests.support.showing import demonstration_project
from tools import browser as tests_browser
from tools import node

LIGHTHOUSE, THEMES = ROOT / ".cache" / "lighthouse", ROOT / ".cache" / "themes"
PAGES = {"article": f"/{SAMPLES[1]}.html", "home": "/", "archive": "/archive/", "contact": "/contact/"}
PEER_PAGES = {"article": f"/{SAMPLES[1].rpartition('/')[2]}.html", "home": "/"}
PEERS = {
    "Pelican notmyidea": "notmyidea",
    "Pelican simple": "simple",
    "Reflex": str(THEMES / "pelican" / "themes" / "reflex"),
}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
TRIES, PATIENCE = 3, 120  # of one look, and seconds for each
CONDITIONS = """{day}. Lighthouse {version} with its own settings for a phone: simulated 4G, a processor four times
slower. {essays} essays, the same for the peers, each theme as it is by default; nginx with gzip, ours by
`deploy/nginx.conf`. Looks at each page, all in turn: {looks}; the table has the medians. Bytes are all that
went over the wire. Only figures of one run compare. Programs busy on {processors} processors: {before:.1f} before,
{after:.1f} at the end, Lighthouse included."""
PLAIN = """daemon off; pid {folder}/pid; error_log {folder}/error.log; {user} events {{}}
http {{ {types} access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; charset utf-8; gzip on;
gzip_types text/css application/javascript text/javascript application/json image/svg+xml application/atom+xml;
server {{ listen 127.0.0.1:{port}; root {folder}/output; index index.html; }} }}
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each page; the medians are printed")
    parser.add_argument("--minutes", type=float, default=9, help="no further round is begun that would end later")
    parser.add_argument("--essays", type=int, default=NUMBER)
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put it between the marks in FILE as well")
    options = parser.parse_args()
    before, end = os.getloadavg()[0], time.monotonic() + 60 * options.minutes
    install()
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder, ExitStack() as stack:
        addresses = dict(pages(stack, Path(folder), options.essays, {} if options.ours else PEERS))
        found = rounds(addresses, options.runs, end)
    text = f"{said(options.essays, found, before)}\n\n{table(found)}"
    print(text)
    if options.write:
        options.write.write_text(placed(options.write.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 1 if unseen(found) else 0


def rounds(addresses: dict[str, str], runs: int, end: float) -> dict[str, list[Figures]]:
    """Look at all pages in turn, again and again: what disturbs the machine for a while disturbs one look at each."""
    found: dict[str, list[Figures]] = {name: [] for name in addresses}
    longest = 0.0
    for number in range(runs):
        began = time.monotonic()
        if number and began + longest > end:
            print(f"Time is up after {number} of {runs} rounds.", file=sys.stderr)
            break
        for name, address in addresses.items():
            if seen := look(address):
                found[name].append(seen)
                print(row(name, seen), file=sys.stderr, flush=True)
        longest = max(longest, time.monotonic() - began)
    return found


def unseen(found: dict[str, list[Figures]]) -> list[str]:
    """The pages that no look succeeded at, said aloud."""
    missing = [name for name, seen in found.items() if not seen]
    for name in missing:
        print(f"{name}: Lighthouse did not get to see it", file=sys.stderr)
    return missing


def said(essays: int, found: dict[str, list[Figures]], before: float) -> str:
    fewest, most = (least(len(seen) for seen in found.values()) for least in (min, max))
    return CONDITIONS.format(
        day=long_date(datetime.now(UTC)),
        version=version(),
        essays=essays,
        looks=f"{most}" if fewest == most else f"{fewest} to {most}",
        processors=os.cpu_count(),
        before=before,
        after=os.getloadavg()[0],
    )


def version() -> str:
    told = json.loads((LIGHTHOUSE / "node_modules" / "lighthouse" / "package.json").read_text(encoding="utf-8"))
    return str(told["version"])


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


def pages(stack: ExitStack, folder: Path, essays: int, peers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The name and address of every page to look at; all are served until the stack ends."""
    project = demonstration_project(folder / "ours", essays, url := f"http://127.0.0.1:{(port := free_port())}")
    released(project)
    stack.enter_context(running(fronts.nginx(project, port, free_port(), free_port(), "127.0.0.1"), url))
    yield from ((f"ours, {name}", url + address) for name, address in PAGES.items())
    for peer, theme in peers.items():
        url = f"http://127.0.0.1:{(port := free_port())}"
        place = built(folder / theme.replace("/", "-"), theme, project / "content" / "articles", url)
        stack.enter_context(running(plain_nginx(place, port), url))
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


def look(address: str) -> Figures | None:
    """Lighthouse once, in a fresh browser; again where something went wrong, and None where it always does."""
    path = tests_browser.find()
    assert path is not None, "no browser; make test fetches one"
    env = {**node.environment(), **tests_browser.environment(path), "CHROME_PATH": str(path)}
    command = ["node", LIGHTHOUSE / "node_modules/lighthouse/cli/index.js", address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}", "--max-wait-for-load=60000"]
    for _ in range(TRIES):
        try:
            told = subprocess.run(command, env=env, check=True, capture_output=True, timeout=PATIENCE).stdout
            return figures(json.loads(told))
        except (subprocess.SubprocessError, ValueError) as error:
            print(f"{address}: {error}; once more", file=sys.stderr)
    return None


if __name__ == "__main__":
    sys.exit(main())
