"""Who may import whom, held as data and read from the imports themselves; see docs/architecture.md."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

OURS = ("bridge", "plugins", "authoring", "publishconf", "forms_service", "tools")
SERVICE = "forms_service."

#: Which of our own parts each part may import, and which libraries it may know. The standard library is free.
#: A module belongs to the longest name that fits it; a name is `forms_service.…` unless it is one of OURS.
MAY_IMPORT: dict[str, tuple[str, str]] = {
    # the static half and the bridge
    "bridge": ("", "jinja2"),
    "plugins": ("bridge", "pelican markupsafe markdown PIL"),
    "authoring": ("bridge plugins", "markdown watchfiles"),
    "authoring.check": ("authoring plugins bridge", "spellchecker"),
    "authoring.importing": ("authoring plugins bridge", "pelican lxml jinja2 markdown PIL"),
    "authoring.search": ("bridge authoring.staging", "pagefind_bin"),
    "authoring.setup": ("bridge authoring", "phonenumbers email_validator"),
    "publishconf": ("bridge plugins.filters plugins.once forms", "jinja2"),
    "tools": ("bridge", ""),
    "tools.screenshots": ("tools.browser", "playwright tests"),
    # the stations of the journey
    "forms": ("", "wtforms email_validator phonenumbers"),
    "intake": (
        "bridge forms models db essays reference rate_limit links.tokens outbox.plain prepared people.folding",
        "sqlalchemy",
    ),
    "intake.routes": (
        "bridge forms models intake access essays reference origin rate_limit links.addresses links.tokens",
        "flask werkzeug sqlalchemy",
    ),
    "models": ("people.duties people.facts people.folding people.relations people.stages", "sqlalchemy"),
    "migrations": ("models", "sqlalchemy alembic"),
    "moderation": ("bridge models db config people.substance", "sqlalchemy"),
    "imports": ("bridge models db config essays intake.imported moderation", "sqlalchemy"),
    "outbox": (
        "bridge models db config essays reference links.addresses links.tokens moderation.publish erasure"
        " journal people.days people.deadlines people.indexing people.morning people.referral_words"
        " people.today people.today_words",
        "sqlalchemy email_validator",
    ),
    "erasure": ("bridge models config db moderation.decide people.indexing people.privacy", "sqlalchemy"),
    "people": ("bridge.dates bridge.identity models forms.addresses", "sqlalchemy"),
    # the author's two ways of acting
    "links": (
        "models config essays reference moderation.decide people.changes people.following",
        "sqlalchemy itsdangerous",
    ),
    "calendar": ("bridge models outbox.plain people", "sqlalchemy icalendar"),
    "calendar.routes": ("calendar access essays people", "flask"),
    "links.routes": ("bridge.dates links access", "flask"),
    "dashboard": (
        "bridge.dates models access config essays reference origin rate_limit people moderation.decide"
        " calendar.addresses outbox.changes outbox.plain links.addresses links.tokens erasure.erase",
        "flask werkzeug markupsafe sqlalchemy",
    ),
    # what all stations stand on
    "config": ("bridge", ""),
    "turns": ("", ""),
    "prepared": ("", "sqlalchemy"),
    "group_commit": ("turns", "sqlalchemy"),
    "db": ("group_commit turns", "sqlalchemy alembic"),
    "journal": ("db", ""),
    "essays": ("bridge.page_index config", ""),
    "reference": ("", ""),
    "origin": ("", ""),
    "rate_limit": ("config db models origin", "sqlalchemy limits"),
    # what puts the service on the web
    "access": ("config db", "flask"),
    "bodies": ("", "flask werkzeug"),
    "errors": ("bodies", "flask werkzeug"),
    "health": ("access db models", "flask sqlalchemy"),
    "row_numbers": ("", "werkzeug"),
    "security_headers": ("bridge", "flask"),
    "templating": ("config", "flask jinja2"),
    "site_files": ("", "werkzeug"),
    "live_reload": ("bridge site_files", "flask"),
    "moved": ("bridge", ""),
    "static_site": ("bridge live_reload moved security_headers site_files", "flask werkzeug"),
    "app": (
        "bodies config db errors health row_numbers security_headers templating intake.routes links.routes"
        " dashboard.routes calendar.routes",
        "flask werkzeug",
    ),
    "backup": ("bridge models config db erasure.log moderation.publish", "sqlalchemy"),
    "parent": ("", ""),
    "even_worker": ("", "gunicorn"),
    "listening": ("", "werkzeug"),
    "cli": (
        "bridge.identity app backup config db erasure.log imports.errors imports.run listening parent static_site"
        " outbox.deliver outbox.reports outbox.trial outbox.worker dashboard.sign_in people.duties"
        " people.queries.costs",
        "click",
    ),
    "wsgi": ("app config", ""),
    "__main__": ("cli", ""),
}
#: A module that calls itself pure decides and does nothing else: no clock, database, network, files or chance.
PURE = re.compile(r"\bPure\b")
IMPURE = {
    "flask", "sqlalchemy", "socket", "smtplib", "random", "secrets", "uuid", "os", "shutil", "time", "subprocess",
    "threading", "urllib.request",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "monotonic"}
FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "open", "unlink", "mkdir", "stat", "glob", "iterdir"}


def modules(part: str) -> list[Path]:
    place = ROOT / part.replace(".", "/")
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for part in OURS for path in modules(part)}


def imports(source: str) -> Iterator[str]:
    """The full name of every module and of everything taken from one; a relative one begins with its dots."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))


