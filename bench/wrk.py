"""Loads a server with `wrk` for a few seconds, every request with words of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CLIENTS = 16

#: `__NUMBER__` in the body becomes another number for each request, so that nothing is a double.
SCRIPT = """
local thread_counter = 0
function setup(thread)
  thread:set("thread_number", thread_counter)
  thread_counter = thread_counter + 1
end
function init(args)
  count = 0
  prefix = tostring(os.time()) .. "x" .. tostring(thread_number) .. "x"
end
local path, kind, body, origin = %s, %s, %s, %s
function request()
  count = count + 1
  local unique = string.gsub(body, "__NUMBER__", prefix .. tostring(count))
  return wrk.format("POST", path, {["Content-Type"] = kind, ["Origin"] = origin}, unique)
end
"""


class WrkMissingError(Exception):
    """`wrk` is not on this machine."""


@dataclass(frozen=True)
class Load:
    """Requests a second, and milliseconds that half and 99 in 100 stayed below."""

    rate: float
    p50: float
    p99: float
    refused: int


def load(url: str, path: str, kind: str, body: str, seconds: int, folder: Path) -> Load:
    """Post `body` to `path` by 16 clients for `seconds`, after a second that does not count. Raises WrkMissingError.

    In that second all processes of a server come up, and its code and files become warm.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise WrkMissingError("make bench needs wrk; on Debian: apt install wrk")
    script = folder / "post.lua"
    script.write_text(SCRIPT % tuple(_lua(text) for text in (path, kind, body, url)))
    command = [wrk, "-t1", f"-c{CLIENTS}", "--latency", "--timeout", "10s", "-s", str(script), url]
    subprocess.run([*command, "-d1s"], capture_output=True, check=True)
    return read(subprocess.run([*command, f"-d{seconds}s"], capture_output=True, text=True, check=True).stdout)


def read(output: str) -> Load:
    """What wrk's closing table says."""
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return Load(
        rate=float(rate.group(1)) if rate else 0.0,
        p50=_milliseconds(output, "50%"),
        p99=_milliseconds(output, "99%"),
        refused=int(refused.group(1)) if refused else 0,
    )


def _milliseconds(output: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", output)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return float(found.group(1)) * scale[found.group(2)] if found else float("nan")


def _lua(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
