"""The command that counts what built pages kept of an export."""

from pathlib import Path

import pytest

from authoring.importing.errors import ImportingError
from authoring.importing.fidelity.__main__ import arguments, fidelity

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">
<id>tag:blogger.com,1999:blog-1</id><title>A baker's blog</title>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><blogger:type>POST</blogger:type>
<blogger:status>LIVE</blogger:status><title>Rye</title>
<content type="html">Rye is slow.&lt;br&gt;&lt;br&gt;Wheat is not.&lt;script&gt;x()&lt;/script&gt;</content>
<published>2012-03-04T10:00:00Z</published><updated>2012-03-04T10:00:00Z</updated>
<blogger:filename>/2012/03/rye.html</blogger:filename></entry></feed>
"""


INVITING = "Please leave a comment, or e-mail me at baker@example.com."


def counted(folder: Path, page: str, export: str = EXPORT) -> list[str]:
    """What the command says of a site whose one essay reads `page`."""
    (folder / "feed.atom").write_text(export, encoding="utf-8")
    if page:
        (folder / "2012/03").mkdir(parents=True)
        whole = f'<h1>Rye</h1><div class="prose e-content">{page}</div><p>Older: Oats</p>'
        (folder / "2012/03/rye.html").write_text(whole, encoding="utf-8")
    said = [str(folder / "feed.atom"), "--site", str(folder), "--root", str(folder)]
    return fidelity(arguments(said)).splitlines()


def test_a_page_that_kept_everything_is_not_mentioned(tmp_path: Path) -> None:
    assert counted(tmp_path, "<p>Rye is slow.</p>\n<p>Wheat is not.</p>") == [
        "1 of 1 posts and pages compared",
        "words:      100.0 % of 6 kept, 0 lost, 0 added",
        "paragraphs: 100.0 % of 2 kept, 0 changed, 0 new",
        "left out:   1 × script",
    ]


def test_a_lost_word_is_shown_where_it_was(tmp_path: Path) -> None:
    said = counted(tmp_path, "<p>Rye is slow.</p>\n<p>Wheat not.</p>")
    assert said[:2] == [
        "/2012/03/rye.html: 1 of 6 words lost, 0 added; 1 of 2 paragraphs changed",
        "    “Wheat is not.” became “Wheat not.”",
    ]


def test_an_invitation_taken_off_as_asked_is_not_lost(tmp_path: Path) -> None:
    export = EXPORT.replace("Wheat is not.", f"Wheat is not.&lt;br&gt;&lt;br&gt;{INVITING}")
    assert counted(tmp_path, "<p>Rye is slow.</p>\n<p>Wheat is not.</p>", export)[1:] == [
        "words:      100.0 % of 6 kept, 0 lost, 0 added",
        "paragraphs: 100.0 % of 2 kept, 0 changed, 0 new",
        "left out:   1 × closing invitation, 1 × script",
    ]


def test_the_old_template_s_footer_is_not_lost(tmp_path: Path) -> None:
    export = EXPORT.replace("Wheat is not.", "Wheat is not.&lt;p&gt;Posted by A Baker at 10:20 PM&lt;p&gt;Home")
    assert counted(tmp_path, "<p>Rye is slow.</p>\n<p>Wheat is not.</p>", export)[1:] == [
        "words:      100.0 % of 6 kept, 0 lost, 0 added",
        "paragraphs: 100.0 % of 2 kept, 0 changed, 0 new",
        "left out:   1 × script, 2 × template footer",
    ]


def test_an_invitation_that_stays_is_compared_like_all_else(tmp_path: Path) -> None:
    export = EXPORT.replace("Wheat is not.", f"Wheat is not.&lt;br&gt;&lt;br&gt;{INVITING}")
    said = counted(tmp_path, f"<p>Rye is slow.</p>\n<p>Wheat not.</p>\n<p>{INVITING}</p>", export)
    assert said[0] == "/2012/03/rye.html: 1 of 15 words lost, 0 added; 1 of 3 paragraphs changed"


def test_an_essay_that_got_another_address_is_found_by_its_name(tmp_path: Path) -> None:
    essay = tmp_path / "content/articles/2012-03-04-rye-2.md"
    essay.parent.mkdir(parents=True)
    essay.write_text("Title: Rye\nDate: 2012-03-04\nSlug: rye\nId: tag:blogger.com,1999:blog-1.post-1\n\nRye.\n")
    said = counted(tmp_path, "<p>Rye is slow.</p>\n<p>Wheat is not.</p>", EXPORT.replace("/03/rye.html", "/03/x.html"))
    assert said[0] == "1 of 1 posts and pages compared"


def test_a_missing_page_is_said(tmp_path: Path) -> None:
    assert counted(tmp_path, "")[:2] == ["/2012/03/rye.html: there is no page", "0 of 1 posts and pages compared"]


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Rye.", encoding="utf-8")
    with pytest.raises(ImportingError, match="not the export"):
        fidelity(arguments([str(tmp_path / "notes.txt")]))
