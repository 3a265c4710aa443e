"""Essays of the usual length to measure with: made words, the same ones every time."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bridge.comment_file import PublicComment, write_comments

FIRST_SUNDAY = date(2012, 1, 1)
WEEK = timedelta(days=7)
PARAGRAPHS, SENTENCES = 8, 5  # about 580 words
TAGS = (
    "Gratitude", "Clients", "Referrals", "Listening", "Letters", "Prices", "Mistakes", "Markets", "Sundays",
    "Craft", "Patience", "Promises", "Beginnings", "Shops", "Time",
)  # fmt: skip
WHO = ("the baker", "a florist", "the printer", "a carpenter", "the plumber", "a teacher", "the cook", "an old client")
DOES = ("asked", "remembered", "answered", "forgot", "wrote down", "kept", "gave away", "promised", "returned", "told")
WHAT = (
    "a question",
    "the name of a dog",
    "one good price",
    "every small letter",
    "the key",
    "a long story",
    "his list",
)
WHEN = (
    "last week",
    "before the rain",
    "at the counter",
    "on a slow morning",
    "without being asked",
    "for the third time",
)
WHY = (
    "and nobody minded",
    "because it was due",
    "which is how trust begins",
    "so the shop stayed open",
    "as people do",
)


def write_essays(content: Path, number: int) -> list[Path]:
    """`number` essays in `content/articles`, one a week, with tags, links to each other and a heading now and then."""
    chance = random.Random(2012)
    folder = content / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, place, chance) for place in range(number)]


def write_comments_on(comments_dir: Path, number: int) -> None:
    """Three comments on every second of `number` essays."""
    chance = random.Random(2026)
    for place in range(0, number, 2):
        day = datetime.combine(_day(place), datetime.min.time(), UTC)
        listed = [
            PublicComment(f"{place}-{n}", None, WHO[n].title(), _paragraph(chance), day + timedelta(hours=n), False)
            for n in range(3)
        ]
        write_comments(comments_dir, f"{_day(place):%Y/%m}/{slug_of(place)}", listed)


def slug_of(place: int) -> str:
    return f"essay-{place}"


def file_of(place: int) -> str:
    return f"{_day(place)}-{slug_of(place)}.md"


def _day(place: int) -> date:
    return FIRST_SUNDAY + place * WEEK


def _write(folder: Path, place: int, chance: random.Random) -> Path:
    tags = ", ".join(chance.sample(TAGS, chance.randint(2, 4)))
    summary = f"{_sentence(chance)} {_sentence(chance)} {_sentence(chance)}"[:158]
    head = [f"Title: {_title(place, chance)}", f"Date: {_day(place)} 07:00", f"Slug: {slug_of(place)}", f"Tags: {tags}"]
    paragraphs = [_paragraph(chance) for _ in range(PARAGRAPHS)]
    if place % 3 == 0:
        paragraphs[0] = f"Last week I promised an answer. {paragraphs[0]}"
    if place % 4 == 3:
        paragraphs[4] = f"I wrote of it in [an earlier letter]({{filename}}{file_of(place - 3)}).\n{paragraphs[4]}"
    if place % 5 == 0:
        paragraphs[6] = f"## What *{chance.choice(WHO)}* said\n\n{paragraphs[6]}"
    path = folder / file_of(place)
    path.write_text("\n".join([*head, f"Summary: {summary}", "", "\n\n".join(paragraphs), ""]), encoding="utf-8")
    return path


def _title(place: int, chance: random.Random) -> str:
    return f"{chance.choice(DOES).title()} {chance.choice(WHEN).title()}, Letter {place + 1}"


def _paragraph(chance: random.Random) -> str:
    return "\n".join(_sentence(chance) for _ in range(SENTENCES))


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in (WHO, DOES, WHAT, WHEN, WHY)).capitalize() + "."
