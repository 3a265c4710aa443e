"""A comment on an essay: a name, the words, and an address if the author may answer by mail."""

from __future__ import annotations

from forms_service.forms import fields
from forms_service.forms.base import BaseForm, Group

TEXT_LIMIT = 10_000


class CommentForm(BaseForm):
    KIND = "comment"
    TITLE = "Leave a comment"
    BUTTON = "Send your comment"
    GROUPS = (Group("", ("name", "email", "text")),)

    name = fields.line(
        "Your name", hint="It stands beside your comment.", needed="Please say who you are.", autocomplete="name"
    )
    email = fields.email("Your e-mail", hint="Never published. I use it only to answer you personally.")
    text = fields.text(
        "Your comment", most=TEXT_LIMIT, rows=6, needed="Please write your comment.",
        hint="Plain text. Leave an empty line between paragraphs; web addresses become links.",
    )  # fmt: skip
    article = fields.hidden("I do not know the essay this comment belongs to. Please open it once more.")
    parent = fields.hidden("I do not know the comment you are answering. Please open the essay once more.")
