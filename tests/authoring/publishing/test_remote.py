"""Publishing from a laptop to a host, over a real sshd and with a real rsync."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from authoring.publishing.address import HostAddress, address_of
from authoring.publishing.connection import Connection
from authoring.publishing.manifest import checksum, load_manifest, save_manifest
from authoring.publishing.run import Checked
from bridge.comment_files import damage_noted
from bridge.lock import locked
from forms_service.moderation.publish import fill_pages
from tests.support.built_site import comment
from tests.support.pair import Pair, new_host, own_project
from tests.support.publishing import FIRST, LATER, NOW, SECOND, current, publish, shown, write_essay
from tests.support.relay import relay
from tests.support.sshd import Sshd

Capture = pytest.CaptureFixture[str]


def test_a_first_publishing_shows_the_site_there_and_not_here(pair: Pair):
    assert pair.stamps() == ["2026-11-18T0900"]
    assert "Good bread." in pair.page()
    assert not (pair.laptop / "var" / "releases").exists()


def test_an_edit_is_shown_there_and_shares_what_has_not_changed(pair: Pair, capsys: Capture):
    old = current(pair.host).resolve()
    pair.edit("The bread was cold.")
    assert pair.publish() == 0
    said = capsys.readouterr().out
    assert "This will add 0 pages, change 2, remove 0." in said
    assert "+The bread was cold." in said
    assert f"release 2026-11-19T0900. Undo with `make rollback AT={pair.to}`." in said
    assert "The bread was cold." in pair.page(f"{SECOND}.html")
    assert (current(pair.host) / f"{FIRST}.html").samefile(old / f"{FIRST}.html")
    assert (current(pair.host) / "theme/site.css").samefile(old / "theme/site.css")
    assert "The bread was cold." not in (old / f"{SECOND}.html").read_text(encoding="utf-8")


def test_the_host_holds_what_a_publishing_there_would_have_made(pair: Pair):
    """Files, checksums, compressed copies: a laptop and the host itself make the same release."""
    pair.edit()
    assert pair.publish() == 0
    twin = own_project(pair.laptop.parent / "twin")
    write_essay(twin, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    assert publish(twin) == 0
    files, expected = pair.shown()[1], shown(twin)[1]
    told = {".build/manifest.json", ".build/filled.json"}  # moments and places
    assert {name: files.get(name) for name in expected.keys() - told} == {
        name: data for name, data in expected.items() if name not in told
    }
    assert load_manifest(current(pair.host)).files == load_manifest(current(twin)).files


def test_nothing_changed_sends_nothing(pair: Pair, capsys: Capture):
    before = pair.shown()
    assert pair.publish() == 0
    assert "Nothing to publish." in capsys.readouterr().out
    assert pair.shown() == before


def test_checking_changes_nothing_there(pair: Pair, capsys: Capture):
    before = pair.shown()
    pair.edit()
    assert pair.publish("--check") == 0
    assert "This will add 0 pages, change 2" in capsys.readouterr().out
    assert pair.shown() == before
    assert not list((pair.host / "var" / "incoming").iterdir())


def test_comments_of_the_host_are_fetched_first_and_filled_in_there(pair: Pair, edited: Checked):
    pair.approve(comment(text="Well said, indeed."))
    pair.show(edited)
    assert "Well said, indeed." in pair.page()
    fetched = list((pair.laptop / "var" / "hosts").glob(f"*/comments/{FIRST}.json"))
    assert "Well said, indeed." in fetched[0].read_text(encoding="utf-8")
    assert not (pair.laptop / "var" / "comments").exists(), "what the laptop's own service has approved is its own"


def test_what_is_decided_there_between_fetching_and_showing_counts(pair: Pair, edited: Checked):
    pair.approve(comment(1, "Taken back in between."))
    target = pair.target()
    target.push(edited.staging, edited.manifest)
    pair.approve(comment(2, "Approved in between."))
    target.switch(edited.manifest.release)
    assert "Approved in between." in pair.page()
    assert "Taken back in between." not in pair.page() + pair.page("feeds/comments.atom")


def test_what_is_approved_there_later_comes_onto_the_pushed_pages(pair: Pair, edited: Checked):
    pair.show(edited)
    pair.approve(comment(text="Much later."))
    with locked(pair.host / "var" / "comments.lock"):
        fill_pages([current(pair.host)], pair.host / "var" / "comments", [FIRST], None)  # type: ignore[arg-type]
    assert "Much later." in pair.page()


def test_a_damaged_comment_file_there_takes_nothing_from_the_page(pair: Pair, edited: Checked):
    pair.approve(comment(text="Well said, indeed."))
    assert pair.releases("rollback", "--to=2026-11-18T0900") == 0  # brings the comment onto the page
    (pair.host / "var" / "comments" / f"{FIRST}.json").write_text("{ broken")
    pair.show(edited)
    assert "Other words." in pair.page(f"{SECOND}.html")
    assert "Well said, indeed." in pair.page()
    assert damage_noted(pair.host / "var" / "comments") == [FIRST]


def test_five_releases_are_kept_there(pair: Pair, edited: Checked):
    newest = current(pair.host).resolve()
    for number in range(4):  # as if published in weeks before
        manifest = load_manifest(newest)
        older = newest.with_name(f"2026-10-0{number + 1}T0900")
        subprocess.run(["cp", "-al", newest, older], check=True)
        save_manifest(older, replace(manifest, release=older.name, number=number - 9))
    target = pair.target()
    target.push(edited.staging, edited.manifest)
    target.switch(edited.manifest.release)
    target.prune()
    assert len(pair.stamps()) == 5
    assert {"2026-11-19T0900", "2026-11-18T0900", "2026-10-02T0900"} <= set(pair.stamps())
    assert {path.name for path in (pair.host / "var/releases").iterdir()} == {*pair.stamps(), "current"}


def test_releases_there_are_listed_and_gone_back_to(pair: Pair, edited: Checked, capsys: Capture):
    pair.show(edited)
    pair.approve(comment(text="Approved since."))
    capsys.readouterr()
    assert pair.releases("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "* 2026-11-19T0900  0 pages added, 2 changed, 0 removed"
    assert [line for line in lines if line.startswith("  2026-11-18T0900  ") and "added, 0 changed" in line]
    assert pair.releases("rollback") == 0
    assert "Readers see release 2026-11-18T0900 again" in capsys.readouterr().out
    assert "See " in pair.page(f"{SECOND}.html")
    assert "Approved since." in pair.page()
    assert pair.releases("rollback", "--to=2026-11-19T0900") == 0
    assert "Other words." in pair.page(f"{SECOND}.html")


def test_after_going_back_publishing_goes_on(pair: Pair, edited: Checked):
    pair.show(edited)
    assert pair.releases("rollback") == 0
    pair.edit("Version 2.")
    assert pair.publish(now=LATER + timedelta(minutes=2)) == 0
    assert "Version 2." in pair.page(f"{SECOND}.html")
    assert len(pair.stamps()) == 3


def test_what_was_damaged_there_is_sent_again(pair: Pair, edited: Checked):
    """The laptop takes it for present; the host, which looks, asks for it."""
    picture = current(pair.host) / "images" / "bread.svg"
    picture.write_text("<sv")
    pair.show(edited)
    assert (current(pair.host) / "images" / "bread.svg").read_text() == "<svg/>\n"


def test_an_edit_sends_little(pair: Pair):
    with relay(pair.server.port) as (line, port):
        pair.server.know(port=port)
        pair.to = pair.server.address(pair.host, port)
        pair.edit("The bread was cold.")
        assert pair.publish() == 0
    assert line.lines == 4
    assert 0 < line.sent < 64 * 1024


def test_a_folder_below_home_is_found(server: Sshd, tmp_path: Path):
    """The way is written as git writes it; where home is, the host knows."""
    server.know()
    home = Path(subprocess.run(["sh", "-c", "cd && pwd"], capture_output=True, text=True, check=True).stdout.strip())
    host = new_host(tmp_path / "host")
    below = Path(*[".."] * len(home.parts[1:]), *host.parts[1:])
    pair = Pair(tmp_path, host, server)
    address = address_of(f"ssh://127.0.0.1:{server.port}/~/{below}")
    assert isinstance(address, HostAddress)
    assert Connection(address, pair.environ).ask("look")["var"] == str(host / "var")


def test_a_branch_is_pushed_over_ssh(pair: Pair, tmp_path: Path):
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "site.git"], check=True)
    pair.to = f"git+ssh://127.0.0.1:{pair.server.port}{tmp_path}/site.git#pages"
    assert pair.publish(now=NOW) == 0
    asking = ["git", "-C", tmp_path / "site.git", "show", f"pages:{FIRST}.html"]
    assert b"Good bread." in subprocess.run(asking, check=True, capture_output=True).stdout


def test_the_search_index_is_made_there_or_sent_where_it_cannot_be(pair: Pair, edited: Checked):
    """It follows from the pages as they were built, so the host makes the same bytes; if it cannot, they are sent."""
    pair.approve(comment(text="Pomegranates!"))
    target = pair.target()
    target.push(edited.staging, edited.manifest)
    (parcel,) = (pair.host / "var" / "incoming").iterdir()
    assert not (parcel / "pagefind").exists()
    target.switch(edited.manifest.release)
    names = [name for name in edited.manifest.files if name.startswith("pagefind/")]
    assert names
    assert all((current(pair.host) / name).read_bytes() == (edited.staging / name).read_bytes() for name in names)
    pair.edit("Other words again.")
    publishing = pair.publishing(LATER + timedelta(minutes=1))
    checked = publishing.check()
    name = next(name for name in checked.manifest.files if name.startswith("pagefind/fragment/"))
    (checked.staging / name).write_bytes(b"as another version of the index's maker would have made it")
    manifest = replace(checked.manifest, files={**checked.manifest.files, name: checksum(checked.staging / name)})
    publishing.target.push(checked.staging, manifest)
    publishing.target.switch(manifest.release)
    assert (current(pair.host) / name).read_bytes() == (checked.staging / name).read_bytes()
