"""A file beside an essay is found by its name alone; anything else is left as it is written."""

from pathlib import Path

import pytest

from plugins.beside import attached


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("loaf.png", "a loaf.jpg", "other.md"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(("html", "wanted"), [
    ('<img alt="A" src="loaf.png">', '<img alt="A" src="{attach}loaf.png">'),
    ("<a href='a%20loaf.jpg'>x</a>", "<a href='{attach}a%20loaf.jpg'>x</a>"),
])  # fmt: skip
def test_a_file_beside_the_essay_travels_with_it(folder: Path, html: str, wanted: str):
    assert attached(html, folder) == wanted


@pytest.mark.parametrize("html", [
    '<img src="gone.png">', '<img src="/images/loaf.png">', '<img src="{static}loaf.png">', '<a href="other.md">x</a>',
    '<a href="../loaf.png">x</a>', '<a href="https://loaf.png">x</a>', "loaf.png", '<a href="#loaf.png">x</a>',
])  # fmt: skip
def test_anything_else_is_left_alone(folder: Path, html: str):
    assert attached(html, folder) == html
