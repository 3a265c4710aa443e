"""Whatever is wrong between a laptop and its host: nothing readers see changes, and one line says what to do."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from authoring.publishing.local import LocalTarget
from authoring.publishing.run import Checked
from authoring.publishing.target import TargetError
from bridge.lock import locked
from bridge.places import places
from tests.conftest import ROOT
from tests.support.pair import Pair
from tests.support.project import free_port
from tests.support.publishing import current, write_essay
from tests.support.relay import relay
from tests.support.sshd import sshd

Capture = pytest.CaptureFixture[str]
Spoil = Callable[[Pair], object]


def to(changed: Callable[[Pair], str]) -> Spoil:
    def spoil(pair: Pair) -> None:
        pair.to = changed(pair)

    return spoil


def without(*programs: str) -> Spoil:
    """A laptop that has everything but these."""

    def spoil(pair: Pair) -> None:
        folder = pair.laptop.parent / "programs"
        folder.mkdir()
        for name in {"ssh", "rsync", "git", "sh"} - set(programs):
            found = shutil.which(name, path=pair.server.path)
            assert found
            (folder / name).symlink_to(found)
        pair.environ["PATH"] = str(folder)

    return spoil


def old_rsync(pair: Pair) -> None:
    without("rsync")(pair)
    program = Path(pair.environ["PATH"]) / "rsync"
    program.write_text("#!/bin/sh\necho 'rsync  version 2.6.9  protocol version 29'\n")
    program.chmod(0o755)


def other_version(pair: Pair) -> None:
    (pair.host / "bridge").unlink()
    shutil.copytree(ROOT / "bridge", pair.host / "bridge")
    (pair.host / "bridge" / "newer.py").write_text('"""What the laptop does not have."""\n')


def other_site(pair: Pair) -> None:
    text = (pair.host / "site.toml").read_text()
    (pair.host / "site.toml").write_text(text.replace("https://letter.test", "https://www.letter.test"))


def older_version(pair: Pair) -> None:
    (pair.host / "authoring").unlink()
    (pair.host / "authoring").mkdir()


def current_is_a_folder(pair: Pair) -> None:
    link = current(pair.host)
    there = link.resolve()
    link.unlink()
    there.rename(link)


def locked_in(pair: Pair) -> None:
    (pair.server.folder / "known_hosts").write_text("")


def placeholder(pair: Pair) -> None:
    shutil.copy(ROOT / "site.toml", pair.laptop)


TABLE: dict[str, tuple[Spoil, str]] = {
    # The way there
    "host unreachable": (
        to(lambda pair: pair.server.address(pair.host, free_port())),
        "127.0.0.1: it does not answer (Connection refused); look at its name and port, and whether it runs",
    ),
    "host unknown": (
        to(lambda pair: f"ssh://no-such-host.invalid{pair.host}"),
        "no-such-host.invalid: no host of that name is found; look at the name, and whether you are connected",
    ),
    "host key unknown": (locked_in, "its key is not known here; connect once by hand and compare it: ssh -p "),
    "host key changed": (
        lambda pair: pair.server.know("other"),
        "127.0.0.1: it shows another key than before; find out why before you trust it, and only then take the old one"
        " away: ssh-keygen -R '[127.0.0.1]:",
    ),
    "key not accepted": (
        to(lambda pair: pair.to.replace("ssh://", "ssh://nobody-of-that-name@")),
        "it lets nobody in with your keys; bring yours there with ssh-copy-id, unlock it with ssh-add, and try: ssh -p",
    ),
    "no ssh here": (without("ssh"), "ssh is missing here; apt install openssh-client rsync"),
    "no rsync here": (without("rsync"), "rsync is missing here; apt install rsync (macOS: brew install rsync)"),
    "old rsync here": (old_rsync, "and version 3 is needed; macOS: brew install rsync"),
    "no address": (to(lambda pair: "host:/srv/site"), "host:/srv/site: this is no place to publish to; write ssh://"),
    # What stands there
    "wrong path": (to(lambda pair: pair.to + "/none"), "/host/none; look at the path behind the host's name"),
    "no project there": (
        to(lambda pair: pair.server.address(pair.host / "var")),
        "/host/var does not hold this project; clone it there (docs/operate.md)",
    ),
    "older project there": (older_version, "/host is of another version; bring both to the same: git pull"),
    "other version there": (other_version, "/host is of another version; bring both to the same: git pull"),
    "project not set up there": (
        lambda pair: (pair.host / ".venv").unlink(),
        "/host is not set up; on the host: make setup",
    ),
    "other site there": (
        other_site,
        "127.0.0.1: site.toml there says https://www.letter.test, and yours https://letter.test; let both say the same",
    ),
    "site.toml broken there": (
        lambda pair: (pair.host / "site.toml").write_text("[site"),
        "site.toml: not valid TOML",
    ),
    "current is a folder there": (
        current_is_a_folder,
        "this should be a link to a release; move it away and publish again",
    ),
    "manifest broken there": (
        lambda pair: (current(pair.host) / ".build/manifest.json").write_text("{"),
        "this release's manifest cannot be read",
    ),
    # What is to be sent
    "placeholder author": (
        placeholder,
        ": readers there would see what is not yours; site.toml still says",
    ),
    "samples": (
        lambda pair: write_essay(pair.laptop, "third", "2026-11-18", Sample="yes"),
        ": readers there would see what is not yours; 1 sample essay among yours: make import FROM=…",
    ),
}  # fmt: skip


def lines_about_failure(capsys: Capture) -> list[str]:
    return [line for line in capsys.readouterr().err.splitlines() if line.startswith("Not published. ")]


def everything(pair: Pair) -> dict[str, bytes]:
    """Whatever is on the host and could ever be shown."""
    root = pair.host / "var" / "releases"
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("row", TABLE)
def test_what_is_wrong_is_named_in_one_line_and_changes_nothing(pair: Pair, row: str, capsys: Capture):
    spoil, message = TABLE[row]
    pair.edit()
    spoil(pair)
    before = everything(pair)
    capsys.readouterr()
    assert pair.publish() != 0
    said = lines_about_failure(capsys)
    assert len(said) == 1
    assert message in said[0]
    assert "; " in said[0]
    assert everything(pair) == before


def test_a_listing_and_a_way_back_name_what_is_wrong_too(pair: Pair, capsys: Capture):
    pair.to = pair.server.address(pair.host, free_port())
    for command in ("list", "rollback"):
        assert pair.releases(command) == 1
        assert "Not done. 127.0.0.1: it does not answer" in capsys.readouterr().err


def test_a_place_is_not_taken_for_a_release(pair: Pair, capsys: Capture):
    before = pair.shown()
    assert pair.releases("rollback", f"--to={pair.to}") == 1
    assert "TO names a release; say where with AT=ssh://" in capsys.readouterr().err
    assert pair.shown() == before


def test_rsync_missing_there_is_named(pair: Pair, tmp_path: Path, capsys: Capture):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "sh").symlink_to("/bin/sh")
    pair.edit()
    with sshd(tmp_path / "sshd", f"SetEnv PATH={programs}") as server:
        other = Pair(pair.laptop, pair.host, server)
        before = everything(other)
        assert other.publish() == 1
    assert "127.0.0.1: rsync is missing there; on the host: apt install rsync" in lines_about_failure(capsys)[0]
    assert everything(other) == before


def test_a_full_disk_there_is_named(pair: Pair, tmp_path: Path, capsys: Capture):
    (pair.laptop / "content/images/cake.svg").write_bytes(b"<svg>" + os.urandom(300_000).hex().encode() + b"</svg>")

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    write_essay(pair.laptop, "second", "2026-11-15", "![cake]({static}/images/cake.svg)", Tags="thanks, bread")
    with sshd(tmp_path / "sshd", preexec_fn=small_files_only, restore_signals=False) as server:
        other = Pair(pair.laptop, pair.host, server)
        before = everything(other)
        assert other.publish() == 1
    said = lines_about_failure(capsys)
    reasons = "File too large|error in file I/O"  # whether rsync's words still arrive is a matter of luck
    assert re.search(
        rf"127\.0\.0\.1: it cannot keep what is sent \(({reasons})\); make room there and publish again", said[0]
    )
    assert everything(other) == before


@pytest.mark.parametrize(("line_cut", "after"), [(1, 1_000), (2, 1_000), (3, 20_000)])
def test_a_connection_cut_before_the_switch_leaves_the_old_site(pair: Pair, line_cut: int, after: int, capsys: Capture):
    (pair.laptop / "content/images/bread.svg").write_bytes(b"<svg>" + os.urandom(60_000).hex().encode() + b"</svg>")
    before = everything(pair)
    with relay(pair.server.port, after, line_cut) as (line, port):
        pair.server.know(port=port)
        pair.to = pair.server.address(pair.host, port)
        assert pair.publish() == 1
        assert line.cut
    said = lines_about_failure(capsys)
    assert len(said) == 1
    assert "127.0.0.1: the connection broke; publish again, what has arrived already is not sent twice" in said[0]
    assert everything(pair) == before


def test_a_connection_cut_while_the_host_switches_is_told_apart(pair: Pair, edited: Checked):
    """Nobody here can know what became of it, so the author is told where to look."""
    before = everything(pair)
    with relay(pair.server.port, 1_000, 4) as (_, port):
        pair.server.know(port=port)
        pair.to = pair.server.address(pair.host, port)
        with pytest.raises(TargetError, match=r"connection broke; .*; see first whether it is shown: make rel"):
            pair.show(edited)
    assert everything(pair) == before
    pair.server.know()
    pair.to = pair.server.address(pair.host)
    pair.show(edited)
    assert "Other words." in pair.page("2026/11/second.html")


def test_a_file_that_arrived_by_half_is_never_shown(pair: Pair, edited: Checked):
    before, target = everything(pair), pair.target()
    target.push(edited.staging, edited.manifest)
    (arrived,) = (pair.host / "var" / "incoming").glob("*/2026/11/second.html")
    arrived.write_bytes(arrived.read_bytes()[:1000])
    with pytest.raises(TargetError, match=r"second\.html: it has not arrived whole; publish again$"):
        target.switch(edited.manifest.release)
    assert everything(pair) == before
    pair.show(edited)
    assert "Other words." in pair.page("2026/11/second.html")
    assert not list((pair.host / "var" / "incoming").iterdir())


def test_machinery_that_arrived_by_half_is_never_used(pair: Pair, edited: Checked):
    before, target = everything(pair), pair.target()
    target.push(edited.staging, edited.manifest)
    (arrived,) = (pair.host / "var" / "incoming").glob("*/.build/fragments/thread.html")
    arrived.unlink()
    arrived.write_text("half")
    with pytest.raises(TargetError, match=r"\.build: it has not arrived whole; publish again$"):
        target.switch(edited.manifest.release)
    assert everything(pair) == before


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from authoring.publishing.remote import RemoteTarget
from authoring.publish import main
RemoteTarget.switch = (lambda *given: os.kill(os.getpid(), signal.SIGKILL))
main(["--to", sys.argv[2]], Path(sys.argv[1]), datetime.fromisoformat("2026-11-19T09:00-05:00"))
"""


