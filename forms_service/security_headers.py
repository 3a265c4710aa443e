"""What every answer of the service tells the browser: no scripts, no frames, no copies kept."""

from __future__ import annotations

from flask import Flask, Response, request

#: Pages hold text, one stylesheet and ordinary forms; nothing else may load or run.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # With no-referrer a browser would send "Origin: null" with our own forms.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


#: A signed address opens something by itself. Told on as a referrer it would end up in logs, if only in our own.
SIGNED = {"Referrer-Policy": "strict-origin"}


def add_headers(app: Flask) -> None:
    """Every answer of `app` carries HEADERS; a route that sets one itself keeps its own."""

    @app.after_request
    def add(response: Response) -> Response:
        if "token" in (request.view_args or {}):
            response.headers.update(SIGNED)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
