"""Whatever Pelican says, the author reads one line that names a place."""

from pathlib import Path

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
    assert complaint(log, ROOT) == "plugins/odd.py:7: KeyError: 'x'; the whole story is in build.log"


def test_our_own_errors_say_it_themselves():
    log = "IndexingError: articles/a.md: its address is odd; look at Slug\nTraceback (most recent call last):\n"
    assert complaint(log, ROOT) == "articles/a.md: its address is odd; look at Slug"


def test_silence_is_said_too():
    assert complaint("", ROOT) == "Pelican ended without a word; the whole story is in build.log"


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
