"""A project that has been published once, to copy and to spoil."""

from pathlib import Path

import pytest

from tests.support.publishing import NOW, copy_of, publish, real_project


@pytest.fixture(scope="session")
def once_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody changes this one."""
    root = real_project(tmp_path_factory.mktemp("published") / "project")
    assert publish(root, now=NOW) == 0
    return root


@pytest.fixture
def project(once_published: Path, tmp_path: Path) -> Path:
    return copy_of(once_published, tmp_path / "project")
