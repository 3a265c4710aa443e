"""Knows the sample essays that came with the site, so that an edited one is never taken for one of them.

An essay marked `Sample: yes` is unedited if its bytes, line endings aside, have one of the SHA-256 sums below. The list
needs neither git nor the network. Whoever changes a sample adds the sum that this prints for it:

    python -m authoring.importing.samples content/articles/*.md
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from plugins.essays import is_yes

#: Every version of every sample ever shipped: the older ones still stand in older copies of the site.
SHIPPED = frozenset(
    (
        "aeba0516ee3df9ecb4d7c73fa7da1c17b5286fa7ed432a56be6318d47a350238",  # 2026-11-08-the-second-question.md
        "20d23af27bcba5fb56fd20f2250cf0d4dd3d23f6f1982907b8035744aab8581b",  # 2026-11-15-known-by-name.md
    )
)


def is_sample(head: Mapping[str, str]) -> bool:
    return is_yes(head.get("sample", ""))


def is_unedited(data: bytes, shipped: frozenset[str] = SHIPPED) -> bool:
    return checksum(data) in shipped


def checksum(data: bytes) -> str:
    """Git may have given the file this machine's own line endings."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f'        "{checksum(Path(name).read_bytes())}",  # {Path(name).name}')
