"""The numbered migrations make exactly the tables the models describe, on both databases, and can be undone."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from forms_service.db import Database, downgrade, is_behind, upgrade
from forms_service.models import Base


def test_the_migrated_tables_are_those_of_the_models(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_can_be_taken_back_and_made_again(database: Database):
    downgrade(database.engine, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    with database.read() as session:
        assert is_behind(session.connection())
    upgrade(database.engine)
    with database.read() as session:
        assert not is_behind(session.connection())
