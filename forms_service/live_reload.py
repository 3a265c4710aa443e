"""The preview's reload: an open page asks whether its file has changed, and loads itself again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response, request

from bridge import browser_rules
from forms_service.site_files import find

SCRIPT_ADDRESS = "/_preview/reload.js"
EVENTS_ADDRESS = "/_preview/changes"
LOOK_EVERY = 0.2  # seconds
SAY_SOMETHING_EVERY = 50  # looks; a line now and then, so that a closed page is noticed

META_POLICY = re.compile(f'<meta http-equiv="{browser_rules.POLICY_HEADER}"[^>]*>\n?')
SCRIPT = f"""const page = encodeURIComponent(location.pathname);
const changes = new EventSource("{EVENTS_ADDRESS}?page=" + page);
changes.addEventListener("changed", () => location.reload());
addEventListener("pagehide", () => changes.close());
"""


def register(app: Flask, root: Path) -> None:
    """Add the script and the stream of changes to `app`."""
    app.add_url_rule(SCRIPT_ADDRESS, "reload_script", lambda: Response(SCRIPT, mimetype="text/javascript"))
    app.add_url_rule(EVENTS_ADDRESS, "reload_changes", lambda: changes(root))


def policy(address: str) -> str:
    """What the browser may load at `address`, the reload script included."""
    return (
        browser_rules.policy(address)
        if browser_rules.runs_scripts(address)
        else (browser_rules.policy(address, "script-src 'self'"))
    )


def with_script(page: str) -> str:
    """`page` with the reload script before its end, and without the policy in its head, which forbids it."""
    head, body_end, rest = META_POLICY.sub("", page, count=1).rpartition("</body>")
    return f'{head}<script src="{SCRIPT_ADDRESS}" defer></script>\n{body_end}{rest}' if body_end else page


def changes(root: Path) -> Response:
    """An event stream that says "changed" once the page's file or a stylesheet is another one."""
    path = find(root, request.args.get("page", "/").lstrip("/")) or root / "404.html"
    watched = [path, *(root / "theme").glob("*.css")]
    return Response(watch(watched), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})


def watch(paths: list[Path]) -> Iterator[str]:
    """Text of the stream; ends after the first change."""
    before = _stamps(paths)
    yield "retry: 500\n\n"
    look = 0
    while _stamps(paths) == before:
        time.sleep(LOOK_EVERY)  # a thread of the preview server waits here, one per open page
        look += 1
        if look % SAY_SOMETHING_EVERY == 0:
            yield ": still here\n\n"
    yield "event: changed\ndata: \n\n"


def _stamps(paths: list[Path]) -> list[tuple[int, int]]:
    stamps = []
    for path in paths:
        try:
            found = path.stat()
            stamps.append((found.st_mtime_ns, found.st_ino))
        except FileNotFoundError:
            stamps.append((0, 0))
    return stamps
