"""Turns the old blog's labels into the few tags of the site, by a table that the author edits. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from authoring.importing.article_file import slug_of
from authoring.importing.errors import ImportingError
from authoring.vocabulary import MOST_TAGS, split_tags, word_list

#: The table, in `content/`.
TABLE = "labels.txt"
_HEAD = """\
# Which tags the labels of the old blog become: label = tag, or several with commas between; nothing behind the sign
# leaves a label out. Edit it before `make import`; of tags at most {most} serve readers well.
"""


def counted(labels: Iterable[Sequence[str]]) -> Counter[str]:
    return Counter(label for of_one in labels for label in of_one)


def proposed(counts: Mapping[str, int], vocabulary: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """A tag for the labels most used, none for the rest: as many as the author's own list has room for beside his tags.

    Labels that differ in capitals only become one tag, and one that the list has is called as it is there.
    """
    names = {slug(tag): tag for tag in vocabulary}
    by_use = sorted(counts, key=lambda label: (-counts[label], label.casefold(), label))
    for label in by_use:
        key = slug(label)
        if key and key not in names and len(names) < MOST_TAGS and split_tags(label) == [label]:
            names[key] = label
    return settled({label: (label,) if slug(label) in names else () for label in by_use}, names)


def settled(table: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """`table` without tags that have no address, or one that another tag has: "C++" and "C#" would share a page.

    `names` are tags that count first, by their slug.
    """
    owners = dict(names)
    kept = {}
    for label, tags in table.items():
        fine = [owners.setdefault(slug(tag), tag) for tag in tags if slug(tag)]
        alike = [one for one, tag in zip(fine, filter(slug, tags), strict=True) if _name(one) == _name(tag)]
        kept[label] = tuple(dict.fromkeys(alike))
    return kept


def _name(tag: str) -> str:
    """By which a person knows a tag again, however it is spaced or joined."""
    return " ".join(re.sub(r"[\s_-]+", " ", tag).casefold().split())


def read(text: str) -> dict[str, tuple[str, ...]]:
    """The table as the author left it. A label may hold `#`, so a remark begins with two blanks before it."""
    table = {}
    for line in text.splitlines():
        label, sign, tags = line.partition("  #")[0].rpartition(" =")
        if sign and not line.startswith("# "):
            table[label.strip()] = tuple(split_tags(tags))
    return table


def write(table: Mapping[str, Sequence[str]], counts: Mapping[str, int]) -> str:
    """The table as a text to edit, the most used label first."""
    lines = []
    for label, tags in table.items():
        count = counts.get(label, 0)
        lines.append(f"{label} = {', '.join(tags)}".rstrip() + f"  # {count} essay{'' if count == 1 else 's'}\n")
    return _HEAD.format(most=MOST_TAGS) + "".join(lines)


def tags_for(labels: Iterable[str], table: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for label in labels for tag in table.get(label, ())))


def unlisted(tags: Iterable[str], vocabulary: Sequence[str]) -> list[str]:
    """Those that the author's list lacks and can hold: in it, a `#` begins a remark."""
    known = {tag.casefold() for tag in vocabulary}
    return [tag for tag in dict.fromkeys(tags) if tag.casefold() not in known and word_list(tag) == [tag]]


def with_tags(listed: bytes, tags: Sequence[str]) -> bytes:
    """The author's list with these below, every byte of his kept."""
    end = b"\r\n" if b"\r\n" in listed else b"\n"
    apart = end if listed and not listed.endswith(b"\n") else b""
    return listed + apart + b"".join(tag.encode() + end for tag in tags)


def slug(tag: str) -> str:
    """The tag's part of its address; empty if it has no letters for one."""
    try:
        return slug_of(tag)
    except ImportingError:
        return ""
