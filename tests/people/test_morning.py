"""The rows of the morning lead where mails and calendars can follow."""

import ast

import pytest

from forms_service.people.morning.pages import PATHS, path_of
from tests.conftest import ROOT

ROOMS = sorted((ROOT / "forms_service" / "people" / "morning").glob("*.py"))


def endpoints(source: str) -> set[str]:
    """Every page that a row names: a pair of a word and a mapping."""
    pairs = [node.elts for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    return {
        first.value
        for first, second in pairs
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and isinstance(second, ast.Dict | ast.Name)
    }


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.stem)
def test_every_page_that_a_row_names_has_its_path(room):
    assert endpoints(room.read_text(encoding="utf-8")) - {"of"} <= PATHS.keys()


def test_a_row_without_a_page_leads_to_today():
    assert path_of(None) == "/dashboard/"


def test_a_place_on_a_page_is_named_behind_it():
    assert path_of(("needs", {"_anchor": "need-5"})) == "/dashboard/needs/#need-5"
