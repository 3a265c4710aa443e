"""Releases on another host: sent by rsync, filled and shown there by the project's own copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from authoring.publishing.address import HostAddress
from authoring.publishing.connection import Connection, ConnectionLostError
from authoring.publishing.host import INCOMING
from authoring.publishing.manifest import Manifest, ManifestError, load_manifest, save_manifest
from authoring.publishing.target import TargetError
from authoring.search import index as search
from bridge.comment_files import CommentFiles
from bridge.fill import Build, fill
from bridge.page_index import FRAGMENTS_DIR, INDEX_FILE, build_dir
from bridge.places import Places

#: What is fetched of the state there: the approved comments, and the texts of the release readers see.
FETCHED = (
    "--include=/comments/", "--include=/releases/", "--include=/releases/current/", "--exclude=/*",
    "--exclude=/releases/*", "--include=*/", "--include=*.html", "--include=*.atom", "--include=*.xml",
    "--include=*.json", "--include=*.txt", "--exclude=*",
)  # fmt: skip


MADE_THERE = search.FOLDER  # it follows from the pages


class RemoteTarget:
    """The project in a folder of another host. What it holds is known here as of the last `plan`."""

    def __init__(self, address: HostAddress, places: Places, site: str, environ: Mapping[str, str]) -> None:
        self.address, self._host, self._site = address.text, address.host, site
        self._connection = Connection(address, environ)
        self._mirror = places.var_dir / "hosts" / sha256(address.text.encode()).hexdigest()[:12]
        self._looked: dict[str, Any] | None = None
        self._parcel, self._staging = "", Path()
        self._outgoing = self._mirror.with_suffix(".parcel")

    def plan(self) -> Manifest | None:
        """Fetch the approved comments and what readers see. Raises TargetError."""
        self._looked = None
        seen = self._look()
        if seen["site"] != self._site:
            raise TargetError(
                f"{self._host}: site.toml there says {seen['site']}, and yours {self._site}; let both say the same"
            )
        if seen["trouble"]:
            raise TargetError(f"{self._host}: {seen['trouble']}")
        if not seen["rsync"]:
            raise TargetError(f"{self._host}: rsync is missing there; on the host: apt install rsync")
        self._connection.fetch(seen["var"], self._mirror, FETCHED)
        return self._shown_manifest()

    def _shown_manifest(self) -> Manifest | None:
        if not self.shown():
            return None
        try:
            manifest = load_manifest(self._mirror / "releases" / "current")
        except ManifestError as error:
            raise TargetError(f"{self._host}: {error}") from None
        if manifest.release != self.shown():
            raise TargetError(f"{self._host}: somebody publishes there just now; wait a moment and publish again")
        return manifest

    def _look(self) -> dict[str, Any]:
        if self._looked is None:
            self._looked = self._connection.ask("look")
        return self._looked

    def root(self) -> Path | None:
        return self._mirror / "releases" / "current" if self.shown() else None

    def shown(self) -> str:
        return str(self._look()["shown"])

    def releases(self) -> list[Manifest]:
        return [_manifest(values) for values in self._look()["releases"]]

    def comments_wait(self, staging: Path) -> bool:
        """The worker there brings them."""
        return False

    def push(self, staging: Path, manifest: Manifest) -> None:
        """Send what readers do not see yet. What has arrived of the same content before is not sent twice."""
        self._prove_filling(staging)
        self._staging, self._parcel = staging, _name_of(manifest)
        known = self._shown_manifest()
        before = known.files if known else {}
        shutil.rmtree(self._outgoing, ignore_errors=True)
        shutil.copytree(build_dir(staging) / FRAGMENTS_DIR, build_dir(self._outgoing) / FRAGMENTS_DIR)
        shutil.copyfile(build_dir(staging) / INDEX_FILE, build_dir(self._outgoing) / INDEX_FILE)
        save_manifest(self._outgoing, manifest)
        changed = (name for name, checksum in manifest.files.items() if before.get(name) != checksum)
        self._send(name for name in changed if not name.startswith(f"{MADE_THERE}/"))

    def _prove_filling(self, staging: Path) -> None:
        """A page that could not take the host's comments is noticed before a byte of it is sent. Raises FillError."""
        build, comments = Build.load(staging), CommentFiles(self._mirror / "comments")
        commented = {"*", *comments}
        for name, regions in build.index.pages.items():
            if any(region.article in commented for region in regions):
                fill((staging / name).read_text(encoding="utf-8"), comments, build, "")

    def _send(self, names: Iterable[str]) -> None:
        """Put files into the parcel and bring it there: of what readers see only what differs."""
        var, shown = self._look()["var"], self.shown()
        for name in names:
            (self._outgoing / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._staging / name, self._outgoing / name)
        known = f"{var}/releases/{shown}" if shown else ""
        self._connection.send(self._outgoing, f"{var}/{INCOMING}/{self._parcel}", known)

    def switch(self, release: str) -> None:
        try:
            if missing := self._take():
                self._send(missing)  # something was damaged there, or cannot be made there
                missing = self._take()
        except ConnectionLostError as error:
            raise TargetError(f"{error}; see first whether it is shown: make releases AT={self.address}") from None
        if missing:
            raise TargetError(f"{self._host}: {missing[0]} has not arrived; publish again")

    def _take(self) -> list[str]:
        answer = self._connection.ask("take", self._parcel, self.shown())
        return list(answer.get("missing", ()))

    def prune(self) -> None:
        """The host has done so."""

    def rollback(self, release: str) -> None:
        self._connection.ask("rollback", release)


def _name_of(manifest: Manifest) -> str:
    """The same for the same content, so that a second try goes on where the first was cut off."""
    told = "\n".join([manifest.machinery, *(f"{name} {checksum}" for name, checksum in manifest.files.items())])
    return sha256(told.encode()).hexdigest()[:16]


def _manifest(values: Mapping[str, Any]) -> Manifest:
    """A release as its host tells of it: without its files, which stay there."""
    made_at = datetime.fromisoformat(values["made_at"])
    told = {"summary": values["summary"], "changes": tuple(values["changes"])}
    return Manifest(values["release"], values["number"], made_at, {}, "", {}, **told)
