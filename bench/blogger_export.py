"""Blogger exports to measure and test with: made words in the shapes real exports have, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from bench.essays import DOES, PARAGRAPHS, SENTENCES, WHAT, WHEN, WHO, WHY

BLOG = "tag:blogger.com,1999:blog-1"
HOST = "http://essays.blogspot.com"
BEGIN = datetime(2010, 1, 3, 15, 0, tzinfo=UTC)
LABELS = ("Gratitude", "gratitude", "Clients", "Referrals", "Good Letters", "Prices", "Mistakes", "Markets")
PROFILE = "http://www.blogger.com/profile/1"
CLOSING = "Leave a comment below, send me an e-mail at author@example.com, or call me at 212-555-0123."


@dataclass(frozen=True)
class Made:
    """One entry before it is written in either form."""

    number: int
    kind: str
    title: str
    html: str
    at: datetime
    labels: tuple[str, ...] = ()
    address: str = ""
    status: str = "LIVE"
    parent: int = 0
    reply_to: int = 0
    author: str = "The Author"
    profile: str = PROFILE


def entries(essays: int, comments: int) -> list[Made]:
    """So many essays, a page, some drafts and trash, and so many comments spread over the essays."""
    chance = random.Random(2010)
    made = [_essay(number, chance) for number in range(1, essays + 1)]
    made.append(Made(900_001, "PAGE", "About the author", "<p>A page of its own.</p>", BEGIN, (), "/p/about.html"))
    made.append(Made(900_002, "POST", "", "", BEGIN, (), "", "DRAFT"))
    made.append(
        Made(900_003, "POST", "A thought not finished", "Half a thought<br /><br />and", BEGIN, (), "", "DRAFT")
    )
    made.append(Made(900_004, "POST", "Gone", "<p>Gone.</p>", BEGIN, (), "/2010/01/gone.html", "TRASHED"))
    made += [_comment(1_000_000 + place, 1 + place * 7 % essays, made, place, chance) for place in range(comments)]
    return made


def long_post(size: int) -> Made:
    """One post of at least so many characters, as editors leave them: marks, links, lines and lists."""
    chance = random.Random(size)
    parts: list[str] = []
    length = 0
    while length < size:
        words = [_sentences(chance, SENTENCES) for _ in range(PARAGRAPHS)]
        words[0] = f'<b>{words[0]}</b> It is in <a href="{HOST}{_address(1)}">last week&#8217;s</a>.'
        part = SHAPES[len(parts) % len(SHAPES)](words)
        parts.append(f"{part}<ul><li>{words[1]}</li><li>{words[2]}</li></ul>")
        length += len(parts[-1])
    return Made(1, "POST", "A long post", "".join(parts), BEGIN, (), "/2010/01/a-long-post.html")


def _essay(number: int, chance: random.Random) -> Made:
    at = BEGIN + timedelta(days=7 * (number - 1))
    title = f"On {chance.choice(WHAT)}, Part {number % 3 + 1}" if number % 40 < 3 else f"Letter {number}"
    slug = "blog-post" if number % 25 == 0 else f"letter-{number % 97}"
    month = at - timedelta(days=31) if number % 300 == 7 else at
    words = [_sentences(chance, SENTENCES) for _ in range(PARAGRAPHS)] + [CLOSING] * (number % 2)
    if number > 1 and number % 5 == 0:
        words[0] += f' I said so <a href="{HOST}{_address(number - 1)}">last week</a>.'
    labels = tuple(dict.fromkeys(chance.sample(LABELS, number % 3)))
    html = SHAPES[number % len(SHAPES)](words)
    return Made(number, "POST", "" if number % 50 == 0 else title, html, at, labels, f"/{month:%Y/%m}/{slug}.html")


def _address(number: int) -> str:
    at = BEGIN + timedelta(days=7 * (number - 1))
    return f"/{at:%Y/%m}/letter-{number % 97}.html"


def _comment(number: int, post: int, made: list[Made], place: int, chance: random.Random) -> Made:
    words = f"{_sentences(chance, 2)}<br /><br />{_sentences(chance, 1)}"
    at = made[post - 1].at + timedelta(hours=1 + place)
    removed = place % 60 == 11
    return Made(
        number, "COMMENT", "", "" if removed else words, at, parent=post, status="EMPTIED" if removed else "LIVE",
        author="The Author" if place % 9 == 0 else chance.choice(WHO).title(),
        profile=PROFILE if place % 9 == 0 else "",
    )  # fmt: skip


def _sentences(chance: random.Random, number: int) -> str:
    parts = (" ".join(map(chance.choice, (WHO, DOES, WHAT, WHEN, WHY))) for _ in range(number))
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in parts)


def _breaks(words: list[str]) -> str:
    return "<br /><br />".join(words)


def _paragraphs(words: list[str]) -> str:
    return "".join(f"<p>{text}</p>\n" for text in words)


def _divs(words: list[str]) -> str:
    return (
        '<div dir="ltr" style="text-align: left;" trbidi="on">'
        + "".join(f"<div>{t}</div><div><br /></div>" for t in words)
        + "</div>"
    )


def _word(words: list[str]) -> str:
    style = 'class="MsoNormal" style="margin: 0in 0in 10pt;"'
    inner = "".join(
        f'<div {style}><span lang="EN-US"><font face="Calibri">{t}<o:p></o:p></font></span></div>' for t in words
    )
    return f"<!--[if gte mso 9]><xml></xml><![endif]--><style>p.MsoNormal {{ margin: 0 }}</style>{inner}"


def _spaces(words: list[str]) -> str:
    return "<br /><br />".join(f"&nbsp;&nbsp; {text.replace('. ', '.&nbsp; ')}" for text in words)


SHAPES = (_breaks, _breaks, _paragraphs, _divs, _word, _spaces)


def backup(made: list[Made], zone: timedelta = timedelta()) -> Iterator[str]:
    """The old backup, piece by piece; its clock stands `zone` from UTC."""
    yield (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:gd='http://schemas.google.com/g/2005' xmlns:app='http://purl.org/atom/app#'"
        " xmlns:thr='http://purl.org/syndication/thread/1.0'>"
        f"<id>{BLOG}.archive</id><title type='text'>Sunday Letters</title>"
        f"<link rel='alternate' type='text/html' href='{HOST}/'/>"
        "<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>"
    )
    yield _old(Made(800_001, "TEMPLATE", "Template: Sunday Letters", "<b:skin>body { }</b:skin>", BEGIN), zone)
    yield _old(Made(800_002, "SETTINGS", "The blog's time zone", "America/New_York", BEGIN), zone)
    for one in made:
        if one.status != "TRASHED":
            yield _old(one, zone)
    yield "</feed>\n"


def _old(one: Made, zone: timedelta) -> str:
    at = f"{one.at + zone:%Y-%m-%dT%H:%M:%S.000}{'-' if zone < timedelta() else '+'}{abs(zone).seconds // 3600:02}:00"
    kind = "http://schemas.google.com/blogger/2008/kind#"
    parts = [
        f"<entry><id>{BLOG}.post-{one.number}</id><published>{at}</published><updated>{at}</updated>",
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{kind}{one.kind.lower()}'/>",
        *(f"<category scheme='http://www.blogger.com/atom/ns#' term='{escape(label)}'/>" for label in one.labels),
        "<app:control><app:draft>yes</app:draft></app:control>" * (one.status == "DRAFT"),
        f"<title type='text'>{escape(one.title)}</title><content type='html'>{escape(one.html)}</content>",
        f"<link rel='alternate' type='text/html' href='{HOST}{one.address}'/>" * bool(one.address),
        f"<author><name>{escape(one.author)}</name>{f'<uri>{one.profile}</uri>' * bool(one.profile)}</author>",
    ]
    if one.parent:
        parts.append(f"<thr:in-reply-to href='{HOST}/x.html' ref='{BLOG}.post-{one.parent}' type='text/html'/>")
    if one.reply_to:
        href = f"http://www.blogger.com/feeds/1/{one.parent}/comments/default/{one.reply_to}"
        parts.append(f"<link rel='related' type='application/atom+xml' href='{href}'/>")
    if one.status == "EMPTIED":
        parts.append("<gd:extendedProperty name='blogger.contentRemoved' value='true'/>")
    return "".join((*parts, "</entry>"))


def takeout(made: list[Made]) -> Iterator[str]:
    """Takeout's `feed.atom`, piece by piece."""
    yield (
        "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom'"
        f" xmlns:blogger='http://schemas.google.com/blogger/2018'>\n<id>{BLOG}</id>\n<title>Sunday Letters</title>\n"
    )
    yield from (_new(one) for one in made)
    yield "</feed>\n"


