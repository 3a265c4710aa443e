"""A comment on an essay, and the marks that say which essays' pages are behind."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class CommentState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"


class Comment(Base):
    """Kept as sent, escaped on the way out. `article_id` is the essay's address: `2015/10/slug`."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_article", "article_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    article_id: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    by_author: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]
    # projections of this comment's events
    state: Mapped[str] = mapped_column(String(10), default=CommentState.PENDING)
    decided_at: Mapped[datetime | None]

    @property
    def is_erased(self) -> bool:
        """No form takes a comment without words."""
        return not self.text


class StaleArticle(Base):
    """This essay's pages show other comments than the database. Cleared only if `version` is unchanged."""

    __tablename__ = "stale_article"

    article_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    since: Mapped[datetime]
