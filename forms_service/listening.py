"""The server of the preview: where it listens, or in one line why it cannot."""

from __future__ import annotations

import errno
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class ListenError(Exception):
    """Nobody can be served there; the message is one line with the remedy."""


class _QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of what went well: the terminal belongs to the author."""


def listen(host: str, port: int, app: Any) -> BaseWSGIServer:
    """A server of `app` that waits to be told to serve. Raises ListenError."""
    try:
        with redirect_stderr(StringIO()):  # what Werkzeug says of it is said below, in one line
            server = make_server(host, port, app, threaded=True, request_handler=_QuietHandler)
    except (OSError, SystemExit) as error:
        raise ListenError(f"cannot listen on {host}:{port}: {_reason(error)}") from None
    server.daemon_threads = True  # type: ignore[attr-defined]  # open event streams must not hold up the end
    return server


def _reason(error: BaseException) -> str:
    cause = error.__context__ if isinstance(error, SystemExit) else error  # Werkzeug ends the process itself
    if getattr(cause, "errno", None) == errno.EADDRINUSE:
        return "the port is in use; choose another with PORT=…"
    return f"{getattr(cause, 'strerror', None) or cause}; choose another with HOST=… and PORT=…"
