"""An address that has moved answers with a signpost; a table nobody can read stops the build."""

from pathlib import Path

import pytest

from plugins.redirects import Redirect, RedirectError, redirects
from tests.support.site import BuildError, build, content, essay


def test_a_table_is_lines_of_old_and_new():
    table = "# moved\n/2015/10/old.html /2015/10/new.html\n\n/p/hello/ /about/  # a page\n"
    assert list(redirects(table)) == [
        Redirect("/2015/10/old.html", "/2015/10/new.html", 2), Redirect("/p/hello/", "/about/", 4),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["/only-one", "a b", "/a /b /c", "/../etc /x", "https://example.com/ /x"])
def test_any_other_line_is_named(line: str):
    with pytest.raises(RedirectError, match=r"content/redirects.txt:2: .*write it like"):
        list(redirects(f"\n{line}\n"))


def test_the_signpost_stands_at_the_old_address_and_leads_on(tmp_path: Path):
    made = content(tmp_path / "content", a=essay())
    (made / "redirects.txt").write_text("/2015/10/old.html /2026/11/an-essay.html\n/p/hi/ /about/\n")
    site = build(tmp_path / "output", made)
    assert "/2026/11/an-essay.html" in site.page("/2015/10/old.html").links
    assert site.page("/p/hi/").one("meta", http_equiv="refresh").attributes["content"] == "0; url=/about/"


def test_an_essay_at_an_old_address_wins(tmp_path: Path):
    made = content(tmp_path / "content", a=essay())
    (made / "redirects.txt").write_text("/2026/11/an-essay.html /about/\n")
    assert "has moved" not in build(tmp_path / "output", made).text("/2026/11/an-essay.html")


def test_a_broken_table_stops_the_build(tmp_path: Path):
    made = content(tmp_path / "content", a=essay())
    (made / "redirects.txt").write_text("nonsense\n")
    with pytest.raises(BuildError, match=r"content/redirects.txt:1"):
        build(tmp_path / "output", made)
