"""Counts things in words. Pure."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`1 essay`, `1,200 essays`, `2 entries`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
