"""The programs of this machine that publishing to a host is tested with; no package brings them."""

import os
import shutil

SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
SSHD, SSH, RSYNC = (shutil.which(name, path=SBIN) for name in ("sshd", "ssh", "rsync"))
MISSING = [name for name, path in (("sshd", SSHD), ("ssh", SSH), ("rsync", RSYNC)) if path is None]
#: Why nothing is published to a host in this run; empty where all is there, or where it must be (`.ci/run`).
LEFT_OUT = (
    f"{', '.join(MISSING)} missing; apt install openssh-server openssh-client rsync"
    if MISSING and not os.environ.get("REQUIRE_SSH")
    else ""
)
