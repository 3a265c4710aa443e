"""Files that run in a browser lie where the few pages that may run them look, and nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authoring.check.finding import Finding

RUN = (".js", ".mjs", ".wasm")
#: The theme's own, and the search index with the machine that reads it.
PLACES = ("theme/", "pagefind/")


def stray_scripts(files: Iterable[str]) -> Iterator[Finding]:
    for name in sorted(files):
        if name.lower().endswith(RUN) and not name.startswith(PLACES):
            what, remedy = "a script lies among what readers get", "take it out: browsers would refuse to run it"
            yield Finding(name, 0, what, remedy)
