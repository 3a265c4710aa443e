"""A real site of two essays, published once, and everything one needs to spoil it or to publish it again."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from authoring.publish import main
from tests.conftest import ROOT

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=ZoneInfo("America/New_York"))
LATER = datetime(2026, 11, 19, 9, 0, tzinfo=ZoneInfo("America/New_York"))
FIRST, SECOND = "2026/11/first", "2026/11/second"
SUMMARY = "What a baker told me about her van, and what a florist had to do with the morning it ran again."


def essay_text(slug: str, date: str, body: str = "The bread was warm.", **more: str) -> str:
    front = {"Title": slug.title(), "Date": f"{date} 07:00", "Slug": slug, "Tags": "thanks", "Summary": SUMMARY, **more}
    return "\n".join([*(f"{key}: {value}" for key, value in front.items() if value), "", body, ""])


def write_essay(project: Path, slug: str, date: str, body: str = "The bread was warm.", **more: str) -> Path:
    path = project / "content" / "articles" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(essay_text(slug, date, body, **more), encoding="utf-8")
    return path


def real_project(folder: Path) -> Path:
    """The project's own theme, plugins and pages; two essays, one picture."""
    folder.mkdir(parents=True)
    for name in ("bridge", "forms_service", "plugins", "theme", "authoring"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    (folder / "content" / "images").mkdir()
    (folder / "content" / "images" / "bread.svg").write_text("<svg/>\n", encoding="utf-8")
    for name in ("publishconf.py", "site.toml"):
        shutil.copy(ROOT / name, folder)
    write_essay(folder, "first", "2026-11-08", "Good bread.\n\n![a loaf]({static}/images/bread.svg)")
    write_essay(folder, "second", "2026-11-15", "See [the first]({filename}first.md).", Tags="thanks, bread")
    return folder


def copy_of(project: Path, folder: Path) -> Path:
    return Path(shutil.copytree(project, folder, symlinks=True))


def own_theme(project: Path) -> Path:
    """The theme as files of this project, which may be spoilt."""
    (project / "theme").unlink()
    return Path(shutil.copytree(ROOT / "theme", project / "theme"))


def own_plugins(project: Path) -> Path:
    (project / "plugins").unlink()
    return Path(shutil.copytree(ROOT / "plugins", project / "plugins"))


def environment(**more: str) -> dict[str, str]:
    """A fresh shell: nothing of this test run's own settings."""
    return {**{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}, **more}


def publish(project: Path, *arguments: str, now: datetime = LATER) -> int:
    return main(list(arguments), project, now, environment())


def current(project: Path) -> Path:
    return project / "var" / "releases" / "current"


def shown(project: Path) -> tuple[str, dict[str, bytes]]:
    """The release readers see, and every byte of it."""
    root = current(project)
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    return str(root.readlink()), files
