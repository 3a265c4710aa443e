"""Comments of an old blog, as the import of its essays leaves them: `comments.jsonl`."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.built_site import FIRST

LONG_AGO = datetime(2015, 10, 12, 8, tzinfo=UTC)
STAMP = "2026-11-18T100000"


def said(number: int = 1, **changed: object) -> dict[str, object]:
    """Comment `number` of a miller, a minute after the one before it. `answers` is the number it answers."""
    answers = changed.pop("answers", None)
    return {
        "source_id": source_id(number), "article_id": FIRST, "name": "A miller", "url": "",
        "text": f"Old words {number}.",
        "parent_source_id": source_id(int(str(answers))) if answers else "",
        "at": (LONG_AGO + timedelta(minutes=number)).isoformat(),
        "by_author": False, "deleted": False, "anchor": anchor(number), **changed,
    }  # fmt: skip


def source_id(number: int) -> str:
    return f"tag:blogger.com,1999:blog-1.post-{5550000000000 + number}"


def anchor(number: int) -> str:
    return f"c{5550000000000 + number}"


def lines(comments: Iterable[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(comment).encode() + b"\n" for comment in comments)


def write(var_dir: Path, *comments: dict[str, object], stamp: str = STAMP) -> Path:
    """The file of an import, with the journal of its essays beside it."""
    folder = var_dir / "imports" / stamp
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "journal.json").write_text('{"changes": []}\n', encoding="utf-8")
    (folder / "comments.jsonl").write_bytes(lines(comments))
    return folder / "comments.jsonl"
