"""Tells the templates whether essays marked `Sample: yes` are still among the author's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals


def is_sample(article: Any) -> bool:
    return str(article.metadata.get("sample", "")).strip().lower() in ("yes", "true", "1")


def count_samples(generators: Iterable[Any]) -> None:
    for generator in generators:
        generator.context["SAMPLES"] = sum(map(is_sample, generator.context.get("articles", [])))


def register() -> None:
    signals.all_generators_finalized.connect(count_samples)
