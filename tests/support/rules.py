"""Address rules compiled once for all apps of a test run: each test has an app of its own, all with the same rules."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_compiled: dict[tuple[object, ...], Builder] = {}


class OnceCompiled(Rule):
    """Werkzeug writes and compiles two functions for each rule, which is nearly all the work of making an app."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        told = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, tuple(self._trace), told, append_unknown)
        if key not in _compiled:
            _compiled[key] = super()._compile_builder(append_unknown)
        return _compiled[key]


def remember_rules(kind: Any) -> None:
    """Apps of this `kind` compile no rule twice in this process."""
    kind.url_rule_class = OnceCompiled
