"""Every address a page names within the site resolves, and nothing is fetched from anybody else. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from authoring.check.finding import Fault
from authoring.check.page import Page, Reference

SERVICE = ("/forms/", "/links/", "/dashboard/")
FREE_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
CARRIED = "data:image/"  # a picture the page holds in itself: nobody is asked for it
COMMENT = re.compile(r"c\d+")  # the anchors of comments, which come onto the page later
UNRESOLVED = re.compile(r"^(?:\{|%7B)(?:filename|static|attach)(?:\}|%7D)", re.IGNORECASE)


def dead_links(
    name: str,
    page: Page,
    pages: Mapping[str, Page],
    files: frozenset[str],
    site: str,
    fine: set[tuple[str, bool, bool]],
) -> Iterator[Fault]:
    """The faults of the addresses on the page in file `name`; `site` is the site's own address.

    `fine` takes up what is right on whichever page it stands: most addresses stand on all of them.
    """
    for reference in page.references:
        known = (reference.value, reference.fetched, reference.sent)
        if known in fine:
            continue
        if fault := _fault(reference, f"{site}/{name}", pages, files, site):
            yield fault
        elif reference.value.startswith(("/", "https:")):
            fine.add(known)


def _fault(
    reference: Reference, here: str, pages: Mapping[str, Page], files: frozenset[str], site: str
) -> Fault | None:
    if UNRESOLVED.match(reference.value):
        wanted = unquote(reference.value).partition("}")[2]
        what, remedy = f"nothing published answers the link to {wanted}", "look at its name, or publish it first"
        return _at(reference, what, remedy, wanted)
    try:
        address = urljoin(here, reference.value)
        parts = urlsplit(address)
    except ValueError:
        return _at(reference, f"{reference.value} is no address", "mend it or take the link away")
    if address != site and not address.startswith((f"{site}/", f"{site}#", f"{site}?")):
        return _foreign(reference, address, parts.scheme)
    below = parts.path.removeprefix(urlsplit(site).path) or "/"
    path = unquote(below)
    if path.startswith(SERVICE):
        return None
    target_file = file_of(path, files)
    if target_file is None:
        kind = "file" if reference.fetched else "page"
        clues = f"{reference.value}\n{below}"
        return _at(reference, f"there is no {kind} {path}", "mend the address or take the link away", clues)
    anchor = unquote(parts.fragment)
    target = pages.get(target_file)
    if anchor and target is not None and anchor not in target.ids and not COMMENT.fullmatch(anchor):
        return _at(reference, f"{path} has no place #{anchor}", "mend what stands behind the #")
    return None


def file_of(path: str, files: frozenset[str]) -> str | None:
    """The file that answers `path`, which starts with a slash; a folder is answered with its index."""
    name = path.removeprefix("/")
    candidates = (f"{name}index.html",) if not name or name.endswith("/") else (name, f"{name}/index.html")
    return next((candidate for candidate in candidates if candidate in files), None)


def _foreign(reference: Reference, address: str, scheme: str) -> Fault | None:
    if reference.fetched and address.startswith(CARRIED):
        return None
    if reference.fetched:
        what = f"the page would load {address} from another host"
        return _at(reference, what, "put the file into content/images and use that")
    if reference.sent:
        return _at(reference, f"a form would send to {address}", "forms go to this site's /forms/ only")
    if scheme not in FREE_SCHEMES:
        return _at(reference, f"the address {address} cannot be opened by a browser", "write it with https:// in front")
    return None


def _at(reference: Reference, what: str, remedy: str, clue: str = "") -> Fault:
    return Fault(reference.line, what, remedy, clue or reference.value)
