"""Brings a staged build into the folder that is served: filled with comments, file by file, never half of one."""

from __future__ import annotations

import filecmp
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from authoring.staging import names_below
from bridge.comment_files import CommentFiles, note_damage
from bridge.files import replace_file, temporary_beside
from bridge.fill import Build
from bridge.page_index import BUILD_DIR, FRAGMENTS_DIR, INDEX_FILE, build_dir
from bridge.pages import fill_page, write_page
from bridge.regions import FillError


@dataclass
class Applied:
    """What became different, as paths below the root; `damaged` are messages about comment files."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


def apply(staging: Path, output: Path, comments_dir: Path) -> Applied:
    """Make `output` show the build in `staging` with today's comments. Call it under the lock.

    Wherever this is interrupted, every file is whole, and the next build finishes the work: pages
    first, then what is no longer made, and what the build says about itself last.
    Raises FillError before anything is removed; at once where `output` holds what no build has made.
    """
    _refuse_what_is_not_ours(output)
    build, comments, applied = Build.load(staging), CommentFiles(comments_dir), Applied()
    names = sorted(names_below(staging))
    for name in names:
        existed = (output / name).exists()
        if _bring(name, staging, output, build, comments):
            (applied.changed if existed else applied.added).append(name)
    _remove_all_but(set(names), output, applied)
    _bring_build_dir(staging, output)
    if comments.damaged:
        note_damage(comments_dir, comments.damaged)
        applied.damaged = [comments.damaged[article_id] for article_id in sorted(comments.damaged)]
    return applied


def _refuse_what_is_not_ours(output: Path) -> None:
    """A folder is ours once `.build/` stands in it, which comes first: what else is there, no build needs to keep."""
    if not build_dir(output).is_dir() and (strange := next(names_below(output), None)):
        what = "no build has made this, and one here would take it away"
        raise FillError(f"{output / strange}: {what}; give OUTPUT_DIR an empty folder")
    build_dir(output).mkdir(parents=True, exist_ok=True)


def _bring(name: str, staging: Path, output: Path, build: Build, comments: CommentFiles) -> bool:
    source, target = staging / name, output / name
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)  # what was a folder of pages is one page now
    if name in build.index.pages:
        return fill_page(source, target, build.index.pages[name], comments, build)
    if source.suffix in (".html", ".atom", ".xml", ".txt", ".json", ".css", ".js"):
        return write_page(target, source.read_bytes())
    return _copy(source, target)


def _copy(source: Path, target: Path) -> bool:
    """Images and the like: by size and time, since reading them all would take longer than the build."""
    if target.is_file() and filecmp.cmp(source, target):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_beside(target)
    try:
        shutil.copy2(source, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _remove_all_but(names: set[str], output: Path, applied: Applied) -> None:
    for name in list(names_below(output)):
        if name not in names and not _is_copy_of_page(name, names):
            (output / name).unlink()
            applied.removed.append(name)
    for folder in sorted((path for path in output.rglob("*") if path.is_dir()), reverse=True):
        if folder.name != BUILD_DIR and not any(folder.iterdir()):
            folder.rmdir()


def _is_copy_of_page(name: str, names: set[str]) -> bool:
    return name.endswith((".gz", ".br")) and name[:-3] in names


def _bring_build_dir(staging: Path, output: Path) -> None:
    source, target = build_dir(staging), build_dir(output)
    fragments = {path.name for path in (source / FRAGMENTS_DIR).iterdir()}
    for name in sorted(fragments):
        replace_file(target / FRAGMENTS_DIR / name, (source / FRAGMENTS_DIR / name).read_bytes())
    for path in (target / FRAGMENTS_DIR).iterdir():
        if path.name not in fragments:
            path.unlink()
    replace_file(target / INDEX_FILE, (source / INDEX_FILE).read_bytes())
