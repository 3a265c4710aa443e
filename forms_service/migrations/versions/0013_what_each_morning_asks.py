"""What Today asks each morning is found without looking at everybody: who is unthanked, needs, open referrals"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_person_unthanked", "person", ["thanked_at", "touched_at"])
    op.create_index("ix_need_asked", "need", ["state", "asked_at"])
    op.drop_index("ix_need_state", "need")
    op.create_index("ix_referral_status", "referral", ["status"])


def downgrade() -> None:
    op.drop_index("ix_referral_status", "referral")
    op.create_index("ix_need_state", "need", ["state"])
    op.drop_index("ix_need_asked", "need")
    op.drop_index("ix_person_unthanked", "person")
