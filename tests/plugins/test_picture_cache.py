"""Pictures are drawn once; what has not changed costs a look."""

from pathlib import Path

import pytest

from plugins import picture_cache
from plugins.picture_cache import WORTH_IT, DrawingError, PictureCache
from plugins.pictures import Card, draw


def cards(number: int, title: str = "Essay") -> dict[str, Card]:
    return {f"cards/2026/11/{title.lower()}-{n}.png": Card(f"{title} {n}", "A Site", "A day") for n in range(number)}


def taken(cache: PictureCache, pictures: dict[str, Card]) -> dict[str, bytes]:
    cache.begin(pictures)
    return dict(cache.take(pictures))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles this process has drawn."""
    titles: list[str] = []

    def noting(card: Card) -> bytes:
        titles.append(card.title)
        return draw(card)

    monkeypatch.setattr(picture_cache, "draw", noting)
    return titles


def test_a_picture_comes_out_as_it_was_drawn(tmp_path: Path):
    wanted = cards(2)
    assert taken(PictureCache(tmp_path), wanted) == {name: draw(card) for name, card in wanted.items()}


def test_what_is_known_is_not_drawn_again(tmp_path: Path, drawn: list[str]):
    first = taken(PictureCache(tmp_path), cards(2))
    assert taken(PictureCache(tmp_path), cards(2)) == first
    assert drawn == ["Essay 0", "Essay 1"]


def test_only_what_changed_is_drawn_again(tmp_path: Path, drawn: list[str]):
    wanted = cards(3)
    taken(PictureCache(tmp_path), wanted)
    name = next(iter(wanted))
    wanted[name] = Card("Another title", "A Site", "A day")
    assert taken(PictureCache(tmp_path), wanted)[name] == draw(wanted[name])
    assert drawn[3:] == ["Another title"]


@pytest.mark.parametrize("spoilt", [b"", b"\n", b"half a finger", b"0" * 64 + b"\nPNG"])
def test_a_spoilt_file_is_drawn_again(tmp_path: Path, spoilt: bytes):
    wanted = cards(1)
    (name,) = wanted
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(spoilt)
    assert taken(PictureCache(tmp_path), wanted) == {name: draw(wanted[name])}


def test_many_are_drawn_by_helpers(tmp_path: Path, drawn: list[str]):
    wanted = cards(WORTH_IT + 1)
    assert taken(PictureCache(tmp_path), wanted) == {name: draw(card) for name, card in wanted.items()}
    assert drawn == []


@pytest.mark.parametrize("number", [1, WORTH_IT])
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, number: int):
    (tmp_path / "cards").write_text("in the way")
    with pytest.raises(DrawingError, match=f"{tmp_path}.* look at its owner and the space left"):
        taken(PictureCache(tmp_path), cards(number))
