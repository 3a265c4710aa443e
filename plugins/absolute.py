"""Makes the addresses in an essay's HTML whole, so that links and pictures work wherever its text is read. Pure."""

from __future__ import annotations

import re
from urllib.parse import urljoin

TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""")
ATTRIBUTE = re.compile(r"""(?P<name>\s[^\s=>"'/]+)(?P<equals>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")
ADDRESSES = ("href", "src", "poster", "cite", "data")
DEFAULT = '"'
SCHEME = re.compile(r"\s*[a-zA-Z][a-zA-Z0-9+.-]*:")


def absolute(html: str, base: str) -> str:
    """`html` with every relative address joined to `base`, the page's own whole address; words stay as they are."""
    return TAG.sub(lambda tag: ATTRIBUTE.sub(lambda found: _joined(found, base), tag[0]), html)


def _joined(found: re.Match[str], base: str) -> str:
    name, value = found["name"].strip().lower(), found["value"]
    if name not in ADDRESSES and name != "srcset":
        return found[0]
    quote = value[0] if value[0] in "\"'" else ""
    bare = value[1:-1] if quote else value
    whole = _set(bare, base) if name == "srcset" else _whole(bare, base)
    return f"{found['name']}{found['equals']}{quote or DEFAULT}{whole}{quote or DEFAULT}"


def _whole(address: str, base: str) -> str:
    if SCHEME.match(address):
        return address
    try:
        return urljoin(base, address.strip())
    except ValueError:  # an address nobody can follow here or there
        return address


def _set(candidates: str, base: str) -> str:
    """Addresses with their sizes behind them; a comma inside an address stays where it is."""
    parts = [part.strip().split(None, 1) for part in re.split(r",(?=\s)", candidates)]
    return ", ".join(" ".join([_whole(part[0], base), *part[1:]]) for part in parts if part)
