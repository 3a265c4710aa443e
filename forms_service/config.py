"""Typed settings of the service, read once from the environment, `.env` and `site.toml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bridge.identity import Identity, load_identity

KEYS = (
    "SECRET_KEY", "DATABASE_URL", "VAR_DIR", "OUTPUT_DIR", "SITEURL", "SMTP_URL", "MAIL_TO",
    "MAIL_FROM", "TRUSTED_PROXIES", "RATELIMIT_ENABLED", "RATELIMIT_STORAGE_URL",
)  # fmt: skip
SHORTEST_SECRET = 32
SMTP_SCHEMES = ("smtp", "smtps", "smtp+insecure")


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
    trusted_proxies: int = 0
    ratelimit_enabled: bool = True
    ratelimit_storage_url: str = ""

    @property
    def catches_mail(self) -> bool:
        """True in development: mail becomes files in `mail_dir` and goes nowhere."""
        return not self.smtp_url

    @property
    def mail_dir(self) -> Path:
        return self.var_dir / "mail"

    @property
    def comments_dir(self) -> Path:
        return self.var_dir / "comments"

    @property
    def lock_file(self) -> Path:
        """The one lock around everything that puts comments on pages."""
        return self.var_dir / "comments.lock"

    @property
    def current_release(self) -> Path:
        return self.var_dir / "releases" / "current"

    @property
    def site_roots(self) -> tuple[Path, ...]:
        """The built sites that show comments, those that exist: the published one first."""
        return tuple(root for root in (self.current_release, self.output_dir) if root.is_dir())

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path) -> Config:
        """Settings of the project in folder `root`. Raises ConfigError or IdentityError."""
        values = {**read_dotenv(root / ".env"), **{k: v for k, v in environ.items() if k in KEYS}}
        _refuse_nonsense(values, root)
        identity = load_identity(root / "site.toml", values)
        var_dir = (root / (values.get("VAR_DIR") or "var")).absolute()
        return cls(
            identity=identity,
            secret_key=values["SECRET_KEY"],
            database_url=values.get("DATABASE_URL") or f"sqlite:///{var_dir / 'gratitude.sqlite3'}",
            root=root.absolute(),
            var_dir=var_dir,
            output_dir=(root / (values.get("OUTPUT_DIR") or "output")).absolute(),
            smtp_url=values.get("SMTP_URL", ""),
            mail_to=values.get("MAIL_TO") or identity.email,
            mail_from=values.get("MAIL_FROM") or f"forms@{identity.host}",
            trusted_proxies=int(values.get("TRUSTED_PROXIES") or 0),
            ratelimit_enabled=values.get("RATELIMIT_ENABLED", "1") != "0",
            ratelimit_storage_url=values.get("RATELIMIT_STORAGE_URL", ""),
        )


def read_dotenv(path: Path) -> dict[str, str]:
    """The `KEY=value` lines of `path`; a missing file is an empty one. Raises ConfigError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    values = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, found, value = line.partition("=")
        if not found or key.strip() not in KEYS:
            raise ConfigError(f"{path}:{number}: {key.strip()!r} is not a setting; .env.example lists them")
        values[key.strip()] = value.strip().strip("\"'")
    return values


def _refuse_nonsense(values: Mapping[str, str], root: Path) -> None:
    if len(values.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        raise ConfigError(f"{root / '.env'}: SECRET_KEY is missing or short; `make serve` writes a fresh one")
    if not (values.get("TRUSTED_PROXIES") or "0").isdigit():
        raise ConfigError("TRUSTED_PROXIES must be a whole number, such as 1 behind one nginx")
    if values.get("RATELIMIT_ENABLED", "1") not in ("0", "1", ""):
        raise ConfigError("RATELIMIT_ENABLED must be 1 or 0")
    _refuse_bad_urls(values)


def _refuse_bad_urls(values: Mapping[str, str]) -> None:
    database = values.get("DATABASE_URL", "")
    if database and not database.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must start with sqlite:/// or postgresql+psycopg://")
    smtp = values.get("SMTP_URL", "")
    if smtp and (urlsplit(smtp).scheme not in SMTP_SCHEMES or not urlsplit(smtp).hostname):
        raise ConfigError("SMTP_URL must look like smtp://user:password@host:587")
    if smtp and not values.get("MAIL_TO"):
        raise ConfigError("SMTP_URL is set but MAIL_TO is not: say who gets the mail")


def load_config() -> Config:
    """The settings of the project this package stands in."""
    return Config.from_env(os.environ, Path(__file__).resolve().parent.parent)
