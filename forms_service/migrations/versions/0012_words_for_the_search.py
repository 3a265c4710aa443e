"""An index of words for the search, names folded for it, and erasures found without reading every event"""

from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW, ERASED = sa.text("indexed_at IS NULL"), sa.text("kind = 'erased'")
PLAIN = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th", "ŧ": "t",
})  # fmt: skip
MARKS = dict.fromkeys(range(0x300, 0x370))


def upgrade() -> None:
    op.create_table(
        "word",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word"),
    )
    op.create_table(
        "word_of_person",
        sa.Column("word_id", NUMBER, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["word_id"], ["word.id"], name="fk_word_of_person_word_id_word", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_word_of_person_person_id_person"),
        sa.PrimaryKeyConstraint("word_id", "person_id", name="pk_word_of_person"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_of_person_person_id", "word_of_person", ["person_id"])
    for table, key in (("note", "event_id"), ("submission", "person_id")):
        op.add_column(table, sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=True))
        op.create_index(f"ix_{table}_not_indexed", table, [key], sqlite_where=NEW, postgresql_where=NEW)
    op.add_column("person", sa.Column("folded_name", sa.Text(), server_default="", nullable=False))
    _fold_names(op.get_bind())
    op.create_index("ix_event_erased", "event", ["id"], sqlite_where=ERASED, postgresql_where=ERASED)


def _fold_names(connection: sa.Connection) -> None:
    """By the rules of this day. The worker enters the words of what was written before."""
    person = sa.table("person", *map(sa.column, ("id", "name", "folded_name")))
    names = {row.id: row.name for row in connection.execute(sa.select(person.c.id, person.c.name))}
    for number, name in names.items():
        folded = normalize("NFKD", name.casefold()).translate(MARKS).casefold().translate(PLAIN)
        connection.execute(person.update().where(person.c.id == number).values(folded_name=folded))


def downgrade() -> None:
    op.drop_index("ix_event_erased", "event")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("folded_name")
    for table in ("submission", "note"):
        op.drop_index(f"ix_{table}_not_indexed", table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("indexed_at")
    op.drop_table("word_of_person")
    op.drop_table("word")
