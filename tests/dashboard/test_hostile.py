"""Browsing a queue full of hostile words: nothing of theirs becomes part of a page."""

from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.intake.people import Sender
from forms_service.intake.record import SecondStep
from forms_service.models import Referral
from forms_service.people.changes import Promise, Sheet, Told, add_note, keep_sheet, take_up_referred
from forms_service.people.facts import FIELDS
from tests.dashboard.conftest import Author, Post, Sending

EVIL = [
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea></title></style><svg onload=alert(1)>",
    '" onmouseover="alert(1)" style="x',
    "{{ 7 * 7 }}{% raw %}<!-- ]]>",
    "<a href=javascript:alert(1)>‮x</a>",
]
#: Each kind of page with the number of the harmless row and of the hostile one.
PAIRS = {
    "inbox/{}": [(1, 5), (2, 6), (3, 7), (4, 8)],
    "comments/{}": [(1, 2)],
    "people/{}": [(1, 5), (2, 6), (3, 7), (4, 8)],
    "people/{}/brief": [(3, 7)],
    "people/{}/one-to-one": [(3, 7)],
    "people/{}/thanks": [(3, 7)],
    "favour?who={}": [(3, 7)],
    "referrals/{}": [(1, 2)],
    "referrals/{}/thanks/receipt": [(1, 2)],
}
LISTS = ("inbox", "inbox?show=spam", "comments", "people", "referrals", "thanks", "outbox", "sessions")


class Skeleton(HTMLParser):
    """The elements and attributes of a page, without its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *sorted(name for name, _ in attrs)))
        for name, value in attrs:
            if name in ("href", "src", "action") and ("rel", "icon") not in attrs:
                assert (value or "").startswith(("/", "#", "mailto:", "tel:", "http://localhost/links/")), value


def fill(send: Sending, database: Database, words: str, who: str) -> None:
    """A comment, a message, a referral and its second step, a note; the person referred is taken up."""
    mail = f"{who}@example.com"
    send("comment", name=words, text=words, email=f"1{mail}")
    send("contact", name=words, message=words, looking_for=words, good_at=words, email=f"2{mail}", phone="")
    sent = send("referral", name=words, referred_name=words, need=words, look_out_for=words, email=f"3{mail}")
    with database.read() as session:
        referral = session.scalars(select(Referral).where(Referral.submission_id == sent.id)).one()
    step = SecondStep(referral.id, Sender(referral.referrer_id, is_claim=False))
    send("referral_contact", step=step, email=f"4{mail}")
    with database.write() as session:
        add_note(session, referral.referrer_id, words, send.now)
        take_up_referred(session, referral.id, send.now, "US")
        filled_in = Sheet(
            facts=dict.fromkeys(FIELDS, words), needs=[Told(None, words)], wanted=[Told(None, f"{words}!")],
            offers=[Told(None, words)], trades=[words], promises=[Promise("author", words, send.now)], words=words,
            held_on=send.now.date(),
        )  # fmt: skip
        keep_sheet(session, referral.referrer_id, filled_in, ZoneInfo("UTC"), send.now)


@pytest.mark.parametrize("words", EVIL)
def test_hostile_words_leave_every_page_its_shape(author: Author, send: Sending, database: Database, words: str):
    fill(send, database, "Xyz", "harmless")  # no trade, like the hostile words: a trade would be proposed
    fill(send, database, words, "hostile")
    for page, numbers in PAIRS.items():
        for harmless, hostile in numbers:
            shapes = [
                Skeleton(author.opens(f"/dashboard/{page.format(number)}")).shape for number in (harmless, hostile)
            ]
            assert shapes[0] == shapes[1], (page, hostile)


def test_the_lists_hold_nothing_that_runs_or_loads(author: Author, send: Sending, database: Database):
    for number, words in enumerate(EVIL):
        fill(send, database, words, f"hostile{number}")
    for page in LISTS:
        shape = Skeleton(author.opens(f"/dashboard/{page}")).shape
        assert {tag for tag, *_ in shape} & {"script", "img", "svg", "iframe", "style", "object"} == set()
        assert [name for _, *names in shape for name in names if name.startswith("on") or name == "style"] == []


@pytest.mark.parametrize("search", EVIL)
def test_a_hostile_search_is_only_words(author: Author, post: Post, search: str):
    page = author.client.get("/dashboard/people", query_string={"q": search}).text
    assert {tag for tag, *_ in Skeleton(page).shape} & {"script", "img", "svg"} == set()
