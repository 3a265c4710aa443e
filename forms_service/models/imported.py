"""Where a comment came from that was written elsewhere, before there was a form here to send it with."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class ImportedComment(Base):
    """Beside a comment that an import brought. Its `source_id` comes in once, whatever happens to the comment since."""

    __tablename__ = "imported_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), unique=True)
    source_id: Mapped[str] = mapped_column(String(300), unique=True)
    #: Which import brought it: the name of its folder in `var/imports/`.
    stamp: Mapped[str] = mapped_column(String(64), index=True)
    #: By what old links find it on the page, `c123`; empty if nobody linked to it.
    anchor: Mapped[str] = mapped_column(String(64))
    #: The page of whoever wrote it, an http address or empty.
    url: Mapped[str] = mapped_column(Text)
    #: The old blog had taken it away and showed that something had stood there, since others had answered it.
    removed: Mapped[bool]
