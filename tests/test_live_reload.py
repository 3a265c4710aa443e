"""What the preview adds to a page: the script with what was seen, above it what is wrong, and a stream that tells."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.build_error import leave_error
from forms_service import static_site
from forms_service.live_reload import page_in_preview, state, watch
from tests.support.pages import Page

PAGE = '<!doctype html>\n<html><head>\n<title>T</title>\n</head>\n<body class="x">\n<p>Words.</p>\n</body>\n</html>\n'
WRONG = "content/articles/x.md:2: '<b>soon</b>' is not a date; write it like 2026-11-22 08:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A built site of a home page, a 404 page and a stylesheet."""
    for name in ("index.html", "404.html", "theme/site.css", ".build/page_index.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    return tmp_path


def served(root: Path, reload: bool) -> FlaskClient:
    app = Flask("preview", static_folder=None)
    static_site.register(app, root, reload)
    return app.test_client()


def stream(root: Path, name: str = "") -> Iterator[str]:
    """The stream of a page that was seen as it is now, behind its first line."""
    events = watch(root, name, state(root, name))
    assert next(events).startswith("retry")
    return events


def test_without_reload_the_built_bytes_are_served(root: Path):
    leave_error(root, WRONG)
    with served(root, reload=False).get("/") as answer:
        assert answer.text == PAGE


def test_nobody_finds_a_preview_by_searching(root: Path):
    for address in ("/", "/theme/site.css", "/nothing"):
        with served(root, reload=False).get(address) as answer:
            assert answer.headers["X-Robots-Tag"] == "noindex"


def test_with_reload_a_page_is_the_built_one_and_a_script(root: Path):
    page = served(root, reload=True).get("/").text
    (script,) = Page(page).all("script")
    assert script["src"] == "/_preview/reload.js"
    (style,) = Page(page).all("link")
    added = page.split("<title>T</title>\n")[1].split("</head>")[0]
    assert page.replace(added, "") == PAGE
    assert style["href"] in added


def test_script_and_style_may_load_and_are_there(root: Path):
    client = served(root, reload=True)
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert client.get("/_preview/reload.js").mimetype == "text/javascript"
    assert client.get("/_preview/reload.css").mimetype == "text/css"


def test_what_is_wrong_stands_above_every_page_as_words(root: Path):
    leave_error(root, WRONG)
    for address in ("/", "/nothing"):
        page = served(root, reload=True).get(address).text
        assert WRONG in Page(page).text
        assert Page(page).all("b") == []
        assert Page(page).by_id("build-error")["role"] == "alert"
        assert page.index("build-error") < page.index("Words.")


def test_what_is_mended_is_gone(root: Path):
    leave_error(root, WRONG)
    leave_error(root, "")
    assert "build-error" not in served(root, reload=True).get("/").text


def test_an_error_before_there_is_a_site_leaves_nothing(tmp_path: Path):
    leave_error(tmp_path, WRONG)
    assert list(tmp_path.iterdir()) == []


def test_the_stream_tells_of_another_page(root: Path):
    events = stream(root)
    assert next(events) == "event: build\ndata: \n\n"
    (root / "index.html").write_text("Other.")
    assert next(events) == "event: changed\ndata: \n\n"
    assert list(events) == []


def test_what_changed_while_the_page_was_on_its_way_is_told_at_once(root: Path):
    page = page_in_preview(root, root / "index.html", "")
    (seen,) = Page(page).all("script")
    (root / "theme" / "site.css").write_text("p { color: red }")
    address = f"/_preview/changes?seen={seen['data-seen']}&page={quote('/', safe='')}"
    assert served(root, reload=True).get(address).text.endswith("event: changed\ndata: \n\n")


def test_the_stream_tells_what_is_wrong_and_when_it_is_mended(root: Path):
    events = stream(root)
    next(events)
    leave_error(root, WRONG)
    assert WRONG in next(events)
    leave_error(root, "")
    assert next(events) == "event: build\ndata: \n\n"


def test_an_error_of_several_lines_is_one_event(root: Path):
    leave_error(root, "one\n\nevent: changed\ndata: two")
    assert next(stream(root)).count("\n") == 3


def test_a_page_that_was_missing_is_told_of_once_it_is_there(root: Path):
    events = stream(root, "2026/11/new.html")
    next(events)
    (root / "2026" / "11").mkdir(parents=True)
    (root / "2026" / "11" / "new.html").write_text(PAGE)
    assert next(events) == "event: changed\ndata: \n\n"
