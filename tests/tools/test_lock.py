"""Lock files are in step with pyproject.toml, carry a hash for every pin, and name no registry."""

import pytest

from tests.conftest import ROOT
from tools.lock import LOCKS, faults, fingerprint

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PIN = "flask==3.1.3 \\\n    --hash=sha256:00ff\n"


def lock(*parts: str) -> str:
    return "\n".join((fingerprint(PYPROJECT), *parts))


@pytest.mark.parametrize("name", LOCKS)
def test_ours_are_in_order(name: str):
    assert faults(name, (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"), PYPROJECT) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (lock(PIN).replace("# pyproject", "# an older pyproject"), "not in step with pyproject.toml; run: make lock"),
        (lock("--index-url https://registry.example/simple", PIN), "runtime.txt:2: names a registry"),
        (lock("tool @ file:///srv/tool.whl", PIN), "runtime.txt:2: names a registry or a local folder"),
        (lock("jinja2==3.1.6\n" + PIN), "no hash for jinja2==3.1.6"),
    ],
)
def test_a_fault_is_named(text: str, complaint: str):
    assert any(complaint in fault for fault in faults("runtime", text, PYPROJECT))


def test_another_requirement_makes_another_fingerprint():
    assert fingerprint(PYPROJECT.replace('"tzdata"', '"tzdata>=1"')) != fingerprint(PYPROJECT)
