"""The numbered migrations make exactly the tables the models describe, on both databases, and can be undone."""

from datetime import datetime

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import column, inspect, select, table, text

from bench.population import rows_of, write_rows
from forms_service.db import Database, downgrade, mismatch, upgrade
from forms_service.models import Base, Event, Person
from forms_service.models.projection import replay
from tests.support.network import listed_trades


def test_the_migrated_tables_are_those_of_the_models(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_can_be_taken_back_and_made_again(database: Database):
    downgrade(database.engine, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    with database.read() as session:
        assert mismatch(session.connection()).startswith("older than the code")
    upgrade(database.engine)
    with database.read() as session:
        assert mismatch(session.connection()) == ""


def test_what_was_recorded_before_is_filled_in_as_it_is_projected(database: Database, now: datetime):
    """What matching asks of people, in a database from before these columns."""
    downgrade(database.engine, "0007")
    rows = rows_of(40, listed_trades(), now)
    events = [{**row, "reverses_id": None} for row in rows[Event]]
    rows[Event] = events
    for number, kind, data in (
        (7, "vouched", {"as": "yes"}), (9, "vouched", {"as": "no"}), (13, "erased", {}), (None, "marked_spam", {}),
        (11, "vouched", {"as": "yes"}),
    ):  # fmt: skip
        said = {"actor": "author", "at": now, "data": data, "kind": kind, "person_id": number}
        events.append({**dict.fromkeys(events[0]), **said, "id": len(events) + 1})
    events.append({**events[-1], "kind": "undone", "reverses_id": len(events), "id": len(events) + 1})
    with database.write() as session:
        for model, made in rows.items():
            columns = (column(name, model.__table__.c[name].type) for name in {key for row in made for key in row})
            write_rows(session, table(model.__tablename__, *columns), made)
    upgrade(database.engine)
    asked = select(Person.id, Person.erased_at, Person.vouch, Person.depth, Person.is_partner).order_by(Person.id)
    with database.write() as session:
        filled = session.execute(asked).all()
        replay(session)
        assert session.execute(asked).all() == filled
    assert {row.depth for row in filled} == {"met", "know", "trust"}
    assert {row.is_partner for row in filled} == {True, False}
    assert [row.id for row in filled if row.erased_at] == [13]
    assert [row.id for row in filled if row.vouch == "no"] == [9]


def test_names_typed_before_they_were_events_become_events(database: Database):
    downgrade(database.engine, "0008")
    with database.engine.begin() as connection:
        connection.execute(text(
            "INSERT INTO person (name, created_at, source, preferred_name, usual) "
            "VALUES ('A baker', '2026-11-01 00:00:00', 'form', 'Hal', 'Rye'), "
            "('A miller', '2026-11-01 00:00:00', 'form', '', '')"
        ))  # fmt: skip
    upgrade(database.engine)
    with database.write() as session:
        replay(session)
        names = session.execute(select(Person.preferred_name, Person.usual).order_by(Person.id)).all()
        assert names == [("Hal", "Rye"), ("", "")]
        assert len(session.scalars(select(Event)).all()) == 2
    downgrade(database.engine, "0008")
    with database.engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM event")).scalar() == 0
        assert connection.execute(text("SELECT usual FROM person ORDER BY id")).scalars().all() == ["Rye", ""]
