"""A draft or an essay of the future leaves no trace in what is published, and shows in a preview, marked."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.site import Site, build, content, essay

SECRET = "unripe"
BODY = f"Last week we spoke. The {SECRET} word. ![a peach]({{static}}/images/{SECRET}-peach.svg)"


def source(folder: Path, **front: str) -> Path:
    made = content(
        folder,
        before=essay("Before", "2026-11-15 07:00", Slug="before"),
        hidden_one=essay(f"An {SECRET} essay", text=BODY, Slug=SECRET, Tags=f"{SECRET}, thanks", **front),
        known=essay("Known", "2026-11-08 07:00", "![bread]({static}/images/bread.svg)", Slug="known"),
    )
    (made / "images").mkdir()
    for name in (f"{SECRET}-peach", "bread", "logo"):
        (made / "images" / f"{name}.svg").write_text(f"<svg><title>{name}</title></svg>\n", encoding="utf-8")
    return made


CASES = {"draft": {"Status": "draft", "Date": "2026-11-16 07:00"}, "scheduled": {"Date": "2026-11-22 07:00"}}
CASES["hidden and scheduled"] = {"Status": "hidden", "Date": "2026-11-22 07:00"}


@pytest.mark.parametrize("case", CASES)
def test_nothing_published_betrays_it(tmp_path: Path, case: str):
    site = build(tmp_path / "output", source(tmp_path / "content", **CASES[case]))
    published = {name: data for name, data in site.bytes().items() if name != ".build/sources.json"}
    assert not [name for name, data in published.items() if SECRET in name or SECRET.encode() in data]
    assert {"images/bread.svg", "images/logo.svg"} <= set(published)


@pytest.mark.parametrize(
    ("case", "address"), [("draft", f"/drafts/{SECRET}.html"), ("scheduled", f"/2026/11/{SECRET}.html")]
)
def test_a_preview_shows_and_marks_it(tmp_path: Path, case: str, address: str):
    site = build(tmp_path / "output", source(tmp_path / "content", **CASES[case]), PREVIEW="true")
    marks = {"draft": "Draft: readers do not see it", "scheduled": "Scheduled for Sunday, November 22, 2026, 7:00"}
    assert marks[case] in site.text(address)
    assert address in site.page("/").links
    assert f"images/{SECRET}-peach.svg" in site.bytes()


def test_it_appears_when_its_hour_has_come(tmp_path: Path):
    made = source(tmp_path / "content", **CASES["scheduled"])
    early = build(tmp_path / "early", made, BUILD_DATE='"2026-11-22T06:59"')
    due = build(tmp_path / "due", made, BUILD_DATE='"2026-11-22T07:00"')
    assert f"/2026/11/{SECRET}.html" not in early.addresses
    assert f"/2026/11/{SECRET}.html" in due.addresses


def test_a_draft_of_a_page_is_not_published_either(tmp_path: Path):
    made = content(tmp_path / "content", a=essay())
    (made / "pages" / "plans.md").write_text(f"Title: Plans\nSlug: plans\nStatus: draft\n\nThe {SECRET} word.\n")
    site = build(tmp_path / "output", made)
    assert not [page for page in site.pages() if SECRET in page.read_text(encoding="utf-8")]


def test_a_picture_that_a_published_essay_shows_too_stays(tmp_path: Path):
    made = source(tmp_path / "content", **CASES["draft"])
    (made / "articles" / "known.md").write_text(essay("Known", text=BODY.replace("unripe word", "ripe word")))
    assert f"images/{SECRET}-peach.svg" in build(tmp_path / "output", made).bytes()


def test_the_projects_own_build_hides_nothing_it_has(tmp_path: Path):
    assert len(Site(build(tmp_path / "output").root).pages()) > len(list((ROOT / "content/articles").glob("*.md")))
