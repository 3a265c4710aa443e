"""Releases in a folder of this host: unchanged files are shared between them, the switch is one rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from os.path import isfile
from pathlib import Path
from uuid import uuid4

from authoring.publishing.filled import comments_as_they_are, load_filled, save_filled
from authoring.publishing.manifest import (
    Manifest,
    ManifestError,
    checksums,
    load_manifest,
    machinery_of,
    save_manifest,
)
from authoring.publishing.sharing import make_folders, share
from authoring.publishing.target import KEPT, TargetError
from authoring.publishing.writing import Writing
from authoring.search.index import PIECES
from bridge.comment_files import CommentFiles, note_damage
from bridge.fill import Build
from bridge.lock import locked
from bridge.page_index import FRAGMENTS_DIR, INDEX_FILE, build_dir
from bridge.pages import fill_page
from bridge.places import Places

NEW, OLD = ".new-", ".old-"


class LocalTarget:
    """`var/releases/<stamp>/`, and `current`, a link to the one that readers see."""

    address = ""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._filled: dict[
            str, tuple[object, CommentFiles]
        ] = {}  # what the comment files were when a release was filled
        self.folder = places.var_dir / "releases"
        self.link = places.current_release

    def plan(self) -> Manifest | None:
        if not self.link.is_symlink():
            if self.link.exists():
                raise TargetError(f"{self.link}: this should be a link to a release; move it away and publish again")
            return None
        if not self.link.exists():
            raise TargetError(f"{self.link}: the release it leads to is gone; {self._way_out()}")
        try:
            manifest = load_manifest(self.link)
        except ManifestError as error:
            raise TargetError(str(error)) from None
        # What somebody took away counts as another file, so that the next publishing brings it back.
        lost = self._lost(manifest)
        return replace(manifest, files={**manifest.files, **lost}) if lost else manifest

    def _lost(self, manifest: Manifest) -> dict[str, str]:
        """Asked of thousands of names each time: making a Path of each took longer than the question itself."""
        release = self.link.resolve()
        return {name: "" for name in manifest.files if not isfile(f"{release}/{name}")}  # noqa: PTH113  # see above

    def _way_out(self) -> str:
        kept = self.releases()
        return f"make rollback TO={kept[0].release}" if kept else "take that link away and publish again"

    def root(self) -> Path | None:
        """The folder of the release readers see."""
        return self.link.resolve() if self.link.is_dir() else None

    def shown(self) -> str:
        root = self.root()
        return root.name if root else ""

    def comments_wait(self, staging: Path) -> bool:
        """The worker brings them as they are approved."""
        return False

    def push(self, staging: Path, manifest: Manifest) -> None:
        self.clear()
        new, current = self.folder / f"{NEW}{manifest.release}", self.root()
        known, as_read = self.plan(), comments_as_they_are(self._places.comments_dir)
        build, comments = Build.load(staging), CommentFiles(self._places.comments_dir)
        filled = load_filled(current) if current else None
        pages = build.index.pages
        untouched = filled.untouched(current, manifest.machinery, as_read, pages) if current and filled else set()
        make_folders(new, manifest.files)
        writing = Writing(staging, new, current, known.files if known else {}, untouched, build, comments)
        for name, checksum in manifest.files.items():
            writing.bring(name, checksum)
        if current and known:
            self._keep_pieces(current, known, new)
        self._filled[manifest.release] = as_read, comments
        _bring_machinery(staging, new)
        save_filled(new, manifest.machinery, as_read, pages)
        save_manifest(new, manifest)
        os.sync()  # the switch must not reach the disk before what it shows

    def _keep_pieces(self, old: Path, known: Manifest, new: Path) -> None:
        """A search page that is open goes on asking for the index it began with: its pieces stay for one release."""
        pieces = [name for name in known.files if name.endswith(PIECES) and not (new / name).exists()]
        make_folders(new, pieces)
        for name in pieces:
            share(f"{old}/{name}", f"{new}/{name}")

    def _keep_shown_pieces(self, new: Path) -> None:
        """Whatever state the release readers see is in: going back must not depend on it."""
        current = self.root()
        if current and current != new.resolve():
            with suppress(ManifestError):
                self._keep_pieces(current, load_manifest(current), new)

    def switch(self, release: str) -> None:
        """The lock keeps the service from bringing a comment to one release while the other becomes current."""
        new = self.folder / f"{NEW}{release}"
        with locked(self._places.lock_file):
            self._fill_if_outdated(new, release)
            new.rename(self.folder / release)
            self._point_to(release)

    def rollback(self, release: str) -> None:
        root = self.folder / release
        if damaged := damage(root, load_manifest(root)):
            raise TargetError(f"{root / damaged[0]}: it is not what was published then; go back to another release")
        self._keep_shown_pieces(root)
        with locked(self._places.lock_file):
            self._fill(root)
            self._point_to(release)

    def _fill_if_outdated(self, new: Path, release: str) -> None:
        """Most often nobody has decided anything in the moment since the pages were filled."""
        as_read, comments = self._filled.get(release, (None, None))
        if comments is None or as_read != comments_as_they_are(self._places.comments_dir):
            self._fill(new)
        elif comments.damaged:
            note_damage(self._places.comments_dir, comments.damaged)

    def _fill(self, root: Path) -> None:
        as_read = comments_as_they_are(self._places.comments_dir)
        build, comments = Build.load(root), CommentFiles(self._places.comments_dir)
        for name, regions in build.index.pages.items():
            fill_page(root / name, root / name, regions, comments, build, durable=True)
        save_filled(root, machinery_of(root), as_read, build.index.pages)
        if comments.damaged:
            note_damage(self._places.comments_dir, comments.damaged)

    def _point_to(self, release: str) -> None:
        temporary = self.folder / f".current-{uuid4().hex}"
        temporary.symlink_to(release)
        temporary.replace(self.link)
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def releases(self) -> list[Manifest]:
        """Those that can be shown, the newest first."""
        return sorted(self._manifests(), key=lambda manifest: manifest.number, reverse=True)

    def _manifests(self) -> Iterator[Manifest]:
        if not self.folder.is_dir():
            return
        for root in self.folder.iterdir():
            if root.is_dir() and not root.is_symlink() and not root.name.startswith("."):
                try:
                    yield load_manifest(root)
                except ManifestError:
                    continue  # half a folder that somebody put there; it cannot be shown

    def prune(self) -> None:
        """Keep the five newest, and always the one readers see."""
        shown = self.root()
        for manifest in self.releases()[KEPT:]:
            root = self.folder / manifest.release
            if root.resolve() != shown:
                gone = self.folder / f"{OLD}{manifest.release}"
                root.rename(gone)
                shutil.rmtree(gone)

    def clear(self) -> None:
        """Take away what an interrupted publishing has left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            if path.name.startswith((NEW, OLD)):
                shutil.rmtree(path)
            elif path.name.startswith(".current-"):
                path.unlink()


def damage(root: Path, manifest: Manifest) -> list[str]:
    """The files of a release that are not what was published."""
    found = checksums(root)
    return sorted(name for name, checksum in manifest.files.items() if found.get(name) != checksum)


def _bring_machinery(staging: Path, new: Path) -> None:
    source, target = build_dir(staging), build_dir(new)
    shutil.copytree(source / FRAGMENTS_DIR, target / FRAGMENTS_DIR)
    shutil.copyfile(source / INDEX_FILE, target / INDEX_FILE)
