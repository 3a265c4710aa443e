"""How referrers are thanked, level by level: the author's own content/thanks.toml, or what stands in people.duties."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from forms_service.people.duties import THANKS, Thanks

FILE = "content/thanks.toml"


class ThanksError(Exception):
    """The table cannot be used; the message is one line: what, where, how to mend it."""


def thanks_table(root: Path) -> Mapping[str, Thanks]:
    """The table in `root`, read anew each time so that a change shows at once. Raises ThanksError."""
    path = root / FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return THANKS
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThanksError(f"{FILE}: not valid TOML: {error}; mend that line") from None
    for level, said in given.items():
        if level not in THANKS or not _is_row(said):
            raise ThanksError(f'{FILE}: [{level}] must be a level L0 to L4 with receipt = ["card"] and outcome = […]')
    return {**THANKS, **{level: Thanks(tuple(row["receipt"]), tuple(row["outcome"])) for level, row in given.items()}}


def thanks_or_built_in(root: Path) -> tuple[Mapping[str, Thanks], str]:
    """The table and "", or the built-in one and what is wrong with the author's: the morning must not hang on it."""
    try:
        return thanks_table(root), ""
    except ThanksError as error:
        return THANKS, str(error)


def _is_row(said: object) -> bool:
    return isinstance(said, dict) and said.keys() == {"receipt", "outcome"} and all(
        isinstance(each, list) and each and all(isinstance(word, str) for word in each) for each in said.values()
    )  # fmt: skip
