"""Waits with everything imported that a build needs and that is not ours; parts a process for each build asked for.

It is run as a file, by `ready_pelican.py`, and knows nothing of this project: a build imports that by itself.
"""

import atexit
import fcntl
import json
import locale
import os
import signal
import socket
import sys
import time
import traceback
from functools import partial
from hashlib import sha256
from pathlib import Path

import email_validator  # noqa: F401
import jinja2.bccache
import markdown.extensions.extra
import markdown.extensions.meta  # noqa: F401
import pelican.generators
import pelican.log
import phonenumbers  # noqa: F401
import PIL.ImageDraw
import PIL.ImageFont  # noqa: F401
import wtforms  # noqa: F401

OUT_OF_THE_WAY = 500  # numbers of files that no build was promised


class Compiled(jinja2.bccache.FileSystemBytecodeCache):
    """A template is known by what it says, not by where it stands."""

    def get_bucket(self, environment, name, filename, source):
        how = (name, source, environment.trim_blocks, environment.lstrip_blocks, repr(environment.autoescape))
        key = sha256(repr(how).encode()).hexdigest()
        bucket = jinja2.bccache.Bucket(environment, key, key)
        self.load_bytecode(bucket)
        if bucket.code is not None:
            bucket.code = bucket.code.replace(co_filename=filename or "<template>")
        return bucket


def wait(ask: socket.socket) -> None:
    """Until whoever asks has gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, descriptors, _, _ = socket.recv_fds(ask, 1, 16)
        if not descriptors:
            return
        part = not os.fork()
        if part:
            ask.close()
        apart = [fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY) for number in descriptors] if part else []
        for number in descriptors:
            os.close(number)
        if part:
            build(apart)


def build(descriptors: list[int]) -> None:
    """What `python -m pelican` does, and the status it ends with as the answer."""
    answer, status = socket.socket(fileno=descriptors.pop(0)), 1
    try:
        status = run(become(json.loads(b"".join(iter(partial(answer.recv, 65536), b""))), descriptors))
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        answer.send(bytes([status]))
        os._exit(status)


def become(asked: dict, descriptors: list[int]) -> list[str]:
    """As if just begun: its environment, its folder, its files. Returns its words."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, place in zip(descriptors, [1, 2, *asked["inherited"]], strict=True):
        os.dup2(number, place)
        os.close(number)
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    locale.setlocale(locale.LC_CTYPE, "")
    os.chdir(asked["cwd"])
    sys.path[:0] = [asked["cwd"], *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    sys.modules["__main__"].__file__ = pelican.__file__  # a build notes which of our files it was made by
    pelican.log.console.width = int(os.environ["COLUMNS"])
    return asked["words"]


def run(words: list[str]) -> int:
    sys.argv = ["pelican", *words]
    try:
        pelican.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    cache = Compiled(sys.argv[2])
    pelican.generators.Environment = partial(pelican.generators.Environment, bytecode_cache=cache)
    wait(socket.socket(fileno=int(sys.argv[1])))
