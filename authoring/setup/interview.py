"""The questions of `make setup` in their order, with today's values as proposals. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from authoring.setup import checks
from authoring.setup.mail_server import PORTS, SCHEMES, MailServer
from authoring.setup.talk import ask, ask_secret
from authoring.site_toml import Value
from bridge.identity import Identity

Answers = dict[tuple[str, str], Value]


def about_site(today: Identity) -> Answers:
    """Who the author is and where the site stands, as keys and values of `site.toml`."""
    answers: Answers = {}

    def question(table: str, key: str, prompt: str, why: str, check: Callable[[str], Any], default: str) -> Any:
        answers[table, key] = value = ask(prompt, check, default, why)
        return value

    question("site", "name", "Name of the site", "It stands at the top of every page.", checks.one_line, today.name)
    question("site", "tagline", "Tagline", "A few words below the name (- for none).",
             checks.one_line_or_none, today.tagline)  # fmt: skip
    question("site", "url", "Address", "Where readers will find the site; feeds and mails link there.",
             checks.address, today.url)  # fmt: skip
    question("site", "timezone", "Time zone", "Essays appear, and Sunday begins, by this clock.",
             checks.time_zone, today.timezone)  # fmt: skip
    region = question("site", "country", "Country", "Phone numbers without a country's code are read as its own;\n"
                      "its law says to whom you may write.", checks.country, today.country)  # fmt: skip
    question("author", "name", "Your name", "It signs your essays and your replies.", checks.one_line, today.author)
    question("author", "email", "Your e-mail address", "Readers see it below each essay and write to it.",
             checks.email, today.email)  # fmt: skip
    question("author", "phone", "Your phone number", "Readers see it below each essay and may call.",
             lambda text: checks.phone(text, region), today.phone)  # fmt: skip
    question("author", "address", "Your postal address", "In the footer; put ; between its lines (- for none).",
             checks.lines, "; ".join(today.address))  # fmt: skip
    return answers


def about_mail(today: MailServer, email: str, host: str) -> MailServer:
    """How mail leaves; `email` and the site's `host` make the proposals."""
    name = ask("Mail server", checks.host_name, today.host or "-",
               "Mail to you leaves through your provider's server, as in your mail program\n"
               "(- for none: mail is then kept in var/mail/ and shown in the dashboard).")  # fmt: skip
    if not name:
        return MailServer()
    security = ask("Encryption", lambda text: checks.one_of(text, *SCHEMES), today.security,
                   "starttls is usual with port 587, tls with 465; none is for a server on this machine.")  # fmt: skip
    usual = today.port if today.host and security == today.security else PORTS[security]
    port = ask("Port", checks.port, str(usual))
    user = ask("User", checks.one_line_or_none, today.user or "-", "As your provider gave it to you (- for none).")
    password = ask_secret("Password", today.password if user == today.user else "") if user else ""
    to = ask("Mail goes to", checks.email, today.to or email, "Where you want to read what visitors send.")
    sender = ask("Mail comes from", checks.email, today.sender or (user if _is_email(user) else f"forms@{host}"),
                 "Most servers take mail only from an address of your own.")  # fmt: skip
    return MailServer(name, security, port, user, password, to, sender)


def mail_that_works(today: MailServer, email: str, host: str, send: Callable[[Mapping[str, str]], str]) -> MailServer:
    """The same, asked again while the author wants to mend what a test mail showed. `send` returns its complaint."""
    while True:
        server = about_mail(today, email, host)
        if not server.host or not ask(f"Send a test mail to {server.to} now?", checks.yes_or_no, "y"):
            return server
        complaint = send(server.settings)
        if not complaint:
            print(f"  {server.host} took it; look for it in your mail.")
            return server
        print(f"  {complaint}")
        if not ask("Change the mail server's settings?", checks.yes_or_no, "y"):
            return server
        today = server


def _is_email(text: str) -> bool:
    try:
        return bool(checks.email(text))
    except checks.SetupError:
        return False
