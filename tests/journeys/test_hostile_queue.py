"""The author browses a queue full of hostile words: nothing of theirs runs, and nobody else's server is asked."""

from playwright.sync_api import Browser, Page, Request

from tests.journeys.conftest import visitor
from tests.support.project import Served

EVIL = '"><img src="https://elsewhere.example/x.png" onerror="alert(1)"><script>alert(2)</script>'
LISTS = ("inbox", "inbox?show=waiting", "comments", "people", "referrals", "outbox", "mail", "sessions")


def send_hostile_words(browser: Browser, served: Served) -> None:
    for page in visitor(browser, java_script_enabled=False):
        for form, boxes in (
            ("comment", {"Your name": EVIL, "Your comment": EVIL}),
            ("contact", {"Your name": EVIL, "Your e-mail": "evil@example.com", "Your message": EVIL}),
            (
                "referral",
                {"Your name": EVIL, "Your e-mail": "evil@example.com", "Their name": EVIL, "What do they need?": EVIL},
            ),
        ):
            page.goto(f"{served.url}/forms/{form}")
            for label, words in boxes.items():
                page.get_by_label(label).first.fill(words)
            if form == "referral":
                page.get_by_label("I told them, and they agreed").check()
            page.get_by_role("main").get_by_role("button").click()
            assert "/thanks/" in page.url


def browse(page: Page, served: Served) -> int:
    """Open every list and every page it leads to; returns how many."""
    seen: set[str] = set()
    for name in LISTS:
        page.goto(f"{served.url}/dashboard/{name}")
        links = page.locator("main a[href^='/dashboard/']").evaluate_all("all => all.map(each => each.href)")
        for link in dict.fromkeys(links):
            if link not in seen:
                page.goto(link)
                seen.add(link)
    return len(seen)


def test_nothing_hostile_runs_or_loads_in_the_dashboard(browser: Browser, served: Served):
    send_hostile_words(browser, served)
    # Reduced motion: going from page to page this fast aborts view transitions, which browsers report as errors.
    for page in visitor(browser, java_script_enabled=True, reduced_motion="reduce"):
        happened: list[str] = []

        def note_foreign(request: Request, happened: list[str] = happened) -> None:
            if not request.url.startswith(served.url):
                happened.append(request.url)

        page.on("dialog", lambda dialog, happened=happened: (happened.append(dialog.message), dialog.dismiss()))
        page.on("request", note_foreign)
        page.on("pageerror", lambda error, happened=happened: happened.append(str(error)))
        page.goto(served.sign_in_link)
        page.get_by_role("button", name="Sign in").click()
        assert browse(page, served) > 12
        assert happened == []
