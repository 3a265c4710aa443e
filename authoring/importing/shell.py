"""Runs a command as the shell expects: a page on success, one clear line on failure, and the exit status to match."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper

from authoring.importing.errors import ImportingError
from authoring.terminal import say
from bridge.dotenv import DotenvError
from bridge.identity import IdentityError
from bridge.places import ROOT
from bridge.refusals import refusal


def run(name: str, work: Callable[[], str]) -> int:
    """Print what `work` returns; say on stderr why it could not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character gets a question mark
    try:
        say(work())
        return 0
    except (ImportingError, IdentityError, DotenvError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        said = refusal(error, ROOT) if error.errno else f"{error}; mend that and run it again"
        print(f"{name}: {said}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print(f"\n{name}: stopped; everything is as it was", file=sys.stderr)
        return 130
