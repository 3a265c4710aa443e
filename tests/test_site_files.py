"""Which file answers an address: pages and their parts, never what stands beside or above the site."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_service.site_files import find


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one essay and one folder, with secrets around it."""
    root = tmp_path / "output"
    for name in (".build/page_index.json", "2026/11/essay.html", "archive/index.html", "index.html", "empty/.keep"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    (tmp_path / "secret.txt").touch()
    (tmp_path / "output-of-somebody-else").mkdir()
    (tmp_path / "output-of-somebody-else" / "index.html").touch()
    return root


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", "index.html"), ("archive/", "archive/index.html"), ("archive", "archive"),
        ("2026/11/essay.html", "2026/11/essay.html"),
    ],
)  # fmt: skip
def test_pages_are_found(site: Path, name: str, found: str):
    assert find(site, name) == site / found


@pytest.mark.parametrize(
    "name",
    [
        ".build/page_index.json", "archive/../.build/page_index.json", "..", "../", "../secret.txt", "/etc/passwd",
        "../output-of-somebody-else/", "2026/../../secret.txt", "./index.html", "empty/.keep", "empty/", "2026/",
        "2026/11/essay.html/", "index.html\0", "\0", "nothing", "a" * 300, "a/" * 3000, "..\\secret.txt",
    ],
)  # fmt: skip
def test_nothing_else_is(site: Path, name: str):
    assert find(site, name) is None


PIECES = st.sampled_from(["..", ".", "", ".build", "archive", "2026", "11", "secret.txt", "page_index.json", "\0", "é"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=6).map("/".join))
def test_no_name_leaves_the_site_or_opens_what_begins_with_a_dot(site: Path, name: str):
    found = find(site, name)
    assert found is None or not any(part.startswith(".") for part in found.resolve().relative_to(site).parts)
