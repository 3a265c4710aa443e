"""What matching and every list ask of a person, kept beside them: erased, vouched for, how well known, a partner"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("vouch", sa.String(length=10), server_default="not_yet", nullable=False))
        batch_op.add_column(sa.Column("depth", sa.String(length=10), server_default="met", nullable=False))
        batch_op.add_column(sa.Column("is_partner", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_person_created_at", "person", ["created_at"])
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """By the rules of this day: what is recorded later is projected by the code."""
    person = sa.table("person", sa.column("id"), *map(sa.column, ("erased_at", "vouch", "depth", "is_partner")))
    for number, events in _standing(connection).items():
        erased = [at for at, kind, *_ in events if kind == "erased"]
        values = {"erased_at": erased[0]} if erased else _known(events)
        connection.execute(person.update().where(person.c.id == number).values(**values))


def _standing(connection: sa.Connection) -> dict[int, list[sa.Row]]:
    names = ("id", "at", "kind", "person_id", "submission_id", "referral_id", "outbound_id", "reverses_id")
    event = sa.table("event", *map(sa.column, names), sa.column("data", sa.JSON))
    undone = sa.select(event.c.reverses_id).where(event.c.reverses_id.is_not(None))
    spam = sa.select(event.c.submission_id).where(
        event.c.kind == "marked_spam", event.c.id.not_in(undone),
        event.c.submission_id.is_not(None),  # an imported comment has none, and among the others none would be found
    )  # fmt: skip
    query = sa.select(event.c.at, event.c.kind, event.c.data, event.c.referral_id, event.c.outbound_id)
    query = query.add_columns(event.c.person_id).where(
        event.c.person_id.is_not(None), event.c.kind != "undone", event.c.id.not_in(undone),
        sa.or_(event.c.kind != "erased", event.c.submission_id.is_(None)),
        sa.or_(event.c.submission_id.is_(None), event.c.submission_id.not_in(spam)),
    )  # fmt: skip
    found = defaultdict(list)
    for row in connection.execute(query.order_by(event.c.id)):
        found[row.person_id].append(row)
    return found


def _known(events: list[sa.Row]) -> dict[str, object]:
    kinds = {row.kind for row in events}
    said = [row.data["as"] for row in events if row.kind == "vouched"]
    vouch, held = said[-1] if said else "not_yet", "one_to_one_held" in kinds
    helped = any(row.referral_id or row.outbound_id or row.kind == "favour_done" for row in events)
    depth = "trust" if vouch == "yes" else "know" if held else "met"
    return {"vouch": vouch, "depth": depth, "is_partner": "partner_confirmed" in kinds or (held and helped)}


def downgrade() -> None:
    op.drop_index("ix_person_created_at", "person")
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in ("is_partner", "depth", "vouch", "erased_at"):
            batch_op.drop_column(name)
