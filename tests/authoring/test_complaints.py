"""Whatever Pelican says, the author reads one line that names a place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.complaints import complaint

ROOT = Path("/project")


def test_an_unknown_error_is_placed_in_our_own_code():
    log = """KeyError: 'x'
Traceback (most recent call last):
  File "/project/plugins/odd.py", line 7, in run
    data["x"]
  File "/project/.venv/lib/python3.11/site-packages/other/deep.py", line 99, in get
KeyError: 'x'
"""
    assert complaint(log, ROOT) == "plugins/odd.py:7: KeyError: 'x'; the whole story is in var/build.log"


def test_our_own_errors_say_it_themselves():
    log = "DrawingError: card.png: too small; look at pictures.py\nTraceback (most recent call last):\n"
    assert complaint(log, ROOT) == "card.png: too small; look at pictures.py"


@pytest.mark.parametrize(("head", "line"), [
    ("Title: A\nSlug: a b\n", ":2"), ("Slug: a\nSave_as: odd\n", ":2"), ("Title: A\n", ""),
])  # fmt: skip
def test_a_text_s_address_is_named_by_its_line(tmp_path: Path, head: str, line: str):
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/a.md").write_text(head)
    log = "IndexingError: articles/a.md: its address would be odd; look at Slug\nTraceback (most recent call last):\n"
    assert complaint(log, tmp_path) == f"content/articles/a.md{line}: its address would be odd; look at Slug"


def test_a_full_disk_is_called_one():
    log = "Traceback (most recent call last):\nOSError: [Errno 28] No space left on device\n"
    assert complaint(log, ROOT) == "var: the disk is full; make room there and try again"


def test_a_text_that_may_not_be_read_is_not_taken_for_a_badly_written_one():
    log = (
        "Could not process articles/a.md\n"
        "PermissionError: [Errno 13] Permission denied: '/project/content/articles/a.md'\n"
    )
    assert complaint(log, ROOT).startswith("content/articles/a.md: the system does not let you; look at its owner")


def test_a_folder_that_is_gone_is_named():
    log = "ValueError: Could not find the theme /project/theme\n"
    assert complaint(log, ROOT) == "theme: this folder is not there; bring it back: git checkout theme"


def test_silence_is_said_too():
    assert complaint("", ROOT) == "Pelican ended without a word; the whole story is in var/build.log"


words = st.sampled_from([
    "Skipping x: could not find information about 'title'", "Could not process a.md", "RuntimeError: Warning",
    '  File "/project/theme/templates/a.html", line 3, in top-level template code',
    "jinja2.exceptions.UndefinedError: no",
    "Traceback (most recent call last):", '"/project/var/staging/site/a.html" is written twice', "ValueError", "",
])  # fmt: skip


@given(st.lists(words | st.text(max_size=20), max_size=8).map("\n".join))
@settings(max_examples=100)
def test_it_is_always_one_line(log: str):
    line = complaint(log, ROOT)
    assert line
    assert "\n" not in line
