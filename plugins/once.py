"""What is the same on every page is rendered once a build: a form has more parts than an essay has paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def once() -> Callable[..., Any]:
    """For templates: `once(macro, …)` is what the macro says when it is first called so, every time after that too.

    A macro goes by its name, so its words may follow from nothing but what it is given and from the site's settings.
    """
    said: dict[tuple[Any, ...], Any] = {}

    def saying(macro: Any, *given: Any) -> Any:
        key = (macro.name, *given)
        if key not in said:
            said[key] = macro(*given)
        return said[key]

    return saying
