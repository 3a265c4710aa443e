"""The words that stand in what people wrote and what is noted about them: an index for the search, made from both.

Each word stands here once, however often it was written, so that a search looks through the words and not the texts.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base

#: SQLite numbers its rows by integers of any length, and by those only.
Number = BigInteger().with_variant(Integer, "sqlite")


class Word(Base):
    """What stands between white space somewhere, folded (people.folding); `id` is made from it."""

    __tablename__ = "word"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)


class WordOfPerson(Base):
    """The word stands in something this person wrote, or in a note about them."""

    __tablename__ = "word_of_person"
    __table_args__ = {"sqlite_with_rowid": False}

    word_id: Mapped[int] = mapped_column(Number, ForeignKey("word.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
