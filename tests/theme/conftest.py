"""The site with its two samples, built once; the demonstration, served once; a browser to look at it with."""

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import browser_type_launch_args  # noqa: F401  # the same browser
from tests.support.showing import Showing, showing
from tests.support.site import Site, build

FEW = 40  # essays: enough for every kind of page to be full


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(tmp_path_factory.mktemp("site") / "output")


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showing]:
    """Every page type of `tests/support/page_types.py`, there to be visited."""
    with showing(tmp_path_factory.mktemp("shown"), FEW) as running:
        yield running
