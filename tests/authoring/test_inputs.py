"""Whatever Pelican reads changes the checksum of the inputs; what makes no difference to a page does not."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.inputs import inputs_of
from bridge.places import places
from tests.support.publishing import environment, own_plugins, own_theme, real_project, write_essay

OVERRIDES = {"PREVIEW": False, "BUILD_DATE": "2026-11-18T09:00:00-05:00"}


@pytest.fixture(scope="module")
def once_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = real_project(tmp_path_factory.mktemp("made") / "project")
    own_theme(root)
    own_plugins(root)
    return root


@pytest.fixture
def project(once_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once_made, tmp_path / "project", symlinks=True))


def checksum(project: Path, overrides: dict[str, object] = OVERRIDES, **environ: str) -> str:
    return inputs_of(places({}, project), overrides, environment(**environ))


def appended(name: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        with (project / name).open("a", encoding="utf-8") as file:
            file.write("\n")

    return change


CHANGES = {
    "an essay edited": appended("content/articles/first.md"),
    "an essay added": lambda project: write_essay(project, "third", "2026-11-22"),
    "an essay gone": lambda project: (project / "content/articles/first.md").unlink(),
    "an essay under another name": lambda project: (project / "content/articles/first.md").rename(
        project / "content/articles/prime.md"
    ),
    "a page": appended("content/pages/about.md"),
    "a picture": appended("content/images/bread.svg"),
    "the table of redirects": lambda project: (project / "content/redirects.txt").write_text("/a /b\n"),
    "a template": appended("theme/templates/article.html"),
    "a fragment": appended("theme/templates/fragments/thread.html"),
    "the stylesheet": appended("theme/static/site.css"),
    "a plugin": appended("plugins/text.py"),
    "the settings": appended("publishconf.py"),
    "the identity": appended("site.toml"),
    ".env": lambda project: (project / ".env").write_text("SITEURL=https://elsewhere.example\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_makes_a_difference(project: Path, change: str):
    before = checksum(project)
    CHANGES[change](project)
    assert checksum(project) != before


def test_the_address_and_a_preview_make_a_difference(project: Path):
    others = [
        checksum(project), checksum(project, SITEURL="https://elsewhere.example"),
        checksum(project, {**OVERRIDES, "PREVIEW": True}), checksum(project, {**OVERRIDES, "SITEURL": ""}),
    ]  # fmt: skip
    assert len(set(others)) == len(others)


def test_neither_ages_nor_machines_nor_the_moment_make_a_difference(project: Path):
    before = checksum(project)
    os.utime(project / "content/articles/first.md", (1, 1))
    (project / "plugins" / "__pycache__").mkdir(exist_ok=True)
    (project / "plugins" / "__pycache__" / "text.pyc").write_bytes(b"...")
    later = {**OVERRIDES, "BUILD_DATE": "2027-03-01T09:00:00+09:00"}
    assert checksum(project, later, TZ="Asia/Tokyo", LC_ALL="C", TERM="dumb") == before


def test_what_the_build_says_it_has_read_counts_too(project: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "base.html").write_text("one")
    here, more = places({}, project), [str(elsewhere)]
    before = inputs_of(here, OVERRIDES, {}, more)
    (elsewhere / "base.html").write_text("two")
    assert inputs_of(here, OVERRIDES, {}, more) != before
