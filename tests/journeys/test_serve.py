"""`make serve`: whole or one clear line, and nothing left behind when it ends."""

import os
import re
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.support.project import PATIENCE, copy_project, free_port, make_serve, processes_in, start, until


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def ended_with(project: Path, *words: str, **environ: str) -> tuple[int, str]:
    """The exit status and what was said, of a `make serve` that cannot go on."""
    served = start(project, *words, **environ)
    status = served.process.wait(PATIENCE)
    lines = [line for line in served.log.read_text().splitlines() if line and not line.startswith("make:")]
    return status, "\n".join(lines)


def test_ctrl_c_ends_every_process_and_leaves_no_lock(project: Path):
    with make_serve(project) as served:
        assert len(processes_in(project)) >= 3
        served.interrupt()
    assert until(lambda: not processes_in(project))
    with make_serve(project) as again:
        assert urlopen(f"{again.url}/").status == 200


def test_killing_the_one_process_ends_the_others(project: Path):
    with make_serve(project) as served:
        os.killpg(served.process.pid, 9)
        served.process.wait(10)
        assert until(lambda: not processes_in(project))


def test_an_earlier_build_is_served_although_the_new_one_fails(project: Path):
    with make_serve(project):
        pass
    (project / "content" / "articles" / "2026-11-22-broken.md").write_text("Title: Broken\nDate: whenever\n\nWords.\n")
    with make_serve(project) as served:
        until(lambda: "2026-11-22-broken.md" in served.log.read_text())
        assert urlopen(f"{served.url}/").status == 200


def test_a_saved_essay_shows_by_itself(project: Path):
    with make_serve(project) as served:
        essay = next((project / "content" / "articles").glob("*.md"))
        essay.write_text(essay.read_text().replace("Title: ", "Title: Anew: "))
        until(lambda: b"Anew: " in urlopen(f"{served.url}/archive/").read())


def says(address: str, words: str) -> bool:
    try:
        return words in urlopen(address).read().decode()
    except OSError:  # the service is being started anew
        return False


def test_a_new_name_in_site_toml_reaches_pages_and_forms_by_itself(project: Path):
    with make_serve(project) as served:
        toml = project / "site.toml"
        toml.write_text(toml.read_text().replace('name = "The Author"', 'name = "A Letter Writer"'))
        until(lambda: says(f"{served.url}/about/", "A Letter Writer"))
        until(lambda: says(f"{served.url}/forms/contact", "A Letter Writer"))
        toml.write_text("name = ")
        until(lambda: "not valid TOML" in served.log.read_text())
        assert says(f"{served.url}/forms/contact", "A Letter Writer")
        assert len(processes_in(project)) >= 3


def test_site_toml_may_be_replaced_again_and_again_as_editors_do(project: Path):
    toml = project / "site.toml"

    def replace(old: str, new: str) -> None:
        (project / "site.toml.new").write_text(toml.read_text().replace(old, new))
        (project / "site.toml.new").replace(toml)

    with make_serve(project) as served:
        replace("The Author", "A First Name")
        until(lambda: says(f"{served.url}/forms/contact", "A First Name"))
        replace("A First Name", "A Second Name")
        until(lambda: says(f"{served.url}/forms/contact", "A Second Name"))


def test_a_broken_essay_keeps_the_last_good_site_and_is_named(project: Path):
    with make_serve(project) as served:
        essay = project / "content" / "articles" / "2026-11-22-broken.md"
        essay.write_text("Title: Broken\nDate: the day after\n\nWords.\n")
        said = until(lambda: "2026-11-22-broken.md" in served.log.read_text() and served.log.read_text())
        assert urlopen(f"{served.url}/").status == 200
    assert len([line for line in said.splitlines() if "2026-11-22-broken.md" in line]) == 1


def test_a_broken_essay_before_the_first_build_is_one_line(project: Path):
    (project / "content" / "articles" / "2026-11-22-broken.md").write_text("Title: Broken\nDate: whenever\n\nWords.\n")
    status, said = ended_with(project)
    assert status != 0
    assert "2026-11-22-broken.md" in said
    assert said.count("\n") == 0


def test_a_port_in_use_is_one_line(project: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, said = ended_with(project, f"PORT={taken.getsockname()[1]}")
    assert status != 0
    assert "in use" in said
    assert "PORT=" in said
    assert said.count("\n") == 0


def test_an_unwritable_var_is_one_line(project: Path):
    (project / "a-file").write_text("")
    status, said = ended_with(project, VAR_DIR="a-file/var")
    assert status != 0
    assert "a-file/var" in said
    assert said.count("\n") == 0


def test_an_unreachable_database_is_one_line_without_its_password(project: Path):
    url = f"postgresql+psycopg://me:hush@127.0.0.1:{free_port()}/nothing"
    status, said = ended_with(project, DATABASE_URL=url)
    assert status != 0
    assert "cannot use the database" in said
    assert "hush" not in said
    assert len([line for line in said.splitlines() if not line.startswith("Built ")]) == 1


def test_served_everywhere_it_names_the_address_for_a_phone_and_takes_what_is_sent_there(project: Path):
    with make_serve(project, "HOST=0.0.0.0") as served:
        said = until(lambda: re.search(r"open (http://\S+:\d+)/", served.log.read_text()))
        with urlopen(f"{said[1]}/contact/") as answer:
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert b'<meta name="robots" content="noindex">' in answer.read()
        sent = Request(f"{said[1]}/forms/contact", data=b"name=A+baker", headers={"Origin": said[1]})
        with pytest.raises(HTTPError, match="422"):  # the form is judged, not refused as a stranger's
            urlopen(sent)
