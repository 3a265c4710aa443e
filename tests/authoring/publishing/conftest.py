"""A project that has been published once, here or to a host, to copy and to spoil."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from authoring.publishing.run import Checked
from tests.support.pair import Pair, new_host, own_project, pair_of
from tests.support.programs import LEFT_OUT
from tests.support.publishing import NOW, copy_of, publish, real_project
from tests.support.sshd import Sshd, sshd

#: Where the machine has no sshd or rsync, the last line of the test run says what was not tested.
collect_ignore = ["test_remote.py", "test_remote_sabotage.py"] if LEFT_OUT else []


@pytest.fixture(scope="session")
def once_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody changes this one."""
    root = real_project(tmp_path_factory.mktemp("published") / "project")
    assert publish(root, now=NOW) == 0
    return root


@pytest.fixture
def project(once_published: Path, tmp_path: Path) -> Path:
    return copy_of(once_published, tmp_path / "project")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("sshd") / "sshd") as running:
        yield running


@pytest.fixture(scope="session")
def once_sent(tmp_path_factory: pytest.TempPathFactory, server: Sshd) -> Pair:
    """Nobody changes this one."""
    folder = tmp_path_factory.mktemp("sent")
    pair = Pair(own_project(folder / "laptop"), new_host(folder / "the host's $HOME"), server)
    assert pair.publish(now=NOW) == 0
    return pair


@pytest.fixture(scope="session")
def edited(once_sent: Pair, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The next release for every copy of `once_sent`, its second essay in other words; nobody changes it."""
    pair = pair_of(once_sent.laptop, once_sent.host, tmp_path_factory.mktemp("edited"), once_sent.server)
    once_sent.server.know()
    pair.edit()
    return pair.publishing().check()


@pytest.fixture
def pair(once_sent: Pair, tmp_path: Path) -> Pair:
    """A laptop and a host that shows its release of `NOW`."""
    once_sent.server.know()
    return pair_of(once_sent.laptop, once_sent.host, tmp_path, once_sent.server)
