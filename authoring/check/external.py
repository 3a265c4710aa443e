"""Which foreign addresses the site names, and what to say of their answers. Pure.

Whoever answers at all is alive: many hosts turn programs away, and a refusal says nothing about the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urlsplit

from authoring.check.finding import Fault, Finding
from authoring.check.page import Page
from authoring.check.sources import Sources

KEPT = timedelta(days=7)  # an address that answered is not asked again for a week
GONE = frozenset((404, 410))


@dataclass(frozen=True)
class Answer:
    """What an address said. `moved_to`: it has moved for good; `trouble`: why there was no answer at all."""

    at: datetime
    status: int = 0
    moved_to: str = ""
    trouble: str = ""

    @property
    def alive(self) -> bool:
        return not self.trouble and self.status not in GONE and self.status < 500


def named(pages: Mapping[str, Page], site: str) -> dict[str, tuple[str, str]]:
    """Every foreign address, without what stands behind its #: the page that names it and how it is written there."""
    found: dict[str, tuple[str, str]] = {}
    for name, page in sorted(pages.items()):
        for reference in page.references:
            if not (reference.fetched or reference.sent) and _foreign(reference.value, site):
                found.setdefault(urldefrag(reference.value)[0], (name, reference.value))
    return found


def _foreign(address: str, site: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and parts.hostname != urlsplit(site).hostname
    except ValueError:
        return False


def due(addresses: Iterable[str], known: Mapping[str, Answer], now: datetime) -> list[str]:
    """Those to be asked: never asked, silent, or asked more than a week ago."""
    return [address for address in addresses if not ((a := known.get(address)) and a.alive and now - a.at < KEPT)]


def link_findings(
    addresses: Mapping[str, tuple[str, str]], answers: Mapping[str, Answer], sources: Sources
) -> Iterator[Finding]:
    """A line for each address that is dead or has moved, in the file that names it."""
    for address, (page, written) in addresses.items():
        if said := _said(answers[address]) if address in answers else None:
            fault = Fault(0, f"the link to {address} {said[0]}", said[1], written, blocking=False)
            yield sources.finding(page, fault)


def _said(answer: Answer) -> tuple[str, str] | None:
    if answer.trouble:
        return answer.trouble, "mend it, or take it away"
    if answer.status in GONE:
        return f"leads nowhere ({answer.status})", "find its new place, or take it away"
    if not answer.alive:
        return f"leads to an error ({answer.status})", "look again in some days, or take it away"
    return ("has moved for good", f"write {answer.moved_to}") if answer.moved_to else None


def dumped(answers: Mapping[str, Answer]) -> bytes:
    listed = {address: {**asdict(answer), "at": answer.at.isoformat()} for address, answer in sorted(answers.items())}
    return json.dumps(listed, ensure_ascii=False, indent=1).encode() + b"\n"


def loaded(data: bytes) -> dict[str, Answer]:
    """What `dumped` wrote; nothing where it cannot be read: then everybody is asked again."""
    try:
        said = json.loads(data)
        return {key: Answer(**{**value, "at": datetime.fromisoformat(value["at"])}) for key, value in said.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
