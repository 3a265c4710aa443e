"""What thanks cost stands in a year's books, row by row, and on nobody's account."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from forms_service.db import Database
from forms_service.models import Person
from forms_service.people import changes
from forms_service.people.changes import ChangeError
from forms_service.people.queries.costs import Cost, costs
from tests.support import network

NEW_YORK = ZoneInfo("America/New_York")


def test_a_year_by_the_authors_clocks_without_what_was_taken_back(database: Database):
    new_year = datetime(2027, 1, 1, tzinfo=NEW_YORK)
    with database.write() as session:
        weaver, potter = (network.person(session, name, new_year) for name in ("A weaver", "A potter"))
        changes.thank(session, weaver, "gift", new_year - timedelta(minutes=1), cost="12,5")
        changes.thank(session, potter, "card", new_year - timedelta(days=9), cost="$4.50")
        changes.thank(session, potter, "spoken", new_year - timedelta(days=5))
        changes.thank(session, weaver, "card", new_year, cost="99")
        slip = changes.thank(session, weaver, "mention", new_year - timedelta(days=2), cost="30")
        assert slip is not None
        changes.take_back(session, slip.id, new_year)
        assert costs(session, 2026, NEW_YORK) == [
            Cost(date(2026, 12, 23), "card", "A potter", Decimal("4.50")),
            Cost(date(2026, 12, 31), "gift", "A weaver", Decimal("12.50")),
        ]


@pytest.mark.parametrize("typed", ["much", "-1", "1e3", "٣", "4.505", "1234567"])
def test_what_is_no_sum_is_refused(database: Database, now: datetime, typed: str):
    with database.write() as session:
        weaver = network.person(session, "A weaver", now)
        with pytest.raises(ChangeError, match=r"a sum like 4\.50"):
            changes.thank(session, weaver, "card", now, cost=typed)


@pytest.mark.parametrize("typed", ["", " ", "0", "0.00"])
def test_nothing_is_no_cost(database: Database, now: datetime, typed: str):
    with database.write() as session:
        event = changes.thank(session, network.person(session, "A weaver", now), "card", now, cost=typed)
        assert event is not None
        assert "cost" not in event.data


def test_to_name_somebody_in_public_is_no_touch(database: Database, now: datetime):
    with database.write() as session:
        number = network.person(session, "A weaver", now)
        changes.thank(session, number, "mention", now)
        assert session.get_one(Person, number).touched_at is None
