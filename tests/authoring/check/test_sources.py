"""What was imported and never touched is history; what has been edited since is the author's own."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pytest

from authoring.check.finding import Fault
from authoring.check.sources import Sources, load_sources
from tests.authoring.check.test_advice import source

TEXT = "Title: One\nImported: one.txt 123\n\nSee [this](/gone.html).\n"
NAME = "content/articles/one.md"


def loaded(folder: Path, imported: dict[str, str]) -> bool:
    """Whether a dead link in an imported essay stops the publishing."""
    (folder / "content/articles").mkdir(parents=True)
    (folder / "content/articles/one.md").write_text(TEXT)
    entry = {**asdict(source(imported=True)), "text": ""}
    entry.pop("text")
    (folder / ".build").mkdir()
    (folder / ".build/sources.json").write_text(json.dumps({"written": [entry], "unseen": []}))
    sources = load_sources(folder, folder / "content", imported)
    return sources.finding("2026/11/one.html", Fault(9, "there is no page", "mend it", "/gone.html")).blocking


@pytest.mark.parametrize(
    ("imported", "stops"),
    [({}, False), ({NAME: sha256(TEXT.encode()).hexdigest()}, False), ({NAME: sha256(b"before").hexdigest()}, True)],
)
def test_only_what_has_been_edited_since_is_judged_as_the_authors_own(
    tmp_path: Path, imported: dict[str, str], stops: bool
):
    assert loaded(tmp_path, imported) == stops


def test_a_byte_order_mark_hides_no_line_of_the_table_of_redirects(tmp_path: Path):
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build/sources.json").write_text('{"written": [], "unseen": []}')
    (tmp_path / "redirects.txt").write_text("/old/ /gone/\n", encoding="utf-8-sig")
    sources, fault = load_sources(tmp_path, tmp_path), Fault(9, "there is no page", "mend it")
    found = sources.finding("old/index.html", fault, signpost=True)
    assert (found.file, found.line) == ("content/redirects.txt", 1)


def test_a_signposts_fault_stands_in_its_line_and_that_of_a_list_in_its_place_does_not():
    sources, fault = Sources({}, (), "/a.html /b.html\n/tags/bread/ /tags/\n"), Fault(9, "it is wrong", "mend it")
    at = [sources.finding("tags/bread/index.html", fault, signpost) for signpost in (True, False)]
    assert [(finding.file, finding.line) for finding in at] == [
        ("content/redirects.txt", 2),
        ("tags/bread/index.html", 9),
    ]
