"""The author's morning: what he owes, what he put off, and when people drift away"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PERSON_MOMENTS = (
    "touched_at", "thanked_at", "drifts_at", "lapses_at", "term_ends_at", "meets_at", "paused_until",
)  # fmt: skip
PERSON_INDEXED = ("drifts_at", "term_ends_at", "meets_at")
REFERRAL_MOMENTS = ("outcome_at", "thanked_at", "told_at", "outcome_thanked_at", "rewarded_at")


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preferred_name", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("usual", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("contact_status", sa.String(length=20), server_default="free", nullable=False))
        for name in PERSON_MOMENTS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in PERSON_INDEXED:
            batch_op.create_index(f"ix_person_{name}", [name])
    with op.batch_alter_table("referral", schema=None) as batch_op:
        for name in REFERRAL_MOMENTS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _add_duties()


def _add_duties() -> None:
    op.create_table(
        "duty",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_duty_event_id_event")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_person_id_person")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_open", "duty", ["done_at", "since"])
    op.create_index("ix_duty_person_id", "duty", ["person_id"])
    op.create_table(
        "put_off",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.String(length=60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_put_off_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "row", name=op.f("pk_put_off")),
    )


def downgrade() -> None:
    op.drop_table("put_off")
    op.drop_table("duty")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        for name in REFERRAL_MOMENTS:
            batch_op.drop_column(name)
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in PERSON_INDEXED:
            batch_op.drop_index(f"ix_person_{name}")
        for name in (*PERSON_MOMENTS, "contact_status", "usual", "preferred_name"):
            batch_op.drop_column(name)
