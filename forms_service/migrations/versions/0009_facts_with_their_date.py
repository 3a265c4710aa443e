"""What the author calls people and their usual become events, with their words beside them and their date"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FIELDS = ("preferred_name", "usual")


def upgrade() -> None:
    """Since when it was known is not: the day of this migration is what can be said honestly."""
    connection, now = op.get_bind(), datetime.now(UTC)
    tables = sa.MetaData()
    person, event, note = (sa.Table(name, tables, autoload_with=connection) for name in ("person", "event", "note"))
    event.c.data.type = sa.JSON()
    for row in connection.execute(sa.select(person.c.id, *(person.c[name] for name in FIELDS))).all():
        for name in FIELDS:
            if words := getattr(row, name):
                said = {"at": now, "kind": "fact_noted", "actor": "author", "person_id": row.id}
                kept = connection.execute(event.insert().values(**said, data={"field": name, "from": "author"}))
                connection.execute(note.insert().values(event_id=kept.inserted_primary_key[0], text=words))


def downgrade() -> None:
    """The columns hold the words still; the events, of kinds that nobody would know, go with their undoings."""
    event = sa.table("event", *map(sa.column, ("id", "kind", "reverses_id")))
    ours = sa.select(event.c.id).where(event.c.kind.in_(("fact_noted", "noted_together")))
    note = sa.table("note", sa.column("event_id"))
    op.execute(note.delete().where(note.c.event_id.in_(ours)))
    op.execute(event.delete().where(event.c.reverses_id.in_(ours)))
    op.execute(event.delete().where(event.c.id.in_(ours)))
