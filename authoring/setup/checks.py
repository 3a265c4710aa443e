"""What an answer must be to be taken. Pure; each check returns the value to keep or says in one line what is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email


class SetupError(ValueError):
    """This answer will not do; the message is one line and says what would."""


def one_line(text: str) -> str:
    text = " ".join(text.split())
    if not text or not text.isprintable():
        raise SetupError("one line of text is wanted")
    return text


def one_line_or_none(text: str) -> str:
    return one_line(text) if text.strip() else ""


def address(text: str) -> str:
    """Where the site stands, without a slash at the end."""
    text = text.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        fine = parts.port != 0 and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or parts.username or not text.isprintable() or " " in text:
        raise SetupError(f'"{text}" is no address; write it as https://your-site.example')
    host = parts.hostname or ""
    if host != "localhost" and "." not in host.strip(".") and ":" not in host:
        raise SetupError(f'"{host}" is no host that readers can reach; write it as https://your-site.example')
    return text


def time_zone(text: str) -> str:
    known = available_timezones()
    if text in known:
        return text
    by_lower = {name.lower(): name for name in known}
    spelled = text.strip().replace(" ", "_").lower()
    if spelled in by_lower:
        return by_lower[spelled]
    cities = {name.rpartition("/")[2].lower(): name for name in sorted(known)}
    near = [by_lower[n] for n in get_close_matches(spelled, by_lower, 2)]
    near += [cities[n] for n in get_close_matches(spelled, cities, 2) if cities[n] not in near]
    hint = f"perhaps {' or '.join(near)}" if near else "use a name like Europe/Berlin"
    raise SetupError(f'no time zone is called "{text}"; {hint}')


def country(text: str) -> str:
    if (code := text.strip().upper()) in phonenumbers.SUPPORTED_REGIONS:
        return code
    raise SetupError(f'"{text}" is no country\'s two letters; write US, GB, DE …')


def email(text: str) -> str:
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise SetupError(f'"{text}" is no e-mail address: {" ".join(str(error).split())}') from None


def phone(text: str, region: str) -> str:
    """As typed, if it can be a number; without a country's code it is read as one of `region`."""
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise SetupError(f'"{text}" is no phone number of {region}; abroad, begin with + and the country\'s code')
    return one_line(text)


def lines(text: str) -> tuple[str, ...]:
    """A postal address typed on one line."""
    return tuple(one_line(part) for part in text.split(";") if part.strip())


def port(text: str) -> int:
    if not text.strip().isdecimal() or not 0 < int(text) < 65536:
        raise SetupError("a port is a number from 1 to 65535")
    return int(text)


def host_name(text: str) -> str:
    text = text.strip()
    if text and (not text.isprintable() or any(c in text for c in " /@:?#") or text.startswith(".")):
        raise SetupError(f'"{text}" is no host name; write it as mail.your-provider.example')
    return text


def one_of(text: str, *choices: str) -> str:
    if (choice := text.strip().lower()) in choices:
        return choice
    raise SetupError(f"answer {', '.join(choices[:-1])} or {choices[-1]}")


def yes_or_no(text: str) -> bool:
    return one_of(text, "y", "yes", "n", "no").startswith("y")
