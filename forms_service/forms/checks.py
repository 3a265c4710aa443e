"""What a field's value must be, each refusal said in words a visitor understands."""

from __future__ import annotations

from typing import Any

from wtforms import Field, Form
from wtforms.validators import StopValidation

from forms_service.forms.text import NUL, as_sent, is_blank


def no_nul(_form: Form, field: Field) -> None:
    """PostgreSQL refuses the null byte where SQLite takes it; nobody can type it."""
    if any(isinstance(value, str) and NUL in value for value in field.raw_data or ()):
        raise StopValidation("This contains an invisible character that cannot be kept. Please type it again.")


class Needed:
    """Something visible must be there. The message says what to do."""

    field_flags = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        if not field.data or is_blank(str(field.data)):
            raise StopValidation(self.message)


def sent_in(field: Field) -> str:
    """What a post said in `field`, as it is kept; only the first, should it be there twice."""
    return as_sent(str(field.raw_data[0])) if field.raw_data else ""


def _length(field: Field) -> int:
    """Blanks around the words count too: they are kept."""
    return max(len(field.data or ""), len(sent_in(field)))


class AtMost:
    """At most so many characters. No `maxlength` in the page: browsers cut off pasted text without a word."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def __call__(self, _form: Form, field: Field) -> None:
        length = _length(field)
        if length > self.characters:
            raise StopValidation(f"This has {length:,} characters; at most {self.characters:,} fit.")


class Sound:
    """For what no visitor types: neither long nor with a null byte, else `message` says what it means for him."""

    def __init__(self, characters: int, message: str) -> None:
        self.characters, self.message = characters, message

    def __call__(self, _form: Form, field: Field) -> None:
        if _length(field) > self.characters or NUL in (field.data or ""):
            raise StopValidation(self.message)


def say(field: Any, message: str) -> bool:
    """Put `message` on `field` after its own checks; always False, the form's verdict."""
    field.errors = (*field.errors, message)
    return False
