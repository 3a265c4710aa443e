"""What systemd says of our units becomes a line each, with what to do."""

from pathlib import Path

import pytest

from authoring.doctor.machine import PROXY, TIMER, UNITS, has_maps, units

ZONE = "Europe/Berlin"
ALL = dict.fromkeys((*UNITS, TIMER, PROXY), "active")


def said(tmp_path: Path, moved: bool = True, zone: str = ZONE, **states: str) -> list[str]:
    timer = tmp_path / TIMER
    timer.write_text(f"[Timer]\nOnCalendar=Sun *-*-* 07:01:00 {zone}\nPersistent=yes\n")
    known = {**ALL, **{f"gratitude-{name.replace('_', '.')}": state for name, state in states.items()}}
    return [str(line) for line in units(known.__getitem__, ZONE, timer, moved)]


def test_what_runs_is_well(tmp_path: Path):
    assert [line[:5] for line in said(tmp_path)] == ["ok   "] * 3


@pytest.mark.parametrize(("state", "line"), [
    ({"worker_service": "failed"}, "BAD  gratitude-worker.service runs: failed; systemctl enable --now gratitude-work"),
    ({"publish_timer": "inactive"}, "note the Sunday timer runs: inactive; systemctl enable --now gratitude-publish.t"),
    ({"proxy_path": "inactive"}, "note the proxy learns of old addresses: inactive; systemctl enable --now gratitude-"),
    ({"zone": "America/New_York"},
     f"BAD  the Sunday timer runs, by your clock: it goes by America/New_York, and site.toml by {ZONE}; write {ZONE} "),
])  # fmt: skip
def test_what_does_not_is_named_with_what_to_do(tmp_path: Path, state: dict[str, str], line: str):
    (found,) = [told for told in said(tmp_path, **state) if not told.startswith("ok")]
    assert found.startswith(line)


def test_who_has_no_old_addresses_needs_no_word_of_them(tmp_path: Path):
    assert len(said(tmp_path, moved=False, proxy_path="inactive")) == 3
    (tmp_path / ".proxy").mkdir()
    (tmp_path / ".proxy" / "nginx-moved.map").touch()
    assert not has_maps(tmp_path)
    (tmp_path / ".proxy" / "nginx-kept.map").write_text('"/atom.xml" "/feeds/posts.atom";\n')
    assert has_maps(tmp_path)
