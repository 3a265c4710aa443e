"""Makes the search index of a staged site with Pagefind, or keeps it where no essay's page has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pagefind_bin

from authoring.search import order
from bridge.files import replace_file
from bridge.page_index import build_dir, load_page_index

FOLDER = "pagefind"  # below the site's root, and part of what its scripts are told
ESSAYS = "[0-9]*/*/*.html"
MARK = b"data-pagefind-body"  # what the theme marks in a page that readers may find
NOTE = "search.txt"  # beside the page index: of which pages the index is
#: Of what Pagefind brings, its own surface is left out: ours is theme/static/search.js.
SURFACES = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
#: Named by what they hold, so that each index has its own: what a search asks for as it goes.
PIECES = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")
GENTLE = 10  # nicer than whatever a person is waiting for


class SearchError(Exception):
    """No index could be made, the one that was there stands; the message is one line."""


@dataclass(frozen=True)
class Made:
    """The files of an index by name, and the print of the pages it was made of."""

    files: Mapping[str, bytes]
    pages: str


def refresh(staging: Path) -> bool:
    """Make the index of the site in `staging` the one of its pages; False if it is already. Raises SearchError."""
    pages = print_of(staging)
    if is_of(staging, pages):
        return False
    put(make(staging, pages), staging)
    return True


def print_of(staging: Path) -> str:
    """A checksum of every page that readers may find; empty if there is none."""
    digest, any_page = sha256(version("pagefind_bin").encode()), False
    for path in sorted(staging.glob(ESSAYS)):
        if MARK in (page := path.read_bytes()):
            any_page = True
            digest.update(f"\n{path.relative_to(staging).as_posix()} {len(page)} ".encode() + page)
    return digest.hexdigest() if any_page else ""


def is_of(staging: Path, pages: str) -> bool:
    """Whether the index that stands in `staging` is of the pages with that print."""
    note, there = build_dir(staging) / NOTE, len(list(_files(staging / FOLDER)))
    return note.is_file() and note.read_text(encoding="ascii") == _note(pages, there)


def make(staging: Path, pages: str, gently: bool = False) -> Made:
    """The index of the site in `staging`, which is left as it is. `gently` leaves the processor to others."""
    if not pages:
        return Made({}, pages)
    language = load_page_index(staging).site.language.partition("-")[0].lower()
    with TemporaryDirectory(prefix="gratitude-search-") as folder:
        _run(staging, Path(folder), language, gently)
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(Path(folder))}
    try:
        ordered = order.in_order({name: data for name, data in found.items() if not name.startswith(SURFACES)})
    except order.OrderError as error:
        raise SearchError(str(error)) from None
    return Made(_without_spare_machine(ordered), pages)


def put(made: Made, *roots: Path) -> None:
    """Let each site have the files of the index, no others; its own note last."""
    for root in roots:
        _bring(made.files, root / FOLDER)
        replace_file(build_dir(root) / NOTE, _note(made.pages, len(made.files)).encode())


def _note(pages: str, files: int) -> str:
    """Of which pages the index is, and how many files, so that a lost one is missed."""
    return f"{pages} {files}"


def _run(staging: Path, into: Path, language: str, gently: bool) -> None:
    command = [
        pagefind_bin.get_executable(), "--site", staging, "--output-path", into, "--glob", ESSAYS,
        "--force-language", language, "--silent",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=staging, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if gently:
        os.setpriority(os.PRIO_PROCESS, process.pid, GENTLE)
    said = process.communicate()[0].decode(errors="replace").split("\n")[0].strip()
    if process.returncode:
        raise SearchError(f"the search index was not made: {said or f'Pagefind ended with {process.returncode}'}")


def _without_spare_machine(files: dict[str, bytes]) -> dict[str, bytes]:
    """A machine for languages it does not know comes along each time; kept only where it is the one in use."""
    used = '"wasm":null' in files[order.ENTRY].decode()
    return files if used else {name: data for name, data in files.items() if name != "wasm.unknown.pagefind"}


def _bring(files: Mapping[str, bytes], folder: Path) -> None:
    """What the browser asks for first is replaced last, and what nobody asks for any more goes after that."""
    for name in sorted(files, key=lambda name: (name == order.ENTRY, name)):
        replace_file(folder / name, files[name])
    for path in [*_files(folder)]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    if not files:
        shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
