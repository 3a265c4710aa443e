"""Other essays that an essay names without leading there. Pure.

Only a suggestion: a title may be a turn of phrase too. A short one counts where it is set off as a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, relpath

from authoring.check.finding import Finding
from authoring.check.sources import Source
from authoring.importing.article_file import parted

PLAIN_WORDS = 3  # a title of fewer words must stand in quotation marks or be emphasised
#: What leads somewhere already, or is no prose. Replaced by as many blanks, so that lines stay where they are.
_LEADING = re.compile(r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<[^<>]*>|`[^`\n]*`|^\[[^\]\n]+\]:.*?$", re.MULTILINE)


def unlinked_mentions(essay: Source, essays: Iterable[Source]) -> Iterator[Finding]:
    """A finding for each of `essays` that `essay` names and never links to, at the first place it does."""
    head, body = parted(essay.text)
    text = "\n" * head.count("\n") + _LEADING.sub(_blank, body)
    together = " ".join(text.split())
    for title, other in _newest_by_title(essays).items():
        # Nearly no essay names nearly any other: the quick look comes first.
        if title not in together or title == essay.title or _leads_to(essay, other):
            continue
        if found := _mention(title).search(text):
            line = text.count("\n", 0, found.start()) + 1
            there = relpath(other.file, dirname(essay.file) or ".")
            remedy = f"write [{title}]({{filename}}{there})"
            yield Finding(essay.name, line, f"it names “{title}” without a link", remedy, blocking=False)


def _newest_by_title(essays: Iterable[Source]) -> dict[str, Source]:
    return {" ".join(other.title.split()): other for other in sorted(essays, key=lambda one: (one.moment, one.file))}


def _leads_to(essay: Source, other: Source) -> bool:
    return other.file.rpartition("/")[2] in essay.text or other.page in essay.text


def _mention(title: str) -> re.Pattern[str]:
    words = title.split()
    spoken = r"\s+".join(map(re.escape, words))
    if len(words) < PLAIN_WORDS:
        return re.compile(rf"“{spoken}[.,!?]?”|\"{spoken}[.,!?]?\"|(?<!\w)[*_]{spoken}[*_](?!\w)")
    return re.compile(rf"(?<!\w){spoken}(?!\w)")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
