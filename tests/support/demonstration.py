"""A site to show: fourteen years of Sundays, a series, conversations. Our own words, and nobody in them but roles."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bridge.comment_file import PublicComment, write_comments

NUMBER = 730  # the two sample essays included
LAST_GENERATED = date(2026, 11, 1)  # the Sunday before the samples
SAMPLES = ("2026/11/the-second-question", "2026/11/known-by-name")
SERIES = "Thanks in Writing"
IN_SERIES = ("2026/10/the-card-in-the-drawer", "2026/10/three-lines-are-enough", "2026/11/signed-by-hand")
LONG_CONVERSATION = "2026/10/what-the-ferryman-charged"

#: The newest first: title, summary, tags, more front matter. Behind them stand made titles.
RECENT: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("Signed by Hand", "A typed name says who wrote the letter. A signed one says that somebody sat down to do it.",
     "Gratitude, Letters", {"Series": SERIES}),
    ("Three Lines Are Enough", "What they did, what it made possible, and your name. Anything after that is about you.",
     "Gratitude, Letters", {"Series": SERIES, "Start": "yes"}),
    ("The Card in the Drawer", "A card that was never sent costs more in the drawer than it would have in the post.",
     "Gratitude, Letters", {"Series": SERIES}),
    ("A Seat for the Locksmith", "How one empty chair at a breakfast table found eleven people the help they needed.",
     "Networking", {"Start": "yes"}),
    ("What the Ferryman Charged", "The price he named was fair. What brought people back was what he did with the fog.",
     "Clients, Prices", {}),
    ("The Florist’s Second Telephone", "It rings for other people’s business, and it is the one she answers first.",
     "Referrals, Partners", {"Start": "yes"}),
    ("Ask the Apprentice", "The shortest way to a shop’s troubles leads past the counter and through the workshop.",
     "Listening", {}),
    ("When the Answer Is No", "A clear no, given soon and with a name to try instead, has made me friends.",
     "Promises", {}),
    ("Paid in Tomatoes", "Some debts should be settled in kind, and some should be left open on purpose.",
     "Gratitude, Neighbours", {}),
)  # fmt: skip
FIRST_WORDS = (
    "The Baker’s", "A Cobbler’s", "Her", "The Wrong", "Another", "Every", "One Honest", "The Last", "Somebody’s",
    "An Early", "The Patient", "A Borrowed", "The Missing", "Two Kinds of", "Between", "The Other", "A Quiet",
    "The Slowest", "Beyond the", "Half a", "Counting the", "Mending the", "Knowing Your", "Forgetting the",
    "Behind the", "The Unpaid", "A Stranger’s", "No", "In Praise of the", "The Trouble With a", "Waiting for the",
    "Before the",
)  # fmt: skip
NAMES_OF_THINGS = (
    "Ladder", "Ledger", "Lantern", "Handshake", "Invoice", "Doorbell", "Market", "Umbrella", "Bargain", "Reference",
    "Promise", "Harvest", "Counter", "Window", "Waiting Room", "Toolbox", "Breakfast", "Winter", "Address Book",
    "Mistake", "Compliment", "Complaint", "Envelope", "Guest", "Neighbour", "Printer", "Roof", "Bridge", "Discount",
    "Deadline", "Recipe", "Rehearsal", "Kettle", "Introduction", "Memory", "Errand", "Anniversary", "Letterbox",
    "Workshop", "Receipt", "Favour", "Question", "Silence", "Apology", "Signature", "Suitcase", "Orchard",
    "Timetable", "Key", "Visitor",
)  # fmt: skip
TURNS = (
    "", "", "", "at Noon", "on a Tuesday", "Nobody Ordered", "in the Rain", "Revisited", "That Came Back",
    "and the Truth", "Without a Price", "Worth Keeping", "for Two", "I Never Sent", "by Heart", "in March",
    "and What It Taught",
)  # fmt: skip
TAGS = ("Gratitude", "Clients", "Referrals", "Listening", "Letters", "Prices", "Promises", "Partners", "Neighbours")
PARAGRAPHS = (
    "There is a carpenter in our street who measures everything twice and every customer three times.\n"
    "He wants to know who will sit on the chair, and for how long, and whether there is a cat.\n"
    "People think that he is slow.\n"
    "He has never made a chair that came back.",
    "I asked him once where he had learned to ask so much.\n"
    "From a tailor, he said, who lost a good client over half an inch and a question he had been too proud to put.",
    "The arithmetic is simple enough.\n"
    "An hour spent listening before the work costs an hour.\n"
    "An hour saved there is paid for later, usually by the person who can least afford it, and usually on a Friday.",
    "What I like about this is how little it has to do with talent.\n"
    "Anybody can keep a list.\n"
    "Anybody can write down that the teacher’s roof leaks, that the printer’s daughter is looking for a room, "
    "that the gardener would rather be paid in November.",
    "The list is worthless on the day you write it.\n"
    "It begins to pay when you read it with somebody’s trouble in mind, and find that two lines of it fit.",
    "> A favour that both sides remember is a debt.\n> One that only the other side remembers is a friendship.",
    "So I called the roofer, who owed me nothing, and told him about the teacher, who could not pay him much.\n"
    "He went on a Sunday.\n"
    "I do not know what they agreed on, and I have never asked.",
    "A year later she stood up in a meeting of forty parents and told them who had come on a Sunday.\n"
    "He has not advertised since.",
    "None of this can be planned, which is why most people leave it out of their plans.\n"
    "It can be prepared for, though, the way one prepares for guests: by having something in the house.",
    "Here is what I would have in the house:\n\n* three names you can recommend without crossing your fingers;\n"
    "* the habit of calling back on the same day;\n* a stack of plain cards, and stamps.",
    "You may think that this is too small to matter.\n"
    "I thought so too, for about ten years, and spent them on larger things that I can no longer remember.",
    "Try it with one person before the week is out.\n"
    "Choose somebody who would not expect it.\n"
    "Then tell me how it went; the form below is short, and I read everything.",
)
WORDS = (
    ("Baker", "I read this at four in the morning, waiting for the first tray. My father was that carpenter."),
    ("Florist", "Half an inch! I lost a wedding over a shade of white, and for the same reason: I did not ask."),
    ("School caretaker", "Nobody thanks the person with the keys. Then somebody did, and I have kept the card."),
    ("Retired tram driver", "Please write more about the list. How do you keep it? On paper? And what of the people "
     "whom you cannot help?\n\nMine has grown to four pages, and most of it is older than my grandchildren."),
    ("Bookbinder", "We tried it in the shop this week. Three cards, three telephone calls back. "
     "See https://example.com/three-cards for a picture of the stack that is left."),
    ("Piano tuner", "Agreed."),
)  # fmt: skip
ANSWER = (
    "On paper, in pencil, so that I can take people off again when they have found what they were looking for. "
    "Those whom I cannot help stay on it: somebody always can."
)
BEGINNING = datetime(2026, 11, 15, 13, 20, tzinfo=UTC)


def write_essays(content: Path, number: int = NUMBER) -> None:
    """Fill `content/articles` up to `number` essays with those before the two samples, one a week."""
    chance = random.Random(2026)  # noqa: S311  # the same site every time
    for place, title in enumerate(_titles(number)):
        day = _day(place, number)
        path = content / "articles" / f"{day}-{slug(title)}.md"
        path.write_text(_essay(place, title, day, chance), encoding="utf-8")


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("’", "")).strip("-")


def oldest(number: int = NUMBER) -> str:
    """The first essay of all, so old that its comments are closed."""
    return f"{_day(number - len(SAMPLES) - 1, number):%Y/%m}/{slug(_titles(number)[-1])}"


def _day(place: int, number: int) -> date:
    """A week between them; of however few, the first is as old as of all."""
    is_first = place == number - len(SAMPLES) - 1
    return LAST_GENERATED - timedelta(weeks=NUMBER - len(SAMPLES) - 1 if is_first else place)


def _titles(number: int) -> list[str]:
    """The generated ones, newest first; no title stands twice."""
    made = [f"{a} {b} {c}".strip() for a in FIRST_WORDS for b in NAMES_OF_THINGS for c in dict.fromkeys(TURNS)]
    random.Random(2012).shuffle(made)  # noqa: S311
    return [*(each[0] for each in RECENT), *made][: number - len(SAMPLES)]


def _essay(place: int, title: str, day: date, chance: random.Random) -> str:
    if place < len(RECENT):
        _, summary, tags, more = RECENT[place]
        paragraphs = chance.sample(PARAGRAPHS[:-1], 9)
    else:
        paragraphs, more = chance.sample(PARAGRAPHS, 3), {}
        summary = " ".join(paragraphs[0].split())[:150].rpartition(" ")[0] + " …"
        tags = ", ".join(chance.sample(TAGS, chance.randint(1, 2)))
    front = {"Title": title, "Date": f"{day} 07:00", "Slug": slug(title), "Tags": tags, "Summary": summary, **more}
    return "\n".join([*(f"{key}: {value}" for key, value in front.items()), "", "\n\n".join(paragraphs), ""])


def write_conversations(comments_dir: Path, long: int = 40) -> None:
    """A friendly one below the newest sample and the middle of the series, and one of `long` comments."""
    for essay in (SAMPLES[1], IN_SERIES[1]):
        write_comments(comments_dir, essay, conversation())
    write_comments(comments_dir, LONG_CONVERSATION, crowd(long))


def conversation() -> list[PublicComment]:
    """Three voices, an answer by the author, an answer to that, and one word by itself."""
    opening = [_said(number, None) for number in range(4)]
    return [*opening, _author("a", "4", ANSWER), _said(4, "a"), _said(5, None)]


def crowd(number: int) -> list[PublicComment]:
    return [_said(place, str(place) if place % 3 == 2 else None) for place in range(number)]


def _said(place: int, parent: str | None) -> PublicComment:
    name, text = WORDS[place % len(WORDS)]
    return PublicComment(str(place + 1), parent, name, text, BEGINNING + timedelta(hours=5 * place), by_author=False)


def _author(identity: str, parent: str, text: str) -> PublicComment:
    return PublicComment(identity, parent, "The Author", text, BEGINNING + timedelta(hours=18), by_author=True)
