"""Where imported comments came from"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=300), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("anchor", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_imported_comment_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_comment")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_imported_comment_comment_id")),
        sa.UniqueConstraint("source_id", name=op.f("uq_imported_comment_source_id")),
    )
    with op.batch_alter_table("imported_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_comment_stamp"), ["stamp"], unique=False)


def downgrade() -> None:
    op.drop_table("imported_comment")
