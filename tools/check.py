"""`make check`: everything that can be judged without running the product, each failure a line or two."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools import lock

ROOT = Path(__file__).resolve().parent.parent


def command(*words: str) -> Callable[[], bool]:
    """A check that is a command; its output is shown when it fails."""

    def run() -> bool:
        done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout + done.stderr)
        return done.returncode == 0

    return run


def lock_files() -> bool:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = []
    for name in lock.LOCKS:
        found += lock.faults(name, (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"), pyproject)
    print("\n".join(found), end="\n" if found else "")
    return not found


CHECKS = {
    "lint": command("ruff", "check", "."),
    "format": command("ruff", "format", "--check", "."),
    "types": command("mypy"),
    "templates": command("djlint", "theme/templates", "forms_service/dashboard/templates", "--lint", "--quiet"),
    "structure": command("pytest", "-q", "tests/test_architecture.py"),
    "lock files": lock_files,
}


def main() -> int:
    failed = []
    for name, check in CHECKS.items():
        print(f"{name:<11}", end=" ", flush=True)
        fine = check()
        print("ok" if fine else f"{name}: FAILED")
        failed += [] if fine else [name]
    print(f"make check: {', '.join(failed)} failed" if failed else "make check: all well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
