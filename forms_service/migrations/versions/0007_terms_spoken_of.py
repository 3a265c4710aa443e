"""When a term was last spoken of, whether a meeting has its hour, and rows of Today found by their name"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("meets_timed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_put_off_row", "put_off", ["row"])


def downgrade() -> None:
    op.drop_index("ix_put_off_row", "put_off")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("meets_timed")
        batch_op.drop_column("offered_at")
