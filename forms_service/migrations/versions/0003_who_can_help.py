"""Needs, offers, who knows whom, and outbound referrals"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hint_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hint")),
    )
    with op.batch_alter_table("hint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hint_person_id"), ["person_id"], unique=False)
    op.create_table(
        "knows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("depth", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_knows_other_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_knows_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knows")),
    )
    with op.batch_alter_table("knows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_knows_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knows_person_id"), ["person_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_person_id_person")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_need_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_submission_id"), ["submission_id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("recommended_by_id", sa.Integer(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_offer_person_id_person")),
        sa.ForeignKeyConstraint(["recommended_by_id"], ["person.id"], name=op.f("fk_offer_recommended_by_id_person")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_offer_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_recommended_by_id"), ["recommended_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_submission_id"), ["submission_id"], unique=False)
    op.create_table(
        "outbound_referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("via_id", sa.Integer(), nullable=True),
        sa.Column("hop", sa.String(length=2), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asker_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helper_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asker_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helper_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["helper_id"], ["person.id"], name=op.f("fk_outbound_referral_helper_id_person")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_outbound_referral_need_id_need")),
        sa.ForeignKeyConstraint(["via_id"], ["person.id"], name=op.f("fk_outbound_referral_via_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_referral")),
    )
    with op.batch_alter_table("outbound_referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbound_referral_helper_id"), ["helper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_referral_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_referral_via_id"), ["via_id"], unique=False)
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("need_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("knows_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("hint_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("outbound_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_event_hint_id"), ["hint_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_knows_id"), ["knows_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_outbound_id"), ["outbound_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_event_need_id_need"), "need", ["need_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_event_hint_id_hint"), "hint", ["hint_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_event_outbound_id_outbound_referral"), "outbound_referral", ["outbound_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_event_offer_id_offer"), "offer", ["offer_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_event_knows_id_knows"), "knows", ["knows_id"], ["id"])
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("introducing_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("introducing_since")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_event_knows_id_knows"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_offer_id_offer"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_outbound_id_outbound_referral"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_hint_id_hint"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_event_need_id_need"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_event_outbound_id"))
        batch_op.drop_index(batch_op.f("ix_event_offer_id"))
        batch_op.drop_index(batch_op.f("ix_event_need_id"))
        batch_op.drop_index(batch_op.f("ix_event_knows_id"))
        batch_op.drop_index(batch_op.f("ix_event_hint_id"))
        batch_op.drop_column("outbound_id")
        batch_op.drop_column("hint_id")
        batch_op.drop_column("knows_id")
        batch_op.drop_column("offer_id")
        batch_op.drop_column("need_id")
    op.drop_table("outbound_referral")
    op.drop_table("offer")
    op.drop_table("need")
    op.drop_table("knows")
    op.drop_table("hint")
