"""The site's sign, its initial on a blue ground, small enough to stand in every page itself. Pure.

A file of its own would be one more thing that every first visit waits for, before anything is painted.
"""

from __future__ import annotations

from urllib.parse import quote

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<style>.p{{fill:#0b5cad}}.l{{fill:#fdfcf9;font:700 24px Charter,Georgia,serif;text-anchor:middle}}"
    "@media(prefers-color-scheme:dark){{.p{{fill:#8ab8f0}}.l{{fill:#10151c}}}}</style>"
    "<rect class='p' width='32' height='32' rx='7'/><text class='l' x='16' y='24.5'>{}</text></svg>"
)
#: Signs that may stand in an address and in an attribute, escaped or not, as they are.
PLAIN = "/:=(){};,.@-"


def initial_of(name: str) -> str:
    return next((sign.upper() for sign in name if sign.isalnum()), name[0])


def svg(name: str) -> str:
    """The sign of the site called `name`."""
    initial = initial_of(name)
    return SVG.format(initial if initial.isalnum() else "·")


def address(name: str) -> str:
    """The same as a `data:` address, which is the picture."""
    return f"data:image/svg+xml,{quote(svg(name), safe=PLAIN)}"
