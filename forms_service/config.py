"""Typed settings of the service, read once from the environment, `.env` and `site.toml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from bridge.dotenv import DotenvError
from bridge.identity import Identity, load_identity
from bridge.places import ROOT, Places, places, settings

SHORTEST_SECRET = 32
SMTP_SCHEMES = ("smtp", "smtps", "smtp+insecure")
COUNTING_SCHEMES = ("redis", "rediss")


class ConfigError(Exception):
    """The service cannot start with these settings; the message is one line and names the key."""


@dataclass(frozen=True)
class Config:
    """What the service needs to know about its surroundings. Paths are absolute."""

    identity: Identity
    secret_key: str
    database_url: str
    root: Path
    var_dir: Path
    output_dir: Path
    smtp_url: str = ""
    mail_to: str = ""
    mail_from: str = ""
    #: When Today leaves as a mail, by the author's clocks; None: never.
    morning_mail: time | None = None
    morning_mail_when_empty: bool = False
    trusted_proxies: int = 0
    ratelimit_enabled: bool = True
    ratelimit_storage_url: str = ""

    @property
    def catches_mail(self) -> bool:
        """True in development: mail becomes files in `mail_dir` and goes nowhere."""
        return not self.smtp_url

    @property
    def mail_domain(self) -> str:
        """Where our mails come from; their Message-IDs end in it."""
        return self.mail_from.rpartition("@")[2] or "localhost"

    @cached_property
    def places(self) -> Places:
        return Places(self.root, self.var_dir, self.output_dir)

    @property
    def mail_dir(self) -> Path:
        return self.places.mail_dir

    @property
    def comments_dir(self) -> Path:
        return self.places.comments_dir

    @property
    def lock_file(self) -> Path:
        return self.places.lock_file

    @property
    def site_roots(self) -> tuple[Path, ...]:
        return self.places.site_roots

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path) -> Config:
        """Settings of the project in folder `root`. Raises ConfigError or IdentityError."""
        try:
            values = settings(environ, root)
        except DotenvError as error:
            raise ConfigError(str(error)) from None
        _refuse_nonsense(values, root)
        identity = load_identity(root / "site.toml", values)
        where = places(values, root)
        return cls(
            identity=identity,
            secret_key=values["SECRET_KEY"],
            database_url=values.get("DATABASE_URL") or f"sqlite:///{where.var_dir / 'gratitude.sqlite3'}",
            root=where.root,
            var_dir=where.var_dir,
            output_dir=where.output_dir,
            smtp_url=values.get("SMTP_URL", ""),
            mail_to=values.get("MAIL_TO") or identity.email,
            mail_from=values.get("MAIL_FROM") or f"forms@{identity.host}",
            morning_mail=_time_of_day(values.get("MORNING_MAIL") or "07:00"),
            morning_mail_when_empty=values.get("MORNING_MAIL_WHEN_EMPTY") == "1",
            trusted_proxies=int(values.get("TRUSTED_PROXIES") or 0),
            ratelimit_enabled=values.get("RATELIMIT_ENABLED", "1") != "0",
            ratelimit_storage_url=values.get("RATELIMIT_STORAGE_URL", ""),
        )


def _refuse_nonsense(values: Mapping[str, str], root: Path) -> None:
    if len(values.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        raise ConfigError(f"{root / '.env'}: SECRET_KEY is missing or short; `make serve` writes a fresh one")
    if not (values.get("TRUSTED_PROXIES") or "0").isdigit():
        raise ConfigError("TRUSTED_PROXIES must be a whole number, such as 1 behind one nginx")
    for switch in ("RATELIMIT_ENABLED", "MORNING_MAIL_WHEN_EMPTY"):
        if values.get(switch, "") not in ("0", "1", ""):
            raise ConfigError(f"{switch} must be 1 or 0")
    _refuse_bad_urls(values)


def _time_of_day(said: str) -> time | None:
    """The time that `said` names, None for "off". Raises ConfigError."""
    if said == "off":
        return None
    try:
        return datetime.strptime(said, "%H:%M").time()  # noqa: DTZ007  # an hour of the day has no zone
    except ValueError:
        raise ConfigError("MORNING_MAIL must be a time of day such as 07:00, or off") from None


def _refuse_bad_urls(values: Mapping[str, str]) -> None:
    database = values.get("DATABASE_URL", "")
    if database and not database.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must start with sqlite:/// or postgresql+psycopg://")
    smtp = values.get("SMTP_URL", "")
    if smtp and not _is_mail_server(smtp):
        raise ConfigError("SMTP_URL must look like smtp://user:password@host:587")
    if smtp and not values.get("MAIL_TO"):
        raise ConfigError("SMTP_URL is set but MAIL_TO is not: say who gets the mail")
    counts = values.get("RATELIMIT_STORAGE_URL", "")
    if counts and not _counts_posts(counts):
        raise ConfigError("RATELIMIT_STORAGE_URL must look like redis://host:6379/0 or redis+unix:///run/redis.sock")


def _is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in SMTP_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port out of bounds, a bracket in a password
        return False


def _counts_posts(url: str) -> bool:
    """`memory://` counts in each process by itself: enough for a trial."""
    try:
        parts = urlsplit(url)
        at_host = parts.scheme in COUNTING_SCHEMES and bool(parts.hostname) and parts.port != 0
        return at_host or (parts.scheme == "redis+unix" and len(parts.path) > 1) or parts.scheme == "memory"
    except ValueError:  # as above
        return False


def load_config() -> Config:
    """The settings of the project this package stands in."""
    return Config.from_env(os.environ, ROOT)
