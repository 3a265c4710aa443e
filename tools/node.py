"""Node.js for what arrives as npm packages: the machine's own, or one from its own lock file in `.cache/node`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / ".cache" / "node"
OLDEST = (20, 19)


def environment() -> dict[str, str]:
    """Our own environment, with `node` and `npm` on PATH. Raises OSError or CalledProcessError where there are none."""
    if _is_there():
        return dict(os.environ)
    if not (INSTALLED / "bin" / "npm").exists():
        _install()
    return {**os.environ, "PATH": f"{INSTALLED / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def run(*command: str | Path, cwd: Path) -> None:
    """Run `npm` or `node` in `cwd`. Raises OSError or CalledProcessError."""
    env = environment()
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    subprocess.run([program, *command[1:]], cwd=cwd, env=env, check=True)


def _is_there() -> bool:
    """Whether the machine's own Node.js and npm will do."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in version.strip().lstrip("v").split(".")[:2]) >= OLDEST


def _install() -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", INSTALLED], check=True)
    pip = [INSTALLED / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    lock = ROOT / "requirements" / "node.txt"
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock], check=True)
