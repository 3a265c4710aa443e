"""Pelican's complaints as one line: which file, which line, what is wrong, how to mend it."""

from __future__ import annotations

import re
from pathlib import Path

from bridge.refusals import refusal_in

#: Our own errors, whose messages already say everything.
OURS = ("IndexingError", "IdentityError", "UnknownPlaceholderError", "PageIndexError", "RedirectError", "DrawingError")

_MISSING = re.compile(r"^Skipping (?P<file>.+): could not find information about '(?P<what>\w+)'$", re.MULTILINE)
_STATUS = re.compile(r"^Unknown status '(?P<status>.*)' for file (?P<file>.+), skipping it", re.MULTILINE)
_UNREAD = re.compile(r"^Could not process (?P<file>.+)$", re.MULTILINE)
_RAISED = re.compile(
    r"^(?:[\w.]+\.)?(?P<kind>[A-Z]\w*(?:Error|Exception|NotFound))(?:: (?P<message>.*))?$", re.MULTILINE
)
_TEMPLATE = re.compile(
    r'^  File "(?P<file>[^"]+)", line (?P<line>\d+), in (?:template|top-level|block|macro)', re.MULTILINE
)
_FRAME = re.compile(r'^  File "(?P<file>[^"]+)", line (?P<line>\d+), in ', re.MULTILINE)
_TWICE = re.compile(r'"(?P<file>[^"]+)" is (?:written|overridden) twice')
_UNCOPIED = re.compile(r"A problem occurred copying file (?P<file>.+?) to (?P<to>.+?); (?P<why>.+)$", re.MULTILINE)
_FOLDERS = {"specify a path containing the content": "content", "Could not find the theme": "theme"}
_SOURCE = re.compile(r"(?P<file>(?:articles|pages)/[^:]+)(?P<rest>: (?:its address|it has the same address).*)")
_SAMPLE = {"title": "Title: What This Essay Is About", "date": "Date: 2026-11-22 08:00"}


def complaint(log: str, root: Path) -> str:
    """The one line for what `log`, the output of a failed run over the project in `root`, says."""
    for explain in (_uncopied, _missing, _status, _refused, _gone, _unread, _template, _twice, _ours):
        if line := explain(log, root):
            return line
    return _unknown(log, root)


def half_done(log: str) -> bool:
    """Pelican warns of a file that it could not copy and goes on; half a picture is no success."""
    return _UNCOPIED.search(log) is not None


def _uncopied(log: str, root: Path) -> str | None:
    if not (found := _UNCOPIED.search(log)):
        return None
    where = _near(found["file"], root)
    return f"{where}: it could not be copied ({found['why'].strip()}); look at its owner and the space left"


def _refused(log: str, root: Path) -> str | None:
    """What the system would not let Pelican do."""
    line = refusal_in(log, root / "var")
    return line.removeprefix(f"{root}/") if line else None


def _gone(log: str, _root: Path) -> str | None:
    """Whole folders, of which Pelican speaks as if they had been named wrongly on its command line."""
    name = next((name for said, name in _FOLDERS.items() if said in log), None)
    return f"{name}: this folder is not there; bring it back: git checkout {name}" if name else None


def _missing(log: str, root: Path) -> str | None:
    if not (found := _MISSING.search(log)):
        return None
    wanted = _SAMPLE.get(found["what"], f"{found['what'].title()}: …")
    return f"{_near(found['file'], root)}:1: it has no {found['what']}; add a line at its top such as: {wanted}"


def _status(log: str, root: Path) -> str | None:
    if not (found := _STATUS.search(log)):
        return None
    where = _line_of(_near(found["file"], root), found["status"], root)
    return f"{where}: the status {found['status']!r} is not known; use published, hidden or draft"


def _unread(log: str, root: Path) -> str | None:
    if not (found := _UNREAD.search(log)):
        return None
    file = f"content/{found['file']}"
    raised = next((r for r in _RAISED.finditer(log, found.end()) if r["kind"] != "RuntimeError"), None)
    message = (raised["message"] or raised["kind"]) if raised else "it cannot be read"
    if raised and raised["kind"] == "UnicodeDecodeError":
        return f"{file}: it is not saved as UTF-8; save it again with that encoding"
    if bad := re.fullmatch(r"'(?P<value>.*)' is not a valid date", message):
        return f"{_line_of(file, bad['value'], root)}: {bad['value']!r} is not a date; write it like 2026-11-22 08:00"
    return f"{file}: {message}; look at the lines before its first blank line"


def _template(log: str, root: Path) -> str | None:
    frames = list(_TEMPLATE.finditer(log))
    if not frames:
        return None
    raised = [r for r in _RAISED.finditer(log, frames[-1].end()) if r["kind"] != "RuntimeError"]
    message = raised[0]["message"] or raised[0]["kind"] if raised else "it cannot be rendered"
    return f"{_near(frames[-1]['file'], root)}:{frames[-1]['line']}: {message}; mend this template"


def _twice(log: str, _root: Path) -> str | None:
    if not (found := _TWICE.search(log)):
        return None
    address = re.sub(r"^.*/staging/(?:site|release)(?=/)", "", found["file"])
    return f"content: two pages have the same address, {address}; change the Slug of one"


def _ours(log: str, root: Path) -> str | None:
    message = next((r["message"] for r in _RAISED.finditer(log) if r["kind"] in OURS), None)
    found = _SOURCE.match(message or "")
    return f"{_with_line(found['file'], root)}{found['rest']}" if found else message


def _with_line(file: str, root: Path) -> str:
    """A text as seen from the project's folder, with the line that says its address."""
    try:
        lines = (root / "content" / file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return f"content/{file}"
    said = [line.partition(":")[0].strip().lower() for line in lines]
    number = next((said.index(key) + 1 for key in ("save_as", "slug") if key in said), 0)
    return f"content/{file}:{number}" if number else f"content/{file}"


def _unknown(log: str, root: Path) -> str:
    raised = [r for r in _RAISED.finditer(log) if r["kind"] != "RuntimeError"]
    message = raised[-1][0] if raised else (log.strip().splitlines() or ["Pelican ended without a word"])[0]
    frames = [f for f in _FRAME.finditer(log) if _is_ours(Path(f["file"]), root)]
    where = f"{_near(frames[-1]['file'], root)}:{frames[-1]['line']}: " if frames else ""
    return f"{where}{message}; the whole story is in var/build.log"


def _is_ours(file: Path, root: Path) -> bool:
    return file.is_relative_to(root) and "site-packages" not in file.parts


def _near(file: str, root: Path) -> str:
    """`file` as seen from the project's folder."""
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file


def _line_of(file: str, value: str, root: Path) -> str:
    """`file:line` of the front matter that says `value`; only the file if no line does."""
    lines = (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line.partition(":")[2].strip() if ":" in line else None for line in lines]
    return f"{file}:{said.index(value) + 1}" if value in said else file
