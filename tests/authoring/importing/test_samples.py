"""Samples that may go, and samples that may not."""

from pathlib import Path

from authoring.importing.article_file import read_head
from authoring.importing.samples import checksum, is_sample, is_unedited

SAMPLE = b"Title: A sample\nSample: yes\n\nHello.\n"
ARTICLES = Path(__file__).parents[3] / "content" / "articles"


def test_an_unedited_sample_is_known_whatever_its_line_endings() -> None:
    shipped = frozenset((checksum(SAMPLE),))
    assert is_unedited(SAMPLE, shipped)
    assert is_unedited(SAMPLE.replace(b"\n", b"\r\n"), shipped)


def test_one_changed_letter_makes_it_the_authors_own() -> None:
    assert not is_unedited(SAMPLE.replace(b"Hello", b"Hallo"), frozenset((checksum(SAMPLE),)))


def test_only_what_says_so_is_a_sample() -> None:
    assert is_sample(read_head(SAMPLE.decode()))
    assert not is_sample(read_head("Title: Mine\n\nSample: yes\n"))


def test_every_sample_of_this_site_is_on_the_list() -> None:
    """If this fails after a sample was changed on purpose: python -m authoring.importing.samples prints what to add."""
    samples = [path for path in ARTICLES.glob("*.md") if is_sample(read_head(path.read_text(encoding="utf-8")))]
    assert [path.name for path in samples if not is_unedited(path.read_bytes())] == []
