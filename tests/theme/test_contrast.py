"""The colours can be read, in the light and in the dark: WCAG 2.2, level AA."""

import re

import pytest

from tests.conftest import ROOT

CSS = (ROOT / "theme" / "static" / "site.css").read_text(encoding="utf-8")


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT, DARK = (palette(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2])


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("text", ["ink", "muted", "link", "visited", "error", "ok"])
def test_text_is_readable(colours: dict[str, str], ground: str, text: str):
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("part", ["control", "focus"])
def test_controls_and_focus_stand_out(colours: dict[str, str], ground: str, part: str):
    assert contrast(colours[part], colours[ground]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_buttons_are_readable(colours: dict[str, str]):
    assert contrast(colours["on-button"], colours["link"]) >= 4.5
