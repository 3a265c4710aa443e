"""What judges pages in the tests, as npm packages of one lock file: axe-core, html-validate, csstree-validator."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import node

HERE = Path(__file__).resolve().parent
FOLDER = node.ROOT / ".cache" / "judges"
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"

#: Takes a name that ends in `.html` or `.css`, and a text; gives what is wrong with it, a line each.
Judge = Callable[[str, str], list[str]]


@contextmanager
def judging() -> Iterator[Judge]:
    """One process that judges HTML and CSS against their specifications, for as long as it is needed."""
    command = ["node", "judge.mjs"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=FOLDER, env=node.environment(), stdin=pipe, stdout=pipe, text=True) as process:
        asked, answered = process.stdin, process.stdout
        assert asked is not None
        assert answered is not None

        def judge(name: str, text: str) -> list[str]:
            print(json.dumps([name, text]), file=asked, flush=True)
            return json.loads(answered.readline())

        yield judge
        asked.close()
