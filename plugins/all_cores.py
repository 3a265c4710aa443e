"""Renders on all processors: each of several processes makes its share of the pages, in the very same order of things.

Processes part when everything has been read and nothing is written yet, so each knows what the others know. Should one
of them fail or complain, its pages are made here again, so that an error is told as if there had been one process.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import StaticGenerator
from pelican.utils import sanitised_join

from plugins.essays import every_essay, every_page
from plugins.write_if_changed import WRITER, WriteIfChanged

RUN = "ALL_CORES_RUN"  # kept in the settings, which travel through every signal
WORTH_IT = 50  # essays and pages; a smaller site is done before a second process has begun
AT_MOST = 4  # processes; each needs memory of its own


@dataclass
class Run:
    """One run of Pelican: what renders, which other processes do, and what those write."""

    generators: list[Any]
    helpers: list[int] = field(default_factory=list)
    elsewhere: list[tuple[Path, Any]] = field(default_factory=list)


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin(generators: Iterable[Any]) -> None:
    listed = list(generators)
    for generator in listed:
        generator.settings[RUN] = Run([g for g in listed if not isinstance(g, StaticGenerator)])


def part(pelican: Any) -> None:
    """Start the helpers, and see to it that this process leaves them their share. The writer comes from elsewhere."""
    run: Run = pelican.settings[RUN]
    contents = [c for g in run.generators for c in (*every_essay(g), *every_page(g))]
    shares = min(pelican.settings.get("PROCESSES") or processors(), AT_MOST)
    if len(contents) < WORTH_IT or shares < 2 or not hasattr(os, "fork"):
        return
    for content in contents:
        _ = content.content  # resolves its links; and moves attached files, which all processes must know
    gc.freeze()  # what is not looked at need not be copied
    for share in range(1, shares):
        helper = os.fork()
        if not helper:
            _help(pelican, run, share, shares)
        run.helpers.append(helper)
    atexit.register(_end, run)
    pelican.settings[WRITER] = type("Share", (Share,), {"share": 0, "shares": shares, "elsewhere": run.elsewhere})


def _help(pelican: Any, run: Run, share: int, shares: int) -> None:
    """Make one share and end; nothing is said, since whatever there is to say will be said in the first process."""
    status = 1
    try:
        complaints = _Complaints()
        logging.root.handlers = [complaints]
        for logger in map(logging.getLogger, list(logging.root.manager.loggerDict)):
            logger.handlers = []
        kind = type("Share", (Share,), {"share": share, "shares": shares, "elsewhere": []})
        _render(run.generators, kind(pelican.output_path, settings=pelican.settings))
        status = complaints.number > 0
    except BaseException:  # noqa: S110  # said by the status
        pass
    finally:
        os._exit(status)


def _render(generators: Iterable[Any], writer: WriteIfChanged) -> None:
    for generator in generators:
        if hasattr(generator, "generate_output"):
            generator.generate_output(writer)


class _Complaints(logging.Handler):
    """Counts warnings and worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.number = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.number += 1


class Share(WriteIfChanged):
    """Writes every so-manieth page; the others it only takes note of."""

    share: int
    shares: int
    elsewhere: list[tuple[Path, Any]]
    turn = -1

    def _is_mine(self) -> bool:
        self.turn += 1
        return self.turn % self.shares == self.share

    def write_file(
        self, name: Any, template: Any, context: Any, relative_urls: bool = False, paginated: Any = None,
        template_name: str | None = None, override_output: bool = False, url: str | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        in_parts = template_name in self.settings["PAGINATED_TEMPLATES"]  # one call, nobody knows how many files
        if not name or (self.share == 0 if in_parts else self._is_mine()):
            super().write_file(
                name, template, context, relative_urls, paginated, template_name, override_output, url, **kwargs
            )
        elif not in_parts:
            self._leave(name, context, override_output)

    def _leave(self, name: str, context: Any, override: bool) -> None:
        path = sanitised_join(self.output_path, name)
        self._open_w(path, "utf-8", override)  # notices what is written twice, and writes nothing until it is left
        self.elsewhere.append((Path(path), context))


def gather(pelican: Any) -> None:
    """Wait for the helpers; whatever one of them could not do is done here. All pages stand after this."""
    run: Run = pelican.settings[RUN]
    helpers, run.helpers[:] = list(run.helpers), []
    ends = [os.waitpid(helper, 0)[1] for helper in helpers]
    if any(ends):
        _render(run.generators, WriteIfChanged(pelican.output_path, settings=pelican.settings))
    for path, context in run.elsewhere:
        signals.content_written.send(str(path), context=context)


def _end(run: Run) -> None:
    """The run has failed: nobody may write after it has ended."""
    for helper in run.helpers:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(helper, signal.SIGKILL)
            os.waitpid(helper, 0)


def register() -> None:
    signals.all_generators_finalized.connect(begin)
    signals.get_writer.connect(part)
    signals.finalized.connect(gather)
