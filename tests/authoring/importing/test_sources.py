"""What is read from a file or a folder."""

import codecs
import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.importing.errors import ImportingError
from authoring.importing.sources import LARGEST, LeftOut, decode, gather


def test_a_folder_gives_its_text_files_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c", ".hidden"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    sources, left = gather(tmp_path)
    assert ([source.name for source in sources], left) == (["a.md", "b.txt", "c"], [])


def test_what_is_no_text_is_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hello.", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "c.dat").write_bytes(b"\x81\xff")
    (tmp_path / "d.txt").write_bytes(b"a" * (LARGEST + 1))
    (tmp_path / "e").mkdir()
    os.mkfifo(tmp_path / "f")
    _, left = gather(tmp_path)
    assert left == [
        LeftOut("b.png", "not plain text: it holds NUL bytes"),
        LeftOut("c.dat", "not plain text: neither UTF-8 nor Windows-1252"),
        LeftOut("d.txt", "too large for an essay"),
        LeftOut("e", "a folder; import it by itself"),
        LeftOut("f", "not an ordinary file"),
    ]


def test_a_single_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"\x89PNG\0\0")
    with pytest.raises(ImportingError, match=r"b\.png: not plain text: it holds NUL bytes"):
        gather(tmp_path / "b.png")


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="there is no such file or folder"):
        gather(tmp_path / "nowhere")


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="holds no text file"):
        gather(tmp_path)


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", ""), ("utf-8-sig", ""), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")]
)
def test_the_encodings_of_old_files_are_recognised(encoding: str, said: str) -> None:
    assert decode("It’s “café” – yes".encode(encoding)) == ("It’s “café” – yes", said)


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused_as_none(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        text, encoding = decode(data)
        assert data in (
            text.encode(encoding or "utf-8"),
            text.encode("utf-8-sig"),
            codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        )