def is_below(name: str, part: str) -> bool:
    return name == part or name.startswith(part + ".")


def full(part: str) -> str:
    return part if part.partition(".")[0] in OURS else SERVICE + part


def part_of(module: str) -> str | None:
    """The part a module belongs to; the empty `forms_service/__init__.py` belongs to none."""
    return max((part for part in MAY_IMPORT if is_below(module, full(part))), key=len, default=None)


def is_allowed(name: str, part: str) -> bool:
    own, libraries = MAY_IMPORT[part]
    top = name.partition(".")[0]
    if top not in OURS:
        return top in libraries.split() or top in sys.stdlib_module_names
    # A package named on the way to what is allowed ("from forms_service.links import tokens") is no trespass.
    return any(is_below(name, full(each)) or is_below(full(each), name) for each in (part, *own.split()))


def forbidden(source: str, part: str) -> set[str]:
    return {name for name in imports(source) if not is_allowed(name, part)}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_part_may(module: str):
    part = part_of(module)
    if part is None:
        assert module == "forms_service.__init__"
    else:
        assert forbidden(MODULES[module].read_text(encoding="utf-8"), part) == set()


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_the_table_allows_nothing_that_nobody_needs(part: str):
    names = {n for m, path in MODULES.items() if part_of(m) == part for n in imports(path.read_text(encoding="utf-8"))}
    own, libraries = MAY_IMPORT[part]
    assert {each for each in own.split() if not any(is_below(name, full(each)) for name in names)} == set()
    assert {each for each in libraries.split() if not any(is_below(name, each) for name in names)} == set()


@pytest.mark.parametrize(
    ("part", "planted"),
    [
        ("bridge", "import flask"),
        ("bridge", "from plugins.text import words"),
        ("plugins", "from forms_service.models import Person"),
        ("authoring", "def later():\n    import forms_service.config"),
        ("forms", "from forms_service import db"),
        ("models", "from forms_service.people import changes"),
        ("people", "from flask import request"),
        ("intake", "from forms_service.moderation import decide"),
        ("moderation", "from forms_service.intake.record import take_in"),
        ("links", "from forms_service.dashboard.gate import OPEN"),
        ("outbox", "from ..people import queries"),
    ],
)
def test_a_trespass_is_noticed(part: str, planted: str):
    assert forbidden(planted, part) != set()


