"""Every page of the service is closed to scripts and frames; what a page sets itself stands."""

from pathlib import Path

import pytest
from flask import Flask

from bridge.browser_rules import meta_policy, policy
from forms_service import static_site
from forms_service.app import create_app
from forms_service.config import Config
from forms_service.security_headers import HEADERS
from tests.conftest import ROOT


@pytest.fixture
def app(identity, tmp_path: Path) -> Flask:
    """The service beside a built site of one page; none of this asks a database."""
    site = tmp_path / "output"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html><title>Essays</title>")
    config = Config(identity, "a secret for tests only, long enough to serve", "sqlite://", ROOT, tmp_path, site)
    app = create_app(config)
    static_site.register(app, site, reload=False)
    return app


@pytest.mark.parametrize("address", ["/forms/contact", "/forms/nothing", "/links/", "/dashboard/"])
def test_every_page_of_the_service_carries_them(app: Flask, address: str):
    headers = app.test_client().get(address).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_a_page_that_sets_one_itself_keeps_its_own(app: Flask):
    with app.test_client().get("/") as page:
        assert page.status_code == 200
        assert page.headers.get_all("Cache-Control") == ["no-cache"]


@pytest.mark.parametrize("address", ["/links/a-token", "/dashboard/sign-in/a-token", "/forms/contact/thanks/a-token"])
def test_a_signed_address_is_told_to_nobody(app: Flask, address: str):
    assert app.test_client().get(address).headers["Referrer-Policy"] == "strict-origin"


def test_every_page_is_told_where_the_service_stands_beside_the_site(app: Flask):
    with app.test_client().get("/") as page:
        assert page.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        assert "camera=()" in page.headers["Permissions-Policy"]


def test_over_https_the_browser_is_told_to_come_back_that_way(app: Flask):
    client = app.test_client()
    assert (
        "max-age" in client.get("/forms/contact", base_url="https://example.com").headers["Strict-Transport-Security"]
    )
    assert "Strict-Transport-Security" not in client.get("/forms/contact").headers


@pytest.mark.parametrize("reload", [True, False])
def test_only_the_reloading_preview_lets_a_script_run_and_only_its_own(tmp_path: Path, reload: bool):
    built = f'<head><meta http-equiv="Content-Security-Policy" content="{meta_policy("/")}">\n</head><body></body>'
    (tmp_path / "index.html").write_text(built)
    app = Flask(__name__, static_folder=None)
    static_site.register(app, tmp_path, reload)
    with app.test_client().get("/") as page:
        told, shown = page.headers["Content-Security-Policy"], page.text
    assert told == (f"{policy('/')}; script-src 'self'" if reload else policy("/"))
    assert ("http-equiv" not in shown and "<script" in shown) if reload else shown == built
