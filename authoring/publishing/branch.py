"""Releases on a branch of a git remote, for hosts that serve one: a commit each, with the comments of its day in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from authoring.apply import apply
from authoring.publishing.address import BranchAddress
from authoring.publishing.git import Git
from authoring.publishing.manifest import MANIFEST_FILE, Manifest, ManifestError, load_manifest, save_manifest
from authoring.publishing.target import KEPT, TargetError
from bridge.comment_files import CommentFiles, note_damage
from bridge.files import replace_file
from bridge.fill import Build
from bridge.identity import Identity
from bridge.lock import locked
from bridge.page_index import BUILD_DIR
from bridge.pages import fill_page
from bridge.places import Places

TIP = "refs/heads/tip"  # what the branch was when we looked, in our own repository
LOOKED_AT = 20  # commits: a release that was gone back to has several
MANIFEST = f"{BUILD_DIR}/{MANIFEST_FILE}"
NO_COPIES = (".", ":(exclude,glob)**/*.gz", ":(exclude,glob)**/*.br")  # such hosts compress by themselves
PLAIN = ".nojekyll"  # the files are to be served as they are


class BranchTarget:
    """`site/` holds what readers see, `next/` what they are to see; both are made again from the branch."""

    def __init__(self, address: BranchAddress, places: Places, site: Identity, environ: Mapping[str, str]) -> None:
        self.address, self._branch, self._places, self._author = address.text, address.branch, places, site
        self._folder = places.var_dir / "branches" / sha256(address.text.encode()).hexdigest()[:12]
        self._git = Git(self._folder / "git", address.remote, environ)
        self._name, self._remote = address.remote, ""
        self._tip: str | None = None  # None: not looked yet; empty: there is no such branch

    @property
    def _site(self) -> Path:
        return self._folder / "site"

    @property
    def _next(self) -> Path:
        return self._folder / "next"

    def plan(self) -> Manifest | None:
        self._tip = None
        if not self._look():
            return None
        self._check_out(TIP, self._site)
        try:
            return load_manifest(self._site)
        except ManifestError as error:
            if (self._site / MANIFEST).exists():
                raise TargetError(f"{self.address}: {error}") from None
            raise TargetError(
                f"{self.address}: this branch holds something else than releases of this site; name another one"
            ) from None

    def _look(self) -> str:
        """The commit of the branch, fetched."""
        if self._tip is None:
            if not (self._git.folder / "HEAD").exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                self._git("init", "--quiet", "--bare")
            self._remote = self._git.remote_of(self._places.root, self._name)
            ref = f"refs/heads/{self._branch}"
            found = self._git("ls-remote", "--heads", "--", self._remote, ref)
            if found:
                self._git("fetch", "--quiet", "--no-tags", f"--depth={LOOKED_AT}", "--", self._remote, f"+{ref}:{TIP}")
            self._tip = self._git("rev-parse", "--verify", TIP) if found else ""
        return self._tip

    def root(self) -> Path | None:
        return self._site if self._look() else None

    def shown(self) -> str:
        found = self._manifest_of(self._look())
        return found.release if found else ""

    def releases(self) -> list[Manifest]:
        found = {manifest.release: manifest for manifest, _ in self._history()}
        return sorted(found.values(), key=lambda manifest: manifest.number, reverse=True)[:KEPT]

    def _history(self) -> Iterable[tuple[Manifest, str]]:
        """What has been shown on the branch, the newest last, and its commits."""
        commits = self._git("rev-list", f"--max-count={LOOKED_AT}", TIP).split() if self._look() else []
        for commit in reversed(commits):
            if manifest := self._manifest_of(commit):
                yield manifest, commit

    def _manifest_of(self, commit: str) -> Manifest | None:
        if not commit or not self._git.agrees("cat-file", "-e", f"{commit}:{MANIFEST}"):
            return None
        data = json.loads(self._git("cat-file", "blob", f"{commit}:{MANIFEST}"))
        made_at, told = datetime.fromisoformat(data["made_at"]), {key: data[key] for key in ("summary", "machinery")}
        return Manifest(data["release"], data["number"], made_at, data["files"], changes=tuple(data["changes"]), **told)

    def comments_wait(self, staging: Path) -> bool:
        """No worker reaches a branch: what has been approved or withdrawn since goes along with a publishing."""
        if not self._look():
            return False
        self._bring(staging)
        return not self._git.agrees("diff-tree", "--quiet", TIP, self._tree(), "--", ".", f":!{MANIFEST}")

    def push(self, staging: Path, manifest: Manifest) -> None:
        """Make the commit's files ready here: what a branch holds, its readers see."""
        self._bring(staging)
        save_manifest(self._next, manifest)

    def _bring(self, staging: Path) -> None:
        """What readers see stands in `next/` first: a page whose comment file is broken keeps what it shows."""
        self._check_out(TIP if self._look() else "", self._next)
        with locked(self._places.lock_file):
            apply(staging, self._next, self._places.comments_dir)
        self._keep_what_is_theirs()

    def _keep_what_is_theirs(self) -> None:
        """Files at the top that no release made are the host's, like CNAME."""
        replace_file(self._next / PLAIN, b"")
        if self._look():
            made = self._manifest_of(TIP)
            known = {*(made.files if made else ()), PLAIN, BUILD_DIR}
            listed = [entry.partition("\t") for entry in self._git("ls-tree", "-z", TIP).split("\0")]
            files = [name for kind, _, name in listed if " blob " in kind and name not in known]
            if files:
                self._git(*_in(self._next), "checkout", "--quiet", TIP, "--", *files, environ=_index(self._next))

    def _check_out(self, commit: str, folder: Path) -> None:
        """Make `folder` hold that commit, or nothing; only what differs is written."""
        if not commit:
            shutil.rmtree(folder, ignore_errors=True)
            Path(f"{folder}.index").unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        if commit:
            self._git(*_in(folder), "read-tree", "--reset", "-u", commit, environ=_index(folder))

    def _take_away_the_unfinished(self) -> None:
        """What a publishing that was cut off has left in `next/`, which checking out passes over."""
        self._git(*_in(self._next), "clean", "-ffdqx", environ=_index(self._next))

    def _tree(self) -> str:
        self._git(*_in(self._next), "add", "-A", "-f", "--", *NO_COPIES, environ=_index(self._next))
        return self._git("write-tree", environ=_index(self._next))

    def switch(self, release: str) -> None:
        manifest = load_manifest(self._next)
        self._show(f"Publish release {release}\n\n{manifest.summary}", manifest.made_at)

    def _show(self, message: str, made_at: datetime | None = None) -> None:
        with locked(self._places.lock_file):
            self._fill()
            tree = self._tree()
        if self._tip and tree == self._git("rev-parse", f"{TIP}^{{tree}}"):
            return
        parents = ["-p", self._tip] if self._tip else []
        commit = self._git("commit-tree", tree, *parents, given=message.encode(), environ=self._signature(made_at))
        self._git("push", "--quiet", "--", self._remote, f"{commit}:refs/heads/{self._branch}")

    def _signature(self, made_at: datetime | None) -> dict[str, str]:
        who = {"NAME": self._author.author, "EMAIL": self._author.email}
        who |= {"DATE": made_at.isoformat(timespec="seconds")} if made_at else {}
        return {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}

    def _fill(self) -> None:
        build, comments = Build.load(self._next), CommentFiles(self._places.comments_dir)
        for name, regions in build.index.pages.items():
            fill_page(self._next / name, self._next / name, regions, comments, build)
        if comments.damaged:
            note_damage(self._places.comments_dir, comments.damaged)

    def prune(self) -> None:
        """The branch keeps its history."""

    def rollback(self, release: str) -> None:
        commits = {manifest.release: commit for manifest, commit in self._history()}
        self._check_out(commits[release], self._next)
        self._take_away_the_unfinished()
        self._keep_what_is_theirs()
        self._show(f"Show release {release} again")


def _in(folder: Path) -> tuple[str, str, str]:
    return "-C", str(folder), f"--work-tree={folder}"


def _index(folder: Path) -> dict[str, str]:
    """Each folder has an index of its own, so that git sees what has changed in it without reading it."""
    return {"GIT_INDEX_FILE": f"{folder}.index"}
