"""A project of this test's own, and the commands run in it as make runs them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from authoring.importing.article_file import read_head
from authoring.importing.samples import is_sample
from tests.authoring.importing.texts import FIRST, SECOND

ROOT = Path(__file__).parents[3]
SITE_TOML = (ROOT / "site.toml").read_bytes()
OWN = b"Title: Mine\nDate: 2014-05-04 07:00\nSlug: mine\nSummary: Mine.\n\nMine, all of it.\n"
SAMPLE = b"Title: A Sample\nDate: 2026-01-04 07:00\nSlug: a-sample\nSample: yes\n\nSomething to read meanwhile.\n"


@dataclass(frozen=True)
class Project:
    """A folder with `site.toml` and essays; `texts` beside it holds what is to be imported."""

    root: Path
    texts: Path

    @property
    def articles(self) -> Path:
        return self.root / "content" / "articles"

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.texts / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *arguments: object, module: str = "authoring.importing") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(self.command(*arguments, module=module), env=self.environ(), cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)  # fmt: skip

    def undo(self) -> "subprocess.CompletedProcess[str]":
        return self.run(module="authoring.importing.undo")

    def command(self, *arguments: object, module: str = "authoring.importing") -> list[str]:
        return [sys.executable, "-m", module, *map(str, arguments), "--root", str(self.root)]

    def environ(self) -> Mapping[str, str]:
        return {**os.environ, "VAR_DIR": "var", "PYTHONUTF8": "1"}

    def tree(self) -> dict[str, bytes]:
        """Every file of the project, whatever it is called."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

    def essays(self) -> list[str]:
        return sorted(path.name for path in self.articles.iterdir())


def shipped_samples() -> dict[str, bytes]:
    """The real ones, while they stand in this site."""
    files = sorted((ROOT / "content" / "articles").glob("*.md"))
    return {path.name: path.read_bytes() for path in files if is_sample(read_head(path.read_text(encoding="utf-8")))}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One essay of the author's own, one sample that he has edited, two texts to import."""
    made = Project(tmp_path / "project", tmp_path / "texts")
    made.articles.mkdir(parents=True)
    made.texts.mkdir()
    (made.root / "site.toml").write_bytes(SITE_TOML)
    (made.articles / "2014-05-04-mine.md").write_bytes(OWN)
    (made.articles / "2026-01-04-a-sample.md").write_bytes(SAMPLE)
    made.write("a.txt", SECOND)
    made.write("b.txt", FIRST)
    return made