def _new(one: Made) -> str:
    at = f"{one.at:%Y-%m-%dT%H:%M:%SZ}"
    status = "LIVE" if one.status == "TRASHED" else one.status
    parts = [
        f"<entry>\n<id>{BLOG}.post-{one.number}</id>\n<blogger:type>{one.kind}</blogger:type>",
        f"<blogger:status>{status}</blogger:status>",
        f"<author><name>{escape(one.author)}</name><uri>{one.profile}</uri></author>",
        f"<title>{escape(one.title)}</title>\n<content type='html'>{escape(one.html)}</content>",
        f"<blogger:created>{at}</blogger:created><published>{at}</published><updated>{at}</updated>",
        *(f"<category scheme='{BLOG}' term='{escape(label)}'/>" for label in one.labels),
        f"<blogger:filename>{one.address}</blogger:filename><link/><enclosure/>",
        f"<blogger:trashed>{at if one.status == 'TRASHED' else ''}</blogger:trashed>",
        f"<blogger:parent>{BLOG}.post-{one.parent}</blogger:parent>" * bool(one.parent),
        f"<blogger:inReplyTo>{f'{BLOG}.post-{one.reply_to}' * bool(one.reply_to)}</blogger:inReplyTo>"
        * (one.kind == "COMMENT"),
    ]
    return "\n".join((*parts, "</entry>\n"))
