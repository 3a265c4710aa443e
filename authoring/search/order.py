"""Puts Pagefind's lists of filters in order, so that the same essays give the same bytes on every machine. Pure.

Pagefind writes filters, and the values of each, in an order of chance; everything else it writes is the same each time.
The files are CBOR (RFC 8949) behind a word of greeting, compressed; only whole items are moved, none is taken apart.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256

GREETING = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
FILTERS, SORTS = 3, 4  # their places in the list of everything
TEXT, ARRAY, MAP, TAG = 3, 4, 5, 6
BYTES_OF = {24: 1, 25: 2, 26: 4, 27: 8}  # how long a number is that does not fit into the item's first byte


class OrderError(Exception):
    """Pagefind's files are not what this version of it writes; the message says which."""


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """`files` by name below the index's folder, its filters in order and named by their bytes. Raises OrderError."""
    done = dict(files)
    try:
        renamed = dict(_filters(done))
        entry = json.loads(done[ENTRY])
        for language in entry["languages"].values():
            language["hash"] = _list_of_all(done, language["hash"], renamed)
    except (KeyError, IndexError, ValueError, EOFError, OSError) as error:
        raise OrderError(f"the search index is not as expected: {error!r}; is it Pagefind 1.5?") from None
    done[ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return done


def _filters(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Sort the values of every filter; its old name and its new one, each with the language in front."""
    for path in sorted(name for name in files if name.startswith("filter/")):
        name = path.removeprefix("filter/").removesuffix(".pf_filter")
        language, _, old = name.rpartition("_")
        data = _sorted_inside(_unpacked(files.pop(path)), 1)
        new = f"{language}_{sha256(data).hexdigest()[: len(old)]}"
        files[f"filter/{new}.pf_filter"] = _packed(data)
        yield name, new


def _list_of_all(files: dict[str, bytes], name: str, renamed: Mapping[str, str]) -> str:
    """Sort what the list of everything says of filters and sorts; its new name."""
    data = _unpacked(files.pop(f"pagefind.{name}.pf_meta"))
    for old, new in renamed.items():
        data = data.replace(old.encode(), new.encode())  # of the same length, so nothing moves
    data = _sorted_inside(_sorted_inside(data, FILTERS), SORTS)
    language, _, old = name.rpartition("_")
    new = f"{language}_{sha256(data).hexdigest()[: len(old)]}"
    files[f"pagefind.{new}.pf_meta"] = _packed(data)
    return new


def _unpacked(packed: bytes) -> bytes:
    data = gzip.decompress(packed)
    if not data.startswith(GREETING):
        raise ValueError("no greeting")
    return data.removeprefix(GREETING)


def _packed(data: bytes) -> bytes:
    return gzip.compress(GREETING + data, 9, mtime=0)


def _sorted_inside(data: bytes, place: int) -> bytes:
    """`data` is an array; the array at `place` in it gets its items sorted by their bytes."""
    start, end = _items(data, 0)[place]
    items = _items(data, start)
    if not items:
        return data
    ordered = b"".join(sorted(data[first:last] for first, last in items))
    return data[: items[0][0]] + ordered + data[end:]


def _items(data: bytes, start: int) -> list[tuple[int, int]]:
    """Where the items of the array at `start` begin and end."""
    kind, count, at = _head(data, start)
    if kind != ARRAY:
        raise ValueError(f"no array at {start}")
    found = []
    for _ in range(count):
        found.append((at, at := _end(data, at)))
    return found


def _end(data: bytes, start: int) -> int:
    """Where the item that begins at `start` ends."""
    kind, value, at = _head(data, start)
    if kind in (TEXT, TEXT - 1):
        return at + value
    for _ in range({ARRAY: value, MAP: 2 * value, TAG: 1}.get(kind, 0)):
        at = _end(data, at)
    return at


def _head(data: bytes, start: int) -> tuple[int, int, int]:
    """An item's kind, its number, and where what follows begins."""
    kind, value = divmod(data[start], 32)
    if value not in BYTES_OF:
        if value > max(BYTES_OF):
            raise ValueError(f"an item of unknown length at {start}")
        return kind, value, start + 1
    end = start + 1 + BYTES_OF[value]
    return kind, int.from_bytes(data[start + 1 : end], "big"), end
