"""The author's own essays move in: two plain-text files become the site, and can be taken back."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.project import Served, copy_project, environment, make_serve, until

DATED = """March 3, 2013

The Borrowed Ladder

A neighbour of mine owns the only long ladder in our street. He lends it to whoever asks,

I have thought about that ladder for years. It cost perhaps eighty dollars.

What do you own that others could borrow? We will look at that next week. E-mail me at writer@example.com.

No comments:

Post a Comment
"""
UNDATED = """Last week I wrote about a ladder, and several of you wrote back
about wheelbarrows, trailers and one very old piano.
The piano is my favourite. Its owner cannot play, but she keeps
it tuned, and on Thursdays her front room is full of strangers who
can.
Nobody pays. Everybody knows her name, though, and when her roof
leaked it was mended by noon.
Please leave me your comments, or e-mail me at writer@example.com.
No comments:
Post a Comment"""


@pytest.fixture
def served_alone(tmp_path: Path):
    """A `make serve` of this test's own, because it changes what the site consists of."""
    project = copy_project(tmp_path)
    texts = project / "texts"
    texts.mkdir()
    (texts / "ladder.txt").write_text(DATED)
    (texts / "piano.txt").write_text(UNDATED)
    with make_serve(project, "RELOAD=0") as running:
        yield running


def make(served: Served, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "-s", *words], cwd=served.project, env=environment(), text=True, capture_output=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def titles(page: Page, served: Served) -> list[str]:
    page.goto(f"{served.url}/archive/")
    return page.locator("main ol a").all_inner_texts()


def test_two_plain_texts_become_the_site_and_can_be_taken_back(page: Page, served_alone: Served):
    served = served_alone
    samples = titles(page, served)

    refused = make(served, "import", "FROM=texts")
    assert refused.returncode != 0
    assert "TITLE=" in refused.stdout + refused.stderr
    assert titles(page, served) == samples

    done = make(served, "import", "FROM=texts", "TITLE=The Tuned Piano", "DATE=2013-03-10")
    assert done.returncode == 0, done.stdout + done.stderr
    until(lambda: titles(page, served) == ["The Tuned Piano", "The Borrowed Ladder"])

    page.get_by_role("link", name="The Borrowed Ladder").click()
    expect(page).to_have_url(f"{served.url}/2013/03/the-borrowed-ladder.html")
    assert page.locator(".prose p").count() == 3
    page.get_by_text("Continues in").get_by_role("link", name="The Tuned Piano").click()
    assert page.locator(".prose p").count() == 4
    page.get_by_text("Continues from").get_by_role("link", name="The Borrowed Ladder").click()

    assert make(served, "import-undo").returncode == 0
    until(lambda: titles(page, served) == samples)
