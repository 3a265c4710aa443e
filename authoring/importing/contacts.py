"""Finds how to reach the author in an essay's closing words, and writes it into `site.toml` when he says so. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from authoring.importing.errors import ImportingError
from authoring.site_toml import SiteTomlError, with_values
from bridge.identity import is_example

EMAIL = re.compile(r"(?<![\w.%+@/!-])[A-Za-z0-9][\w.%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b", re.ASCII)
#: Numbers that belong to nobody, as the one this site is shipped with.
_FICTION = re.compile(r"55501\d\d$")
_PHONE = re.compile(r"(?<![\w@-])(?:\+|\(|\+\()?\d[\d ().\-]{7,18}\d(?!\w)", re.ASCII)


@dataclass(frozen=True)
class Contacts:
    """As found in the text, character for character; None where there is none."""

    email: str | None = None
    phone: str | None = None


def find_contacts(closing: str) -> Contacts:
    email = EMAIL.search(closing)
    phones = [phone for phone in _PHONE.findall(closing) if 10 <= len(_digits(phone)) <= 15]
    return Contacts(email[0] if email else None, phones[0] if phones else None)


def new_values(found: Contacts, email: str, phone: str) -> dict[str, str]:
    """Which of `found` differ from the e-mail and phone in use: keys and values for `site.toml`."""
    values = {}
    if found.email and found.email.casefold() != email.casefold():
        values["email"] = found.email
    if found.phone and _digits(found.phone)[-10:] != _digits(phone)[-10:]:
        values["phone"] = found.phone
    return values


def own_answers(values: Mapping[str, str], email: str, phone: str) -> list[str]:
    """What `site.toml` says in place of `values` that is no placeholder: the author has put it there himself."""
    own = {"email": email * (not is_example(email)), "phone": phone * (not _FICTION.search(_digits(phone)))}
    return [own[key] for key in values if own[key]]


def with_author(toml: str, values: Mapping[str, str]) -> str:
    """`toml` with these keys of `[author]` changed and every other character kept. Raises ImportingError."""
    try:
        return with_values(toml, {("author", key): value for key, value in values.items()})
    except SiteTomlError as error:
        raise ImportingError(str(error)) from None


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit())
