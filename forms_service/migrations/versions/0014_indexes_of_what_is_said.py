"""Indexes of what few rows say hold those rows only, so that whoever writes has fewer pages to make durable"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

COLUMNS = {
    "event": ("comment_id", "referral_id", "need_id", "offer_id", "knows_id", "hint_id", "outbound_id"),
    "person": ("drifts_at", "term_ends_at", "meets_at"),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            said = sa.text(f"{column} IS NOT NULL")
            op.drop_index(f"ix_{table}_{column}", table)
            op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)
            op.create_index(f"ix_{table}_{column}", table, [column])
