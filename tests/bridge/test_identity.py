"""`site.toml`: read whole, refused in one line that names the place and the remedy."""

from pathlib import Path

import pytest

from bridge.identity import IdentityError, load_identity
from tests.conftest import ROOT

SHIPPED = (ROOT / "site.toml").read_text()


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "site.toml"
    path.write_text(text)
    return path


def test_the_shipped_file_is_a_placeholder():
    identity = load_identity(ROOT / "site.toml", {})
    assert identity.is_placeholder
    assert identity.phone_digits == "+12125550123"


def test_ones_own_address_and_mail_end_the_placeholder(tmp_path: Path):
    path = written(tmp_path, ("https://example.com", "https://essays.test/"), ("author@example.com", "me@essays.test"))
    identity = load_identity(path, {})
    assert (identity.url, identity.is_placeholder) == ("https://essays.test", False)


def test_what_is_still_a_placeholder_is_named(tmp_path: Path):
    path = written(tmp_path, ("author@example.com", "me@essays.test"))
    assert load_identity(path, {}).placeholders == ("https://example.com",)


def test_the_environment_overrules_the_address(tmp_path: Path):
    assert load_identity(written(tmp_path), {"SITEURL": "http://127.0.0.1:9000"}).url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"America/New_York"', '"Mars/Base"', "timezone 'Mars/Base' is not known"),
        ('"America/New_York"', '"../etc/passwd"', "timezone .* is not known"),
        ('"https://example.com"', '"example.com"', "must look like https://"),
        ('"https://example.com"', '"https://[your-site]"', "must look like https://"),
        ('tagline = "', 'tag = "', "unknown key 'tag'"),
        ("open_days = 0", 'open_days = "0"', "open_days must be a whole number"),
        ("days_off = []", 'days_off = ["Sonntag"]', "days_off knows Monday"),
        ("hours = 24", "hours = 0", "at least 1"),
        ('name = "The Author"', 'name = "  "', "must be one line each, not empty"),
        ("[comments]", "[commentz]", r"unknown part \[commentz\]"),
        ("[comments]", "[comments", "not valid TOML"),
    ],
)
def test_nonsense_is_refused_in_one_line(tmp_path: Path, old: str, new: str, complaint: str):
    with pytest.raises(IdentityError, match=complaint) as error:
        load_identity(written(tmp_path, (old, new)), {})
    assert "\n" not in str(error.value)
    assert "site.toml" in str(error.value)


def test_a_missing_file_says_how_to_get_it_back(tmp_path: Path):
    with pytest.raises(IdentityError, match=r"git checkout site\.toml"):
        load_identity(tmp_path / "site.toml", {})
