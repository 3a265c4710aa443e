"""Leaves word beside a build until when it holds as it is, and what it was made from: nobody need make it again before.

A build holds until the next essay is due, and never longer than its day, since days decide what is closed or new.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals

from bridge.files import replace_file
from bridge.page_index import build_dir
from plugins.essays import every_essay
from plugins.visibility import UNSEEN

LASTING_FILE = "lasting.json"


def end_of(now: datetime, dates: Iterable[datetime], zone: ZoneInfo) -> datetime:
    """The first of `dates` that is still to come, or the end of the day in `zone`."""
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return min((midnight, *(date for date in dates if date > now)))


def leave_word(generators: list[Any]) -> None:
    settings = generators[0].settings
    essays = [essay for generator in generators for essay in every_essay(generator)]
    dates = [content.date for content in (*essays, *settings[UNSEEN]) if hasattr(content, "date")]
    now: datetime = settings["BUILD_NOW"]
    data = {
        "from": now.isoformat(),
        "until": end_of(now, dates, ZoneInfo(settings["TIMEZONE"])).isoformat(),
        "read": sorted({*modules(), settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]}),
    }
    folder = build_dir(Path(generators[0].output_path))
    replace_file(folder / LASTING_FILE, (json.dumps(data, indent=1) + "\n").encode())


def modules() -> Iterable[str]:
    """The files of all modules that are not part of Python or of what is installed beside it."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    return [file for file in files if file and "site-packages" not in file and not file.startswith(sys.base_prefix)]


def register() -> None:
    signals.all_generators_finalized.connect(leave_word)
