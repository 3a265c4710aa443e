"""Who can help, as the author sees it: proposed from forms, noted in a tap, put together in one act."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select
from time_machine import Traveller

from forms_service.dashboard.blueprint import dashboard as _dashboard  # noqa: F401
from forms_service.db import Database
from forms_service.models import Event, Need
from forms_service.people import changes
from tests.dashboard.conftest import Author, Post, Sending, dump, person_named
from tests.support import network


def pressed(author: Author, page: str, label: str, about: str = "") -> str:
    """Press the first button of this label (and of this hidden addition) on the page, with all its form carries."""
    for form in re.findall(r'<form class="one-button".*?</form>', page, re.DOTALL):
        said = " ".join(unescape(re.sub(r"<[^>]+>", "", form.split("<button", 1)[1].split(">", 1)[1])).split())
        if said.startswith(label) and about in said:
            fields = {unescape(k): unescape(v) for k, v in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
            return author.acts(unescape(re.findall(r'action="([^"]+)"', form)[0]), **fields)
    raise AssertionError(f"no button {label!r} {about!r}")


def noted(author: Author, database: Database, name: str, what: str, text: str) -> str:
    number = person_named(database, name)
    return author.acts("/dashboard/told", person=str(number), what=what, text=text, back=f"/dashboard/people/{number}")


def known(database: Database, name: str, now: datetime) -> int:
    with database.write() as session:
        return network.partner(session, name, now)


def test_an_empty_list_says_what_will_stand_there(author: Author):
    page = author.opens("/dashboard/needs/")
    assert "Nobody needs anything just now" in page


def test_what_forms_ask_is_proposed_and_kept_in_one_tap(author: Author, send: Sending, database: Database):
    send("contact", looking_for="A good printer", good_at="Pruning")
    page = author.opens(f"/dashboard/people/{person_named(database, 'A gardener')}")
    assert "They may need" in page
    page = pressed(author, page, "Yes, a need")
    assert "Needs: A good printer" in page
    assert "They may need" not in page
    page = pressed(author, page, "Yes, an offer")
    assert "Does: Pruning" in page
    with database.read() as session:
        need = session.scalars(select(Need)).one()
        assert (need.category, need.source) == ("printer", "form")
    page = author.undoes(page)
    assert "They may do this well" in page


def test_what_the_referrer_looks_for_is_proposed_and_set_aside(author: Author, post: Post, database: Database):
    page = author.opens(f"/dashboard/people/{person_named(database, 'A plumber')}")
    assert "A landlord with old pipes" in page.split("They may need")[1][:200]
    page = pressed(author, page, "Set aside")
    assert "They may need" not in page
    assert "They may need" in author.undoes(page)


def test_spam_proposes_nothing(author: Author, post: Post, send: Sending, database: Database, now: datetime):
    odd = send(
        "contact", name="A seller too", email="s@example.com", phone="", message="Cheap", looking_for="customers"
    )
    with database.write() as session:
        changes.mark_spam(session, odd.id, now)
    assert "They may need" not in author.opens(f"/dashboard/people/{person_named(database, 'A seller too')}")


def test_a_need_meets_an_offer_and_each_row_has_its_reason(
    author: Author, post: Post, database: Database, now: datetime
):
    known(database, "A printer", now)
    noted(author, database, "A printer", "offer", "prints flyers")
    noted(author, database, "A gardener", "need", "a good printer <soon>")
    page = author.opens("/dashboard/needs/")
    assert "A printer does this: printer." in page
    assert "The same, told as “flyers”;" in page
    assert "By their own word" in page or "by their own word" in page
    assert "&lt;soon&gt;" in page
    assert "The nearest way first" in page


def test_a_hint_and_an_acquaintance_are_noted_and_taken_back(author: Author, post: Post, database: Database):
    page = noted(author, database, "A baker", "hint", "builders")
    assert "Knows people of the trade: builder" in page
    number, gardener = person_named(database, "A baker"), person_named(database, "A gardener")
    found = author.opens(f"/dashboard/people/{number}/knows?q=gardener")
    page = pressed(author, found, "They trust each other", "A gardener")
    assert "Trusts A gardener" in page
    assert "trusts" in author.opens(f"/dashboard/people/{gardener}")
    page = author.undoes(page)
    assert "Trusts A gardener" not in page.split("What happened")[0]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/dashboard/told", {"what": "love", "text": "x"}),
        ("/dashboard/told", {"what": "hint", "text": "x"}),
        ("/dashboard/told", {"what": "need", "text": " "}),
        ("/dashboard/told", {"what": "need", "text": "x", "person": "9999"}),
        ("/dashboard/told/aside", {"submission": "9999", "field": "good_at"}),
        ("/dashboard/needs/9999/end", {"how": "answered"}),
        ("/dashboard/needs/9999/outbound", {"hop": "1"}),
        ("/dashboard/offers/9999/end", {}),
        ("/dashboard/people/9999/acquaintances", {"other": "1", "depth": "met"}),
        ("/dashboard/people/9999/vouch", {"word": "yes"}),
        ("/dashboard/people/9999/introducing", {"allowed": "yes"}),
        ("/dashboard/outbound/9999/said", {"side": "asker", "act": "asked"}),
        ("/dashboard/outbound/9999/said", {"side": "asker", "act": "shouted"}),
        ("/dashboard/outbound/9999/helper", {"name": "x"}),
        ("/dashboard/outbound/9999/move", {"to": "helped"}),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    author: Author, database: Database, path: str, fields: dict[str, str]
):
    before = dump(database)
    assert author.posts(path, **fields).status_code in (404, 422)
    assert dump(database) == before


def test_opening_any_of_the_pages_changes_nothing(author: Author, post: Post, database: Database, now: datetime):
    """Every address of the dashboard that answers GET, with rows behind it."""
    known(database, "A partner", now)
    with database.write() as session:
        need = network.need(session, None, "plumber", now)
        partner = session.scalars(select(Event.person_id).where(Event.kind == "partner_confirmed")).one()
        changes.draft_outbound(session, need, "2b", partner, None, now)
    rules = [r for r in author.client.application.url_map.iter_rules() if r.endpoint.startswith("dashboard.")]
    paths = {re.sub(r"<[^>]+>", "1", rule.rule) for rule in rules if "GET" in (rule.methods or ())}
    assert {"/dashboard/needs/", "/dashboard/outbound/1", "/dashboard/people/1/knows"} <= paths
    before = dump(database)
    for path in sorted(paths):
        assert author.client.get(path).status_code < 500, path
        author.client.head(path)
    assert dump(database) == before


def test_a_mended_list_of_trades_counts_at_once_and_a_broken_one_is_said(
    author: Author, post: Post, app, monkeypatch, tmp_path
):
    import dataclasses

    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "trades.txt").write_text("baker\nbaker", encoding="utf-8")
    app.extensions["config"] = dataclasses.replace(app.extensions["config"], root=tmp_path)
    assert "line 2: “baker” stands in the list already" in author.opens("/dashboard/needs/")
    (tmp_path / "content" / "trades.txt").write_text("falconer = falcons", encoding="utf-8")
    page = author.opens("/dashboard/needs/")
    assert "cannot be read" not in page
    assert '<option value="falconer">' in page


def test_the_introduction_is_drafted_and_names_neither_before_both_agree(
    author: Author, post: Post, database: Database, now: datetime, at_now: Traveller
):
    known(database, "A printer", now)
    noted(author, database, "A printer", "offer", "printing")
    noted(author, database, "A gardener", "need", "a printer")
    page = pressed(author, author.opens("/dashboard/needs/"), "Put them together", "A printer")
    drafts = unescape(" ".join(re.findall(r"<textarea.*?</textarea>", page, re.DOTALL)))
    to_printer, to_gardener = (
        unescape(each)
        for each in sorted(re.findall(r"<textarea.*?</textarea>", page, re.DOTALL), key=lambda d: "A gardener" in d)
    )
    assert "A gardener" not in to_printer
    assert "A printer" not in to_gardener.replace("a printer", "")
    assert "meet" not in drafts
    page = pressed(author, page, "I asked", "A gardener")
    page = pressed(author, page, "They said yes", "A gardener")
    page = pressed(author, page, "They said yes", "A printer")
    assert "gardener@example.com" in re.findall(r"<textarea.*?</textarea>", page, re.DOTALL)[-1]
    page = pressed(author, page, "I introduced them")
    assert "Ask on Wednesday, December 2, 2026 whether it helped" in page
    page = pressed(author, page, "It helped")
    assert "Thank whoever helped." in page
    assert "Nobody needs anything" in author.opens("/dashboard/needs/")


def test_today_shows_who_can_help_and_asks_back_after_a_fortnight(
    author: Author, post: Post, database: Database, now: datetime
):
    with database.write() as session:
        asker, printer = network.partner(session, "An asker", now), network.partner(session, "A printer", now)
        network.offer(session, printer, "printer", now)
        network.need(session, asker, "business cards", now)
        need = network.need(session, asker, "flyers", now)
        outbound = changes.draft_outbound(session, need, "1", None, printer, now).outbound_id
        for side in ("asker", "helper"):
            changes.record_agreed(session, outbound, side, now)
        changes.move_outbound(session, outbound, "introduced", now - timedelta(days=14))
    page = author.opens("/dashboard/")
    assert "A printer does this: printer." in page.split("Needed: Looks for: business cards")[1].split("</li>")[0]
    page = pressed(author, page.split("asking how it went")[1], "It helped")
    assert "Did it help?" not in author.opens("/dashboard/")


def test_who_does_it_and_was_never_met_stands_apart_until_the_first_word(
    author: Author, database: Database, now: datetime
):
    with database.write() as session:
        asker = network.partner(session, "An asker", now)
        need = network.need(session, asker, "plumber", now)
        names = ("A stranger", "Another stranger", "A silent one", "A neighbour", "A doubtful one")
        people = {name: network.person(session, name, now) for name in names}
        for name, trade in zip(names, ("plumber", "plumbing", "plumber", "heating engineer", "plumber"), strict=True):
            network.offer(session, people[name], trade, now)
        network.offer(session, asker, "plumber", now)
        network.act(session, "do_not_contact", people["A silent one"], now)
        network.act(session, "vouched", people["A doubtful one"], now, **{"as": "no"})

    def apart() -> list[str]:
        row = author.opens("/dashboard/needs/").split(f'id="need-{need}"', 1)[1].split("</li>\n</ol>", 1)[0]
        said = row.partition("never been in touch")[2].partition("</p>")[0]
        return re.findall(r"<bdi>([^<]+)</bdi>", said)

    assert apart() == ["A stranger", "Another stranger"]
    author.acts(f"/dashboard/people/{people['A stranger']}/acts", kind="called")
    assert apart() == ["Another stranger"]
    assert "A stranger does this" in author.opens("/dashboard/needs/")
