"""How mail leaves: what the author says of his mail server, and the settings that say the same in `.env`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

#: The word the author hears for each kind of address, and the port each usually has.
SCHEMES = {"starttls": "smtp", "tls": "smtps", "none": "smtp+insecure"}
PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. An empty `host`: mail is caught in files and goes nowhere."""

    host: str = ""
    security: str = "starttls"
    port: int = 587
    user: str = ""
    password: str = ""
    to: str = ""
    sender: str = ""

    @property
    def url(self) -> str:
        if not self.host:
            return ""
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user else ""
        return f"{SCHEMES[self.security]}://{who}{self.host}:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """Keys of `.env`. Without a server nobody's address is needed."""
        if not self.host:
            return {"SMTP_URL": ""}
        return {"SMTP_URL": self.url, "MAIL_TO": self.to, "MAIL_FROM": self.sender}


def in_use(values: Mapping[str, str]) -> MailServer:
    """What the settings say today; an address that nobody can read is none, and so is asked for anew."""
    try:
        url = urlsplit(values.get("SMTP_URL", ""))
    except ValueError:  # a bracket in a password, as somebody has typed it
        url = urlsplit("")
    security = next((word for word, scheme in SCHEMES.items() if scheme == url.scheme), "starttls")
    try:
        port = url.port
    except ValueError:
        port = None
    return MailServer(
        host=url.hostname or "",
        security=security,
        port=port or (25 if security == "starttls" and url.hostname and not url.username else PORTS[security]),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        to=values.get("MAIL_TO", ""),
        sender=values.get("MAIL_FROM", ""),
    )


def with_settings(dotenv: str, values: Mapping[str, str]) -> str:
    """The text of `.env` with these keys changed, every other line kept, and what was missing put at the end."""
    missing, lines = dict(values), dotenv.splitlines(keepends=True)
    for number, line in enumerate(lines):
        key = line.partition("=")[0].strip()
        if "=" in line and key in values:
            lines[number] = f"{key}={values[key]}\n"
            missing.pop(key, None)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join((*lines, *(f"{key}={value}\n" for key, value in missing.items())))
