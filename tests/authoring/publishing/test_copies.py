"""Beside every page of a release lies its compressed copy: always of the same words, and made anew only with them."""

import gzip
from pathlib import Path

from authoring.releases import main as releases
from bridge.comment_file import write_comments
from bridge.pages import COMPRESSED
from tests.support.built_site import comment
from tests.support.publishing import FIRST, current, environment, publish, write_essay


def copies(project: Path) -> dict[str, bytes]:
    root = current(project)
    return {path.relative_to(root).as_posix().removesuffix(".gz"): path.read_bytes() for path in root.rglob("*.gz")}


def originals(project: Path) -> dict[str, bytes]:
    root = current(project)
    files = (path for path in root.rglob("*") if path.suffix in COMPRESSED and ".build" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def unpacked(project: Path) -> dict[str, bytes]:
    return {name: gzip.decompress(data) for name, data in copies(project).items()}


def test_every_text_has_a_copy_and_nothing_else_has(project: Path):
    assert unpacked(project) == originals(project)
    assert {f"{FIRST}.html", "theme/site.css", "feeds/posts.atom", "robots.txt"} <= copies(project).keys()


def test_copies_say_no_time(project: Path):
    assert {data[4:8] for data in copies(project).values()} == {b"\0\0\0\0"}


def test_unchanged_copies_are_shared_and_changed_ones_are_made_anew(project: Path):
    old = current(project).resolve()
    write_essay(project, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    assert publish(project) == 0
    assert unpacked(project) == originals(project)
    assert (current(project) / "theme/site.css.gz").samefile(old / "theme/site.css.gz")
    assert not (current(project) / "2026/11/second.html.gz").samefile(old / "2026/11/second.html.gz")
    assert b"Other words." not in gzip.decompress((old / "2026/11/second.html.gz").read_bytes())


def test_copies_hold_the_comments_of_their_pages_after_publishing_and_after_a_rollback(project: Path):
    write_comments(project / "var" / "comments", FIRST, [comment(text="Well said, indeed.")])
    write_essay(project, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    assert publish(project) == 0
    assert b"Well said, indeed." in unpacked(project)[f"{FIRST}.html"]
    assert releases(["rollback", "--to="], project, environment()) == 0
    assert b"Well said, indeed." in unpacked(project)[f"{FIRST}.html"]
    assert unpacked(project) == originals(project)


def test_a_file_that_is_no_page_gets_another_copy_with_other_words(project: Path):
    (project / "content/images/bread.svg").write_text("<svg><title>cake</title></svg>\n")
    assert publish(project) == 0
    assert unpacked(project)["images/bread.svg"] == b"<svg><title>cake</title></svg>\n"
