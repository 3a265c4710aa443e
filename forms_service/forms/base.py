"""What all forms share: a prefix of their own, the honeypot, and the words exactly as they were sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import Field, Form, HiddenField

from forms_service.forms.checks import sent_in
from forms_service.forms.fields import trap


@dataclass(frozen=True)
class Group:
    """Fields that stand together; with a legend they make a fieldset."""

    legend: str
    names: tuple[str, ...]


class BaseForm(Form):
    """One form. Subclasses say their KIND, how their fields are grouped, and what the button says.

    The prefix keeps the ids of two forms on one page apart. `country` reads phone numbers that have no
    country code; the pages print forms without knowing it.
    """

    KIND: ClassVar[str]
    TITLE: ClassVar[str]
    BUTTON: ClassVar[str]
    GROUPS: ClassVar[tuple[Group, ...]]
    #: Fields whose being needed depends on another field: called neither optional nor required.
    EITHER: ClassVar[tuple[str, ...]] = ()

    #: No address book or browser fills in a field of this name, but form-filling programs do.
    topic = trap()

    def __init__(self, formdata: Any = None, *, country: str = "US", **kwargs: Any) -> None:
        self.country = country
        super().__init__(formdata, prefix=f"{self.KIND}-", **kwargs)

    @property
    def groups(self) -> Iterator[tuple[str, list[Field]]]:
        for group in self.GROUPS:
            yield group.legend, [self[name] for name in group.names]

    def is_optional(self, field: Field) -> bool:
        return not field.flags.required and field.short_name not in self.EITHER

    @property
    def hidden_fields(self) -> list[Field]:
        return [field for field in self if isinstance(field, HiddenField)]

    @property
    def failures(self) -> list[tuple[str, str]]:
        """What is wrong, in the order of the page: the id to jump to (none for what is not seen) and the message."""
        seen = [(focus_of(field), field) for _, fields in self.groups for field in fields]
        unseen = [("", field) for field in (self.topic, *self.hidden_fields)]
        return [(target, str(message)) for target, field in (*seen, *unseen) for message in field.errors]

    @property
    def is_trapped(self) -> bool:
        """The field that people leave empty was filled in: a signal, nothing more."""
        return bool(self.topic.data)

    @property
    def as_sent(self) -> dict[str, str]:
        """Every field's words as they were sent, before any tidying."""
        return {field.short_name: sent_in(field) for field in self}

    @property
    def cleaned(self) -> Mapping[str, Any]:
        """The tidied values without the honeypot."""
        return {name: value for name, value in self.data.items() if name != "topic"}


def focus_of(field: Field) -> str:
    """The id of the control that a link to `field` should land on; of a radio group, its first answer."""
    return f"{field.id}-0" if field.type == "Choice" else str(field.id)
