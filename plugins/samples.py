"""Tells the templates whether essays marked `Sample: yes` are still among the author's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from plugins.essays import says_yes


def count_samples(generators: Iterable[Any]) -> None:
    for generator in generators:
        generator.context["SAMPLES"] = sum(
            says_yes(article, "sample") for article in generator.context.get("articles", [])
        )


def register() -> None:
    signals.all_generators_finalized.connect(count_samples)
