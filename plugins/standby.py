"""Lets the process of a preview's build stand by: it keeps all it has read, and renders one page again when asked.

Only where `make serve` has handed it a socket; any other build ends as usual. A plugin that changes the text of single
pages connects to `read_again` too, so that a page rendered alone equals the one that a whole build writes.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, SkipStub

from plugins.sources import PAGES
from plugins.visibility import ESSAYS
from plugins.write_if_changed import WriteIfChanged

#: The environment variable that names the inherited socket, by its number.
SOCKET = "GRATITUDE_STANDBY"
GENERATORS = "STANDBY_GENERATORS"  # kept in the settings, which travel through every signal
FOLDER = "look"  # beside the folder that the build writes into
READ = {"essay": "article_generator", "page": "page_generator"}

#: Sent with an essay or page that was read by itself, before it is rendered.
read_again = signals.signal("content_read_again")


def remember(generators: list[Any]) -> None:
    generators[0].settings[GENERATORS] = list(generators)


def stand_by(pelican: Any) -> None:
    """The build goes on and ends; what stands by is a copy of it, which ends with its socket."""
    number = os.environ.get(SOCKET)
    if number is None or os.fork():
        return
    try:
        _let_go_of_the_terminal()
        answer(Connection(int(number)), pelican)
    finally:
        os._exit(0)  # nothing of the build's own end may happen twice


def _let_go_of_the_terminal() -> None:
    """Whoever reads what the build says waits for its last copy to close."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


def answer(connection: Connection, pelican: Any) -> None:
    """Each message is a source file; the answer is the name of its page, or nothing where a build must decide."""
    pelican.output_path = str(Path(pelican.output_path).with_name(FOLDER))
    while True:
        try:
            source = os.fsdecode(connection.recv_bytes())
            connection.send_bytes(os.fsencode(_looked(Path(source), pelican)))
        except (EOFError, OSError):
            return


def _looked(source: Path, pelican: Any) -> str:
    try:
        return look(source, pelican) or ""
    except Exception:
        return ""  # whatever is wrong with it, the build that follows says so, with file and line


def look(source: Path, pelican: Any) -> str | None:
    """Render the page of one source file, everything else as the build found it; the page's name.

    None if the file is new, belongs to another address now, or has changed between draft and essay.
    """
    for generator in pelican.settings[GENERATORS]:
        for kind in ESSAYS if hasattr(generator, "articles") else PAGES if hasattr(generator, "pages") else ():
            for before in getattr(generator, kind):
                if Path(before.source_path) == source:
                    return _look(before, kind, generator, pelican)
    return None


def _look(before: Any, kind: str, generator: Any, pelican: Any) -> str | None:
    now = read(before, generator)
    if now is None:
        return None
    with _saying(before, now):
        render(before, kind, generator, pelican)
    return str(before.save_as)


def read(before: Any, generator: Any) -> Any:
    """The file behind `before` as it is now; None where it would not be the same page."""
    name = READ["essay" if isinstance(before, Article) else "page"]
    now = generator.readers.read_file(
        base_path=generator.path,
        path=before.relative_source_path,
        content_class=type(before),
        context=generator.context,
        preread_signal=getattr(signals, f"{name}_preread"),
        preread_sender=generator,
        context_signal=getattr(signals, f"{name}_context"),
        context_sender=generator,
    )
    if isinstance(now, SkipStub) or not now.is_valid():
        return None
    if (now.save_as, now.status) != (before.save_as, before.status):
        return None
    _inherit(now, before)
    read_again.send(now)
    return now


def _inherit(now: Any, before: Any) -> None:
    """Give it what plugins have found out about the essay among the others; never what its own file no longer says."""
    for name, value in vars(before).items():
        if _still_holds(name, now, before):
            setattr(now, name, value)


def _still_holds(name: str, now: Any, before: Any) -> bool:
    if name in before.metadata:  # plugins may have made more of it than the word in the file
        return bool(before.metadata[name] == now.metadata.get(name))
    return name not in vars(now) and name != "_summary"


@contextmanager
def _saying(before: Any, now: Any) -> Iterator[None]:
    """Within the block `before`, which neighbours, series and lists know, says what `now` does."""
    built, before.__dict__ = before.__dict__, now.__dict__
    try:
        _forget_rendered(before)
        yield
    finally:
        before.__dict__ = built
        _forget_rendered(before)


def _forget_rendered(content: Any) -> None:
    """Pelican remembers what it has once made of a text."""
    for remembered in (content.get_content.cache, content.get_summary.cache):
        for key in [key for key in remembered if key[0] is content]:
            del remembered[key]


def render(content: Any, kind: str, generator: Any, pelican: Any) -> None:
    """Write its page as the generator would, but into the folder of looks."""
    alone, writer = copy.copy(generator), WriteIfChanged(pelican.output_path, settings=pelican.settings)
    essays = isinstance(content, Article)
    for each in ESSAYS if essays else PAGES:
        setattr(alone, each, [content] if each == kind else [])
    if essays:
        write = partial(writer.write_file, relative_urls=alone.settings["RELATIVE_URLS"])
        alone.generate_articles(write)
        alone.generate_drafts(write)
    else:
        alone.generate_output(writer)


def register() -> None:
    signals.all_generators_finalized.connect(remember)
    signals.finalized.connect(stand_by)
