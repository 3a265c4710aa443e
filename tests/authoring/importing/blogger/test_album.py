"""Pictures of a blog: what is at hand becomes files of the site, what is not stays a link."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pictures

from authoring.importing.blogger.album import Album, album
from authoring.importing.blogger.fetch import Fetcher
from authoring.importing.blogger.html.model import Image, Placed


def drawn(format_: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    file = BytesIO()
    Pictures.new("RGB", size, "navy").save(file, format_)
    return file.getvalue()


def test_a_picture_inside_a_post_becomes_a_file_named_by_its_bytes() -> None:
    kept = Album()
    placed = kept.place(Image("", "A loaf", drawn()))
    ((path, data),) = kept.files.items()
    assert placed == Placed(f"/{path}", "A loaf", 40, 20)
    assert data == drawn()
    assert path.startswith("images/imported/")
    assert path.endswith(".png")


def test_the_same_picture_twice_is_one_file() -> None:
    kept = Album()
    assert kept.place(Image("", "", drawn())) == kept.place(Image("", "", drawn()))
    assert len(kept.files) == 1


@pytest.mark.parametrize(
    ("said", "size"), [((0, 0), (40, 20)), ((20, 0), (20, 10)), ((0, 10), (20, 10)), ((30, 30), (30, 30))]
)
def test_a_picture_keeps_the_size_its_post_says(said: tuple[int, int], size: tuple[int, int]) -> None:
    placed = Album().place(Image("", "", drawn(), *said))
    assert (placed.width, placed.height) == size


@pytest.mark.parametrize("data", [b"", b"<svg onload='x()'/>", b"GIF89a", drawn()[:60], drawn("BMP")])
def test_what_is_no_picture_for_browsers_is_left_out_and_said(data: bytes) -> None:
    kept = Album()
    assert kept.place(Image("", "", data)) == Placed()
    assert kept.lines == ["a picture inside a post is no picture that browsers show"]
    assert kept.files == {}


def test_a_picture_elsewhere_stays_there_and_is_listed() -> None:
    kept = Album()
    placed = kept.place(Image("http://example.com/s320/loaf%20one.jpg", ""))
    assert placed == Placed(href="http://example.com/s320/loaf%20one.jpg", words="loaf_one.jpg")
    assert kept.lines == [
        "http://example.com/s320/loaf%20one.jpg stays where it is; the essay links to it",
    ]


def test_a_picture_fetched_before_needs_no_host(tmp_path: Path) -> None:
    fetcher = Fetcher(tmp_path, "tests")
    address = "http://1.bp.blogspot.com/a/loaf.jpg"
    fetcher._file(address).write_bytes(drawn("JPEG"))
    said: list[str] = []
    kept = album([f'<img src="{address}" alt="A loaf">'], fetcher, said.append)
    assert kept.place(Image(address, "A loaf")).src.endswith(".jpg")
    assert (said, kept.lines) == ([], [])
