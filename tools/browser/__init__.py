"""Where the tests' browser is: `$CHROMIUM`, the machine's own, or the one unpacked here."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
UNPACKED = ROOT / ".cache" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> Path | None:
    """The browser to drive, or None."""
    if os.environ.get("CHROMIUM"):
        return Path(os.environ["CHROMIUM"])
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    packaged = UNPACKED / "chromium"
    return packaged if packaged.exists() else None


def environment(browser: Path) -> dict[str, str]:
    """What the process of `browser` needs beside our own environment: the packaged one brings its libraries."""
    if browser.parent != UNPACKED:
        return {}
    return {"LD_LIBRARY_PATH": f"{UNPACKED / 'lib'}", "FONTCONFIG_FILE": f"{UNPACKED / 'fonts.conf'}"}
