"""What every answer of the service tells the browser: no scripts, no frames, no copies kept."""

from __future__ import annotations

from flask import Flask, Response, request

from bridge import browser_rules

HEADERS = {
    browser_rules.POLICY_HEADER: browser_rules.policy(),
    **browser_rules.HEADERS,
    "Cache-Control": "no-store",
}
#: As they are compared with what a page has said itself.
UNSAID = [(name.lower(), name, value) for name, value in HEADERS.items()]
#: A signed address opens something by itself. Told on as a referrer it would end up in logs, if only in our own.
SIGNED = {"Referrer-Policy": "strict-origin"}


def add_headers(app: Flask) -> None:
    """Every answer of `app` carries HEADERS, over https HSTS too; a route that sets one itself keeps its own."""

    @app.after_request
    def add(response: Response) -> Response:
        if "token" in (request.view_args or {}):
            response.headers.update(SIGNED)
        said = {name.lower() for name, _ in response.headers}
        for lower, name, value in UNSAID:
            if lower not in said:
                response.headers.add(name, value)
        if request.is_secure:
            response.headers.setdefault(*browser_rules.HSTS)
        return response
