"""What a command has to tell the author by mail: that his essay is out, or why it is not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class Report(Base):
    """Words of our own commands, as they were said then: unlike a submission they cannot be read anew later."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
