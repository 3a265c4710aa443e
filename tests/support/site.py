"""Real builds of the site into folders of their own, and their pages as a reader's browser sees them."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.conftest import ROOT

BUILD_DATE = "2026-11-20"
PICTURES = ROOT / ".cache" / "tests" / "pictures"  # drawn once for all tests
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """A start tag: its name, attributes, the text inside, and the names of what it stands in."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""


class Page(HTMLParser):
    """The elements of a page in order. Raises AssertionError where a tag is not closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {[e.tag for e in self.open]}"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {k: v or "" for k, v in attrs}, tuple(e.tag for e in self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> while <{self.open[-1].tag}> is open"
        self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def all(self, tag: str, **wanted: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [e for e in self.elements if e.tag == tag and wanted.items() <= e.attributes.items()]

    def one(self, tag: str, **wanted: str) -> Element:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of <{tag} {wanted}>"
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def links(self) -> list[str]:
        return [e.attributes["href"] for e in self.all("a")]


@dataclass
class Site:
    """A built site."""

    root: Path
    log: str = ""
    _pages: dict[str, Page] = field(default_factory=dict)

    def file(self, address: str) -> Path:
        """The file a server sends for `address`, which starts with a slash."""
        path = self.root / address.lstrip("/")
        return path / "index.html" if address.endswith("/") else path

    def text(self, address: str) -> str:
        return self.file(address).read_text(encoding="utf-8")

    def page(self, address: str) -> Page:
        if address not in self._pages:
            self._pages[address] = Page(self.text(address))
        return self._pages[address]

    @property
    def addresses(self) -> list[str]:
        """Every HTML page."""
        return sorted("/" + p.relative_to(self.root).as_posix().removesuffix("index.html") for p in self.pages())

    def pages(self) -> list[Path]:
        return [p for p in self.root.rglob("*.html") if not any(part.startswith(".") for part in p.parts)]

    def bytes(self) -> dict[str, bytes]:
        """Every file by its name, what servers never hand out included."""
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}


def build(
    output: Path, content: Path = ROOT / "content", project: Path = ROOT, environ: dict[str, str] | None = None,
    **settings: str,
) -> Site:  # fmt: skip
    """Build as the author's commands do. A setting's value is written as in JSON. Raises BuildError."""
    settings = {"SITEURL": '""', "BUILD_DATE": f'"{BUILD_DATE}"', "PICTURES_DIR": f'"{PICTURES}"', **settings}
    command = [sys.executable, "-m", "pelican", content, "-s", project / "publishconf.py", "-o", output]
    command += ["--fatal", "errors", "-e", *(f"{name}={value}" for name, value in settings.items())]
    env = {k: v for k, v in os.environ.items() if k != "SITEURL"} | {"COLUMNS": "500", **(environ or {})}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(done.stdout + done.stderr)
    return Site(output, done.stdout + done.stderr)


class BuildError(Exception):
    """Pelican said no; the message is everything it wrote."""


def content(folder: Path, **essays: str) -> Path:
    """A content folder with the site's own pages and with `essays`: the file's text by its name."""
    shutil.copytree(ROOT / "content" / "pages", folder / "pages")
    (folder / "articles").mkdir()
    for name, text in essays.items():
        (folder / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def essay(title: str = "An Essay", date: str = "2026-11-08 07:00", text: str = "Words.", **more: str) -> str:
    """The text of an essay's file; `more` is further front matter."""
    front = {"Title": title, "Date": date, "Slug": "an-essay", "Summary": "What it says.", **more}
    return "\n".join([*(f"{key}: {value}" for key, value in front.items()), "", text, ""])


def project_with(folder: Path, **changes: str) -> Path:
    """The project with other values in `site.toml`; everything else is the project's own."""
    folder.mkdir()
    for name in ("bridge", "forms_service", "plugins", "theme", "content"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "publishconf.py", folder)
    lines = (ROOT / "site.toml").read_text(encoding="utf-8").splitlines()
    for key, value in changes.items():
        assert any(line.startswith(f"{key} = ") for line in lines), key
        lines = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines]
    (folder / "site.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
