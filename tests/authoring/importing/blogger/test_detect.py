"""What is named is known by its content; what is no export of Blogger is refused by name."""

import zipfile
from pathlib import Path

import pytest

from authoring.importing.blogger.detect import BACKUP, PUBLIC, TAKEOUT, Feed, find, form_of
from authoring.importing.errors import ImportingError

NEW = (
    b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:b='http://schemas.google.com/blogger/2018'/>"
)
OLD = b"<feed xmlns='http://www.w3.org/2005/Atom'><category term='http://schemas.google.com/blogger/2008/kind#post'/></feed>"
FEED = b"<rss version='2.0'><channel><generator>Blogger</generator></channel></rss>"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (NEW, TAKEOUT),
        (OLD, BACKUP),
        (FEED, PUBLIC),
        (b"\xef\xbb\xbf\n" + NEW, TAKEOUT),
        (b"<<<<<<< HEAD\n" + NEW, TAKEOUT),
        (NEW.decode().encode("utf-16"), TAKEOUT),
        (b"A Sunday in March\n\nIt was cold.", ""),
        (b"<3 is how she signs her letters.", ""),
        (b"", ""),
    ],
)
def test_the_beginning_of_a_file_says_what_it_is(data: bytes, form: str) -> None:
    assert form_of(data, "x") == form


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'/>", "a WordPress export"),
        (b"<disqus xmlns='http://disqus.com'/>", "a Disqus export"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><generator>Jekyll</generator></feed>", "none that Blogger wrote"),
        (b"<opml version='2.0'/>", "<opml>"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE feed [<!ENTITY a 'b'>]><feed/>", "x:2: it declares entities of its own"),
        (b"<?xml version='1.0' encoding='UTF-7'?>" + NEW, "written in UTF-7"),
    ],
)
def test_other_formats_are_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(ImportingError, match=r"x:\d+: ") as refused:
        form_of(data, "x")
    assert words in str(refused.value)


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_takeouts_zip_and_folder_are_found_by_the_feed_of_the_blog(tmp_path: Path) -> None:
    inside = "Takeout/Blogger/Blogs/Letters/feed.atom"
    path = zipped(tmp_path / "t.zip", **{inside: NEW, "Takeout/Blogger/Comments/feed.atom": NEW, "a.csv": b"1"})
    assert find(path) == Feed(path, TAKEOUT, inside)
    (tmp_path / "t" / inside).parent.mkdir(parents=True)
    (tmp_path / "t" / inside).write_bytes(NEW)
    assert find(tmp_path / "t") == Feed(tmp_path / "t" / inside, TAKEOUT)


def test_two_blogs_at_once_are_asked_about(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.zip", **{"Blogs/a/feed.atom": NEW, "Blogs/b/feed.atom": NEW})
    with pytest.raises(ImportingError, match="holds 2 exports"):
        find(path)
    assert find(path / "Blogs/b") == find(path / "Blogs/b/feed.atom") == Feed(path, TAKEOUT, "Blogs/b/feed.atom")
    with pytest.raises(ImportingError, match=r"holds no feed\.atom"):
        find(path / "Blogs/c/feed.atom")


@pytest.mark.parametrize("name", ["../feed.atom", "/etc/feed.atom", "a/../../feed.atom", "..\\feed.atom"])
def test_a_zip_that_would_unpack_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportingError, match="unpacked elsewhere"):
        find(zipped(tmp_path / "t.zip", **{name: NEW}))


def test_a_zip_that_would_fill_the_disk_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("feed.atom", "w") as member:
        for _ in range(520):
            member.write(b" " * 1_000_000)
    with pytest.raises(ImportingError, match="would unpack to"):
        find(path)


def test_a_zip_damaged_inside_is_one_line(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.zip", **{"feed.atom": NEW + b"<!-- -->" * 200})
    whole = bytearray(path.read_bytes())
    start = 30 + len("feed.atom")  # behind the member's own header
    whole[start : start + 40] = b"\xff" * 40
    path.write_bytes(whole)
    with pytest.raises(ImportingError, match=r"t\.zip: cannot be unpacked .*; download it again"):
        find(path)


def test_a_broken_zip_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(ImportingError, match="cannot be unpacked"):
        find(path)
