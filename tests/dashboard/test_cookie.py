"""The author's cookie is read and written in the dashboard only."""

import pytest
from flask import Flask, session


@pytest.mark.parametrize("path", ["/forms/contact", "/links/a-token", "/healthz"])
def test_no_visitors_page_has_a_session(app: Flask, path: str):
    with app.test_request_context(path), pytest.raises(RuntimeError, match="session is unavailable"):
        session["token"] = "mine"


def test_the_dashboard_has_one(app: Flask):
    with app.test_request_context("/dashboard/sign-in"):
        session["token"] = "mine"
        assert session["token"] == "mine"


def test_a_visitors_answer_sets_no_cookie(client):
    assert "Set-Cookie" not in client.get("/forms/contact").headers
