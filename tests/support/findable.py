"""Staged sites of essays that can be found, without Pelican."""

from pathlib import Path

from bridge.page_index import build_dir, save_page_index
from tests.support.built_site import index

TAGS = ("Bread", "Letters", "Karma")


def essay_page(title: str, words: str, year: int, tag: str, mark: str = "data-pagefind-body") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><article>'
        f'<h1 data-pagefind-meta="title">{title}</h1>'
        f'<time datetime="{year}-05-03T07:00:00-04:00" data-pagefind-sort="date[datetime]"'
        f' data-pagefind-filter="year:{year}" data-pagefind-meta="date[datetime]">May 3, {year}</time>'
        f'<div {mark}><p>{words}</p></div><a data-pagefind-filter="tag" href="/">{tag}</a></article></body></html>'
    )


def write_page(root: Path, number: int, words: str, mark: str = "data-pagefind-body") -> Path:
    year = 2012 + number % 15
    path = root / str(year) / "05" / f"essay-{number}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(essay_page(f"Essay {number}", words, year, TAGS[number % 3], mark), encoding="utf-8")
    return path


def staged(root: Path, essays: int = 6) -> Path:
    """A site of some essays over several years and tags, as a build leaves it."""
    for number in range(essays):
        write_page(root, number, f"The baker number {number} remembered a hinge and a gate.")
    build_dir(root).mkdir(parents=True, exist_ok=True)
    save_page_index(root, index())
    return root
