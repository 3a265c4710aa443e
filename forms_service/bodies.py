"""What a body has to be before anybody looks into it: one that cannot be read never passes for an empty form."""

from __future__ import annotations

from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser


class Parser(FormDataParser):
    """Werkzeug would give an empty form for bytes that are no UTF-8, and everything typed would be gone."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(silent=False, **settings)

    def parse(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any = None) -> Any:
        """Raises BadRequest where it is no form."""
        try:
            return super().parse(stream, mimetype, content_length, options)
        except ValueError as error:
            raise BadRequest("no form can be read from this body") from error


class Sent(Request):
    """A request whose form is read by `Parser`."""

    form_data_parser_class = Parser


def refuse_unmeasured(app: Flask) -> None:
    """No browser sends a form without saying how long it is, and one that is too long would be cut, not refused."""

    @app.before_request
    def refuse() -> None:
        if "Transfer-Encoding" in request.headers:
            abort(411)
