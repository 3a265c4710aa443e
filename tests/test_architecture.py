"""Who may import whom, held as data and read from the imports themselves; see docs/architecture.md."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

OURS = ("bridge", "plugins", "authoring", "forms_service")

#: Which of our own parts each part may import, and which libraries it may know. The standard library is free.
MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    "bridge": (set(), {"jinja2", "markupsafe"}),
    "plugins": ({"bridge"}, {"pelican", "markdown", "jinja2", "markupsafe", "feedgenerator"}),
    "authoring": (
        {"plugins", "bridge"},
        {"pelican", "markdown", "watchfiles", "click", "phonenumbers", "email_validator"},
    ),
    "forms_service.forms": (set(), {"wtforms", "email_validator", "phonenumbers", "markupsafe"}),
    "forms_service.models": (set(), {"sqlalchemy"}),
    "forms_service.people": ({"forms_service.models", "forms_service.forms.addresses", "bridge"}, {"sqlalchemy"}),
    "forms_service.moderation": (
        {"forms_service.models", "bridge", "forms_service.db", "forms_service.config"},
        {"sqlalchemy"},
    ),
    "forms_service.backup": (
        {"forms_service.models", "bridge", "forms_service.db", "forms_service.config"},
        {"sqlalchemy"},
    ),
    "forms_service.outbox": (
        {
            "forms_service.models",
            "forms_service.people",
            "forms_service.moderation",
            "forms_service.links",
            "forms_service.intake.reference",
            "bridge",
            "forms_service.db",
            "forms_service.config",
        },
        {"sqlalchemy", "email_validator"},
    ),
}
#: Only these know Flask and Werkzeug.
WEB = (
    "forms_service.intake",
    "forms_service.links",
    "forms_service.dashboard",
    "forms_service.cli",
    "forms_service.app",
    "forms_service.access",
    "forms_service.templating",
    "forms_service.security_headers",
    "forms_service.origin",
    "forms_service.health",
    "forms_service.static_site",
    "forms_service.live_reload",
    "forms_service.site_files",
    "forms_service.errors",
)
#: These decide and do nothing else: no clock, database, network, files or randomness.
PURE = (
    "authoring/setup/mail_server.py",
    "authoring/site_toml.py",
    "forms_service/backup/manifest.py",
    "forms_service/outbox/trial.py",
    "bridge/comment_file.py",
    "bridge/threads.py",
    "forms_service/links/tokens.py",
    "forms_service/outbox/emails.py",
    "forms_service/outbox/retry.py",
    "forms_service/people/deadlines.py",
    "forms_service/people/event_words.py",
    "forms_service/people/referral_words.py",
)
IMPURE = {"flask", "sqlalchemy", "socket", "smtplib", "random", "secrets", "os", "time", "subprocess", "urllib.request"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def modules(part: str) -> list[Path]:
    place = ROOT / part.replace(".", "/")
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_below(name: str, part: str) -> bool:
    return name == part or name.startswith(part + ".")


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_it_may(part: str):
    own, libraries = MAY_IMPORT[part]
    allowed = {part, *own}
    found = set()
    for path in modules(part):
        for name in imports(path):
            top = name.partition(".")[0]
            if top in OURS:
                fine = any(is_below(name, a) or is_below(a, name) for a in allowed)
            else:
                fine = top in libraries or top in sys.stdlib_module_names
            if not fine:
                found.add(f"{path.relative_to(ROOT)}: {name}")
    assert found == set()


def test_flask_is_known_only_where_the_web_is():
    found = {
        str(path.relative_to(ROOT))
        for part in OURS
        for path in modules(part)
        for name in imports(path)
        if name.partition(".")[0] in ("flask", "werkzeug")
        and not any(is_below(".".join(path.relative_to(ROOT).with_suffix("").parts), web) for web in WEB)
    }
    assert found == set()


def test_intake_and_moderation_never_meet():
    for here, there in (("intake", "moderation"), ("moderation", "intake")):
        names = [name for path in modules(f"forms_service.{here}") for name in imports(path)]
        assert not [name for name in names if is_below(name, f"forms_service.{there}")]


def test_nobody_imports_the_dashboard_or_the_app_but_what_starts_them():
    starters = {"forms_service/app.py", "forms_service/cli.py", "forms_service/wsgi.py"}
    for path in modules("forms_service"):
        where = str(path.relative_to(ROOT))
        if where in starters or where.startswith("forms_service/dashboard/"):
            continue
        names = list(imports(path))
        assert not [n for n in names if is_below(n, "forms_service.dashboard") or is_below(n, "forms_service.app")], (
            where
        )


@pytest.mark.parametrize("path", PURE)
def test_a_pure_module_reads_no_clock_database_network_or_chance(path: str):
    source = (ROOT / path).read_text(encoding="utf-8")
    assert not set(imports(ROOT / path)) & IMPURE
    calls = {
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert not calls & CLOCKS


def test_importing_the_service_imports_nothing():
    tree = ast.parse((ROOT / "forms_service" / "__init__.py").read_text(encoding="utf-8"))
    assert [type(node) for node in tree.body] == [ast.Expr]


def test_every_form_has_a_page_a_mail_and_a_journey():
    """The second step of a referral has no page of its own: the thank-you page of the first holds it."""
    from forms_service.forms import FORMS

    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("*.md"))
    templates = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "theme" / "templates").rglob("*.html"))
    mails = (ROOT / "forms_service" / "outbox" / "emails.py").read_text(encoding="utf-8")
    journeys = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "journeys").rglob("*.py"))
    for kind in FORMS:
        assert f"Form: {kind}" in pages or f'FORMS["{kind}"]' in templates or kind == "referral_contact", kind
        assert f"def {kind}_received" in mails, kind
        assert f"/forms/{kind}" in journeys, kind
