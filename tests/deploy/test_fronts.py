"""What readers get from nginx and from Caddy with the configurations we ship: the same."""

import gzip
import re
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from urllib.parse import urlencode, urlsplit

import pytest

from bridge.browser_rules import HSTS, policy
from bridge.pages import write_page
from forms_service.security_headers import HEADERS
from tests.deploy.conftest import Host
from tests.support.fronts import Front
from tests.support.old_addresses import HOSTILE, KEPT, LOST, MOVED
from tests.support.project import until

STATIC_HEADERS = {**HEADERS, "Cache-Control": "no-cache"}


@pytest.mark.parametrize(
    "address",
    ["/", "/2026/11/first.html", "/feeds/posts.atom", "/theme/site.css", "/nowhere", "/.build/page_index.json"],
)
def test_every_file_carries_the_service_s_headers(front: Front, address: str):
    answer, _ = front.ask(address)
    for name, value in STATIC_HEADERS.items():
        assert answer.headers.get_all(name) == [value], name
    assert answer.headers["Server"] in ("nginx", None)  # without its version


def test_the_service_s_own_headers_pass_once(front: Front):
    answer, body = front.ask("/forms/contact")
    assert answer.status == 200
    assert b"<form" in body
    for name, value in HEADERS.items():
        assert answer.headers.get_all(name) == [value], name
    assert "X-From-The-Service" not in answer.headers


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feeds/posts.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/posts/default", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "text/xml; charset=utf-8"),
        ("/theme/site.css", "text/css; charset=utf-8"),
        ("/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_say_what_they_are(front: Front, address: str, kind: str):
    answer, _ = front.ask(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind


@pytest.mark.parametrize("address", ["/nowhere", "/2026/11/none.html", "/theme/", "/feeds/tags/none.atom"])
def test_what_is_missing_is_our_page_with_status_404(front: Front, address: str):
    answer, body = front.ask(address)
    assert answer.status == 404
    assert body == (front.root / "404.html").read_bytes()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("address", ["/.build/page_index.json", "/2026/.hidden", "/.env", "/%2ebuild/page_index.json"])
def test_names_that_start_with_a_dot_are_never_handed_out(front: Front, address: str):
    (front.root / "2026" / ".hidden").write_text("secret")
    (front.root / ".env").write_text("secret")
    answer, body = front.ask(address)
    assert answer.status == 404
    assert b"secret" not in body


@pytest.mark.parametrize(("old", "file"), KEPT.items())
def test_old_addresses_answer_in_place(front: Front, old: str, file: str):
    answer, body = front.ask(old)
    assert answer.status == 200
    assert body == (front.root / file).read_bytes()


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_pages_that_moved_say_where(front: Front, old: str, new: tuple[int, str]):
    answer, _ = front.ask(old)
    status = 301 if answer.status == 308 else answer.status  # Caddy's word for a missing slash
    assert (status, answer.headers["Location"]) == new
    assert front.ask(new[1])[0].status == 200


@pytest.mark.parametrize("old", LOST)
def test_what_never_was_is_not_found(front: Front, old: str):
    assert front.ask(old)[0].status == 404


@pytest.mark.parametrize("sent", HOSTILE)
def test_nobody_is_led_out_of_the_site(front: Front, sent: str):
    answer, _ = front.ask(sent)
    assert not urlsplit(answer.headers.get("Location", "/")).netloc
    assert "\\" not in answer.headers.get("Location", "/")
    assert not {"X", "X-Evil", "Set-Cookie"} & set(answer.headers)


@pytest.mark.parametrize("address", ["/subscribe/", "/search/", "/"])
def test_each_page_has_the_policy_it_needs(front: Front, address: str):
    answer, _ = front.ask(address)
    assert answer.headers.get_all("Content-Security-Policy") == [policy(address)]


@pytest.mark.parametrize("address", ["/", "/nowhere", "/forms/contact"])
def test_over_https_browsers_are_told_to_come_back_that_way(front: Front, address: str):
    host = "localhost" if front.kind == "caddy" else "example.com"  # each serves the site under one name here
    assert front.ask(address, encrypted=True, host=host)[0].headers.get_all(HSTS[0]) == [HSTS[1]]
    assert front.ask(address)[0].headers.get_all(HSTS[0]) is None


def test_www_leads_to_the_one_host(front: Front):
    answer, _ = front.ask("/archive/?a=1", host="www.example.com")
    assert answer.status == 301
    assert re.fullmatch(r"https?://example\.com/archive/\?a=1", answer.headers["Location"])


def test_pages_travel_compressed(front: Front):
    answer, body = front.ask("/2026/11/first.html", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(body) == (front.root / "2026/11/first.html").read_bytes()


def test_a_compressed_copy_follows_its_page(front: Front):
    page = front.root / "copied.html"
    essay, commented = b"<p>One essay among many.</p>", b"<p>One essay among many, and a comment.</p>"
    page.write_bytes(essay)
    Path(f"{page}.gz").write_bytes(gzip.compress(essay, mtime=0))
    for text in (essay, commented, essay):
        write_page(page, text)
        plain, packed = front.ask("/copied.html")[1], front.ask("/copied.html", Accept_Encoding="gzip")[1]
        assert plain == gzip.decompress(packed) == text
        assert not front.sends_copies or packed == Path(f"{page}.gz").read_bytes()


def test_an_unchanged_page_is_not_sent_again(front: Front):
    answer, _ = front.ask("/2026/11/first.html")
    again, body = front.ask("/2026/11/first.html", If_None_Match=answer.headers["ETag"])
    assert (again.status, body) == (304, b"")


def test_a_form_posted_from_the_page_arrives(front: Front):
    sent = urlencode({"contact-name": ""})
    answer, body = front.ask(
        "/forms/contact", "POST", sent, Content_Type="application/x-www-form-urlencoded", Origin="http://example.com"
    )
    assert answer.status == 422
    assert b"error-summary" in body


def test_no_log_holds_a_signed_link_or_who_wrote(front: Front, published: Host):
    for address in ("/links/comment.1.approve", "/dashboard/sign-in/token", "/forms/contact", "/privacy/"):
        front.ask(address)
    log = published.folder / {"nginx": "access.log", "caddy": "caddy.log"}[front.kind]
    if front.kind == "nginx":  # Caddy keeps no log of requests unless told
        until(lambda: "/privacy/" in log.read_text())
    assert [part for part in ("/links/", "/sign-in/", "/forms/") if part in log.read_text()] == []


def test_a_form_that_is_too_long_is_answered_by_the_service(front: Front):
    answer, body = front.ask(
        "/forms/contact", "POST", "a=" + "b" * 700_000, Content_Type="application/x-www-form-urlencoded"
    )
    assert answer.status == 413
    assert b"nginx" not in body


def test_the_dashboard_asks_who_is_there(front: Front):
    answer, _ = front.ask("/dashboard/")
    assert answer.status in (302, 303)
    assert answer.headers["Location"].startswith("/dashboard/sign-in")


def test_browsers_are_told_to_come_back_encrypted_once_they_did(front: Front):
    assert "Strict-Transport-Security" not in front.ask("/")[0].headers
    for address in ("/", "/forms/contact"):
        answer, _ = front.ask(address, host="localhost" if front.kind == "caddy" else "example.com", encrypted=True)
        assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"], address


def test_the_service_learns_where_a_visitor_is_and_believes_nobody_else(front: Front, published: Host):
    """What a visitor says of himself is dropped; only the network of his address is kept."""
    words = {"contact-name": "A baker", "contact-email": f"{front.kind}@example.com", "contact-message": "Bread?"}
    answer, _ = front.ask(
        "/forms/contact", "POST", urlencode(words), Content_Type="application/x-www-form-urlencoded",
        Origin="http://example.com", X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="https",
    )  # fmt: skip
    assert answer.status == 303
    with closing(connect(published.folder / "var" / "gratitude.sqlite3")) as database:
        (network,) = database.execute("SELECT network FROM submission WHERE payload LIKE ?", [f"%{front.kind}@%"])
    assert network == ("127.0.0.0/24",)
