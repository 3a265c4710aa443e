"""Converts Markdown with one parser, and each text only once: what is remembered is right, or is not used.

The setting MARKDOWN_CACHE names the file; without it nothing is kept. A text is known by its checksum, and all of it
counts only as long as versions, settings and the plugins themselves are the same. A damaged file is as good as none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican import readers, signals
from pelican.utils import pelican_open

from bridge.files import replace_file

RUN = "MARKDOWN_RUN"  # kept in the settings, which travel to every reader
META_PRIORITY = 27  # as the extension registers itself

Converted = tuple[str, dict[str, list[str]]]  # the HTML, and the front matter's lines by name


class Conversions:
    """The texts of one run. Only those asked for are kept for the next."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.parser = Markdown(**settings["MARKDOWN"])
        self._file = Path(settings["MARKDOWN_CACHE"]) if settings.get("MARKDOWN_CACHE") else None
        self._key = cache_key(settings["MARKDOWN"])
        self._known = self._load()
        self._used: dict[str, Converted] = {}

    def of(self, text: str) -> Converted:
        """What `text` is in HTML, with its front matter as written."""
        checksum = sha256(text.encode()).hexdigest()
        converted = self._used.get(checksum) or self._known.get(checksum) or self._convert(text)
        self._used[checksum] = converted
        return converted

    def _convert(self, text: str) -> Converted:
        self.parser.reset()
        html = self.parser.convert(text)
        return html, dict(getattr(self.parser, "Meta", {}))

    def save(self) -> None:
        if self._file and self._used.keys() != self._known.keys():
            data = {"key": self._key, "texts": self._used}
            replace_file(self._file, json.dumps(data, ensure_ascii=False).encode())

    def _load(self) -> dict[str, Converted]:
        try:
            data = json.loads(self._file.read_bytes()) if self._file else {}
            if data["key"] != self._key:
                return {}
            return {checksum: _checked(*converted) for checksum, converted in data["texts"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}


def _checked(html: object, meta: object) -> Converted:
    """Raises TypeError for what no conversion can have left."""
    if not isinstance(html, str) or not isinstance(meta, dict):
        raise TypeError("not a text and its front matter")
    if not all(isinstance(lines, list) and all(isinstance(line, str) for line in lines) for lines in meta.values()):
        raise TypeError("not lines of front matter")
    return html, meta


def cache_key(markdown: Mapping[str, Any]) -> str:
    """One checksum of what a conversion depends on besides the text."""
    versions = [sys.version, *(f"{name} {version(name)}" for name in ("pelican", "markdown", "pygments"))]
    digest = sha256(json.dumps([versions, markdown], sort_keys=True, default=repr).encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class MarkdownReader(readers.MarkdownReader):  # type: ignore[misc]  # Pelican has no types
    """Pelican's own reader; only the conversion itself comes from elsewhere. Its name shows in the metadata."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)  # completes the settings of the parser
        if RUN not in settings:  # every generator has readers of its own; they share what has been converted
            settings[RUN] = Conversions(settings)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        run: Conversions = self.settings[RUN]
        self._source_path, self._md = source_path, run.parser
        with pelican_open(source_path) as text:
            html, front_matter = run.of(text)
        return html, self._read_front_matter(front_matter)

    def _read_front_matter(self, lines: dict[str, list[str]]) -> dict[str, Any]:
        """Pelican takes a step out of its parser for this and throws the parser away; ours is used again."""
        step = self._md.preprocessors["meta"]
        try:
            return self._parse_metadata(lines)  # type: ignore[no-any-return]
        finally:
            self._md.preprocessors.register(step, "meta", META_PRIORITY)


def take_over(of_generator: Any) -> None:
    for kind, reader in of_generator.reader_classes.items():
        if reader is readers.MarkdownReader:
            of_generator.reader_classes[kind] = MarkdownReader


def save(generators: Any) -> None:
    if run := generators[0].settings.get(RUN):
        run.save()


def register() -> None:
    signals.readers_init.connect(take_over)
    signals.all_generators_finalized.connect(save)
