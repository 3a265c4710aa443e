"""Templates compiled once for all apps of a test run: each test has an app of its own, and they all say the same."""

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Keeps in memory what a template was compiled to, by its name, its file and its source."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def remember_templates(environment: Environment) -> None:
    """`environment`, set up as forms_service/templating.py does it, compiles no template twice in this process."""
    environment.bytecode_cache = COMPILED
