"""Reads `.env`: `KEY=value` lines, nothing more."""

from __future__ import annotations

from pathlib import Path


class DotenvError(Exception):
    """A line of `.env` is no setting; the message is one line: file, line, remedy."""


def read_dotenv(path: Path, known: tuple[str, ...]) -> dict[str, str]:
    """The settings in `path`; a missing file has none. Raises DotenvError for keys outside `known`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise DotenvError(f"{path}: cannot be read: {error}") from None
    values = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, found, value = line.partition("=")
        if not found or key.strip() not in known:
            raise DotenvError(f"{path}:{number}: {key.strip()!r} is not a setting; .env.example lists them")
        values[key.strip()] = value.strip().strip("\"'")
    return values
