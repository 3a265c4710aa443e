"""The words a referrer can pass on, ready to copy or to open in his own mail program. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from bridge.identity import Identity
from forms_service.outbox.plain import clip, one_line

#: Mail programs cut off addresses much longer than 2,000 bytes, and a letter of the need may take nine.
LONGEST_NEED = 300
LONGEST_NAME = 60


@dataclass(frozen=True)
class Introduction:
    """A message to the referred person with a copy to the author. Nobody but the referrer sends it."""

    subject: str
    body: str
    copy_to: str

    @property
    def mailto(self) -> str:
        """Opens the referrer's mail program with everything but the recipient filled in."""
        body = quote(self.body.replace("\n", "\r\n"), safe="")
        return f"mailto:?cc={quote(self.copy_to, safe='@')}&subject={quote(self.subject, safe='')}&body={body}"


def introduction(level: str, referrer: str, referred: str, need: str, site: Identity) -> Introduction:
    """What fits how far it has gone: a note to pass on, a question first, or the introduction itself."""
    greeting = f"Dear {_name(referred)}," if referred.strip() else "Hello,"
    subject, words = {"L0": _passed_on, "L1": _asking}.get(level, _introducing)(_name(referred), site)
    about = f"What I have in mind: {clip(need.strip(), LONGEST_NEED)}"
    body = "\n\n".join((greeting, words, about, _reach(site), f"With best wishes\n{_name(referrer)}"))
    return Introduction(subject, body, site.email)


def _passed_on(_referred: str, site: Identity) -> tuple[str, str]:
    return (
        f"Somebody you may like to meet: {site.author}",
        f"I know somebody who may be able to help here: {site.author}, who writes “{site.name}” and likes to "
        "put people together. If this is about you, or about somebody you know, shall I introduce you?",
    )


def _asking(_referred: str, site: Identity) -> tuple[str, str]:
    return (
        f"May I introduce you to {site.author}?",
        f"I thought of you and would like to introduce you to {site.author}, who writes “{site.name}”. "
        "May I? One word from you is enough, and no is a good answer too.",
    )


def _introducing(referred: str, site: Identity) -> tuple[str, str]:
    return (
        f"{referred}, meet {site.author}",
        f"I would like you to meet {site.author}, who writes “{site.name}” and who reads this in copy. "
        f"{site.author}, this is {referred}. I leave it to the two of you to find a time to talk.",
    )


def _reach(site: Identity) -> str:
    ways = [way for way in (site.email, site.phone, site.url) if way]
    return f"{site.author}: {' · '.join(ways)}"


def _name(typed: str) -> str:
    return one_line(typed, LONGEST_NAME) or "friend"
