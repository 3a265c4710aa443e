"""A laptop that publishes and a host that shows: two copies of one small project, and the way between them."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from authoring.publish import main
from authoring.publishing.local import LocalTarget
from authoring.publishing.run import Checked, Publishing
from authoring.publishing.target import Target
from authoring.releases import main as releases
from bridge.comment_file import write_comments
from bridge.places import places
from tests.conftest import ROOT
from tests.support.publishing import FIRST, LATER, copy_of, current, environment, real_project, shown, write_essay
from tests.support.sshd import Sshd


@dataclass
class Pair:
    """`to` may be changed to lead elsewhere; `environ` is the laptop's."""

    laptop: Path
    host: Path
    server: Sshd
    to: str = ""
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.to = self.server.address(self.host)
        self.environ = environment(PATH=self.server.path)

    def publish(self, *arguments: str, now: datetime = LATER) -> int:
        return main([f"--to={self.to}", *arguments], self.laptop, now, self.environ)

    def releases(self, *arguments: str) -> int:
        return releases([*arguments, f"--at={self.to}"], self.laptop, self.environ)

    def publishing(self, now: datetime = LATER) -> Publishing:
        """To stop between its steps."""
        return Publishing(self.laptop, now, environ=self.environ, to=self.to)

    def target(self) -> Target:
        """The host as the laptop sees it, looked at."""
        target = self.publishing().target
        target.plan()
        return target

    def show(self, edited: Checked) -> None:
        """What `publish` does after checking."""
        target = self.target()
        target.push(edited.staging, edited.manifest)
        target.switch(edited.manifest.release)

    def edit(self, body: str = "Other words.") -> None:
        write_essay(self.laptop, "second", "2026-11-15", body, Tags="thanks, bread")

    def approve(self, *comments: object, article: str = FIRST) -> None:
        """As the host's worker leaves it: exactly these comments are approved."""
        write_comments(self.host / "var" / "comments", article, comments)  # type: ignore[arg-type]

    def page(self, name: str = f"{FIRST}.html") -> str:
        return (current(self.host) / name).read_text(encoding="utf-8")

    def stamps(self) -> list[str]:
        return [manifest.release for manifest in LocalTarget(places({}, self.host)).releases()]

    def shown(self) -> tuple[str, dict[str, bytes]]:
        return shown(self.host)


def own_project(folder: Path) -> Path:
    """An author's own: what is a placeholder is not published to strangers."""
    project = real_project(folder)
    identity = (project / "site.toml").read_text(encoding="utf-8")
    (project / "site.toml").write_text(identity.replace("example.com", "letter.test"), encoding="utf-8")
    return project


def new_host(folder: Path) -> Path:
    """A clone that has been set up, before anything has been published to it."""
    project = own_project(folder)
    shutil.rmtree(project / "content")
    (project / ".venv").symlink_to(ROOT / ".venv")
    return project


def pair_of(laptop: Path, host: Path, folder: Path, server: Sshd) -> Pair:
    """Copies of both in `folder`."""
    return Pair(copy_of(laptop, folder / "laptop"), copy_of(host, folder / "host"), server)
