"""Where the author publishes to, as he writes it."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.publishing.address import BranchAddress, HostAddress, address_of
from authoring.publishing.target import TargetError


def test_nothing_said_is_this_host():
    assert address_of("") is None


@pytest.mark.parametrize(
    ("text", "login", "port", "path"),
    [
        ("ssh://letter.test/srv/gratitude", "letter.test", "", "/srv/gratitude"),
        ("ssh://gratitude@letter.test:2222/srv/gratitude/", "gratitude@letter.test", "2222", "/srv/gratitude"),
        ("ssh://me@[::1]:22/srv/a b's", "me@[::1]", "22", "/srv/a b's"),
        ("ssh://letter.test/~/gratitude", "letter.test", "", "gratitude"),
        ("ssh://letter.test/~", "letter.test", "", "."),
        ("ssh://letter.test/", "letter.test", "", "/"),
    ],
)
def test_a_host_is_read(text: str, login: str, port: str, path: str):
    address = address_of(text)
    assert isinstance(address, HostAddress)
    assert (address.login, address.port, address.path) == (login, port, path)


@pytest.mark.parametrize(
    ("text", "remote", "branch"),
    [
        ("git+origin#pages", "origin", "pages"),
        ("git+git@letter.test:me/site.git#gh-pages", "git@letter.test:me/site.git", "gh-pages"),
        ("git+https://letter.test/me/site.git#site/live", "https://letter.test/me/site.git", "site/live"),
        ("git+ssh://git@letter.test:22/site.git#pages", "ssh://git@letter.test:22/site.git", "pages"),
        ("git+../site.git#v1.2", "../site.git", "v1.2"),
    ],
)
def test_a_branch_is_read(text: str, remote: str, branch: str):
    assert address_of(text) == BranchAddress(text, remote, branch)


@pytest.mark.parametrize(
    "text",
    [
        "letter.test:/srv/site", "ssh://letter.test", "ssh:///srv/site", "ssh://-oProxyCommand=x/srv", "ssh://a b/srv",
        "ssh://-x@letter.test/srv", "ssh://me:secret@letter.test/srv", "ssh://letter.test:port/srv", "rsync://a/b",
        "ssh://letter.test/a\nb", "git+origin", "git+#pages", "git+origin#", "git+--upload-pack=x#pages",
        "git+ext::sh -c x#pages", "git+origin#a..b", "git+origin#-x", "git+origin#a/", "git+origin#.a",
        "git+origin#a.lock", "git+origin#a b", "https://letter.test/", "2026-11-15T0700",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_right_way_to_write_it(text: str):
    with pytest.raises(TargetError, match="this is no place to publish to; write ssh://user@host/folder for a host"):
        address_of(text)


@settings(max_examples=300)
@given(st.text(string.ascii_letters + string.digits + "-_.@:/~#+[] \t\n\x00'\"$;`\\é", max_size=40))
def test_no_word_that_ssh_or_git_are_given_looks_like_an_option(rest: str):
    for start in ("ssh://", "git+"):
        try:
            address = address_of(start + rest)
        except TargetError:
            continue
        words = (address.login,) if isinstance(address, HostAddress) else (address.remote, address.branch)  # type: ignore[union-attr]
        assert all(word and word[0] != "-" and word.isprintable() for word in words)
