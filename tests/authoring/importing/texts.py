"""Essays of nobody, in the two shapes that old blogs leave behind."""

import textwrap

FIRST_PARAGRAPHS = (
    "A baker I know keeps a list by the oven. It holds no orders, only names, and beside each name what somebody "
    "once said they were looking for.",
    "Most mornings nothing comes of it. Then a florist asks for a van, a driver’s name is on the list, and two people "
    "who had never met have something to talk about.",
    "Will you start a list of your own? We will see what to do with it next week. Tell me how it goes, write to "
    "baker@example.com, or call me at 212-555-0188.",
)
FIRST = "\n\n".join(("March 6, 2016", "The List by the Oven", *FIRST_PARAGRAPHS, "No comments:", "Post a Comment"))

SECOND_PARAGRAPHS = (
    "Last week we began a list of names beside an oven, and some of you wrote to say that yours hangs in a garage or "
    "lies in a drawer where nobody else would think of looking for it.",
    "A list alone does nothing. Somebody has to read it aloud from time to time, and the best moment for that is when "
    "a visitor has just told you what is missing in his shop.",
    "The florist has her van by now. She did not thank the list, of course, she thanked the baker, and the baker sent "
    "a cake to the driver, who had forgotten the whole story. It made him laugh.",
    "Whom have you put together lately? Leave me a comment, write to baker@example.com, or call me at 212-555-0188.",
)
#: What the old blog's markup before a paragraph's first word took of its first line.
INVISIBLE = " " * 18


def wrapped(paragraphs: tuple[str, ...] | list[str], width: int, invisible: str = "") -> list[str]:
    """The lines of all paragraphs, cut to `width`, no blank ones between."""
    lines = []
    for paragraph in paragraphs:
        cut = textwrap.wrap(paragraph, width, initial_indent=invisible, break_on_hyphens=False, break_long_words=False)
        lines += [line.strip() for line in cut]
    return lines


SECOND = "\n".join((*wrapped(SECOND_PARAGRAPHS, 72, INVISIBLE), "No comments:", "Post a Comment", ""))
