"""Writes `requirements/*.txt` from `pyproject.toml`: hashed, for every Python from 3.11 on, naming no registry.

The first line of each holds a fingerprint of what `pyproject.toml` asks for, so that `make check` can
tell, without a network, whether they are in step.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "dev": ("pyproject.toml", "--group", "dev"),
    "runtime": ("pyproject.toml", "--constraint", "requirements/dev.txt"),
    "node": ("--group", "node"),
    "bench": ("--group", "bench"),
    "themes": ("--group", "themes"),
}
LEAK = re.compile(r"https?://|index-url|find-links|file:|trusted-host")


def fingerprint(pyproject: str) -> str:
    """The first line a lock file made from this `pyproject.toml` has."""
    data = tomllib.loads(pyproject)
    wanted = [data["project"]["requires-python"], data["project"]["dependencies"], data["dependency-groups"]]
    return "# pyproject.toml " + hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def faults(name: str, lock: str, pyproject: str) -> list[str]:
    """What is wrong with this lock file, a line each."""
    found = []
    if lock.partition("\n")[0] != fingerprint(pyproject):
        found.append(f"requirements/{name}.txt: not in step with pyproject.toml; run: make lock")
    found += [
        f"requirements/{name}.txt:{number}: names a registry or a local folder"
        for number, line in enumerate(lock.splitlines(), 1)
        if LEAK.search(line)
    ]
    pinned = re.findall(r"^[a-z0-9][^\n]*?(?=\n[a-z0-9]|\Z)", lock, re.M | re.S)
    found += [f"requirements/{name}.txt: no hash for {pin.split()[0]}" for pin in pinned if "--hash=sha256:" not in pin]
    return found


def main() -> int:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name, options in LOCKS.items():
        path = ROOT / "requirements" / f"{name}.txt"
        command = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", *options]
        command += ["--generate-hashes", "--no-annotate", "--no-header", "--quiet", "-o", str(path)]
        try:
            subprocess.run(command, cwd=ROOT, check=True)
        except FileNotFoundError:
            print("make lock needs uv: pip install uv", file=sys.stderr)
            return 1
        path.write_text(f"{fingerprint(pyproject)}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
