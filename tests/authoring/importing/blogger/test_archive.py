"""A post's pictures in what Takeout gave: found by the name at the end of their address, never guessed."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pictures

from authoring.importing.blogger.album import Album, album
from authoring.importing.blogger.archive import LARGEST, Archive, Lying, archive_of
from authoring.importing.blogger.detect import TAKEOUT, Feed
from authoring.importing.blogger.fetch import Fetcher
from authoring.importing.blogger.html.model import Image, Placed

HOST = "https://1.bp.blogspot.com/-a/b"
NEWER = "https://blogger.googleusercontent.com/img/b/R29vZ2xl/AVvXsEg"


def drawn(color: str = "navy") -> bytes:
    file = BytesIO()
    Pictures.new("RGB", (400, 200), color).save(file, "PNG")
    return file.getvalue()


def archive(home: str = "", **files: bytes) -> Archive:
    return Archive((Lying(name, lambda data=data: data) for name, data in files.items()), home)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{HOST}/s320/loaf.jpg", "loaf.jpg"),
        (f"{NEWER}/s16000/loaf.jpg", "loaf.jpg"),
        (f"{HOST}/s1600-h/loaf.JPG", "Loaf.jpg"),
        (f"{HOST}/s320/my+first%20loaf.png", "my first loaf.png"),
        (f"{HOST}/s320/my%252520loaf.png", "my%20loaf.png"),
        (f"{HOST}/w640-h480/is+it%3F.png", "is it_.png"),
        (f"{HOST}/s1600/K%C3%A4se.png", "Ka\u0308se.png"),
        (f"{HOST}/loaf.png=s320", "loaf.png"),
        (f"{HOST}/s320/loaf%282%29.png", "loaf(2).png"),
    ],
)
def test_a_picture_is_found_by_the_end_of_its_address(address: str, name: str) -> None:
    found = archive(**{f"Takeout/Blogger/Albums/Letters/{name}": b"1", "other.png": b"2"}).find(address)
    assert isinstance(found, Lying)
    assert found.read() == b"1"


@pytest.mark.parametrize(
    "address", [f"{NEWER}aB=w640-h480", f"{HOST}/s320/", "http://[", f"{HOST}/s320/..%2Fother.png"]
)
def test_what_names_no_file_is_none(address: str) -> None:
    assert archive(**{"a/loaf.jpg": b"1", "a/other.png": b"2"}).find(address) is None


@pytest.mark.parametrize("second", ["Albums/b/loaf.jpg", "Albums/a/loaf(1).jpg"])
def test_two_pictures_of_one_name_are_not_guessed_at(second: str) -> None:
    assert "2 pictures" in str(archive(**{"Albums/a/loaf.jpg": b"1", second: b"2"}).find(f"{HOST}/s320/loaf.jpg"))


def test_one_picture_in_two_places_is_one() -> None:
    assert isinstance(archive(**{"a/loaf.jpg": b"1", "b/loaf.jpg": b"1"}).find(f"{HOST}/s320/loaf.jpg"), Lying)


def test_the_blogs_own_album_counts_before_others() -> None:
    found = archive("Sunday Letters_", **{"Albums/Sunday Letters/loaf.jpg": b"1", "Albums/Other/loaf.jpg": b"2"})
    lying = found.find(f"{HOST}/s320/loaf.jpg")
    assert isinstance(lying, Lying)
    assert lying.read() == b"1"


def test_a_folder_is_searched_and_links_in_it_lead_nowhere(tmp_path: Path) -> None:
    feed = tmp_path / "Takeout" / "Blogger" / "Blogs" / "Letters" / "feed.atom"
    for path in (feed, tmp_path / "Takeout" / "Blogger" / "Albums" / "Letters" / "loaf.png", tmp_path / "private.png"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    (feed.parent / "link.png").symlink_to(tmp_path / "private.png")
    (feed.parent / "out").symlink_to(tmp_path)
    for named in (Feed(feed, TAKEOUT), Feed(feed, TAKEOUT, around=tmp_path / "Takeout")):
        assert isinstance(archive_of(named).find(f"{HOST}/s320/loaf.png"), Lying)
        assert archive_of(named).find(f"{HOST}/s320/link.png") is None
        assert archive_of(named).find(f"{HOST}/s320/private.png") is None


def test_a_feed_that_lies_alone_has_no_archive(tmp_path: Path) -> None:
    (tmp_path / "loaf.png").write_bytes(b"1")
    assert archive_of(Feed(tmp_path / "feed.atom", TAKEOUT)).find(f"{HOST}/s320/loaf.png") is None


def test_a_zip_is_read_member_by_member_and_never_beyond_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Blogger/Albums/Letters/loaf.png", drawn())
        packed.writestr("Blogger/Albums/Letters/bomb.png", bytes(LARGEST + 1))
        packed.writestr("Blogger/Albums/Letters/broken.png", b"words of the archive")
    path.write_bytes(path.read_bytes().replace(b"broken.pngwords", b"broken.png\xff\xff\xff\xff\xff"))
    kept = Album(archive=archive_of(Feed(path, TAKEOUT, "Blogger/Blogs/Letters/feed.atom")))
    assert kept.place(Image(f"{HOST}/s320/loaf.png", "A loaf")).src.startswith("/images/imported/")
    assert kept.place(Image(f"{HOST}/s320/bomb.png", "A loaf")).href
    assert kept.place(Image(f"{HOST}/s320/broken.png", "A loaf")).href
    assert len(kept.files) == 1


@pytest.mark.parametrize(
    ("address", "said", "size"),
    [
        ("s1600/loaf.png", (0, 0), (400, 200)),
        ("s320/loaf.png", (0, 0), (320, 160)),
        ("s320/loaf.png", (100, 0), (100, 50)),
        ("loaf.png=s200-c", (0, 0), (200, 100)),
    ],
)
def test_a_picture_stands_as_large_as_it_was_shown(address: str, said: tuple[int, int], size: tuple[int, int]) -> None:
    placed = Album(archive=archive(**{"loaf.png": drawn()})).place(Image(f"{HOST}/{address}", "A loaf", None, *said))
    assert (placed.width, placed.height) == size


def test_a_link_to_the_whole_picture_leads_to_the_file_here() -> None:
    kept = Album(archive=archive(**{"loaf.png": drawn()}))
    assert kept.link(f"{HOST}/s1600/loaf.png") == kept.place(Image(f"{HOST}/s320/loaf.png", "")).src
    assert kept.link("https://example.com/essay.html") is None


def test_a_picture_of_another_host_is_another_picture() -> None:
    kept = Album(archive=archive(**{"loaf.png": drawn()}))
    assert kept.place(Image("https://example.com/loaf.png", "A loaf")) == Placed(
        href="https://example.com/loaf.png", words="A loaf"
    )


def test_what_cannot_be_chosen_or_shown_stays_where_it_is_and_is_said_once() -> None:
    kept = Album(archive=archive(**{"a/loaf.png": b"1", "b/loaf.png": b"2", "words.png": b"no picture"}))
    for name in ("loaf.png", "loaf.png", "words.png"):
        assert kept.place(Image(f"{HOST}/s320/{name}", "")).href
    assert [line for line in kept.lines if "stays where" not in line] == [
        f"{HOST}/s320/loaf.png has a name that 2 pictures in the archive have",
        "words.png in the archive is no picture that browsers show",
    ]


def test_what_the_archive_has_is_not_asked_of_its_host(tmp_path: Path) -> None:
    asked: list[str] = []

    def nowhere(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    other = HOST.replace("1.bp", "2.bp")
    html = f'<img src="{HOST}/s320/loaf.png"><img src="{other}/s320/other.png">'
    kept = album([html], Fetcher(tmp_path, "tests", resolve=nowhere), print, archive(**{"loaf.png": drawn()}))
    assert set(asked) == {"2.bp.blogspot.com"}
    assert kept.silent == {f"{other}/s320/other.png"}