def test_killed_between_push_and_switch_the_old_site_stays_and_the_next_publishing_completes(pair: Pair):
    pair.edit()
    before = everything(pair)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, pair.laptop, pair.to], cwd=ROOT, check=False, capture_output=True,
        env={**pair.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert everything(pair) == before
    assert pair.publish() == 0
    assert "Other words." in pair.page("2026/11/second.html")


def test_while_somebody_publishes_on_the_host_a_laptop_is_refused(pair: Pair, capsys: Capture):
    pair.edit()
    before = everything(pair)
    with locked(pair.host / "var" / "publish.lock"):
        assert pair.publish() == 1
        assert pair.releases("rollback", "--to=2026-11-18T0900") == 1
    said = capsys.readouterr().err
    assert said.count("publish.lock: the site is being published already; wait until it is done") == 2
    assert everything(pair) == before


def test_a_release_of_the_host_s_own_in_between_is_not_covered_up(pair: Pair, edited: Checked):
    """One publishes on the host while the laptop is sending: who comes second is told, and readers see the first."""
    target, own = pair.target(), LocalTarget(places({}, pair.host))
    target.push(edited.staging, edited.manifest)
    own.push(edited.staging, replace(edited.manifest, release="2026-11-18T1200"))
    own.switch("2026-11-18T1200")
    before = everything(pair)
    with pytest.raises(TargetError, match=r"release 2026-11-18T1200 has come before readers meanwhile; publish again$"):
        target.switch(edited.manifest.release)
    assert everything(pair) == before
    assert pair.stamps() == ["2026-11-18T1200", "2026-11-18T0900"]


def test_whose_files_they_are_not_is_told_to_log_in_as_who_they_are(pair: Pair, capsys: Capture):
    if os.geteuid() == 0:
        os.chown(pair.host / "var", 65534, 65534)
    else:
        (pair.host / ".env").write_text("VAR_DIR=/\n")
    pair.edit()
    before = everything(pair)
    assert pair.publish() == 1
    said = lines_about_failure(capsys)
    assert " belongs to another user; log in as " in said[0]
    assert everything(pair) == before


def test_parcels_nobody_finished_are_taken_away_after_a_day(pair: Pair, edited: Checked):
    incoming = pair.host / "var" / "incoming"
    for name, age in (("old", 200_000), ("new", 60)):
        (incoming / name).mkdir()
        moment = (incoming / name).stat().st_mtime - age
        os.utime(incoming / name, (moment, moment))
    pair.show(edited)
    assert [path.name for path in incoming.iterdir()] == ["new"]
