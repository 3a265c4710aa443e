"""`make import` of an export, as make runs it: what stands in `content/` afterwards, what is said, what undo leaves."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pictures

from authoring.importing.__main__ import arguments, import_essays
from authoring.importing.article_file import read_head
from authoring.importing.blogger.series import read as read_offer
from authoring.importing.errors import ImportingError
from bench.blogger_export import BEGIN, BLOG, Made, backup, entries, takeout
from tests.authoring.importing.blogger.conftest import Write, moved, of
from tests.authoring.importing.conftest import Project

POST = Made(1, "POST", "Bread & Salt", "<p>First.</p><p>Second.</p>", BEGIN, ("Bakers",), "/2010/01/bread-salt.html")


def head(project: Project, name: str) -> dict[str, str]:
    return dict(read_head((project.articles / name).read_text(encoding="utf-8")))


def test_an_essay_keeps_title_day_address_labels_and_the_name_feeds_know(project: Project, export: Write) -> None:
    moved(project, export("feed.atom", of(POST)))
    said = head(project, "2010-01-03-bread-salt.md")
    assert said.pop("imported").startswith("feed.atom ")
    assert said == {
        "title": "Bread & Salt",
        "date": "2010-01-03 10:00",
        "slug": "bread-salt",
        "tags": "Bakers",
        "id": "tag:blogger.com,1999:blog-1.post-1",
    }


def test_an_address_of_another_month_is_kept_and_said(project: Project, export: Write) -> None:
    late = replace(POST, at=BEGIN.replace(month=2, day=1, hour=3), address="/2010/02/bread-salt.html")
    page = moved(project, export("feed.atom", of(late)))
    said = head(project, "2010-01-31-bread-salt.md")
    assert (said["date"], said["url"], said["save_as"]) == ("2010-01-31 22:00", *["2010/02/bread-salt.html"] * 2)
    assert "its address /2010/02/bread-salt.html was kept" in page


def test_a_missing_title_is_made_and_marked_as_made(project: Project, export: Write) -> None:
    page = moved(project, export("feed.atom", of(replace(POST, title="", address="/2010/01/blog-post.html"))))
    said = head(project, "2010-01-03-blog-post.md")
    assert (said["title"], said["title_derived"]) == ("First. Second", "yes")
    assert "had no title" in page


def test_a_title_is_made_of_words_alone(project: Project, export: Write) -> None:
    film, picture = '<iframe src="http://v.example/x"></iframe>', '<img src="http://x.y/a.jpg"/>'
    html = f'{film}{picture}<a href="http://x.y/">Rye</a> is slow'
    moved(project, export("feed.atom", of(replace(POST, title="", html=html, address="/2010/01/blog-post.html"))))
    assert head(project, "2010-01-03-blog-post.md")["title"] == "Rye is slow"


def test_a_blog_kept_in_another_zone_is_said(project: Project, export: Write) -> None:
    said = f"<entry><id>{BLOG}.settings.BLOG_TIME_ZONE</id><category scheme='http://schemas.google.com/g/2005#kind'"
    said += " term='http://schemas.google.com/blogger/2008/kind#settings'/><content>Europe/Lisbon</content></entry>"
    page = moved(project, export("old.xml", of(POST, form="backup").replace("<entry>", f"{said}<entry>", 1)))
    assert "the old blog was kept in Europe/Lisbon, site.toml says America/" in page


def test_one_slug_in_two_months_is_two_essays(project: Project, export: Write) -> None:
    other = replace(POST, number=2, at=BEGIN + timedelta(days=40), address="/2010/02/bread-salt.html")
    moved(project, export("feed.atom", of(POST, other)))
    assert {"2010-01-03-bread-salt.md", "2010-02-12-bread-salt.md"} <= set(project.essays())


def test_two_entries_of_one_address_both_come_and_the_clash_is_said(project: Project, export: Write) -> None:
    page = moved(project, export("feed.atom", of(POST, replace(POST, number=2))))
    assert {"2010-01-03-bread-salt.md", "2010-01-03-bread-salt-2.md"} <= set(project.essays())
    assert "is the address of another entry too" in page


def test_drafts_are_drafts_and_what_was_thrown_away_stays_away(project: Project, export: Write) -> None:
    draft = Made(2, "POST", "", "Half a thought", BEGIN, status="DRAFT")
    trash = replace(POST, number=3, address="/2010/01/gone.html", status="TRASHED")
    page = moved(project, export("feed.atom", of(draft, trash, Made(4, "POST", "", "", BEGIN, status="DRAFT"))))
    [name] = [name for name in project.essays() if name.startswith("2010")]
    assert (head(project, name)["status"], head(project, name)["title"]) == ("draft", "Half a thought")
    assert re.search(r"1  in the trash", page)
    assert re.search(r"1  an empty draft", page)


def test_a_page_stands_at_its_old_address(project: Project, export: Write) -> None:
    moved(project, export("feed.atom", of(Made(2, "PAGE", "About", "<p>Me.</p>", BEGIN, address="/p/about.html"))))
    said = read_head((project.root / "content/pages/p-about.md").read_text(encoding="utf-8"))
    assert (said["url"], said["save_as"]) == ("p/about.html", "p/about.html")


def test_the_authors_list_of_tags_knows_what_came_and_is_his_again_after_an_undo(
    project: Project, export: Write
) -> None:
    listed = project.root / "content/tags.txt"
    listed.write_bytes(b"# mine\r\nbakers")
    path = export("feed.atom", of(replace(POST, labels=("Bakers", "Salt"))))
    before = project.tree()
    assert "new in content/tags.txt: Salt\n" in moved(project, path)
    assert listed.read_bytes() == b"# mine\r\nbakers\r\nSalt\r\n"
    assert head(project, "2010-01-03-bread-salt.md")["tags"] == "bakers, Salt"
    assert moved(project, path).startswith("Nothing new")
    assert project.undo().returncode == 0
    assert project.tree() == before


@pytest.mark.parametrize(
    "address",
    ["/../../../etc/passwd", "/2010/01/../../../x.html", "//evil.example/2010/01", "/2010/13/x.html", "/2010/01/.html",
     "/2010/01/%2e%2e%2fx.html", "/p/../../x.html", "/2010/01/" + "x" * 400 + ".html", "/2010/01/a\u202eb.html"],
)  # fmt: skip
def test_no_address_leads_out_of_the_folder(project: Project, export: Write, address: str) -> None:
    before = set(project.tree())
    moved(project, export("feed.atom", of(replace(POST, address=address))))
    new = [name for name in project.tree() if name not in before and not name.startswith("var/")]
    assert sorted(new) == ["content/articles/2010-01-03-bread-salt.md", "content/labels.txt"]


def test_links_to_the_blog_itself_lead_inside(project: Project, export: Write) -> None:
    html = (
        '<p><a href="http://essays.blogspot.com/2010/01/bread-salt.html?m=1#c7">a</a>'
        ' <a href="http://essays.blogspot.de/2010/01/bread-salt.html">b</a>'
        ' <a href="http://other.example/2010/01/bread-salt.html">c</a>'
        ' <a href="http://www.essays.blogspot.com/2010/01/bread-salt.html">d</a></p>'
    )
    other = replace(POST, number=2, html=html, address="/2010/01/other.html")
    moved(project, export("old.xml", of(POST, other, form="backup")))
    text = (project.articles / "2010-01-03-other.md").read_text(encoding="utf-8")
    assert "[a](/2010/01/bread-salt.html#c7)" in text
    assert "[b](/2010/01/bread-salt.html)" in text
    assert "[d](/2010/01/bread-salt.html)" in text
    assert "(http://other.example/2010/01/bread-salt.html)" in text


def test_comments_travel_with_their_threads_and_without_what_nobody_showed(project: Project, export: Write) -> None:
    def comment(number: int, **more: object) -> Made:
        at = BEGIN + timedelta(hours=number)
        return replace(
            Made(number, "COMMENT", "", f"Number {number}", at, parent=1, author="A baker", profile=""), **more
        )

    made = (
        POST, comment(10), comment(11, reply_to=10, author="The Author", profile=POST.profile),
        comment(12, status="EMPTIED", html=""), comment(13, reply_to=12), comment(14, status="EMPTIED", html=""),
        comment(15, status="SPAM"), comment(16, parent=99), comment(17, reply_to=17),
    )  # fmt: skip
    moved(project, export("feed.atom", of(*made)))
    [path] = project.root.glob("var/imports/*/comments.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(one["anchor"], one["parent_source_id"][-2:], one["by_author"], one["deleted"]) for one in lines] == [
        ("c10", "", False, False), ("c11", "10", True, False), ("c12", "", False, True), ("c13", "12", False, False),
        ("c17", "", False, False),
    ]  # fmt: skip
    assert lines[2]["name"] == lines[2]["text"] == ""
    assert {one["article_id"] for one in lines} == {"2010/01/bread-salt"}


def test_what_stays_out_is_called_by_its_words(project: Project, export: Write) -> None:
    spam = Made(20, "COMMENT", "", "Buy <b>rye</b> &amp; more", BEGIN, parent=1, author="A seller", status="SPAM")
    moved(project, export("feed.atom", of(POST, spam)))
    [path] = project.root.glob("var/imports/*/report.html")
    assert "<td>A seller: Buy rye &amp; more</td>" in path.read_text(encoding="utf-8")


def test_the_report_names_each_essay_that_lost_something(project: Project, export: Write) -> None:
    moved(project, export("feed.atom", of(replace(POST, html="<p>Rye.</p><style>p{}</style>"))))
    [path] = project.root.glob("var/imports/*/report.html")
    assert "</td><td>1 × stylesheets</td>" in path.read_text(encoding="utf-8").replace("\n", "")


def test_the_table_of_labels_decides_the_tags(project: Project, export: Write) -> None:
    (project.root / "content/labels.txt").write_text("Bakers = Craft, Bread  # 1 essay\n", encoding="utf-8")
    moved(project, export("feed.atom", of(POST)))
    said = head(project, "2010-01-03-bread-salt.md")
    assert (said["tags"], said["labels"]) == ("Craft, Bread", "Bakers")
    assert (project.root / "content/redirects.txt").read_text() == "/search/label/Bakers /tags/craft/\n"


@pytest.mark.parametrize("name", ["redirects.txt", "labels.txt", "tags.txt", "articles/2014-05-04-mine.md"])
def test_a_file_of_the_author_that_is_not_utf_8_ends_it_in_one_line(project: Project, export: Write, name: str) -> None:
    (project.root / "content" / name).write_bytes("Bread\nCafé = x\n".encode("latin-1"))
    before = project.tree()
    options = arguments([str(export("feed.atom", of(POST))), "--root", str(project.root)])
    with pytest.raises(ImportingError, match=rf"{name}:2: not UTF-8; save the file as UTF-8 and run this again\Z"):
        import_essays(options, BEGIN)
    assert project.tree() == before


def test_a_table_with_a_byte_order_mark_stays_as_the_author_has_it(project: Project, export: Write) -> None:
    own = "\ufeffBakers = Craft\n".encode()
    (project.root / "content/labels.txt").write_bytes(own)
    import_essays(arguments([str(export("feed.atom", of(POST))), "--root", str(project.root)]), BEGIN)
    assert (project.root / "content/labels.txt").read_bytes() == own
    assert head(project, "2010-01-03-bread-salt.md")["tags"] == "Craft"


@pytest.mark.parametrize(("closing", "there"), [("keep", True), ("component", False)])
def test_the_invitation_at_the_end_stays_or_gives_way(
    project: Project, export: Write, closing: str, there: bool
) -> None:
    words = "Leave a comment below, or send me an e-mail at author@example.com."
    path = export("feed.atom", of(replace(POST, html=f"<p>First.</p><p>{words}</p>")))
    moved(project, path, "--closing", closing)
    text = (project.articles / "2010-01-03-bread-salt.md").read_text(encoding="utf-8")
    assert ("Closing: kept" in text, "Leave a comment below" in text) == (there, there)


def test_any_other_word_about_the_closing_is_refused(project: Project) -> None:
    options = arguments(["feed.atom", "--closing", "maybe", "--root", str(project.root)])
    with pytest.raises(ImportingError, match="CLOSING=maybe: say keep, or component"):
        import_essays(options, BEGIN)


def test_a_trial_writes_nothing_but_its_report(project: Project, export: Write) -> None:
    before = project.tree()
    page = moved(project, export("feed.atom", takeout(entries(6, 9))), "--dry-run")
    new = {name.rpartition("/")[2]: data for name, data in project.tree().items() if name not in before}
    assert set(new) == {"report.html", "labels.txt"}
    assert {name: data for name, data in project.tree().items() if name in before} == before
    assert "nothing was written but the report" in page
    assert b"<script" not in new["report.html"]
    assert b"would move in" in new["report.html"]


@pytest.mark.parametrize("form", [backup, takeout])
def test_again_changes_nothing_and_undo_restores_every_byte(project: Project, export: Write, form) -> None:
    before = project.tree()
    path = export("x.xml", form(entries(45, 60)))
    moved(project, path)
    after = project.tree()
    assert "Nothing new" in moved(project, path)
    assert project.tree() == after
    assert project.undo().returncode == 0
    assert project.tree() == before


def test_what_the_author_edited_stays_and_is_said(project: Project, export: Write) -> None:
    path = export("feed.atom", of(POST))
    moved(project, path)
    file = project.articles / "2010-01-03-bread-salt.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nAnd mine.\n", encoding="utf-8")
    assert "1 file you have edited since; your words stay" in moved(project, path)
    project.undo()
    assert file.read_text(encoding="utf-8").endswith("And mine.\n")


def test_series_are_offered_and_taken_when_the_author_says_so(project: Project, export: Write) -> None:
    parts = [
        replace(
            POST, number=n, title=f"On Bread, Part {n}", at=BEGIN + timedelta(days=7 * n), address=f"/2010/01/b{n}.html"
        )
        for n in (1, 2)
    ]
    moved(project, export("feed.atom", of(*parts)))
    done = project.run(module="authoring.importing.accept_series")
    assert "Put 2 essays into 1 series." in done.stdout
    assert head(project, "2010-01-10-b1.md")["series"] == "On Bread"


def test_essays_that_speak_of_each_other_are_offered_behind_a_sign(project: Project, export: Write) -> None:
    invites = "<p>Leave a comment, or e-mail me at author@example.com.</p>"
    said = ["<p>Rye.</p><p>More of it next week.</p>" + invites, "<p>Last week I spoke of rye.</p>", "<p>Oats.</p>"]
    parts = [
        replace(
            POST,
            number=n,
            title=f"Number {n}",
            html=html,
            at=BEGIN + timedelta(days=7 * n),
            address=f"/2010/01/b{n}.html",
        )
        for n, html in enumerate(said)
    ]
    assert "1 offered for their “last week”" in moved(project, export("feed.atom", of(*parts)))
    [path] = project.root.glob("var/imports/*/series.txt")
    offer = path.read_text(encoding="utf-8")
    assert offer.endswith("\n#[Number 0]\n#2010-01-03-b0.md\n#2010-01-10-b1.md\n")
    assert read_offer(offer) == {}
    accepted = offer.replace("\n#2", "\n2").replace("\n#[", "\n[")
    assert read_offer(accepted) == {"2010-01-03-b0.md": "Number 0", "2010-01-10-b1.md": "Number 0"}


def test_billion_laughs_and_foreign_entities_are_refused(project: Project, export: Write) -> None:
    before = project.tree()
    for declared in ('<!ENTITY a "ha"><!ENTITY b "&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">'):
        text = of(POST).replace("<feed", f"<!DOCTYPE feed [{declared}]>\n<feed", 1)
        done = project.run(export("feed.atom", text))
        assert (done.returncode, done.stdout) == (1, "")
        assert "declares entities of its own" in done.stderr
    assert project.tree() == before


KINDS = st.sampled_from(["POST", "PAGE", "COMMENT", "SETTINGS", "POST", "COMMENT"])
STATUS = st.sampled_from(["LIVE", "DRAFT", "SCHEDULED", "TRASHED", "SPAM", "EMPTIED"])
ADDRESSES = st.sampled_from(["", "/2010/01/a.html", "/2010/01/b.html", "/p/a.html", "/../x.html", "nonsense"])
MADE = st.builds(
    Made, st.integers(1, 9), KINDS, st.sampled_from(["", "A", "Part 2"]), st.sampled_from(["", "<p>Words.</p>"]),
    st.just(BEGIN), st.just(()), ADDRESSES, STATUS, st.integers(0, 9), st.integers(0, 9),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MADE, max_size=12))
def test_the_counts_add_up_on_any_file(tmp_path: Path, made: list[Made]) -> None:
    from datetime import UTC, datetime

    from authoring.importing.blogger.comments import take
    from authoring.importing.blogger.detect import TAKEOUT, Feed
    from authoring.importing.blogger.html.convert import bare_words, plain_text
    from authoring.importing.blogger.plan import Site, make_plan
    from authoring.importing.blogger.read import read_export

    path = tmp_path / "feed.atom"
    path.write_text(of(*made), encoding="utf-8")
    export = read_export(Feed(path, TAKEOUT))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    plan = make_plan(export.entries, Site([], {}, {}, UTC, [], {}), now, plain_text, bare_words)
    taken = take(export.entries, {p.entry.id: p for p in plan.pieces}, frozenset(), now, plain_text)
    out = len(export.left_out) + len(plan.left_out) + len(taken.left_out)
    assert export.total == len(made) == len(plan.new) + len(taken.comments) + out
    assert len({piece.path for piece in plan.new}) == len({piece.address for piece in plan.new}) == len(plan.new)


def test_pictures_that_takeout_gave_are_files_of_the_site_and_go_with_the_import(
    project: Project, export: Write, tmp_path: Path
) -> None:
    before = project.tree()
    host = "http://1.bp.blogspot.com/-a/b"
    html = f'<a href="{host}/s1600/a+loaf.png"><img src="{host}/s32/a+loaf.png" alt="A loaf" /></a>Words.'
    feed = export("Takeout/Blogger/Blogs/Letters/feed.atom", of(replace(POST, html=html)))
    album = feed.parents[2] / "Albums" / "Letters"
    album.mkdir(parents=True)
    Pictures.new("RGB", (64, 32), "navy").save(album / "a loaf.png")
    said = moved(project, tmp_path / "Takeout")
    (picture,) = (project.root / "content" / "images" / "imported").iterdir()
    assert picture.read_bytes() == (album / "a loaf.png").read_bytes()
    (essay,) = project.articles.glob("2010-*.md")
    address = f"/images/imported/{picture.name}"
    assert f'<a href="{address}"><img src="{address}" alt="A loaf" width="32" height="16"></a>' in essay.read_text()
    assert "1 picture of the blog's own found in the archive" in said
    assert project.undo().returncode == 0
    assert project.tree() == before
