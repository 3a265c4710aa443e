"""`make serve` answers old addresses as the proxies do."""

from pathlib import Path

import pytest
from flask import Flask

from bridge.old_addresses import MAP_FILE
from forms_service import static_site
from tests.support.feeds import atom_faults
from tests.support.old_addresses import ESSAYS, HOSTILE, KEPT, LOST, MOVED, TABLE
from tests.support.site import Site, build, content


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("moved-in")
    written = content(folder / "content", **ESSAYS)
    (written / "redirects.txt").write_text(TABLE, encoding="utf-8")
    return build(folder / "output", written)


@pytest.fixture(scope="module")
def app(moved_in: Site) -> Flask:
    app = Flask(__name__, static_folder=None)
    static_site.register(app, moved_in.root, reload=False)
    return app


@pytest.mark.parametrize(("old", "file"), KEPT.items())
def test_old_addresses_answer_in_place(app: Flask, moved_in: Site, old: str, file: str):
    with app.test_client().get(old) as answer:
        assert answer.status_code == 200
        assert answer.data == (moved_in.root / file).read_bytes()


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_pages_that_moved_say_where(app: Flask, old: str, new: tuple[int, str]):
    answer = app.test_client().get(old)
    assert (answer.status_code, answer.headers["Location"]) == new
    with app.test_client().get(new[1]) as arrived:
        assert arrived.status_code == 200


@pytest.mark.parametrize("old", LOST)
def test_what_never_was_is_not_found(app: Flask, old: str):
    with app.test_client().get(old) as answer:
        assert answer.status_code == 404


@pytest.mark.parametrize("sent", HOSTILE)
def test_nobody_is_led_out_of_the_site(app: Flask, sent: str):
    with app.test_client().get(sent, base_url="http://localhost") as answer:
        assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "http"))
        assert not {"X", "X-Evil", "Set-Cookie"} & set(answer.headers.keys())


def test_a_release_made_before_there_was_a_table_keeps_to_the_rules(tmp_path: Path):
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "posts.atom").write_text("<feed/>")
    app = Flask(__name__, static_folder=None)
    static_site.register(app, tmp_path, reload=False)
    with app.test_client().get("/atom.xml") as answer:
        assert answer.data == b"<feed/>"


def test_a_new_table_counts_at_once(tmp_path: Path):
    app = Flask(__name__, static_folder=None)
    static_site.register(app, tmp_path, reload=False)
    for number in range(3):
        (tmp_path / MAP_FILE).parent.mkdir(exist_ok=True)
        (tmp_path / MAP_FILE).write_text(f'{{"moved": {{"/old": "/new-{number}/"}}, "kept": {{}}}}')
        assert app.test_client().get("/old").headers["Location"] == f"/new-{number}/"


def test_where_nothing_is_rewritten_the_old_feed_says_where_it_lives_now(moved_in: Site):
    old, new = moved_in.text("/feeds/posts/default/index.xml"), moved_in.text("/feeds/posts.atom")
    assert atom_faults(old.encode()) == []
    assert "This feed has moved to https://example.com/feeds/posts.atom" in old
    assert old.partition("<entry>")[2] == new.partition("<entry>")[2]


def test_files_for_simpler_hosts_stand_beside_the_pages(moved_in: Site):
    assert "/search/label/Zwei%20W%C3%B6rter /tags/zwei-w%C3%B6rter/ 301" in moved_in.text("/_redirects")
    assert "  X-Content-Type-Options: nosniff" in moved_in.text("/_headers")


def test_a_signpost_stands_where_any_server_sends_it_as_a_page(moved_in: Site):
    for file in ("/2015/10/gone.html", "/search/label/Old One/index.html", "/p/hello.html"):
        assert "This page has moved" in moved_in.text(file)
