"""Changes values in the text of `site.toml`; comments, order and every other character stay. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

Value = str | bool | int | tuple[str, ...]
#: What a value may look like in the file: text, a list of texts over one or more lines, a number or a truth.
_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"
_VALUE = rf"(?:{_STRING}|\[(?:{_STRING}|#[^\n]*|[^\]\"'#])*\]|[\w+.-]+)"


class SiteTomlError(ValueError):
    """The file is written in a way this cannot change; the message names the key."""


def with_values(toml: str, values: Mapping[tuple[str, str], Value]) -> str:
    """`toml` with each (table, key) holding its new value. Raises SiteTomlError, never changes anything else."""
    changed = toml
    for (table, key), value in values.items():
        changed = _with_value(changed, table, key, value)
    wanted = tomllib.loads(toml)
    for (table, key), value in values.items():
        wanted.setdefault(table, {})[key] = list(value) if isinstance(value, tuple) else value
    if _parsed(changed) != wanted:
        keys = " and ".join(key for _, key in values)
        tables = " and ".join(sorted({f"[{table}]" for table, _ in values}))
        raise SiteTomlError(f"site.toml: cannot find the line of {keys} under {tables}; write it there yourself")
    return changed


def _with_value(toml: str, table: str, key: str, value: Value) -> str:
    header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\n]*$", toml, re.MULTILINE)
    if header is None:
        return toml
    end = re.compile(r"^[ \t]*\[[^\"'\n]+\][ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE).search(toml, header.end())
    until = end.start() if end else len(toml)
    line = re.compile(rf"^([ \t]*{re.escape(key)}[ \t]*=[ \t]*){_VALUE}", re.MULTILINE)
    part = line.sub(lambda found: found[1] + written(value), toml[header.end() : until], count=1)
    return toml[: header.end()] + part + toml[until:]


def written(value: Value) -> str:
    """A value in TOML. JSON's strings are TOML's, but for one control character that nobody types."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _parsed(toml: str) -> object:
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return None
