"""Whatever a build of the preview ends with, it is told where the author looks, and the next save tries again."""

from pathlib import Path

import pytest

from authoring.rebuilding import Rebuilding
from bridge.build_error import standing_error
from bridge.page_index import build_dir
from bridge.places import places

UNHEARD_OF = "the build ended with ValueError: embedded null byte"


def test_a_build_that_ends_as_nobody_expects_is_told_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    where = places({}, tmp_path)
    build_dir(where.output_dir).mkdir(parents=True)
    rebuilding = Rebuilding(where, {"VAR_DIR": "var\0"})
    for _ in range(2):
        assert rebuilding._build() is False
        assert capsys.readouterr().err.endswith(f"{UNHEARD_OF}\n")
        assert standing_error(where.output_dir) == UNHEARD_OF
