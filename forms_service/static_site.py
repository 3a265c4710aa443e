"""Serves the built site beside the forms: what nginx or Caddy does in production, for `make serve`."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Flask, Response, redirect, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from bridge.browser_rules import POLICY_HEADER, policy
from bridge.old_addresses import IN_PLACE
from forms_service import live_reload, moved
from forms_service.security_headers import HEADERS
from forms_service.site_files import find

mimetypes.add_type("application/atom+xml", ".atom")
#: Nobody shall find a preview by searching, whatever a page says of itself.
UNLISTED = {"X-Robots-Tag": "noindex"}
NOT_BUILT = "There is no page here, and no built site either. Run: make build\n"


def register(app: Flask, root: Path, reload: bool) -> None:
    """Answer every address the service does not own from the files in `root`.

    With `reload`, pages get a script that reloads them when their file changes; without, the built bytes
    are served untouched.
    """

    def page(name: str = "") -> BaseResponse:
        query = request.query_string.decode(errors="replace")
        if (old := moved.answer(root, f"/{name}", query)) is not None:
            if old.status != IN_PLACE:
                return redirect(old.address, old.status)
            name = old.address.removeprefix("/")
        path = find(root, name)
        if path is not None and path.is_dir():
            return redirect(f"{request.path}/{f'?{query}' if query else ''}", 301)
        return missing(root, name, reload) if path is None else send(root, path, name, reload)

    app.add_url_rule("/", "static_site", page)
    app.add_url_rule("/<path:name>", "static_site", page)
    if reload:
        live_reload.register(app, root)


def send(root: Path, path: Path, name: str, reload: bool, status: int = 200) -> Response:
    """The file at `path`, which answers `name`, revalidated by the browser each time."""
    if reload and path.suffix == ".html":
        response = Response(live_reload.page_in_preview(root, path, name), mimetype="text/html")
    else:
        response = send_file(path, conditional=status == 200, max_age=0)
    response.status_code = response.status_code if status == 200 else status
    allowed = live_reload.policy(request.path) if reload else policy(request.path)
    response.headers.update({**HEADERS, **UNLISTED, POLICY_HEADER: allowed, "Cache-Control": "no-cache"})
    return response


def missing(root: Path, name: str, reload: bool) -> Response:
    """The site's own page for it; in a preview it gives way to the page that was missing, once that is built."""
    page = root / "404.html"
    if page.is_file():
        return send(root, page, name, reload, status=404)
    return Response(NOT_BUILT, status=404, mimetype="text/plain")
