"""What the service says when it cannot answer: neutral words, nothing of its inside, the same frame as every page.

Its log says where a fault lies, never what somebody sent: addresses of pages hold signed links, and an
exception's message may hold a visitor's words.
"""

from __future__ import annotations

from contextlib import suppress
from traceback import format_tb
from types import TracebackType
from typing import IO, Any, cast

from flask import Flask, render_template, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from forms_service.bodies import Sent

#: Twice what a proxy passes on (deploy/nginx.conf); whoever sends more may be cut off.
READ_AND_FORGOTTEN = 2 * 1024 * 1024

#: Heading and advice by status; any other refusal gets the words of its class, 400 or 500.
WORDS = {
    400: ("This did not arrive as it should", "Please go back, look at the page once more, and try again."),
    403: ("This is not for you to do", "Please open the page once more and try again from there."),
    404: (
        "This page is not here",
        "The address may have a slip in it, or it has run out. If you still miss something, please ask by e-mail.",
    ),
    405: ("This page cannot do that", "Please go back to the page you came from and press its button."),
    413: (
        "That was too long to be taken in",
        "Nothing was kept. Please go back, your words should still be there, and send a shorter text; "
        "a long one is welcome by e-mail.",
    ),
    500: ("Something went wrong here", "The fault is here, not with you. Please go back and try again in a minute."),
}


class Service(Flask):
    """A Flask that keeps what visitors send out of its log, and refuses what it cannot read."""

    request_class = Sent

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """The kind of fault, the route it happened on, and the lines of code it came through."""
        kind, _, trace = exc_info
        route = request.url_rule.rule if request.url_rule else "no route of ours"
        self.logger.error("%s on %s %s\n%s", _name(kind), request.method, route, "".join(format_tb(trace)).rstrip())


def _name(kind: Any) -> str:
    return f"{kind.__module__}.{kind.__qualname__}" if kind else "A fault"


def add_error_pages(app: Flask) -> None:
    """Every refusal and every fault of `app` ends in a readable page with the honest status."""

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> tuple[str, int, dict[str, str]] | HTTPException:
        status = error.code or 500
        if status < 400:  # a redirect in the router's clothes
            return error
        if status in (411, 413):
            _let_it_finish()
        heading, advice = WORDS.get(status) or WORDS[500 if status >= 500 else 400]
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return render_template("service_error.html", heading=heading, advice=advice), status, kept


def _let_it_finish() -> None:
    """Read and forget the rest of a body that is too long: a proxy that is still sending would miss our answer."""
    left, rest = READ_AND_FORGOTTEN, _rest()
    with suppress(ClientDisconnected):  # whoever has gone needs no answer
        while left > 0 and (piece := rest.read(min(left, 65_536))):
            left -= len(piece)


def _rest() -> IO[bytes]:
    """What nobody has read yet, and no byte more than was announced: `make serve` would wait for it forever."""
    if "wsgi.input_terminated" in request.environ:
        return cast(IO[bytes], request.environ["wsgi.input"])
    try:
        return request.stream
    except RequestEntityTooLarge:  # so nothing has been read
        return get_input_stream(request.environ)
