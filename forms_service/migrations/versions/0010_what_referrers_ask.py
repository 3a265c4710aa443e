"""What a referrer asks on the page of his referral, and since when; when the person referred objected"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asks", sa.String(length=10), server_default="", nullable=False))
        batch_op.add_column(sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_referral_asked_at", "referral", ["asked_at"])


def downgrade() -> None:
    op.drop_index("ix_referral_asked_at", "referral")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_column("objected_at")
        batch_op.drop_column("asks")
        batch_op.drop_column("asked_at")
