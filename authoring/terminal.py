"""Words for whoever reads them. He may have gone, as `head` does: what is being done goes on all the same."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO


def say(words: object, stream: TextIO | None = None) -> None:
    """Print a line at once, on standard output unless told otherwise."""
    stream = stream or sys.stdout
    if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")  # a terminal that lacks a character gets a question mark
    try:
        print(words, file=stream, flush=True)
    except BrokenPipeError:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
