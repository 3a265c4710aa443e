"""From what ssh, rsync and git say to one line; what no loopback can bring about is taken from their own words."""

import pytest

from authoring.publishing import git
from authoring.publishing.address import HostAddress
from authoring.publishing.troubles import trouble

ON_THE_WAY = "ssh: connect to host letter.test port 22: "
BROKEN = "the connection broke; publish again"
TO = HostAddress("ssh://me@letter.test:22/srv/site", "me", "letter.test", "22", "/srv/site")


@pytest.mark.parametrize(
    ("status", "said", "line"),
    [
        (255, "me@letter.test: Permission denied (publickey,password).", "it lets nobody in with your keys; bring"),
        (255, f"{ON_THE_WAY}Connection timed out", "it does not answer (Connection timed out"),
        (255, f"{ON_THE_WAY}No route to host", "it does not answer (No route to host)"),
        (255, "Timeout, server letter.test not responding.", BROKEN),
        (30, "[sender] io timeout after 60 seconds -- exiting\nrsync error: timeout", BROKEN),
        (12, "rsync: connection unexpectedly closed (9 bytes received so far)", BROKEN),
        (255, "", BROKEN),
        (
            11,
            'rsync: [receiver] write failed on "/srv/a": No space left on device (28)\nconnection unexpectedly closed',
            "it cannot keep what is sent (No space left on device); make room there",
        ),
        (
            23,
            'rsync: [generator] recv_generator: mkdir "/srv/site/var/incoming/a" failed: Permission denied (13)',
            "/srv/site/var/incoming/a may not be written by me; log in as the one whose files they are",
        ),
        (127, "bash: rsync: command not found", "rsync is missing there; on the host: apt install rsync"),
        (1, "Traceback …\nModuleNotFoundError: No module named 'jinja2'", "named 'jinja2'; try by hand: ssh -p 22"),
        (3, "", "status 3; try by hand: ssh -p 22 me@letter.test"),
    ],
)  # fmt: skip
def test_the_line_names_the_host_what_is_wrong_and_what_to_do(status: int, said: str, line: str):
    found = trouble(TO, status, said)
    assert found.startswith("letter.test: ")
    assert line in found
    assert "\n" not in found


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            " ! [rejected]  4037a19c52 -> pages (fetch first)\nerror: failed to push some refs",
            "somebody else has published there meanwhile; publish again",
        ),
        ("fatal: unable to access 'https://letter.test/403.git/': Could not resolve host: letter.test", "no host of"),
        (
            "fatal: unable to access 'https://letter.test/a.git/': The requested URL returned error: 403",
            "it lets nobody in with your keys or passwords; try by hand: git ls-remote origin",
        ),
    ],
)
def test_a_403_is_the_host_s_answer_and_not_part_of_a_name(said: str, line: str):
    assert git.trouble("origin", said).startswith(f"origin: {line}")
