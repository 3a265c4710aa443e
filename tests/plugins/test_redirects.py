"""An address that has moved answers with a signpost; a table nobody can read stops the build."""

import json
from pathlib import Path

import pytest

from bridge.old_addresses import MAP_FILE
from plugins.redirects import Redirect, RedirectError, read_redirects, redirects
from tests.support.site import BuildError, Site, build, content, essay

LEADING = {"/2015/10/old.html": "/2026/11/an-essay.html", "/p/hi/": "/about/", "/p/twice/": "/about/"}
#: An essay, a page, and the lists that Pelican and the plugins make.
STANDING = dict.fromkeys(
    ("/2026/11/an-essay.html", "/about/", "/tags/bread/", "/2026/", "/2026/11/", "/series/bakers/", "/archive/"), "/"
)
TABLE = "".join(f"{old} {new}\n" for old, new in (*LEADING.items(), ("/p/twice/", "/"), *STANDING.items()))


def test_a_table_is_lines_of_old_and_new():
    table = "# moved\n/2015/10/old.html /2015/10/new.html\n\n/p/hello/ /about/  # a page\n"
    assert list(redirects(table)) == [
        Redirect("/2015/10/old.html", "/2015/10/new.html", 2), Redirect("/p/hello/", "/about/", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["/only-one", "a b", "/a /b /c", "/../etc /x", "https://example.com/ /x", "//[x]/ /x", "/x //x"]
)
def test_any_other_line_is_named(line: str):
    with pytest.raises(RedirectError, match=r"content/redirects.txt:2: .*write it like"):
        list(redirects(f"\n{line}\n"))


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path):
    (tmp_path / "redirects.txt").write_text("/old/ /new/\n", encoding="utf-8-sig")
    assert read_redirects(tmp_path) == [Redirect("/old/", "/new/", 1)]


def test_a_table_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path):
    (tmp_path / "redirects.txt").write_bytes("/old/ /new/\n/über/ /about/\n".encode("latin-1"))
    with pytest.raises(RedirectError, match=r"^content/redirects\.txt:2: not UTF-8; save it as UTF-8$"):
        read_redirects(tmp_path)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose table also names addresses at which something stands again."""
    folder = tmp_path_factory.mktemp("moved")
    made = content(folder / "content", a=essay(Tags="bread", Series="Bakers"))
    (made / "redirects.txt").write_text(TABLE)
    return build(folder / "output", made)


def test_the_signpost_stands_at_the_old_address_and_leads_on(moved: Site):
    assert "/2026/11/an-essay.html" in moved.page("/2015/10/old.html").links
    assert moved.page("/p/hi/").one("meta", http_equiv="refresh").attributes["content"] == "0; url=/about/"


@pytest.mark.parametrize("address", STANDING)
def test_what_stands_at_an_old_address_again_wins(moved: Site, address: str):
    assert "has moved" not in moved.text(address)


def test_of_two_lines_for_one_address_the_first_counts(moved: Site):
    assert "/about/" in moved.page("/p/twice/").links


def test_servers_send_on_whoever_asks_for_a_signpost_and_nobody_else(moved: Site):
    assert json.loads(moved.text(f"/{MAP_FILE}"))["moved"].items() >= LEADING.items()
    assert not json.loads(moved.text(f"/{MAP_FILE}"))["moved"].keys() & STANDING


def test_a_broken_table_stops_the_build(tmp_path: Path):
    made = content(tmp_path / "content", a=essay())
    (made / "redirects.txt").write_text("nonsense\n")
    with pytest.raises(BuildError, match=r"content/redirects.txt:1"):
        build(tmp_path / "output", made)
