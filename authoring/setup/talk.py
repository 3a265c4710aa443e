"""Asks at the terminal: a sentence that explains, a prompt with today's answer in it, and again until it will do."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TypeVar

from authoring.setup.checks import SetupError

T = TypeVar("T")
#: What is typed where Enter would keep a value that shall be empty.
NONE = "-"


def ask(prompt: str, check: Callable[[str], T], default: str = "", why: str = "") -> T:
    """The first answer that passes `check`; Enter keeps `default`, a dash means nothing at all."""
    print(f"\n{why}" if why else "", end="\n" if why else "")
    while True:
        typed = input(f"{prompt} [{default}]: " if default else f"{prompt}: ").strip() or default
        try:
            return check("" if typed == NONE else typed)
        except SetupError as error:
            print("  this cannot be left out" if typed == NONE else f"  {error}")


def ask_secret(prompt: str, default: str) -> str:
    """What is not shown while it is typed; Enter keeps the one in use."""
    typed = getpass.getpass(f"{prompt} [unchanged]: " if default else f"{prompt} (not shown): ")
    return typed or default
