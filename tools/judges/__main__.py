"""Installs the judges of pages into `.cache/judges`, as their lock file says."""

import shutil
import subprocess
import sys

from tools import node
from tools.judges import FOLDER, HERE

NEEDED = ("package.json", "package-lock.json", "judge.mjs")


def main() -> int:
    print("Fetching what judges pages in the tests (once) …", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in NEEDED:
        shutil.copy(HERE / name, FOLDER)
    try:
        node.run("npm", "ci", "--ignore-scripts", "--silent", cwd=FOLDER)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"the judges of pages cannot be installed: {error}", file=sys.stderr)
        return 1
    (FOLDER / "installed").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
