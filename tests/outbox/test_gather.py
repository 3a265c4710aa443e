"""From the rows to the mail: the right words, the right links, and when there is nothing to send."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bridge.page_index import IndexedArticle, PageIndex, SiteFacts, save_page_index
from forms_service.config import Config
from forms_service.db import Database
from forms_service.links.tokens import Link, read
from forms_service.models import Comment, OutboxMail, Referral, SignInLink
from forms_service.moderation import decide
from forms_service.outbox.gather import NothingToSendError, gather
from forms_service.outbox.reports import queue_report
from tests.support import received


def links_in(body: str, config: Config, now: datetime) -> list[Link]:
    """What the signed links of a mail do, in their order."""
    return [read(config.secret_key, token, now) for token in re.findall(r"^http://localhost/links/(\S+)$", body, re.M)]


@pytest.fixture
def session(database: Database):
    with database.write() as writing:
        yield writing


def test_a_comments_mail_carries_its_three_links(session: Session, config: Config, now: datetime):
    mail = gather(session, received.comment(session, now), config, now)
    assert links_in(mail.body, config, now) == [Link("comment", 1, action) for action in ("approve", "reject", "spam")]


def test_an_essay_is_called_by_its_title_at_its_address(session: Session, config: Config, now: datetime):
    site = SiteFacts("Gratitude", "http://localhost", "", "The Author", "en", "UTC")
    article = IndexedArticle("2026/11/thanks", "Thanks, on a Friday", "/2026/11/thanks.html", now, None, False)
    save_page_index(config.output_dir, PageIndex(site, {article.id: article}))
    mail = gather(session, received.comment(session, now), config, now)
    assert "“Thanks, on a Friday”" in mail.subject
    assert "\nhttp://localhost/2026/11/thanks.html\n" in mail.body


def test_an_essay_that_no_build_knows_goes_by_its_id(session: Session, config: Config, now: datetime):
    mail = gather(session, received.comment(session, now), config, now)
    assert mail.subject == "A baker commented on “2026/11/thanks”"


def test_an_answer_names_the_comment_it_answers(session: Session, config: Config, now: datetime):
    received.comment(session, now, name="A gardener")
    mail = gather(session, received.comment(session, now, parent=session.get_one(Comment, 1)), config, now)
    assert "the comment by A gardener" in mail.body


def test_a_messages_mail_carries_what_was_typed(session: Session, config: Config, now: datetime):
    row = received.contact(session, now)
    mail = gather(session, row, config, now)
    for words in (
        "A gardener",
        "+1 212-555-0143",
        "> May I call you about the roses?",
        "> A good printer",
        "> Pruning",
    ):
        assert words in mail.body
    assert mail.reply_to == "gardener@example.com"
    assert links_in(mail.body, config, now) == [Link("submission", row.submission_id, a) for a in ("answered", "spam")]


def test_the_hours_left_are_those_of_the_moment_it_leaves(session: Session, config: Config, now: datetime):
    row = received.contact(session, now)
    assert "10:00 AM: 4 hours left." in gather(session, row, config, now + timedelta(hours=20)).body


def test_a_referrals_mail_leads_to_its_page(session: Session, config: Config, now: datetime):
    mail = gather(session, received.referral(session, now), config, now)
    assert "\nhttp://localhost/dashboard/referrals/1\n" in mail.body
    assert "> A landlord with old pipes" in mail.body


def test_how_to_reach_someone_is_answered_to_the_referrer(session: Session, config: Config, now: datetime):
    received.referral(session, now)
    mail = gather(session, received.referral_contact(session, now, session.get_one(Referral, 1)), config, now)
    assert mail.reply_to == "plumber@example.com"
    assert "their e-mail: teacher@example.com" in mail.body


def test_an_address_that_comes_later_changes_nothing_of_what_is_known(session: Session, config: Config, now: datetime):
    for known, words in (
        ({"confirmed_level": "L1"}, "Do not write to them"),
        ({"objected_at": now}, "Leave them in peace"),
        ({"status": "do_not_contact"}, "Leave them in peace"),
        ({"status": "met"}, "Record how it ended"),
    ):
        sent = received.referral(session, now).submission_id
        about = session.scalars(select(Referral).where(Referral.submission_id == sent)).one()
        for name, value in known.items():
            setattr(about, name, value)
        body = " ".join(gather(session, received.referral_contact(session, now, about), config, now).body.split())
        assert words in body
        assert "write or call" not in body, known
        assert "first message" not in body, known


def test_a_sign_in_mail_carries_the_link(session: Session, config: Config, now: datetime):
    mail = gather(session, received.sign_in(session, now, now + timedelta(minutes=15)), config, now)
    (token,) = re.findall(r"^http://localhost/dashboard/sign-in/(\S+)$", mail.body, re.M)
    assert read(config.secret_key, token, now) == Link("sign_in", 1, "", "n0nce-of-a-link")


def test_a_sign_in_link_that_ended_is_not_sent(session: Session, config: Config, now: datetime):
    row = received.sign_in(session, now, now + timedelta(minutes=15))
    with pytest.raises(NothingToSendError, match="ask for a new one"):
        gather(session, row, config, now + timedelta(minutes=15))


def test_a_sign_in_link_that_was_used_is_not_sent(session: Session, config: Config, now: datetime):
    row = received.sign_in(session, now, now + timedelta(minutes=15))
    session.get_one(SignInLink, 1).used_at = now
    with pytest.raises(NothingToSendError):
        gather(session, row, config, now)


def test_what_was_called_spam_meanwhile_is_not_sent(session: Session, config: Config, now: datetime):
    row = received.comment(session, now)
    decide.mark_spam(session, 1, now)
    with pytest.raises(NothingToSendError, match="spam"):
        gather(session, row, config, now)


def test_what_was_erased_meanwhile_is_not_sent(session: Session, config: Config, now: datetime):
    row = received.comment(session, now)
    session.execute(delete(Comment))
    with pytest.raises(NothingToSendError, match="erased"):
        gather(session, row, config, now)


def test_composing_changes_nothing(session: Session, config: Config, now: datetime):
    row = received.comment(session, now)
    gather(session, row, config, now)
    assert not session.dirty
    assert session.scalars(select(OutboxMail.state)).all() == ["queued"]


def test_a_report_says_what_was_said_then(session: Session, config: Config, now: datetime):
    row = queue_report(session, config, "“Third”\nis out", "It is out:\n  https://example.com/\x00a", now)
    mail = gather(session, row, config, now)
    assert (mail.subject, mail.body) == ("“Third” is out", "It is out:\n  https://example.com/a\n")


def test_a_report_whose_words_are_gone_is_not_sent(session: Session, config: Config, now: datetime):
    row = queue_report(session, config, "s", "t", now)
    row.report_id = None
    with pytest.raises(NothingToSendError, match="is gone"):
        gather(session, row, config, now)
