"""Writes `.env` from `.env.example` with a fresh secret, readable by its owner only."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def fill_in_secret(example: str, secret: str) -> str:
    """`example` with its empty SECRET_KEY filled."""
    return example.replace("\nSECRET_KEY=\n", f"\nSECRET_KEY={secret}\n", 1)


def main() -> None:
    text = fill_in_secret((ROOT / ".env.example").read_text(encoding="utf-8"), secrets.token_urlsafe(48))
    handle = os.open(ROOT / ".env", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
