"""Several processes leave the very bytes that one leaves, and an error is told as one process tells it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.build import BuildError
from authoring.staging import staging_of
from bridge.places import places
from plugins.all_cores import WORTH_IT
from tests.support.built_site import tree
from tests.support.small_project import built, small_project, write_essay


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with enough essays to be worth a second process; nobody changes this one."""
    root = small_project(tmp_path_factory.mktemp("many") / "project")
    for number in range(WORTH_IT):
        write_essay(root, f"essay-{number}", f"2025-{1 + number // 28:02}-{1 + number % 28:02}", f"Number {number}.")
    return root


@pytest.fixture
def project(many: Path, tmp_path: Path) -> Callable[..., Path]:
    def made(processes: int, settings: str = "") -> Path:
        copy = Path(shutil.copytree(many, tmp_path / f"with-{processes}"))
        with (copy / "publishconf.py").open("a", encoding="utf-8") as file:
            file.write(f'PLUGINS.insert(0, "plugins.all_cores")\nPROCESSES = {processes}\n{settings}')
        return copy

    return made


def add_to(project: Path, template: str, text: str) -> None:
    with (project / "theme" / "templates" / template).open("a", encoding="utf-8") as file:
        file.write(text)


def staged(project: Path) -> dict[str, bytes]:
    built(project)
    return tree(staging_of(places({}, project)))


def complaint(project: Path) -> str:
    with pytest.raises(BuildError) as caught:
        built(project)
    return str(caught.value).replace(str(project), "")


@pytest.mark.parametrize("processes", [2, 3])
def test_several_processes_leave_what_one_leaves(project: Callable[..., Path], processes: int):
    assert staged(project(processes)) == staged(project(1))


@pytest.mark.parametrize("number", [20, 21])
def test_an_error_on_any_page_is_told_as_by_one_process(project: Callable[..., Path], number: int):
    two, one = project(2), project(1)
    for root in (two, one):
        add_to(root, "article.html", f'{{% if article.slug == "essay-{number}" %}}{{{{ article.a.b }}}}{{% endif %}}')
    assert complaint(two) == complaint(one)
    assert "theme/templates/article.html:" in complaint(two)


def test_one_address_written_twice_is_noticed_whoever_writes_it(project: Callable[..., Path]):
    two = project(2, 'DIRECT_TEMPLATES = ["index", "page"]\nPAGE_SAVE_AS = "index.html"\n')
    assert "two pages have the same address, /index.html" in complaint(two)


def test_what_a_process_that_dies_has_left_undone_is_done(project: Callable[..., Path]):
    mortal = (
        'FIRST = os.getpid()\nJINJA_GLOBALS["die"] = lambda: os.getpid() != FIRST and os.kill(os.getpid(), 9) or ""\n'
    )
    two, one = project(2, mortal), project(1, mortal)
    for root in (two, one):
        add_to(root, "article.html", "{{ die() }}")
    assert staged(two) == staged(one)
