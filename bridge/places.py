"""Where files stand, so that both halves look in the same places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from os.path import isdir
from pathlib import Path

from bridge.dotenv import read_dotenv

#: Every key that `.env` may hold; `.env.example` explains each.
KEYS = (
    "SECRET_KEY",
    "DATABASE_URL",
    "VAR_DIR",
    "OUTPUT_DIR",
    "SITEURL",
    "SMTP_URL",
    "MAIL_TO",
    "MAIL_FROM",
    "MORNING_MAIL",
    "MORNING_MAIL_WHEN_EMPTY",
    "TRUSTED_PROXIES",
    "RATELIMIT_ENABLED",
    "RATELIMIT_STORAGE_URL",
)
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Places:
    """Absolute paths: the project's root, the state that is not content, the development build."""

    root: Path
    var_dir: Path
    output_dir: Path

    @property
    def comments_dir(self) -> Path:
        """One JSON file an essay, named by its id, holding its approved comments."""
        return self.var_dir / "comments"

    @property
    def lock_file(self) -> Path:
        """The one lock around everything that puts comments on pages."""
        return self.var_dir / "comments.lock"

    @cached_property
    def current_release(self) -> Path:
        return self.var_dir / "releases" / "current"

    @property
    def pictures_dir(self) -> Path:
        """Drawn once and kept: what goes along when a link is shared, and the icons."""
        return self.var_dir / "pictures"

    @property
    def mail_dir(self) -> Path:
        """Mail caught in development."""
        return self.var_dir / "mail"

    @property
    def site_roots(self) -> tuple[Path, ...]:
        """The built sites that show comments, those that exist: the published one first."""
        roots = (self.current_release, self.output_dir)
        return tuple(root for root in roots if isdir(root))  # noqa: PTH112  # a Path costs more than the question


def settings(environ: Mapping[str, str], root: Path) -> dict[str, str]:
    """What `.env` says, overruled by what the environment says. Raises DotenvError."""
    return {**read_dotenv(root / ".env", KEYS), **{key: environ[key] for key in KEYS if key in environ}}


def places(values: Mapping[str, str], root: Path) -> Places:
    """The places that `values` (see `settings`) name, relative ones below `root`."""
    return Places(
        root=root.absolute(),
        var_dir=(root / (values.get("VAR_DIR") or "var")).absolute(),
        output_dir=(root / (values.get("OUTPUT_DIR") or "output")).absolute(),
    )
