"""`make new TITLE="…"`: a file for the next free Sunday, and what the essay before it promised. Whole or not at all."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from markdown import markdown

from authoring.importing.article_file import Named, read_head, read_paragraphs, slug_of
from authoring.importing.dates import DEFAULT_TIME, spoken
from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing, standing
from authoring.importing.settle import check_title
from authoring.importing.shell import run
from authoring.vocabulary import MOST_TAGS, TAGS, read_word_list, split_tags
from bridge.files import temporary_beside
from bridge.identity import load_identity
from bridge.places import ROOT
from plugins.continues import NEXT_WEEK
from plugins.text import paragraphs

ARTICLES = "content/articles"
SUNDAY = 6
#: A promise stands at the end, but the invitation to write may stand below it.
CLOSING_PARAGRAPHS = 3


@dataclass(frozen=True)
class Scaffold(Named):
    """An essay that is still to be written."""

    def render(self) -> str:
        """The head; Tags and Summary may stay empty: without a summary the page takes the essay's opening."""
        return f"Title: {self.title}\nDate: {self.at:%Y-%m-%d %H:%M}\nSlug: {self.slug}\nTags:\nSummary:\n\n"


def next_free_sunday(today: date, taken: Iterable[date]) -> date:
    """The first Sunday from `today` on that has no essay yet; today counts."""
    sunday, gone = today + timedelta((SUNDAY - today.weekday()) % 7), set(taken)
    while sunday in gone:
        sunday += timedelta(7)
    return sunday


def plan(title: str, today: date, articles: Sequence[Standing]) -> Scaffold:
    """The essay to be written. Raises ImportingError for a title or an address that will not do."""
    title = check_title(title)
    sunday = next_free_sunday(today, (article.at.date() for article in articles if article.at and not article.sample))
    scaffold = Scaffold(title, datetime.combine(sunday, DEFAULT_TIME), slug_of(title))
    for article in articles:
        if article.address == scaffold.address:
            raise ImportingError(f"{article.path.name} already has the address {scaffold.address}; give another TITLE=")
    return scaffold


def essay_before(at: datetime, articles: Iterable[Standing]) -> Standing | None:
    return max((a for a in articles if a.at and a.at < at), key=lambda article: article.at or at, default=None)


def promise(text: str) -> str:
    """The sentence near the end of an essay's file that says "next week", or nothing."""
    closing = read_paragraphs(text)[-CLOSING_PARAGRAPHS:]
    plain = [line for block in closing for line in paragraphs(markdown(block))]
    sentences = [s for line in plain for s in re.split(r"(?<=[.!?])[”\"’)]*\s+", line)]
    return next((sentence for sentence in reversed(sentences) if NEXT_WEEK.search(sentence)), "")


def vocabulary(articles: Iterable[Standing], kept: Sequence[str] = ()) -> list[str]:
    """The list the author has `kept`, or the tags in use, the most used first, each as it is written most often."""
    if kept:
        return list(kept)
    written: Counter[str] = Counter()
    for article in articles:
        written.update(split_tags(read_head(article.data.decode("utf-8-sig")).get("tags", "")))
    together: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for tag, count in written.most_common():
        spelling.setdefault(tag.casefold(), tag)
        together[tag.casefold()] += count
    return [spelling[key] for key, _ in sorted(together.items(), key=lambda item: (-item[1], item[0]))][:MOST_TAGS]


def report(scaffold: Scaffold, articles: Sequence[Standing], kept: Sequence[str] = ()) -> str:
    """What the author wants to know before the first sentence."""
    lines = [
        f"{ARTICLES}/{scaffold.file_name}",
        f"  Appears   {spoken(scaffold.at.date())}, {scaffold.at:%H:%M}, at {scaffold.address}",
    ]
    if before := essay_before(scaffold.at, articles):
        lines.append(f"  Before    “{before.title}”, {spoken(before.at.date()) if before.at else ''}")
        if said := promise(before.data.decode("utf-8-sig")):
            lines.append(f"  Promised  {said}")
    if tags := vocabulary(articles, kept):
        lines.append(f"  Tags      {', '.join(tags)}")
    return "\n".join(lines)


def write(scaffold: Scaffold, folder: Path) -> Path:
    """The file, whole; never over another. Raises ImportingError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / scaffold.file_name
    temporary = temporary_beside(path)
    try:
        temporary.write_text(scaffold.render(), encoding="utf-8", newline="\n")
        path.hardlink_to(temporary)  # unlike a rename, this fails where a file stands
    except FileExistsError:
        raise ImportingError(f"{ARTICLES}/{path.name} is there already; give another TITLE=") from None
    finally:
        temporary.unlink(missing_ok=True)
    return path


def editor(wanted: bool) -> list[str]:
    """The author's editor as a command, if he wants it opened. Raises ImportingError if nobody knows which."""
    if not wanted:
        return []
    if command := shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""):
        return command
    raise ImportingError("EDIT=1 opens $EDITOR, which is not set; say, for one: export EDITOR=nano")


def new_article(options: argparse.Namespace, now: datetime) -> str:
    """Do what the command line says and return the page to print. Raises ImportingError, having written nothing."""
    root = options.root.absolute()
    if not options.title.strip():
        raise ImportingError('say what it is called: make new TITLE="…"')
    opens, articles = editor(options.edit), standing(root / ARTICLES)
    today = now.astimezone(load_identity(root / "site.toml", {}).zone).date()
    scaffold = plan(options.title, today, articles)
    said = report(scaffold, articles, read_word_list(root / "content", TAGS))
    path = write(scaffold, root / ARTICLES)
    if not opens:
        return said
    print(said, flush=True)
    return edit(opens, path)


def edit(command: Sequence[str], path: Path) -> str:
    """Wait for the author's editor, and say how it ended. Raises ImportingError where there is no such command.

    Ctrl-C is the editor's to answer: he may have stopped a command in it, with words that are not saved yet.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        ended = subprocess.run([*command, path], check=False).returncode
    except OSError as error:
        raise ImportingError(f"the essay is written, but {command[0]} cannot be opened: {error.strerror}") from None
    finally:
        signal.signal(signal.SIGINT, before)
    stands = f"The essay stands in {ARTICLES}/{path.name}."
    return f"The editor has closed (status {ended}). {stands}" if ended else "Look at it with make serve."


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("make new", description="Scaffold an essay for the next free Sunday.")
    parser.add_argument("--title", default="")
    parser.add_argument("--edit", action="store_true", help="open it in $EDITOR")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def main() -> int:
    return run("new", lambda: new_article(arguments(sys.argv[1:]), datetime.now(UTC)))


if __name__ == "__main__":
    sys.exit(main())