def test_intake_and_moderation_never_meet():
    assert "moderation" not in MAY_IMPORT["intake"][0] + MAY_IMPORT["intake.routes"][0]
    assert "intake" not in MAY_IMPORT["moderation"][0]


def test_only_what_starts_the_service_knows_the_dashboard_and_the_app():
    knowing = {part for part, (own, _) in MAY_IMPORT.items() if re.search(r"\b(dashboard|app)\b", own)}
    assert knowing == {"app", "cli", "wsgi"}


def is_pure(path: Path) -> bool:
    return bool(PURE.search(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""))


def impurities(source: str) -> set[str]:
    """What in `source` reaches for the world."""
    reached = {name for name in imports(source) if any(is_below(name, each) for each in IMPURE)}
    nodes = list(ast.walk(ast.parse(source)))
    reached |= {node.attr for node in nodes if isinstance(node, ast.Attribute)} & (CLOCKS | FILES)
    return reached | ({node.id for node in nodes if isinstance(node, ast.Name)} & {"open", "input", "print"})


@pytest.mark.parametrize("module", [module for module, path in MODULES.items() if is_pure(path)])
def test_a_pure_module_reaches_for_nothing(module: str):
    assert impurities(MODULES[module].read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "planted",
    ["import secrets", "from sqlalchemy import select", "datetime.now(UTC)", "date.today()", "path.read_text()",
     "open('x')", "from urllib.request import urlopen"],
)  # fmt: skip
def test_reaching_for_the_world_is_noticed(planted: str):
    assert impurities(planted) != set()


def test_the_decisions_are_pure():
    """Those that must stay so, whatever their docstrings say."""
    assert {module for module, path in MODULES.items() if is_pure(path)} >= {
        "bridge.threads", "bridge.regions", "bridge.text", "forms_service.links.acts", "forms_service.links.tokens",
        "forms_service.outbox.emails", "forms_service.outbox.message", "forms_service.outbox.retry",
        "forms_service.people.deadlines", "forms_service.people.event_words", "forms_service.people.referral_words",
        *(f"forms_service.people.stages.{axis}" for axis in ("buying", "contact", "moments", "partnership", "touch")),
        "forms_service.people.duties", "forms_service.people.days",
        "forms_service.people.today_words", "forms_service.people.act_words",
        "forms_service.people.morning.groups", "forms_service.people.morning.telling",
        "forms_service.outbox.morning_email", "forms_service.calendar.entries", "forms_service.calendar.feed",
        "forms_service.people.matching", "forms_service.people.known", "forms_service.people.categories",
        "forms_service.people.facts", "forms_service.people.proposals", "forms_service.people.following",
        "forms_service.people.first_message", "forms_service.people.privacy",
        "forms_service.intake.introductions", "forms_service.origin", "authoring.importing.plain_text",
    }  # fmt: skip


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


def test_the_picture_names_only_what_is_there():
    """docs/architecture.md and the tree change together."""
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w./-]*\w\.(?:py|html|css|toml)\b", picture))
    there = {
        f"/{path.relative_to(ROOT).as_posix()}" for part in (*OURS, "theme", "deploy", "tests") for path in tree(part)
    } | {"/site.toml", "/content/thanks.toml"}
    assert {name for name in named if not any(path.endswith(f"/{name}") for path in there)} == set()


def test_the_picture_names_every_room_of_the_service():
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {module.removeprefix(SERVICE).partition(".")[0] for module in MODULES if module.startswith(SERVICE)}
    assert {room for room in rooms - {"__init__", "__main__"} if not re.search(rf"\b{room}\b", picture)} == set()


def tree(part: str) -> list[Path]:
    return [ROOT / f"{part}.py"] if part == "publishconf" else list((ROOT / part).rglob("*.*"))
