"""The preview's own part of a page: it loads itself again once its file has changed, and says what is wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from hashlib import blake2b
from html import escape
from pathlib import Path

from flask import Flask, Response, request

from bridge import browser_rules
from bridge.build_error import standing_error
from forms_service.site_files import find

SCRIPT_ADDRESS = "/_preview/reload.js"
STYLE_ADDRESS = "/_preview/reload.css"
EVENTS_ADDRESS = "/_preview/changes"
LOOK_EVERY = 0.03  # seconds
SAY_SOMETHING_EVERY = 300  # looks; a line now and then, so that a closed page is noticed

META_POLICY = re.compile(f'<meta http-equiv="{browser_rules.POLICY_HEADER}"[^>]*>\n?')
BODY = re.compile(r"<body\b[^>]*>\n?")


def register(app: Flask, root: Path) -> None:
    """Add the script, its style and the stream of changes to `app`."""
    script, style = (Path(__file__).with_suffix(suffix).read_text(encoding="utf-8") for suffix in (".js", ".css"))
    app.add_url_rule(SCRIPT_ADDRESS, "reload_script", lambda: Response(script, mimetype="text/javascript"))
    app.add_url_rule(STYLE_ADDRESS, "reload_style", lambda: Response(style, mimetype="text/css"))
    app.add_url_rule(EVENTS_ADDRESS, "reload_changes", lambda: changes(root))


def policy(address: str) -> str:
    """What the browser may load at `address`, the reload script included."""
    if browser_rules.runs_scripts(address):
        return browser_rules.policy(address)
    return browser_rules.policy(address, "script-src 'self'")


def page_in_preview(root: Path, path: Path, name: str) -> str:
    """The page at `path`, which answers `name`, with the script, and above it what is wrong with the sources.

    Without the policy in its head, which forbids the script. Whatever happens while it is on its way, the script
    notices: it names the state of the files from before they were read.
    """
    seen, error = state(root, name), standing_error(root)
    page = META_POLICY.sub("", path.read_text(encoding="utf-8"), count=1)
    added = f'<link rel="stylesheet" href="{STYLE_ADDRESS}">\n'
    added += f'<script src="{SCRIPT_ADDRESS}" data-seen="{seen}" defer></script>\n'
    page = page.replace("</head>", f"{added}</head>", 1)
    bar = f'<div id="build-error" role="alert">{escape(spoken(error))}</div>\n' if error else ""
    return BODY.sub(lambda body: body[0] + bar, page, count=1)


def spoken(error: str) -> str:
    return f"Not built: {error}. Below stands what was built last." if error else ""


def changes(root: Path) -> Response:
    """An event stream that says "changed" once the page is another one than was seen, and "build" what is wrong."""
    stream = watch(root, request.args.get("page", "/").lstrip("/"), request.args.get("seen", ""))
    return Response(stream, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})


def watch(root: Path, name: str, seen: str) -> Iterator[str]:
    """Text of the stream; ends when the page has changed."""
    yield "retry: 500\n\n"
    said, look = None, 0
    while state(root, name) == seen:
        if (error := standing_error(root)) != said:
            yield f"event: build\ndata: {spoken(error)}\n\n"
            said = error
        time.sleep(LOOK_EVERY)  # a thread of the preview server waits here, one per page in sight
        look += 1
        if look % SAY_SOMETHING_EVERY == 0:
            yield ": still here\n\n"
    yield "event: changed\ndata: \n\n"


def state(root: Path, name: str) -> str:
    """Another word whenever the file that answers `name` is written anew, or what all pages load."""
    page = find(root, name) or root / "404.html"
    loaded = sorted(path for path in (root / "theme").glob("*") if path.suffix in (".css", ".js"))
    stamps = "".join(f"{path} {_stamp(path)}\n" for path in (page, *loaded))
    return blake2b(stamps.encode(), digest_size=8).hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return found.st_mtime_ns, found.st_ino
