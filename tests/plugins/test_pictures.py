"""The picture that goes along with a shared link: the right size, light, legible, and the same every time."""

import re
from io import BytesIO

import pytest
from PIL import Image

from plugins.lettering import SCRIPTS, Face, balanced, readable, shortened, width, wrapped
from plugins.pictures import HIGH, LINK, MARGIN, PAPER, ROOM, WIDE, Card, Icon, draw, fingerprint
from tests.conftest import ROOT

FACE = Face(64, 700)
LONG = "What the plumber, the florist and the baker taught me about saying thank you to people one will never see again"
TITLES = ("Tea", LONG, LONG * 3, "Donaudampfschifffahrtsgesellschaft" * 4, "Ärger über Đỗ — Благодарность и Ευχαριστώ",
          "感謝の手紙", "תודה", "🎉", "", "\x00\u202e", "<b>Bold</b> & “quoted”")  # fmt: skip


def card(title: str, **more: str) -> Card:
    return Card(**{"title": title, "name": "A Site", "foot": "Sunday, November 15, 2026 · The Author", **more})


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def rows_with_ink(picture: Image.Image) -> set[int]:
    """Where something stands that is not paper."""
    grey = picture.convert("RGB")
    return {y for y in range(HIGH) if any(grey.getpixel((x, y)) != PAPER for x in range(MARGIN, WIDE, 3))}


@pytest.mark.parametrize("title", TITLES)
def test_a_card_is_a_light_png_of_the_size_networks_ask_for(title: str):
    data = draw(card(title))
    assert opened(data).size == (WIDE, HIGH) == (1200, 630)
    assert opened(data).format == "PNG"
    assert len(data) < 30_000


@pytest.mark.parametrize("title", TITLES)
def test_nothing_on_a_card_is_cut_off(title: str):
    picture = opened(draw(card(title, name=LONG, foot=LONG))).convert("RGB")
    edge = {
        picture.getpixel((x, y))
        for x in (*range(MARGIN - 4), *range(MARGIN + ROOM + 30, WIDE))
        for y in (100, 320, 570)
    }
    assert edge == {PAPER}


def test_a_card_looks_like_the_site():
    picture = opened(draw(card("Tea"))).convert("RGB")
    css = (ROOT / "theme" / "static" / "site.css").read_text(encoding="utf-8")
    for name, colour in (("paper", PAPER), ("link", LINK)):
        assert f"--{name}: #{bytes(colour).hex()};" in css
    assert picture.getpixel((5, 5)) == LINK
    assert picture.getpixel((5, 300)) == PAPER


def test_the_same_words_give_the_same_bytes():
    assert draw(card(LONG)) == draw(card(LONG))
    assert fingerprint(card(LONG)) == fingerprint(card(LONG))


def test_other_words_give_another_picture_and_another_fingerprint():
    pictures = [
        card("Tea"),
        card("Tee"),
        card("Tea", foot="Monday"),
        card("Tea", name="B"),
        Icon("T", 180),
        Icon("T", 32),
    ]
    assert len({draw(picture) for picture in pictures}) == len({fingerprint(picture) for picture in pictures}) == 6


def test_a_title_we_cannot_write_gives_way_to_the_name():
    assert draw(card("感謝の手紙")) == draw(card("תודה רבה")) == draw(card(""))
    assert draw(card("感謝の手紙")) != draw(card("Tea"))


def test_a_sign_we_cannot_write_is_left_out():
    assert draw(card("Thank you 🎉 all")) == draw(card("Thank you all"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ça va – “oui”", "Ça va – “oui”"), ("Šárka Đỗ", "Šárka Đỗ"), ("Спасибо", "Спасибо"),
        ("Ευχαριστώ", "Ευχαριστώ"),
        ("e\u0301te", "éte"), ("two\n lines", "two lines"), ("感謝", None), ("a 感", None),
        ("שלום", None), ("", None),
        ("🎉", None), ("5 ★ stars", "5 stars"),
    ],
)  # fmt: skip
def test_what_can_be_written_is_known(text: str, shown: str | None):
    assert readable(text) == shown


@pytest.mark.parametrize("room", [300, 600, 1024])
def test_lines_keep_to_their_room_and_lose_no_word(room: int):
    for lines in (wrapped(LONG, FACE, room), balanced(LONG, FACE, room)):
        assert " ".join(lines) == LONG
        assert all(width(line, FACE) <= room for line in lines)
    assert len(balanced(LONG, FACE, room)) == len(wrapped(LONG, FACE, room))


def test_balanced_lines_are_about_as_long_as_each_other():
    lengths = [width(line, FACE) for line in balanced("One two three four five six seven eight nine ten", FACE, 700)]
    assert min(lengths) > max(lengths) * 0.6


def test_a_line_that_is_too_long_says_so():
    short = shortened(LONG, FACE, 500)
    assert short.endswith("…")
    assert LONG.startswith(short[:-1])
    assert width(short, FACE) <= 500


def test_letters_stand_as_close_as_the_font_wants_them():
    assert width("AV", FACE) < width("A", FACE) + width("V", FACE)


@pytest.mark.parametrize("initial", ["G", "Ж", "感", "é", "4"])
@pytest.mark.parametrize("bare", [True, False])
def test_an_icon_is_a_square_in_the_sites_blue(initial: str, bare: bool):
    icon = opened(draw(Icon(initial, 180, bare)))
    assert icon.size == (180, 180)
    assert icon.convert("RGBA").getpixel((90, 8))[:3] == LINK
    assert icon.convert("RGBA").getpixel((0, 0))[3] == (255 if bare else 0)
    assert PAPER in {colour[:3] for _, colour in icon.convert("RGBA").getcolors(40_000)}


def test_the_old_kind_of_icon_has_the_sizes_browsers_ask_for():
    assert opened(draw(Icon("G", 0))).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_fonts_lie_beside_their_licence():
    folder = ROOT / "theme" / "card"
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert re.search("Reserved Font Name ‘Source’", licence)
    assert {path.stem for path in folder.glob("*.woff2")} == set(SCRIPTS)
